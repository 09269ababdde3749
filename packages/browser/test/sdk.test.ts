import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EvidenceEvent } from '@throughline/core'
import { sdkBundles } from '../../../scripts/pack-sdk.mjs'
import { launched } from '../../studio/test/chromium.ts'
import type { Throughline } from '../src/sdk/start.ts'
import { configuration, openReceiver, type Receiver } from './receiver.ts'

let browser: Browser
let receiver: Receiver
let faults: string[] = []

beforeAll(async () => {
  receiver = await openReceiver()
  browser = await launched()
}, 60_000)
afterAll(async () => {
  await browser.close()
  await receiver.close()
})
beforeEach(() => {
  Object.assign(receiver, {
    configuration,
    fields: {},
    body: '{"items":[1,2,3]}',
    tag: '',
    before: '',
    answer: { status: 204 },
  })
  for (const list of [receiver.taken, receiver.tried, receiver.asked]) list.length = 0
  faults = []
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
})

async function opened(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      faults.push(message.text())
  })
  await page.goto(receiver.shop + path)
  return page
}

/** Leaves the page, and gives what it has said of one kind once a view has ended. */
async function left(page: Page): Promise<readonly EvidenceEvent[]> {
  await page.goto('about:blank')
  await expect.poll(() => receiver.events().some((one) => one.kind === 'leave')).toBe(true)
  return receiver.events()
}

/** In the order they began: they are told when they have ended. */
const callsOf = (events: readonly EvidenceEvent[]): readonly EvidenceEvent[] =>
  events.filter((one) => one.kind === 'call').toSorted((a, b) => a.time - b.time)

const calls = (events: readonly EvidenceEvent[]): readonly unknown[] =>
  callsOf(events).map(({ operation, name, method, status, outcome, step }) => [
    operation ?? name,
    method,
    status,
    outcome,
    step,
  ])

test('takes at most 5 kB gzipped', async () => {
  const scripts = await sdkBundles()
  expect(gzipSync(scripts['sdk.js'], { level: 9 }).length).toBeLessThanOrEqual(5120)
  expect(gzipSync(scripts['sdk-survey.js'], { level: 9 }).length).toBeLessThanOrEqual(2500)
  expect(gzipSync(scripts['sdk-reads.js'], { level: 9 }).length).toBeLessThanOrEqual(4096)
})

test('tells which fields a view read, by the paths of the contract and nothing else', async () => {
  receiver.tag = 'data-reads="1"'
  receiver.fields = {
    'store.getBasket': ['items[].name', 'items[].price', 'prices{}.amount', 'labels[]', 'total'],
  }
  receiver.body = JSON.stringify({
    items: [{ name: 'Lemons', price: 3, secret: 1 }],
    prices: { 'maya@mail.example': { amount: 3 } },
    labels: ['organic'],
    total: 3,
    'tulips for Maya': 1,
  })
  const page = await opened('/basket')
  await page.waitForFunction(
    () => 'track' in (window as unknown as { throughline: object }).throughline,
  )
  await page.evaluate(async () => {
    const basket = (await (await fetch('/api/basket')).json()) as Record<string, never>
    const [item] = basket['items'] as unknown as readonly Record<string, unknown>[]
    document.title = `${String(item?.['name'])} ${String(item?.['secret'])} ${String(basket['tulips for Maya'])}`
    document.title += String((basket['prices']!['maya@mail.example'] as { amount: number }).amount)
    document.title += (basket['labels'] as unknown as readonly string[]).join()
    localStorage.setItem('kept', JSON.stringify({ ...item }))
    history.pushState(null, '', '/payment')
  })
  const reads = (await left(page)).filter((one) => one.kind === 'read')
  expect(reads.map(({ step, operation, fields }) => [step, operation, fields])).toEqual([
    [
      'gifts/basket',
      'store.getBasket',
      { 'items[].name': 1, 'items[].price': 0, 'prices{}.amount': 1, 'labels[]': 1 },
    ],
  ])
  expect(receiver.taken.join()).not.toMatch(/maya|tulips|secret/i)
  expect(faults).toEqual([])
})

test('records no reads unless it is asked to', async () => {
  const page = await opened('/basket')
  await page.evaluate(async () => {
    document.title = String(((await (await fetch('/api/basket')).json()) as { items: [] }).items)
  })
  expect((await left(page)).filter((one) => one.kind === 'read')).toEqual([])
})

