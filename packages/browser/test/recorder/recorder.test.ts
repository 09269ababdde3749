import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundled } from './apps.ts'
import { openPages, type Pages } from './pages.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
}, 60_000)
afterAll(() => pages.close())

const loading = `const load = () => fetch('/basket').then((answer) => answer.json());`

test.each([
  ['structuredClone', `structuredClone({ basket }).basket.total.amount`],
  ['history', `history.pushState(basket, ''), history.state.total.amount`],
  [
    'postMessage',
    `await new Promise((resolve) => { onmessage = ({ data }) => resolve(data.total.amount); postMessage(basket, '*') })`,
  ],
  [
    'BroadcastChannel',
    `await new Promise((resolve) => { new BroadcastChannel('b').onmessage = ({ data }) => resolve(data.total.amount); new BroadcastChannel('b').postMessage(basket) })`,
  ],
  [
    'IndexedDB',
    `await new Promise((resolve) => {
      const open = indexedDB.open('shop' + Math.random())
      open.onupgradeneeded = () => open.result.createObjectStore('baskets')
      open.onsuccess = () => {
        const store = open.result.transaction('baskets', 'readwrite').objectStore('baskets')
        store.put(basket, 1)
        store.get(1).onsuccess = ({ target }) => resolve(target.result.total.amount)
      }
    })`,
  ],
])('lets %s clone an answer', async (_, act) => {
  const { page, errors } = await pages.open(loading)
  expect(
    await page.evaluate(`(async () => { const basket = await load(); return ${act} })()`),
  ).toBe(897)
  expect(errors).toEqual([])
  await page.close()
})

test('tells of a spread-out answer only what is tracked, and puts everything back', async () => {
  const { page } = await pages.open(loading)
  const found = await page.evaluate(`(async () => {
    const copy = structuredClone(await load())
    copy.total.amount
    const before = recorder.take()[0].fields['total.amount']
    tracked(copy).total.amount
    const after = recorder.take()[0].fields['total.amount']
    recorder.stop()
    return { before: before?.read ?? 0, after: after.read, native: /native code/.test(String(fetch) + String(JSON.parse)) }
  })()`)
  expect(found).toMatchObject({ before: 0, after: 1, native: true })
  await page.close()
})

test('tells only paths that the contract knows', async () => {
  const { page } = await pages.open(loading)
  const told = await page.evaluate(`(async () => {
    recorder.stop()
    const own = recording.startRecorder({
      nameOf: () => 'getBasket',
      isKnown: (name, path) => ['total', 'total.amount', 'voucher'].includes(path),
    })
    const basket = await load()
    basket.total.amount, basket.total.currency, basket.voucher.code, basket['maya@mail.example']
    return Object.keys(own.take()[0].fields)
  })()`)
  expect(told).toEqual(['total', 'total.amount', 'total.*', 'voucher', 'voucher.*', '*'])
  await page.close()
})

test('forgets what was answered long ago, and nothing that was not told yet', async () => {
  const { page } = await pages.open(loading)
  const told = await page.evaluate(`(() => {
    const orders = Array.from({ length: 600 }, (_, id) => recorder.track({ total: id }, 'getOrder ' + id))
    for (const one of orders) one.total
    const first = recorder.take().length
    orders[0].total, orders[599].total
    return [first, recorder.take().map((one) => one.name)]
  })()`)
  expect(told).toEqual([600, ['getOrder 599']])
  await page.close()
})

test('is a small chunk', async () => {
  const source = new URL('../../src/recorder/recorder.ts', import.meta.url).pathname
  expect(gzipSync(await bundled(source)).length).toBeLessThan(6_000)
})
