import type { Blueprint, Traffic, WorkspaceSetup } from '@throughline/core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { evidence, noEvidence } from './checkout-evidence.ts'
import { needsMatrix, statesMatrix } from './checkout-matrices.ts'
import { feeFields, listSlots, noProblems, operations, problems } from './checkout-reference.ts'
import { testRun, tests } from './checkout-tests.ts'
import { launched } from './chromium.ts'
import { brokenRules, opened } from './studio-browser.ts'
import { studioServer, type StudioServer } from './studio-server.ts'

// What the studio's own workspace says about its pages: each shows what is designed for data that is late, empty, wrong or never there.

let browser: Browser
let studio: StudioServer

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
  studio = await studioServer({
    overview: workspace,
    blueprints: [reorder, fixAnItem],
    answers: {
      '/api/needs': needsMatrix,
      '/api/states': statesMatrix,
      '/api/operations': operations,
      '/api/operations/logistics.listSlots': listSlots,
      '/api/operations/logistics.listSlots/fields': feeFields,
      '/api/diagnostics': problems,
      '/api/setup': setup,
      '/api/traffic': noTraffic,
      '/api/webhooks': { webhooks: [], sent: [] },
      '/api/evidence': evidence,
      '/api/evidence/choices': { environments: [], releases: [], devices: [], least: 20 },
      '/api/tests': tests,
      [`/api/tests/${tests.runs[0]!.id}`]: testRun,
    },
  })
})

afterAll(async () => {
  await browser?.close()
  await studio?.[Symbol.asyncDispose]()
})

beforeEach(() => studio.reset())

const setup: WorkspaceSetup = {
  file: 'throughline.yaml',
  personas: [
    {
      name: 'maya',
      title: 'Maya',
      devices: ['phone'],
      file: 'personas/maya.yaml',
      line: 1,
      journeys: [],
    },
  ],
  teams: [],
  states: [],
}
const noTraffic: Traffic = { calls: [], last: 0 }
const noSteps: Blueprint = { ...reorder, steps: [] }
const nothing = (path: string, answer: unknown) => (): void => void studio.answers.set(path, answer)
const noJourneys = (): void => {
  studio.overview = { ...workspace, journeys: [] }
}

/** Each page, what it is called when all is well, and what it says when there is nothing to show. */
const pages: readonly {
  readonly path: string
  readonly heading: string | RegExp
  readonly nothing: () => void
  readonly says: string | RegExp
}[] = [
  { path: '/', heading: workspace.name, nothing: noJourneys, says: 'throughline init' },
  { path: '/journeys', heading: 'Journeys', nothing: noJourneys, says: 'throughline init' },
  {
    path: '/journeys/reorder',
    heading: reorder.journey.title,
    nothing: () => studio.blueprints.set('reorder', noSteps),
    says: 'This journey has no steps yet.',
  },
  {
    path: '/compare?left=reorder&right=wrong-item',
    heading: 'Compare journeys',
    nothing: () => studio.blueprints.delete('wrong-item'),
    says: 'The workspace has no journey “wrong-item”.',
  },
  {
    path: '/needs',
    heading: 'Needs',
    nothing: nothing('/api/needs', { ...needsMatrix, operations: [] }),
    says: 'No needs yet',
  },
  {
    path: '/states',
    heading: 'States',
    nothing: nothing('/api/states', { ...statesMatrix, journeys: [] }),
    says: 'No steps yet',
  },
  {
    path: '/reference',
    heading: /./,
    nothing: nothing('/api/operations', { ...operations, apis: [] }),
    says: /contract/,
  },
  {
    path: '/reference/logistics.listSlots',
    heading: 'List delivery slots',
    nothing: nothing('/api/operations', { ...operations, apis: [] }),
    says: /contract/,
  },
  {
    path: '/diagnostics',
    heading: 'Problems',
    nothing: nothing('/api/diagnostics', noProblems),
    says: /Nothing to mend/,
  },
  {
    path: '/traffic',
    heading: 'Traffic',
    nothing: nothing('/api/traffic', noTraffic),
    says: 'Nothing has been asked yet',
  },
  {
    path: '/performance',
    heading: 'Performance',
    nothing: nothing('/api/evidence', noEvidence),
    says: 'Nobody has been seen yet',
  },
  {
    path: '/tests',
    heading: 'Tests',
    nothing: nothing('/api/tests', { ...tests, runs: [] }),
    says: 'Nothing has been tested yet',
  },
  {
    path: '/people',
    heading: 'People',
    nothing: nothing('/api/setup', { ...setup, personas: [] }),
    says: 'No journey is about anybody yet',
  },
  {
    path: '/app-states',
    heading: /./,
    nothing: nothing('/api/setup', { personas: [], teams: [], states: [] }),
    says: /throughline\.yaml|throughline init/,
  },
]

test('each page shows grey shapes until its data is there, waits twenty seconds and no longer, and can be asked again', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  await page.clock.install()
  for (const { path, heading } of pages) {
    studio.late = new Promise(() => {})
    await page.goto(studio.address + path)
    await page.locator('.bone').first().waitFor()
    expect(await page.locator('main, .reference').getByRole('status').count(), path).not.toBe(0)
    expect(await page.getByRole('alert').count(), path).toBe(0)
    await page.clock.runFor(21_000)
    await page.getByText('The server answered: nothing for 20 seconds').waitFor()
    studio.late = undefined
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { level: 1, name: heading }).first().waitFor()
    await page.locator('.bone').first().waitFor({ state: 'detached' })
  }
  await page.close()
})

test.each(pages)('$path says what to do when there is nothing to show', async (one) => {
  one.nothing()
  await using look = await opened(browser, studio, one.path)
  const { page, faults } = look
  await page.locator('main, .reference').getByText(one.says).first().waitFor()
  expect(await brokenRules(page)).toEqual([])
  expect(faults).toEqual([])
})

test.each(pages)('$path quotes a server that fails, and comes back', async ({ path, heading }) => {
  studio.failing = 500
  await using look = await opened(browser, studio, path)
  const { page } = look
  await page.getByText('The server answered: The server stumbled').waitFor()
  studio.failing = undefined
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect
    .poll(() => page.getByRole('heading', { level: 1, name: heading }).count())
    .toBeGreaterThan(0)
})

test.each([
  ...pages.map(({ path, heading }) => ({ path, heading, garbage: '{"surprise":true}' })),
  { ...pages[0]!, garbage: 'null' },
  { ...pages[4]!, garbage: '<html>A proxy of the house' },
])('$path survives an answer that is $garbage', async ({ path, heading, garbage }) => {
  studio.garbage = garbage
  await using look = await opened(browser, studio, path)
  const { page } = look
  await page.getByRole('heading', { name: 'The studio could not load this page' }).waitFor()
  studio.garbage = undefined
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect
    .poll(() => page.getByRole('heading', { level: 1, name: heading }).count())
    .toBeGreaterThan(0)
})
