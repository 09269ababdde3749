import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EvidenceReport } from '@throughline/core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../../packages/throughline/src/cli/run.ts'
import { startDev, type RunningDev } from '../../../packages/throughline/src/server/dev.ts'
import { openWorkspace } from '../../../packages/throughline/src/workspace/workspace.ts'
import { inParallel } from './in-parallel.ts'
import { acts, chromiumBrowser, play, settled, visit } from './shop.ts'

// A crowd does what a script says, and what `throughline report` says afterwards is what it did.
const shopFolder = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'throughline-crowd-'))
let dev: RunningDev
let browser: Browser
/** What went over the wire, as the browser itself counts it: `store.getBasket 200`. */
const wire = new Map<string, number>()

beforeAll(async () => {
  for (const one of ['throughline.yaml', 'policy.yaml', 'apis', 'app', 'journeys', 'personas'])
    cpSync(join(shopFolder, one), join(folder, one), { recursive: true })
  writeFileSync(
    join(folder, 'planner-asleep.scenario.yaml'),
    'scenario: planner-asleep\ntitle: The planner never answers\nrules:\n  - { operation: store.listDeliverySlots, latency: { p50: 60s, p95: 60s } }\n',
  )
  writeFileSync(
    join(folder, 'delivery-date.survey.yaml'),
    'survey: delivery-date\nquestion: Did you find out when it comes?\nask: after-step\nstep: checkout/delivery\nscale: { from: 1, to: 5 }\nwords: { send: Send, close: Close, thanks: Thank you. }\n',
  )
  dev = await startDev({
    workspace: openWorkspace([folder], '/'),
    ports: { studio: 0, mock: 0, app: 0 },
  })
  browser = await chromiumBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await dev?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function visitor(scenario?: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  if (scenario !== undefined) await play(context, scenario)
  counted(context)
  const page = await context.newPage()
  await page.goto(dev.appUrl!, { waitUntil: 'domcontentloaded' })
  await settled(page)
  return page
}

/** From the shelves to where a slot is chosen. */
async function towardsDelivery(page: Page): Promise<void> {
  const app = new URL(dev.appUrl!).origin
  await visit(page, `${app}/products/sourdough`)
  await settled(page)
  await acts['store.addToBasket']!(page)
  await settled(page)
  await visit(page, `${app}/basket`)
  await settled(page)
  await visit(page, `${app}/delivery`)
}

async function finishes(score: number | undefined): Promise<void> {
  const page = await visitor()
  await towardsDelivery(page)
  await settled(page)
  await acts['store.chooseDeliverySlot']!(page)
  const dialog = page.getByRole('dialog', { name: 'Did you find out when it comes?' })
  await dialog.waitFor()
  if (score === undefined) await dialog.getByRole('button', { name: 'Close' }).click()
  else {
    await dialog.getByRole('radio', { name: String(score) }).check({ force: true })
    await dialog.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Thank you.').waitFor()
  }
  await acts['store.createPayment']!(page)
  await page.waitForURL('**/thanks')
  await settled(page)
  await ended(page)
}

async function leavesWhileWaiting(): Promise<void> {
  const page = await visitor('planner-asleep')
  await towardsDelivery(page)
  await page.locator('[data-state=loading]').first().waitFor()
  await page.waitForTimeout(250)
  await ended(page)
}

async function meetsAnError(): Promise<void> {
  const page = await visitor('checkout/delivery/store.listDeliverySlots/503')
  await towardsDelivery(page)
  await page.getByRole('alert').waitFor()
  await page.waitForTimeout(300)
  await ended(page)
}

async function ended(page: Page): Promise<void> {
  await page.waitForTimeout(100)
  await page.goto('about:blank')
  await page.context().close()
}

test('reports what a crowd did, number for number', async () => {
  const kinds = [
    ...[5, 4, 4, undefined].map((score) => () => finishes(score)),
    ...Array.from({ length: 4 }, () => leavesWhileWaiting),
    ...Array.from({ length: 4 }, () => meetsAnError),
  ]
  await inParallel([1, 2, 3], kinds, (one) => one())
  // What was sent last may still be on its way.
  await expect.poll(async () => operationsOf(await reported())).toEqual(wireByOperation())
  const report = await reported()

  const [checkout] = report.journeys
  expect(checkout).toMatchObject({ name: 'checkout', sessions: 12, finished: 4 })
  expect(checkout!.steps.map(({ name, sessions, wentOn }) => [name, sessions, wentOn])).toEqual([
    ['checkout/catalogue', 12, 12],
    ['checkout/product', 12, 12],
    ['checkout/basket', 12, 12],
    ['checkout/delivery', 12, 4],
    ['checkout/payment', 4, 4],
    ['checkout/done', 4, 0],
  ])
  // Call by call what the browser itself counted, answered or not.
  expect(operationsOf(report)).toEqual(wireByOperation())
  expect(operationsOf(report)['store.listDeliverySlots']).toEqual([12, 4])
  const delivery = checkout!.steps[3]!
  expect(
    delivery.shown.map(({ condition, sessions, times, seen }) => [
      condition,
      sessions,
      times,
      seen,
    ]),
  ).toEqual([
    ['503', 4, 4, true],
    ['left while waiting', 4, 4, false],
  ])
  for (const step of checkout!.steps)
    if (step !== delivery) expect([step.name, step.shown]).toEqual([step.name, []])
  // Twelve are too few for a figure on why, and for advice: nothing is said then.
  expect(delivery.cost).toMatchObject({ kind: 'too-few' })
  expect(report.advice).toEqual([])
}, 120_000)

function operationsOf({ operations }: EvidenceReport): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    operations.map(({ operation, calls, failed }) => [operation, [calls, failed]]),
  )
}