test('tells every call with its operation, and never an address', async () => {
  const page = await opened('/products/17?email=maya@example.com')
  await page.evaluate(async (collector) => {
    await (await fetch('/api/basket?wait=120')).text()
    await fetch('/api/basket', { method: 'post', body: '{}' })
    history.pushState(null, '', '/basket?coupon=SPRING')
    await new Promise<void>((resolve) => {
      const request = new XMLHttpRequest()
      request.open('GET', '/api/orders/17')
      request.addEventListener('loadend', () => resolve())
      request.send()
    })
    await fetch('/graphql', {
      method: 'POST',
      body: JSON.stringify({ query: '{ a }', operationName: 'ProductReviews' }),
    })
    await fetch(`${collector}/profiles/maya`)
    const leaving = new AbortController()
    setTimeout(() => leaving.abort(), 30)
    await fetch(new Request('/api/basket?wait=900'), { signal: leaving.signal }).catch(String)
    await fetch('/api/basket?wait=900', { signal: AbortSignal.timeout(30) }).catch(String)
    await fetch('http://localhost:1/gone').catch(String)
  }, receiver.collector)
  await page.waitForTimeout(100)
  // People leave while they wait.
  await page.evaluate(() => void fetch('/api/basket?wait=5000').catch(String))
  await page.waitForTimeout(120)
  const events = await left(page)
  const elsewhere = new URL(receiver.collector).host
  expect(calls(events)).toEqual([
    ['store.getBasket', 'GET', 200, 'ok', 'checkout/product'],
    ['store.addToBasket', 'POST', 200, 'ok', 'checkout/product'],
    ['store.getOrder', 'GET', 404, 'error', 'checkout/basket'],
    ['reviews.productReviews', 'POST', 200, 'ok', 'checkout/basket'],
    [`${elsewhere}/*`, 'GET', 200, 'ok', 'checkout/basket'],
    ['store.getBasket', 'GET', undefined, 'aborted', 'checkout/basket'],
    ['store.getBasket', 'GET', undefined, 'timeout', 'checkout/basket'],
    ['localhost:1/*', 'GET', undefined, 'error', 'checkout/basket'],
    ['store.getBasket', 'GET', undefined, 'pending', 'checkout/basket'],
  ])
  const [first] = callsOf(events)
  expect(first!.duration).toBeGreaterThanOrEqual(119)
  expect(first!.duration).toBeLessThan(60_000) // milliseconds since it was asked, not a time of day
  expect(first!.ttfb).toBeGreaterThanOrEqual(119)
  // Its server says that it took 40 of them.
  expect(first!.network).toBeLessThanOrEqual(first!.duration! - 40)
  expect(first!.network).toBeGreaterThanOrEqual(79)
  expect(first).toMatchObject({
    bytes: 17,
    cached: false,
    view: '1',
    route: '/products/:productId',
  })
  expect(events.find((one) => one.outcome === 'pending')!.duration).toBeGreaterThanOrEqual(100)
  expect(receiver.tried.join()).not.toMatch(/maya|SPRING|wait=|http/)
  expect(faults).toEqual([])
})

test('sends trace context to allowed origins only, and never over what is there', async () => {
  receiver.configuration = { ...configuration, trace: [] }
  const page = await opened('/basket')
  const own = '00-11111111111111111111111111111111-2222222222222222-01'
  await page.evaluate(
    async ([collector, own]) => {
      await fetch('/api/basket')
      await fetch('/api/basket', { headers: { Traceparent: own! } })
      await fetch(`${collector}/profiles/1`)
      const request = new XMLHttpRequest()
      request.open('GET', '/api/orders/1')
      request.setRequestHeader('traceparent', own!)
      request.send()
      await new Promise((resolve) => request.addEventListener('loadend', resolve))
    },
    [receiver.collector, own],
  )
  const events = await left(page)
  const sent = receiver.asked.map(({ headers }) => headers['traceparent'])
  const told = callsOf(events)
  expect(sent).toEqual([`00-${told[0]!.trace}-${told[0]!.span}-01`, own, undefined, own])
  expect(receiver.asked[0]!.headers['baggage']).toBe(`session.id=${told[0]!.session}`)
  expect(told[1]).toMatchObject({ trace: '1'.repeat(32), span: '2'.repeat(16) })
  expect(told[2]).not.toHaveProperty('trace')
})

