import { fileURLToPath } from 'node:url'
import type { BrowserContext } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile, discoveredIn, nodeOf, nodesOfKind, type Discovered } from '@throughline/core'
import { notebookAt } from '../../../packages/throughline/src/targets/discover/notebook.ts'
import { watchWindow } from '../../../packages/throughline/src/targets/discover/watch-window.ts'
import { workspaceFiles } from '../../../packages/throughline/src/targets/discover/workspace-files.ts'
import { acts, openShop, play, settled, type Shop } from './shop.ts'

let shop: Shop
const ways = ['fetch', 'axios', 'react'] as const
const walks = new Map<string, Discovered>()
let found: Discovered
beforeAll(async () => {
  shop = await openShop()
  await Promise.all(ways.map(async (way) => walks.set(way, await discovered(way))))
  found = walks.get('fetch')!
}, 150_000)
afterAll(() => shop.close())

test.each(ways)('finds every operation that the journeys call, written with %s', (way) => {
  found = walks.get(way)!
  const truth = [...nodesOfKind(shop.graph, 'call')].flatMap((call) => {
    const operation = nodeOf(shop.graph, 'operation', call.operation)
    return operation === undefined ? [] : [`${operation.method} ${shape(operation.path)}`]
  })
  const seen = found.apis.flatMap((api) =>
    api.operations.map((one) => `${one.method} ${shape(one.path)}`),
  )
  expect(seen.toSorted()).toEqual([...new Set(truth)].toSorted())
})

test.each(ways)('makes every route a step, written with %s', (way) => {
  found = walks.get(way)!
  const truth = [...nodesOfKind(shop.graph, 'step')].map((one) => one.screen ?? '')
  const seen = found.journeys.flatMap((one) => one.steps.map((step) => step.screen))
  expect([...new Set(seen)].toSorted()).toEqual(truth.toSorted())
})

test('writes a workspace without an error', () => {
  const files = workspaceFiles(found, 'Corner Market')
  const { diagnostics } = compile({
    paths: [...files.keys()],
    read: (path) => ({ path, text: files.get(path) ?? '' }),
  })
  expect(diagnostics.filter((one) => one.severity === 'error')).toEqual([])
})

test.each(ways)('needs what the screens read, written with %s', (way) => {
  found = walks.get(way)!
  const truth = trueNeeds()
  const seen = new Set(
    found.journeys.flatMap((journey) =>
      journey.steps.flatMap((step) =>
        step.calls.flatMap((call) =>
          call.needs.map((path) => `${step.screen} ${operationOf(call.operation)} ${path}`),
        ),
      ),
    ),
  )
  const right = [...seen].filter((one) => truth.has(one)).length
  const [precision, recall] = [right / seen.size, right / truth.size]
  console.log(
    `needs with ${way}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} of ${truth.size}\n` +
      `  not needed: ${[...seen].filter((one) => !truth.has(one)).join(', ') || 'none'}\n` +
      `  missed: ${[...truth].filter((one) => !seen.has(one)).join(', ') || 'none'}`,
  )
  expect(precision).toBeGreaterThan(0.95)
  expect(recall).toBeGreaterThan(0.95)
})

test('says which field is asked for that no answer has', () => {
  expect(walks.get('fetch')!.notes.join('\n')).toMatch(
    /basket reads `delivery\.arrival` of \S+\.\S+, and no answer had it/,
  )
})

test('says what was only copied, because whether the copy is read cannot be seen', () => {
  expect(walks.get('fetch')!.notes.join('\n')).toMatch(
    /basket copied `delivery\.freeFrom\.currency` of \S+\.getBasket, and/,
  )
})

test('writes nothing down that is personal', () => {
  const text = [...workspaceFiles(found, 'Corner Market').values()].join('\n')
  expect(text).not.toMatch(/maya@mail|Maya Weber|Marktgasse/)
})