/** Calls and failures of each operation; who left while waiting has not seen a failure. */
function wireByOperation(): Readonly<Record<string, readonly [number, number]>> {
  const all: Record<string, [number, number]> = {}
  for (const [name, times] of wire) {
    const [operation = '', how = ''] = name.split(' ')
    const one = (all[operation] ??= [0, 0])
    one[0] += times
    if (Number(how) >= 400) one[1] += times
  }
  return all
}

async function reported(): Promise<EvidenceReport> {
  let stdout = ''
  await run(['report', folder, '--journey', 'checkout', '--json'], {
    stdout: { write: (text) => (stdout += text), columns: 100 },
    stderr: { write: () => true, columns: 100 },
    cwd: folder,
    env: {},
    untilStopped: () => new Promise(() => {}),
  })
  return JSON.parse(stdout) as EvidenceReport
}

const operations: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['GET', /^\/store\/products$/, 'store.listProducts'],
  ['GET', /^\/store\/products\/[\w-]+$/, 'store.getProduct'],
  ['POST', /^\/reviews\/graphql$/, 'reviews.productReviews'],
  ['GET', /^\/store\/basket$/, 'store.getBasket'],
  ['POST', /^\/store\/basket\/items$/, 'store.addToBasket'],
  ['GET', /^\/store\/delivery-slots$/, 'store.listDeliverySlots'],
  ['PUT', /^\/store\/basket\/delivery$/, 'store.chooseDeliverySlot'],
  ['GET', /^\/store\/payment-methods$/, 'store.listPaymentMethods'],
  ['POST', /^\/store\/payments$/, 'store.createPayment'],
  ['GET', /^\/store\/orders\/[\w-]+$/, 'store.getOrder'],
]

function counted(context: BrowserContext): void {
  const count = (method: string, address: string, how: string | number): void => {
    const { pathname, origin } = new URL(address)
    if (origin !== new URL(dev.mockUrl).origin || method === 'OPTIONS') return
    const found = operations.find(([one, path]) => one === method && path.test(pathname))
    if (found === undefined) return
    const name = `${found[2]} ${how}`
    wire.set(name, (wire.get(name) ?? 0) + 1)
  }
  context.on('response', (response) => {
    count(response.request().method(), response.url(), response.status())
  })
  context.on('requestfailed', (request) => {
    count(request.method(), request.url(), 'unanswered')
  })
}
