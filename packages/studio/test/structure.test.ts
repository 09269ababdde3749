import type { WorkspaceSetup } from '@throughline/core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { fixAnItem, reorder, workspace } from './checkout-blueprint.ts'
import { dataMap, freshnessMap } from './checkout-data.ts'
import { evidence } from './checkout-evidence.ts'
import { needsMatrix, statesMatrix } from './checkout-matrices.ts'
import { feeFields, listSlots, operations, problems } from './checkout-reference.ts'
import { testRun, tests } from './checkout-tests.ts'
import { launched } from './chromium.ts'
import { opened } from './studio-browser.ts'
import { studioServer, type StudioServer } from './studio-server.ts'

// What a screen reader finds on each page: headings, lists, grids, links and buttons, by role and name.

let browser: Browser
let studio: StudioServer

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const choices = {
  environments: ['production', 'staging'],
  releases: ['2.1.0'],
  devices: ['desktop', 'phone'],
  least: 20,
}

const setup: WorkspaceSetup = {
  file: 'throughline.yaml',
  personas: [
    {
      name: 'maya',
      title: 'Maya',
      context: 'Weekly shopper, on the bus',
      devices: ['phone'],
      file: 'personas/maya.yaml',
      line: 1,
      journeys: [
        { name: 'reorder', title: reorder.journey.title, line: 1, url: '/journeys/reorder' },
      ],
    },
  ],
  teams: [],
  states: [
    {
      condition: 'timeout',
      label: 'Timeout',
      written: { show: 'That it takes long, with Try again', recover: 'try again', line: 8 },
      steps: [
        {
          name: 'reorder/home',
          title: 'Open the app',
          line: 1,
          url: '/journeys/reorder?step=home&state=timeout',
        },
      ],
    },
    { condition: 'offline', label: 'Offline', steps: [] },
  ],
}

beforeAll(async () => {
  await built()
  browser = await launched()
  studio = await studioServer({
    overview: workspace,
    blueprints: [reorder, fixAnItem],
    answers: {
      '/api/needs': needsMatrix,
      '/api/states': statesMatrix,
      '/api/lineage': dataMap,
      '/api/freshness': freshnessMap,
      '/api/operations': operations,
      '/api/operations/logistics.listSlots': listSlots,
      '/api/operations/logistics.listSlots/fields': feeFields,
      '/api/diagnostics': problems,
      '/api/setup': setup,
      '/api/traffic': { calls: [], last: 0 },
      '/api/webhooks': { webhooks: [], sent: [] },
      '/api/evidence': evidence,
      '/api/evidence/choices': choices,
      '/api/tests': tests,
      [`/api/tests/${tests.runs[0]!.id}`]: testRun,
    },
  })
})

afterAll(async () => {
  await browser?.close()
  await studio?.[Symbol.asyncDispose]()
})

test.each([
  ['overview', '/'],
  ['journeys', '/journeys'],
  ['journey', '/journeys/reorder'],
  ['flow', '/journeys/reorder?view=flow'],
  ['compare', '/compare?left=reorder&right=wrong-item'],
  ['needs', '/needs'],
  ['states', '/states'],
  ['data', '/data'],
  ['freshness', '/data?tab=freshness'],
  ['reference', '/reference'],
  ['operation', '/reference/logistics.listSlots'],
  ['diagnostics', '/diagnostics'],
  ['traffic', '/traffic'],
  ['performance', '/performance'],
  ['tests', '/tests'],
  ['tests-coverage', '/tests?part=coverage&open=reorder'],
  ['people', '/people'],
  ['app-states', '/app-states'],
])('%s keeps its structure', async (name, path) => {
  await using look = await opened(browser, studio, path)
  const { page } = look
  await page.locator('main h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('main .bone').first().waitFor({ state: 'detached' })
  const structure = await page.locator('main').first().ariaSnapshot()
  await expect(`${structure}\n`).toMatchFileSnapshot(`structure/${name}.yaml`)
})