test('follows the way through the steps, and what is seen and done on each', async () => {
  const page = await opened('/products/17')
  // Until the first step is painted.
  await page.waitForTimeout(200)
  await page.evaluate(async () => {
    throughline.flag('basket', 'new')
    dataLayer.push({ event: 'add_to_cart', value: 30 })
    dataLayer.push({ event: 'gtm.js' })
    history.pushState(null, '', '/basket')
    const note = document.querySelector('#note')!
    await fetch('/api/orders/17')
    note.setAttribute('role', 'alert')
    note.textContent = 'We  no longer sell this'
    setTimeout(() => {
      throw new TypeError('No price for "Maya Lee", maya@example.com, card 4111 1111 1111 1111')
    })
    throughline.error(new RangeError('Caught by the framework'))
  })
  await page.waitForTimeout(400)
  await page.evaluate(() => (location.hash = '#/payment'))
  await page.click('#pay', { clickCount: 3, delay: 20 })
  await page.waitForTimeout(1700)
  const events = await left(page)
  const told = events
    .filter((one) => !['call', 'vital'].includes(one.kind))
    .map(({ kind, name, text, state, operation, step, previousStep, view }) =>
      [kind, view, step, name ?? state, text ?? operation ?? previousStep]
        .filter(Boolean)
        .join(' '),
    )
  expect(told).toEqual(
    [
      'view 1 checkout/product',
      'flag 1 checkout/product basket=new',
      'log 1 checkout/product add_to_cart',
      // The basket is a screen of two journeys: people go on with theirs.
      'view 2 checkout/basket checkout/product',
      'error 2 checkout/basket RangeError checkout/product',
      'error 2 checkout/basket TypeError No price for *, * card *',
      'state 2 checkout/basket 404 store.getOrder',
      'view 3 checkout/payment checkout/basket',
      'click 3 checkout/payment rage button#pay',
      'click 3 checkout/payment dead button#pay',
      'leave 3 checkout/payment page checkout/basket',
    ].map((line) =>
      line.replace('RangeError checkout/product', 'RangeError Caught by the framework'),
    ),
  )
  expect(events.every((one) => one.session === events[0]!.session)).toBe(true)
  expect(events.find((one) => one.kind === 'view')).toMatchObject({ device: 'desktop' })
  const vitals = events.filter((one) => one.kind === 'vital').map((one) => [one.name, one.view])
  expect(vitals).toContainEqual(['LCP', '1'])
  expect(vitals.filter(([name]) => name === 'CLS')).toEqual([
    ['CLS', '1'],
    ['CLS', '2'],
    ['CLS', '3'],
  ])
  expect(faults).toEqual([expect.stringContaining('No price for')])
})

test('works in a page that has changed what a browser has', async () => {
  receiver.before = `
    JSON.stringify = () => { throw new Error('mine') }
    Array.prototype.toJSON = () => 'mine'
    Object.freeze(history)
    Object.defineProperty(window, 'fetch', { value: fetch, writable: false, configurable: false })
    Object.defineProperty(window, 'dataLayer', { value: Object.freeze([]), writable: false })
    delete window.localStorage
    Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('forbidden') } })
    window.onerror = (message) => { window.broken = message }`
  const page = await opened('/basket')
  await page.evaluate(async () => {
    await (await fetch('/api/basket')).text()
  })
  await page.waitForTimeout(200)
  const broken = await page.evaluate(() => (window as unknown as { broken?: string }).broken)
  const events = await left(page)
  expect(broken).toBeUndefined()
  // The browser's own list of requests knows no method.
  expect(calls(events)).toEqual([['store.getBasket', undefined, 200, 'ok', 'gifts/basket']])
  expect(faults).toEqual([])
})

test('sends again what the collector could not take, once it can', async () => {
  receiver.answer = { status: 429, headers: { 'retry-after': '1' } }
  const page = await opened('/basket')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => receiver.tried.length).toBe(1)
  const kept = (): Promise<string | null> =>
    page.evaluate(() => localStorage.getItem('throughline.queue'))
  await expect.poll(kept).toBe(receiver.tried[0])
  receiver.answer = { status: 204 }
  await expect.poll(() => receiver.taken.length).toBe(1)
  expect(receiver.taken[0]).toBe(receiver.tried[0])
  await expect.poll(kept).toBeNull()

  // Left while there is no network: the next visit brings it.
  await page.context().setOffline(true)
  await page.waitForFunction(() => !navigator.onLine)
  await page.evaluate(() => {
    throughline.flag('basket', 'new')
    dispatchEvent(new Event('pagehide'))
  })
  const context = page.context()
  await page.close()
  expect(receiver.events().some((one) => one.kind === 'flag')).toBe(false)
  await context.setOffline(false)
  const next = await context.newPage()
  await next.goto(`${receiver.shop}/payment`)
  const heard = (kind: string): number =>
    receiver.events().filter((one) => one.kind === kind).length
  await expect.poll(() => heard('flag')).toBe(1)
  // Nothing of it comes while the next test counts.
  await next.goto('about:blank')
  await expect.poll(() => heard('leave')).toBe(2)
})

