import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
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
let listening: Server
/** How long the backends of the product page took, as the mock is to take too. */
const observed = {
  'store.getProduct': { calls: 900, p50: 140, p75: 140, p95: 140, p99: 140 },
  'reviews.productReviews': { calls: 900, p50: 90, p75: 90, p95: 90, p99: 90 },
}
/** What the pages told the collector. */
const beacons: string[] = []
/** What went over the wire, as the browser itself counts it: `store.getBasket 200`. */
const wire = new Map<string, number>()

beforeAll(async () => {
  for (const one of ['throughline.yaml', 'policy.yaml', 'apis', 'app', 'journeys', 'personas'])
    cpSync(join(shopFolder, one), join(folder, one), { recursive: true })
  mkdirSync(join(folder, '.throughline'))
  writeFileSync(
    join(folder, '.throughline', 'latency.json'),
    JSON.stringify({ version: 1, operations: observed }),
  )
  const slots = 'operation: store.listDeliverySlots'
  for (const [name, rule] of [
    ['usual', undefined],
    ['planner-asleep', `{ ${slots}, latency: { p50: 60s, p95: 60s } }`],
    ['planner-down', `{ ${slots}, respond: { status: 503 } }`],
  ] as const)
    writeFileSync(
      join(folder, `${name}.scenario.yaml`),
      [
        `scenario: ${name}\ntitle: As it was, ${name}\nrules:`,
        ...Object.keys(observed).map((one) => `  - { operation: ${one}, latency: observed }`),
        ...(rule === undefined ? [] : [`  - ${rule}`]),
        '',
      ].join('\n'),
    )
  writeFileSync(
    join(folder, 'delivery-date.survey.yaml'),
    'survey: delivery-date\nquestion: Did you find out when it comes?\nask: after-step\nstep: checkout/delivery\nscale: { from: 1, to: 5 }\nwords: { send: Send, close: Close, thanks: Thank you. }\n',
  )
  dev = await startDev({
    workspace: openWorkspace([folder], '/'),
    ports: { studio: 0, mock: 0, app: 0 },
  })
  listening = await listeningIn(new URL(dev.studioUrl).origin)
  browser = await chromiumBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  listening?.close()
  await dev?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function visitor(scenario = 'usual'): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  await play(context, scenario)
  counted(context)
  const page = await context.newPage()
  const app = new URL(dev.appUrl!)
  const place = listening.address()
  app.searchParams.set(
    'collector',
    `http://localhost:${typeof place === 'object' ? place?.port : place}`,
  )
  await page.goto(app.href, { waitUntil: 'domcontentloaded' })
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
  const page = await visitor('planner-down')
  await towardsDelivery(page)
  await page.getByRole('alert').waitFor()
  await page.waitForTimeout(300)
  await ended(page)
}

/** Goes elsewhere. The window stays open: closing it would take what the page says last with it. */
async function ended(page: Page): Promise<void> {
  await page.waitForTimeout(100)
  await page.goto('about:blank')
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

test('says the same of ten times as many, on the blueprint and with advice too', async () => {
  for (let time = 1; time < 10; time += 1)
    await Promise.all(beacons.map((body) => sent(anotherVisit(body, time))))
  const report = await reported()
  const [checkout] = report.journeys
  expect(checkout).toMatchObject({ sessions: 120, finished: 40 })
  expect(checkout!.steps.map(({ name, sessions, wentOn }) => [name, sessions, wentOn])).toEqual([
    ['checkout/catalogue', 120, 120],
    ['checkout/product', 120, 120],
    ['checkout/basket', 120, 120],
    ['checkout/delivery', 120, 40],
    ['checkout/payment', 40, 40],
    ['checkout/done', 40, 0],
  ])
  const tenTimes = Object.entries(wireByOperation()).map(([operation, [calls, failed]]) => [
    operation,
    [calls * 10, failed * 10],
  ])
  expect(operationsOf(report)).toEqual(Object.fromEntries(tenTimes))
  const delivery = checkout!.steps[3]!
  expect(delivery.wait).toMatchObject({ visits: 120, leftWaiting: 40 })
  expect(delivery.shown.map(({ condition, sessions }) => [condition, sessions])).toEqual([
    ['503', 40],
    ['left while waiting', 40],
  ])
  // Three of the four who finished answered the survey.
  expect(report.surveys).toMatchObject([
    { survey: 'delivery-date', step: 'checkout/delivery', answers: 30, happy: { answers: 30 } },
  ])
  // The mock answers as long as backends took, and sends no spans: for each operation that is said, with how often it was called.
  const silent = report.advice.map(({ kind, operation, gain }) => [operation, [kind, gain.times]])
  expect(Object.fromEntries(silent)).toEqual(
    Object.fromEntries(
      Object.entries(wireByOperation()).map(([operation, [calls]]) => [
        operation,
        ['missing-backend-spans', calls * 10],
      ]),
    ),
  )
  const product = report.operations.find(({ operation }) => operation === 'store.getProduct')!
  expect(product.p50).toBeGreaterThanOrEqual(observed['store.getProduct'].p50)

  const page = await browser.newPage({ reducedMotion: 'reduce' })
  const [studio, token] = dev.studioUrl.split('/?')
  await page.goto(`${studio}/journeys/checkout?${token}`)
  for (const { name, sessions, wentOn, wait } of checkout!.steps) {
    const cell = page.locator(`.happened[data-column=${name.split('/')[1]}]`)
    await cell.waitFor()
    const said = (await cell.innerText()).replaceAll(/\s+/g, ' ')
    if (wait !== undefined)
      expect(said).toContain(`${Math.round(wait.p75).toLocaleString('en')} of`)
    expect(said).toContain(
      name === 'checkout/done'
        ? '40 visits'
        : `${Math.round((1 - wentOn / sessions) * 100)} % of ${sessions} visits left here`,
    )
  }
  await page.close()
}, 120_000)

/** Hands everything on to the collector, and keeps what pages tell it: what is sent while a page is left shows nowhere else. */
async function listeningIn(collector: string): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray())
      if (request.url?.startsWith('/v1/beacon') && body.length > 0) beacons.push(body.toString())
      const { origin, 'content-type': type } = request.headers
      const answer = await fetch(`${collector}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { ...(origin && { origin }), ...(type && { 'content-type': type }) },
        ...(body.length > 0 && { body }),
      })
      const { 'content-encoding': _, ...headers } = Object.fromEntries(answer.headers)
      response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** The same visit by somebody else, some minutes earlier. */
function anotherVisit(body: string, minutes: number): string {
  const [version, batch, at, session, ...rest] = JSON.parse(body) as [
    number,
    string,
    number,
    string,
    ...unknown[],
  ]
  return JSON.stringify([
    version,
    `${batch}-${minutes}`,
    at - minutes * 60_000,
    `${session}-${minutes}`,
    ...rest,
  ])
}

async function sent(body: string): Promise<void> {
  const { origin } = new URL(dev.studioUrl)
  const answer = await fetch(`${origin}/v1/beacon`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body,
  })
  expect(answer.status).toBe(204)
}

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
