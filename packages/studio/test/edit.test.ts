import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startDev } from '../../throughline/src/server/dev.ts'
import { openWorkspace } from '../../throughline/src/workspace/workspace.ts'
import { built } from './built.ts'
import { brokenRules, launched } from './studio-browser.ts'

// Editing as a person does it: the real server on a copy of the example, a real browser, and the files afterwards.

const example = fileURLToPath(new URL('../../../examples/storefront', import.meta.url))
const checkout = 'journeys/checkout.journey.yaml'
let browser: Browser

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
})

afterAll(() => browser?.close())

interface Shop extends AsyncDisposable {
  readonly text: (path?: string) => string
  readonly write: (text: string, path?: string) => void
  readonly open: (path: string, look?: Look) => Promise<Page>
  readonly strayed: string[]
}

interface Look {
  readonly width?: number
  readonly theme?: 'light' | 'dark'
}

/** A copy of the example with its studio. */
async function shop({ readOnly = false } = {}): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-edit-'))
  cpSync(example, folder, { recursive: true, filter: (path) => !path.includes('.throughline') })
  const dev = await startDev({
    workspace: openWorkspace(folder),
    ports: { studio: 0, mock: 0, app: 0 },
    readOnly,
  })
  const { origin, search } = new URL(dev.studioUrl.replace('localhost', '127.0.0.1'))
  const strayed: string[] = []
  const pages: Page[] = []
  return {
    text: (path = checkout) => readFileSync(join(folder, path), 'utf8'),
    write: (text, path = checkout) => writeFileSync(join(folder, path), text),
    strayed,
    async open(path, { width = 1600, theme = 'light' } = {}) {
      const page = await browser.newPage({
        viewport: { width, height: 1040 },
        colorScheme: theme,
        reducedMotion: 'reduce',
      })
      pages.push(page)
      page.setDefaultTimeout(30_000)
      page.on('pageerror', (error) => strayed.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
          strayed.push(message.text())
      })
      page.on('request', (request) => {
        if (!request.url().startsWith(origin)) strayed.push(request.url())
      })
      await page.goto(`${origin}/${search}`)
      await page.goto(origin + path)
      return page
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pages.map((page) => page.close()))
      await dev.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The lines that are in one text and not in the other. */
function added(before: string, after: string): readonly string[] {
  const old = new Set(before.split('\n'))
  return after.split('\n').filter((line) => !old.has(line))
}

async function shot(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS'] !== undefined)
    await page.screenshot({ path: join(process.env['SHOTS'], `edit-${name}.png`) })
}

test('a missing state is decided in the matrix: the file says it, the error is gone, and Undo gives the bytes back', async () => {
  await using one = await shop()
  const before = one.text()
  const page = await one.open('/states?show=undecided')
  await page
    .getByRole('button', { name: /^Decide what people see: .* on / })
    .first()
    .click()
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel
    .getByLabel('What people see', { exact: true })
    .fill('“This slot is gone”, with the others')
  await panel.getByLabel('How they get on').fill('choose another')
  await panel.getByLabel('Test selector').fill('role=alert')
  await shot(page, 'decide')
  expect(await brokenRules(page)).toEqual([])
  await panel.getByRole('button', { name: 'Decide', exact: true }).click()
  await page.getByText(`Saved to ${checkout}`).first().waitFor()
  await panel.getByText('Designed').first().waitFor()
  await shot(page, 'saved')
  const lines = added(before, one.text())
  expect(lines.length).toBe(1)
  expect(lines[0]).toMatch(
    /409: \{ show: "?“This slot is gone”, with the others"?, test: role=alert, recover: choose another \}/,
  )
  await page.getByText('Everything that can go another way is decided.').waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page
    .getByText(/^Undone:/)
    .first()
    .waitFor()
  expect(one.text()).toBe(before)
  await page.keyboard.press('Control+Shift+Z')
  await page
    .getByText(/^Done again:/)
    .first()
    .waitFor()
  expect(added(before, one.text())).toEqual(lines)
  await page.keyboard.press('Control+Z')
  await page
    .getByText(/^Undone:/)
    .first()
    .waitFor()
  expect(one.text()).toBe(before)
  expect(one.strayed).toEqual([])
})