test('waits for consent, forgets everything after a no, and respects the browser’s wish', async () => {
  receiver.tag = 'data-consent'
  const page = await opened('/basket')
  await page.evaluate(async () => {
    await fetch('/api/basket')
  })
  const kept = (): Promise<number> =>
    page.evaluate(() => localStorage.length + sessionStorage.length)
  expect(await kept()).toBe(0)
  await page.evaluate(() => throughline.consent(true))
  expect(await kept()).toBe(1)
  await page.evaluate(async () => {
    throughline.consent(false)
    await fetch('/api/basket')
    history.pushState(null, '', '/payment')
  })
  expect(await kept()).toBe(0)
  await page.goto('about:blank')
  expect(receiver.tried).toEqual([])

  receiver.tag = ''
  receiver.before = "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })"
  const careful = await opened('/basket')
  await careful.evaluate(() => throughline.consent(true))
  await careful.goto('about:blank')
  expect(receiver.tried).toEqual([])
  expect(await careful.context().cookies()).toEqual([])
})

test('asks where a survey says so, takes the answer, and leaves the person alone after it', async () => {
  const panel = {
    question: 'Did you find out when it comes?',
    scale: { from: 1, to: 5, low: 'Not at all', high: 'At once' },
    text: 'What was missing?',
    words: { send: 'Send', close: 'Close', thanks: 'Thank you.' },
    days: 30,
  }
  receiver.configuration = {
    ...configuration,
    surveys: [['date', 'step', 'gifts/basket', 0, 1, panel]],
  }
  const page = await opened('/basket')
  await page.evaluate(() => history.pushState(null, '', '/payment'))
  const dialog = page.getByRole('dialog', { name: panel.question })
  await dialog.waitFor()
  await dialog.getByRole('radio', { name: '4' }).check({ force: true })
  await dialog.getByLabel(panel.text).fill('The day, for maya@example.com')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Thank you.').waitFor()
  await page.evaluate(() => history.pushState(null, '', '/basket'))
  await page.evaluate(() => history.pushState(null, '', '/payment'))
  await page.waitForTimeout(1200)
  expect(await dialog.count()).toBe(0)
  const events = await left(page)
  expect(events.filter((one) => one.kind === 'survey')).toMatchObject([
    {
      name: 'date',
      value: 4,
      text: 'The day, for *',
      state: 'step',
      step: 'gifts/basket',
      view: '1',
    },
  ])
  expect(faults).toEqual([])
})

test('holds up one operation in a speed experiment, and says so', async () => {
  receiver.configuration = { ...configuration, delays: [['store.getBasket', [250], 1]] }
  const page = await opened('/basket')
  await page.evaluate(async () => {
    await fetch('/api/orders/1')
    await (await fetch('/api/basket')).text()
  })
  await page.waitForTimeout(50)
  const events = await left(page)
  const [, basket] = callsOf(events)
  expect(basket!.duration).toBeGreaterThanOrEqual(250)
  expect(basket!.flags).toEqual(['speed.store.getBasket=250'])
})

test('stops holding it up, without another load, once the answer to a batch says so', async () => {
  receiver.configuration = { ...configuration, delays: [['store.getBasket', [250], 1]] }
  const page = await opened('/basket')
  const heldUp = (): Promise<boolean> =>
    page.evaluate(async () => {
      const began = performance.now()
      await (await fetch('/api/basket')).text()
      return performance.now() - began > 249
    })
  expect(await heldUp()).toBe(true)
  receiver.answer = { status: 205 }
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(heldUp).toBe(false)
  expect(receiver.tried).toHaveLength(1)
  expect(faults).toEqual([])
})

declare global {
  var throughline: Throughline
  var dataLayer: unknown[]
}
