import { discoveryOf } from '@throughline/core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  startDiscoveryStudio,
  type DiscoveryStudio,
} from '../../throughline/src/server/discovery-studio.ts'
import { notebookAt } from '../../throughline/src/targets/discover/notebook.ts'
import { watchedIn } from '../../throughline/src/targets/discover/watched.ts'
import { workspaceFiles } from '../../throughline/src/targets/discover/workspace-files.ts'
import { built } from './built.ts'
import { launched } from './chromium.ts'
import { brokenInBothThemes, opened } from './studio-browser.ts'

// The real server over what a recorder told of a shop.

let browser: Browser
let studio: DiscoveryStudio
const notebook = notebookAt(undefined)
const watched = watchedIn(notebook)
const filesNow = (): ReadonlyMap<string, string> => workspaceFiles(watched.found(), 'Corner Market')
let written: readonly string[] = []

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
  watched.walk('Buy a mug')
  notebook.add([
    ...look('/', 'Shelves', '/shelves', { items: [{ name: 'Blue mug' }] }, 'items[].name'),
    { kind: 'links', paths: ['/', '/basket', '/help'] },
    ...look('/basket', 'Your basket', '/basket', { total: 900, note: 'Ring' }, 'total'),
  ])
  studio = await startDiscoveryStudio({
    port: 0,
    files: filesNow,
    discovering: {
      discovery: () =>
        discoveryOf(notebook.observations(), watched.found(), {
          app: 'http://localhost:3000/',
          address: 'http://localhost:4410',
          writes: true,
          files: [...filesNow().keys()],
          differences: [],
        }),
      edit: watched.edit,
      undo: watched.undo,
      walk: watched.walk,
      write: () => (written = [...filesNow().keys()]),
    },
  })
})

afterAll(async () => {
  await browser?.close()
  await studio?.close()
})

test('shows an app as it is discovered, does what people say about it, and writes it', async () => {
  const { origin, pathname, search } = new URL(studio.url)
  await using shown = await opened(browser, { address: origin }, pathname + search)
  const { page, faults } = shown
  const step = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Your basket' }) })
  await step.waitFor()
  const missing = page.getByRole('complementary', { name: 'Still missing' })
  expect(await missing.innerText()).toMatch(/Screens that nobody opened\s*\/help/i)

  await step.getByText('api.getBasket').click()
  await step.getByRole('checkbox', { name: 'note' }).check()
  await step.getByText('2 fields needed').first().waitFor()
  expect(await step.getByRole('table').innerText()).toMatch(/total\s+1\s+0\s+read/)
  expect(await brokenInBothThemes(page)).toEqual([])

  await step.getByRole('button', { name: 'Rename' }).click()
  await step.getByLabel('Name of the step').fill('What I buy')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'What I buy' }).waitFor()

  // Somebody clicks on, in the app.
  notebook.add(look('/oops', 'A mistake', '/oops', { a: 1 }, 'a'))
  studio.refresh()
  await page.getByRole('heading', { name: 'A mistake' }).waitFor()
  await page.getByRole('button', { name: 'Take back /oops' }).click()
  await page.getByRole('heading', { name: 'A mistake' }).waitFor({ state: 'detached' })

  await page
    .getByRole('listitem')
    .filter({ hasText: 'Shelves' })
    .getByRole('button', { name: 'Leave out' })
    .click()
  await page.getByRole('button', { name: 'Put / back' }).waitFor()
  await page.getByRole('button', { name: 'Write the workspace' }).click()
  await page.getByRole('heading', { name: 'The workspace is written' }).waitFor()
  expect(written).toEqual([
    'throughline.yaml',
    'apis/api.openapi.yaml',
    'journeys/buy-a-mug.journey.yaml',
  ])
  const journey = filesNow().get('journeys/buy-a-mug.journey.yaml')!
  expect(journey).toMatch(/title: What I buy[\s\S]*- total\n\s+- note/)
  expect(journey).not.toContain('Shelves')
  expect(faults).toEqual([])
})

function look(
  path: string,
  heading: string,
  operation: string,
  body: object,
  read: string,
): object[] {
  const url = `http://localhost:4000${operation}`
  return [
    { kind: 'screen', at: 0, path, via: 'move' },
    {
      kind: 'call',
      at: 1,
      ms: 20,
      method: 'GET',
      url,
      status: 200,
      type: 'application/json',
      on: path,
      body,
    },
    { kind: 'named', title: heading, heading },
    { kind: 'reads', name: `GET ${url}`, fields: { [read]: { read: 1, copied: 0, missed: 0 } } },
  ]
}
