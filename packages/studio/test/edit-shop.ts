import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { startDev } from '../../throughline/src/server/dev.ts'
import { openWorkspace } from '../../throughline/src/workspace/workspace.ts'
import { taken, type Look } from './studio-browser.ts'

const example = fileURLToPath(new URL('../../../examples/storefront', import.meta.url))
export const checkout = 'journeys/checkout.journey.yaml'

export interface EditShop extends AsyncDisposable {
  readonly text: (path?: string) => string
  readonly has: (path: string) => boolean
  readonly write: (text: string, path?: string) => void
  readonly open: (path: string, look?: Look) => Promise<Page>
  readonly strayed: string[]
}

/** A copy of the example with its studio. */
export async function editShop(
  browser: Browser,
  { readOnly = false, prepare = (_folder: string): void => {} } = {},
): Promise<EditShop> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-edit-'))
  cpSync(example, folder, { recursive: true, filter: (path) => !path.includes('.throughline') })
  prepare(folder)
  const dev = await startDev({
    workspace: openWorkspace(folder),
    ports: { studio: 0, mock: 0, app: 0 },
    readOnly,
  })
  const { origin, search } = new URL(dev.studioUrl.replace('localhost', '127.0.0.1'))
  const strayed: string[] = []
  const open: (() => Promise<void>)[] = []
  return {
    text: (path = checkout) => readFileSync(join(folder, path), 'utf8'),
    has: (path) => existsSync(join(folder, path)),
    write: (text, path = checkout) => writeFileSync(join(folder, path), text),
    strayed,
    async open(path, look = {}) {
      const { page, release } = await taken(browser, look)
      open.push(release)
      page.setDefaultTimeout(30_000)
      page.on('pageerror', (error) => strayed.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
          strayed.push(message.text())
      })
      page.on('request', (request) => {
        // The app in its frame, and the mock that it asks, are the team's own.
        if (!/^http:\/\/(127\.0\.0\.1|localhost):/.test(request.url())) strayed.push(request.url())
      })
      await page.goto(`${origin}/${search}`)
      await page.goto(origin + path)
      return page
    },
    async [Symbol.asyncDispose]() {
      for (const release of open) await release()
      await dev.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The lines that are in one text and not in the other. */
export function added(before: string, after: string): readonly string[] {
  const old = new Set(before.split('\n'))
  return after.split('\n').filter((line) => !old.has(line))
}

export async function shot(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS'] !== undefined)
    await page.screenshot({ path: join(process.env['SHOTS'], `edit-${name}.png`) })
}
