import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeOf, type CallNode, type Graph, type StepNode } from '@throughline/core'
import { appServer } from '../../../packages/throughline/src/server/app.ts'
import { launchChromium } from '../../../packages/throughline/src/targets/browser/chromium.ts'
import { notebookAt } from '../../../packages/throughline/src/targets/discover/notebook.ts'
import { watchWindow } from '../../../packages/throughline/src/targets/discover/watch-window.ts'
import { mock } from '../../../packages/throughline/src/targets/mock/mock.ts'
import { plannedStates } from '../../../packages/throughline/src/targets/states/plan.ts'
import {
  latenessOf,
  proveStates,
  type StatesReport,
} from '../../../packages/throughline/src/targets/states/states.ts'
import { inParallel } from './in-parallel.ts'
import { acts, addressOf, callsOf, openShop, settled, visit, type Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop.close())

// Which states there are is read from the journeys: a state that somebody adds is proven from then on.
test('shows the states that the journeys promise, on every call', async () => {
  const wanted = usualStates(shop.graph)
  const { states } = await provenStates({ isWanted: (id) => wanted.has(id) })
  expect(states).toHaveLength(wanted.size)
  expect(states.filter(({ verdict }) => verdict !== 'proven')).toEqual([])
}, 500_000)

test('keeps the rules of axe and its own budget on the basket, whatever goes wrong there', async () => {
  const { states, screens } = await provenStates({
    isWanted: (id) => /^checkout\/basket\/(store\.getBasket\/(5xx|timeout|empty)|felt)$/.test(id),
    axe: true,
  })
  expect(states.map(({ verdict }) => verdict)).toEqual(['proven', 'proven', 'proven'])
  expect(screens).toEqual([expect.objectContaining({ step: 'checkout/basket' })])
  expect(screens.map(latenessOf)).toEqual([undefined])
}, 60_000)

test('is caught when somebody breaks one of them', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'corner-market-'))
  cpSync(fileURLToPath(new URL('../app', import.meta.url)), copy, { recursive: true })
  const notes = join(copy, 'parts/notes.js')
  writeFileSync(notes, readFileSync(notes, 'utf8').replaceAll("role: 'alert',", ''))
  const { states } = await provenStates({
    isWanted: (id) => id === 'checkout/basket/store.getBasket/5xx',
    folder: copy,
  })
  rmSync(copy, { recursive: true })
  expect(states.map(({ id, findings }) => [id, findings.map(({ check }) => check)])).toEqual([
    ['checkout/basket/store.getBasket/5xx', ['not-shown']],
  ])
}, 60_000)

test('shows none of them on a good day', async () => {
  const seen: string[] = []
  await inParallel(await sessions(2), callsOf(shop.graph), async ({ step, call }, { page }) => {
    await visit(page, shop.app + addressOf(step))
    await settled(page)
    for (const { condition, test } of statesOf(shop.graph, step, call)) {
      const count =
        condition === 'partial' ? 0 : await page.locator(test).filter({ visible: true }).count()
      if (count > 0) seen.push(`${step.name}: ${condition} (${test})`)
    }
  })
  expect(seen).toEqual([])
}, 100_000)