/** `<screen> <method> <path> <field>` for each need of the journeys, less what no answer has, and what a look at the code adds. */
function trueNeeds(): ReadonlySet<string> {
  const needs = new Set<string>()
  for (const step of nodesOfKind(shop.graph, 'step'))
    for (const id of step.calls) {
      const call = nodeOf(shop.graph, 'call', id)
      const operation = call && nodeOf(shop.graph, 'operation', call.operation)
      if (call === undefined || operation === undefined) continue
      const where = `${step.screen} ${operation.method} ${shape(operation.path)}`
      for (const need of call.needs.flatMap((one) => nodeOf(shop.graph, 'need', one) ?? []))
        if (need.field !== undefined) needs.add(`${where} ${need.path}`)
      // The basket is drawn anew from what a change answers.
      if (call.name === 'store.changeBasketItem' || call.name === 'store.removeBasketItem')
        for (const one of basketNeeds()) needs.add(`${where} ${one}`)
      // Whatever answers with a basket keeps the number beside its link.
      if (call.name === 'store.chooseDeliverySlot') needs.add(`${where} items[].quantity`)
    }
  return needs
}

function basketNeeds(): readonly string[] {
  const step = [...nodesOfKind(shop.graph, 'step')].find((one) => one.screen === '/basket')
  return (step?.calls ?? [])
    .flatMap((id) => nodeOf(shop.graph, 'call', id) ?? [])
    .filter((one) => one.name === 'store.getBasket')
    .flatMap((one) => one.needs.flatMap((id) => nodeOf(shop.graph, 'need', id) ?? []))
    .filter((one) => one.field !== undefined)
    .map((one) => one.path)
}

function operationOf(name: string): string {
  const [api, ...rest] = name.split('.')
  const operation = found.apis
    .find((one) => one.name === api)
    ?.operations.find((one) => one.name === rest.join('.'))
  return `${operation?.method} ${shape(operation?.path ?? '')}`
}

/** A path with nameless parameters. */
function shape(path: string): string {
  return path.replace(/\{[^}]+\}/g, '{}')
}

/** The same shop, with its transport or its screens written in another way. */
async function writtenWith(way: (typeof ways)[number], context: BrowserContext): Promise<void> {
  const own = new URL('./written-otherwise/', import.meta.url)
  const contentType = 'text/javascript'
  if (way === 'axios') {
    const axios = fileURLToPath(
      new URL('../../../node_modules/axios/dist/esm/axios.min.js', import.meta.url),
    )
    await context.route('**/axios.js', (route) => route.fulfill({ path: axios, contentType }))
    await context.route('**/parts/ask.js', (route) =>
      route.fulfill({ path: fileURLToPath(new URL('ask-with-axios.js', own)), contentType }),
    )
  } else if (way === 'react') {
    const body = await bundled(fileURLToPath(new URL('main-with-react.jsx', own)))
    await context.route('**/main.js', (route) => route.fulfill({ body, contentType }))
  }
}

/** Somebody clicks through the shop once, as the journeys go, and is told once that a review won't do. */
async function discovered(way: (typeof ways)[number]): Promise<Discovered> {
  const { page, context } = await shop.open()
  // Each has a basket of its own.
  await context.addCookies([
    { name: 'throughline-session', value: `written-with-${way}`, domain: 'localhost', path: '/' },
  ])
  await writtenWith(way, context)
  const notebook = notebookAt(undefined)
  await watchWindow(context, notebook, [shop.api])
  const settle = async (): Promise<void> => {
    await settled(page)
    await page.waitForTimeout(250)
  }
  const click = async (name: string | RegExp): Promise<void> => {
    await page.getByRole('link', { name }).first().click()
    await settle()
  }
  const act = async (name: string): Promise<void> => {
    await acts[name]!(page)
    await settle()
  }
  notebook.add([{ kind: 'journey', title: 'Fill a basket and pay' }])
  await page.goto(shop.app)
  await settle()
  await click('Sourdough loaf')
  await act('store.addToBasket')
  await click('Go to the basket')
  await act('store.changeBasketItem')
  await act('store.removeBasketItem')
  await click('Choose when and where')
  await act('store.chooseDeliverySlot')
  await act('store.createPayment')
  notebook.add([{ kind: 'journey', title: 'See where the order is' }])
  await click('Orders')
  await act('store.findOrder')
  await click('Have it at another time')
  await act('store.changeOrderDelivery')
  await click('Back to the order')
  await click(/Say how it was/)
  await play(context, 'track-order/review/reviews.AddReview/invalid')
  await act('reviews.AddReview')
  await context.clearCookies({ name: 'throughline-scenario' })
  await act('reviews.AddReview')
  await page.waitForTimeout(1_300)
  await context.close()
  return discoveredIn(notebook.observations())
}

async function bundled(input: string): Promise<string> {
  const bundle = await rolldown({
    input,
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { 'process.env.NODE_ENV': '"development"' } },
  })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return output[0].code
}