test('shows at once what somebody plays for everybody, and goes back to normal', async () => {
  const { page, context } = await shop.open()
  const following = page.waitForRequest(/_throughline\/events/)
  await page.goto(`${shop.app}/basket`)
  await page.getByRole('link', { name: 'Sourdough loaf' }).waitFor()
  await following

  shop.mock.play('checkout/basket/5xx')
  await page.getByRole('alert').waitFor()
  await page.getByText('Playing: Review the basket: 5xx').waitFor()
  await page.getByRole('button', { name: 'Back to normal' }).click()
  await page.getByRole('link', { name: 'Sourdough loaf' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(shop.mock.situation).toBe(null)
  await context.close()
})

test('keeps what was typed when somebody plays something else meanwhile', async () => {
  const { page, context } = await shop.open()
  const following = page.waitForRequest(/_throughline\/events/)
  await page.goto(`${shop.app}/delivery`)
  await page.getByLabel('Town').fill('Freiburg')
  await page.getByRole('radio').nth(1).check()
  await following
  shop.mock.play('checkout/delivery/store.listDeliverySlots/empty')
  await page.getByText('Every slot is taken').waitFor()
  shop.mock.play(null)
  await page.getByRole('radio').nth(1).waitFor()
  expect(await page.getByRole('radio').nth(1).isChecked()).toBe(true)
  expect(await page.getByLabel('Town').inputValue()).toBe('Freiburg')
  await context.close()
})

test('is the same with and without the recorder, from the shelf to the paid order', async () => {
  const walks = await Promise.all([bought(false), bought(true)])
  expect(walks[0].screens).toHaveLength(5)
  expect(walks[1]).toEqual(walks[0])
  expect(walks[0].faults).toEqual([])
}, 60_000)

describe('after a failure', () => {
  test('shows the data when asking again works', async () => {
    const { page, context } = await shop.open('checkout/basket/store.getBasket/5xx')
    // A page that follows what is played would ask again by itself, before anybody can press the button.
    await page.route(/\/_throughline\//, (route) => route.abort())
    await page.goto(`${shop.app}/basket`)
    await page.getByRole('alert').waitFor()
    await context.clearCookies()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'Sourdough loaf' }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await context.close()
  })

  test('keeps the address when the slot has just been taken', async () => {
    const { page, context } = await shop.open('slot-taken')
    await page.goto(`${shop.app}/delivery`)
    await acts['store.chooseDeliverySlot']!(page)
    await page.getByRole('alert').getByText('That slot has just been taken').waitFor()
    expect(await page.getByLabel('Street and number').inputValue()).toBe('Marktgasse 7')
    await page.getByRole('button', { name: 'Continue to payment' }).click()
    await page.getByRole('heading', { name: 'How would you like to pay?' }).waitFor()
    await context.close()
  })

  test('lets a person pay another way when the card is declined', async () => {
    const { page, context } = await shop.open('declined-card')
    // The bank takes two seconds in the worst case, and a little more now and then.
    await page.addInitScript(() => sessionStorage.setItem('setting:patience', '10000'))
    await page.goto(`${shop.app}/payment`)
    await page.getByLabel('Card ending in 4242').check()
    await page.getByLabel('E-mail').fill('maya@mail.example')
    await page.getByRole('button', { name: 'Pay and order' }).click()
    await page.getByRole('alert').getByText('Your bank said no').waitFor({ timeout: 10_000 })
    await page.getByLabel('Bank transfer').check()
    await page.getByRole('button', { name: 'Pay and order' }).click()
    await page.getByRole('heading', { name: 'Thank you, it is ordered' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/orders/CM-2041/thanks')
    await context.close()
  })
})

interface Walk {
  /** What people read on each screen. */
  readonly screens: string[]
  /** What the shop asked for, in order of the address. */
  readonly calls: string[]
  readonly faults: string[]
}

/** Buys a loaf, and says what was on the screens meanwhile. */
async function bought(isRecorded: boolean): Promise<Walk> {
  const { page, context } = await shop.open()
  await context.addCookies([
    { name: 'throughline-session', value: `bought-${isRecorded}`, domain: 'localhost', path: '/' },
  ])
  if (isRecorded) await watchWindow(context, notebookAt(undefined), [shop.api])
  const walk: Walk = { screens: [], calls: [], faults: [] }
  page.on('pageerror', (error) => walk.faults.push(error.message))
  page.on('request', (request) => {
    if (request.url().startsWith(shop.api) && !request.url().includes('_throughline'))
      walk.calls.push(`${request.method()} ${request.url().slice(shop.api.length)}`)
  })
  const look = async (): Promise<void> => {
    await settled(page)
    walk.screens.push(await page.locator('main').innerText())
  }
  await page.goto(shop.app)
  await look()
  await page.getByRole('link', { name: 'Sourdough loaf' }).first().click()
  await page.getByRole('heading', { name: 'Sourdough loaf' }).waitFor()
  await acts['store.addToBasket']!(page)
  await look()
  await page.getByRole('link', { name: 'Go to the basket' }).first().click()
  await look()
  await page.getByRole('link', { name: 'Choose when and where' }).first().click()
  await settled(page)
  await acts['store.chooseDeliverySlot']!(page)
  await look()
  await acts['store.createPayment']!(page)
  await page.getByRole('heading', { name: 'Thank you, it is ordered' }).waitFor()
  await look()
  await context.close()
  return { ...walk, calls: walk.calls.toSorted() }
}

async function sessions(count: number): Promise<readonly Awaited<ReturnType<Shop['open']>>[]> {
  return Promise.all(Array.from({ length: count }, () => shop.open()))
}

/** Plays states in a browser; `folder` holds the shop's pages. */
async function provenStates({
  isWanted,
  axe = false,
  folder,
}: {
  readonly isWanted: (id: string) => boolean
  readonly axe?: boolean
  readonly folder?: string
}): Promise<StatesReport> {
  const pages = folder === undefined ? undefined : appServer(folder)
  await new Promise<void>((done) => {
    if (pages === undefined) done()
    else pages.listen(0, '127.0.0.1', done)
  })
  const place = pages?.address()
  const app =
    place !== null && typeof place === 'object' ? `http://localhost:${place.port}` : shop.app
  const situations = mock(shop.graph, { callbacks: 'none' })
  const browser = await launchChromium(process.cwd(), process.env)
  try {
    return await proveStates(browser, shop.graph, {
      app,
      workers: 3,
      patience: 10_000,
      screenshots: false,
      isWanted,
      ...(axe && {
        axe: readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
      }),
      addressOf: (path) => new URL(path, app).href,
      script: () => Promise.reject(new Error('The shop needs no scripts')),
      answer: ({ method, url, headers, body }) =>
        situations.answer({ method, url, headers, body, header: (name) => headers[name] }),
    })
  } finally {
    await browser.close()
    pages?.closeAllConnections()
    pages?.close()
  }
}

/** One state of each kind, at the first call that can come into it. `WHOLE_MATRIX=1` is all of them on every call. */
function usualStates(graph: Graph): ReadonlySet<string> {
  const planned = plannedStates(graph)
  if (process.env['WHOLE_MATRIX'] === '1') return new Set(planned.map(({ id }) => id))
  const wanted = new Map<string, string>()
  for (const { id, condition } of planned) if (!wanted.has(condition)) wanted.set(condition, id)
  return new Set(wanted.values())
}

interface Expected {
  readonly condition: string
  readonly test: string
}

// The nearest one counts: the call's, the step's, the app's.
function statesOf(graph: Graph, step: StepNode, call: CallNode): readonly Expected[] {
  const found = new Map<string, string>()
  for (const [condition, { test }] of graph.appStates)
    if (test !== undefined) found.set(condition, test)
  for (const id of [...step.states, ...call.states]) {
    const state = nodeOf(graph, 'state', id)
    if (state?.test !== undefined) found.set(state.condition, state.test)
  }
  return [...found].map(([condition, test]) => ({ condition, test }))
}
