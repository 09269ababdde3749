import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../../workspace/workspace.ts'
import { compiled } from '../../../workspace/compiled.ts'
import { mock } from '../mock.ts'
import type { Mock, MockOptions } from '../mock.ts'
import { answerToken, replayTokenOf } from './replay-token.ts'

const root = fileURLToPath(new URL('../../../../../../examples/storefront', import.meta.url))
const { graph } = compiled(openWorkspace([root], root))
const startMock = (options: MockOptions = {}): Mock =>
  mock(graph, { readFile: (path) => readFileSync(join(root, path)), ...options })

interface Asked {
  readonly line: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

async function ask(served: Mock, { line, headers = {}, body }: Asked): Promise<Response> {
  const [method = '', path = ''] = line.split(' ')
  return served.handle(
    new Request(`http://localhost:4401${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
}

const query = { query: '{ productReviews(productId: "p-1") { total average } }' }
const orders: readonly Asked[] = [
  { line: 'GET /store/basket' },
  { line: 'GET /store/products?pageSize=2' },
  { line: 'GET /store/nowhere' },
  { line: 'GET /store/basket', headers: { prefer: 'dynamic=true, seed=7' } },
  { line: 'GET /store/basket', headers: { prefer: 'code=503' } },
  { line: 'POST /store/basket/items', body: { productId: 'p-2', quantity: 2 } },
  { line: 'POST /store/basket/items', body: { quantity: 'many' } },
  { line: 'GET /store/basket' },
  { line: 'GET /store/basket', headers: { 'throughline-scenario': 'checkout/basket/empty' } },
  { line: 'GET /store/basket', headers: { 'throughline-scenario': 'checkout/basket/503' } },
  { line: 'GET /store/basket', headers: { 'throughline-scenario': 'huge-basket' } },
  { line: 'POST /reviews/graphql', body: query },
  {
    line: 'POST /reviews/graphql',
    body: query,
    headers: { 'throughline-scenario': 'checkout/basket/500' },
  },
]

test('gives the same answer for its token, in a process that knows nothing of what came before', async () => {
  const first = startMock({ seed: 'maya', dataset: 'many' })
  let told = 0
  for (const one of orders) {
    const answer = await ask(first, one)
    const token = answer.headers.get('throughline-replay')
    expect(answer.headers.get('throughline-why')).toMatch(/^[0-9a-z]+$/)
    expect(token, one.line).not.toBeNull()
    const { prefer: _, 'throughline-scenario': __, ...headers } = one.headers ?? {}
    const again = await ask(startMock({ seed: 'ines', dynamic: true }), {
      ...one,
      headers: { ...headers, 'throughline-replay': token! },
    })
    expect(`${again.status} ${await again.text()}`, `${one.line} ${token}`).toBe(
      `${answer.status} ${await answer.text()}`,
    )
    expect(again.headers.get('content-type')).toBe(answer.headers.get('content-type'))
    told += 1
  }
  expect(told).toBe(orders.length)
})

test('leaves the world alone when a write is replayed', async () => {
  const served = startMock()
  const before = await (await ask(served, { line: 'GET /store/basket' })).text()
  const post: Asked = { line: 'POST /store/basket/items', body: { productId: 'p-2', quantity: 2 } }
  const token = (await ask(startMock(), post)).headers.get('throughline-replay')!
  expect((await ask(served, { ...post, headers: { 'throughline-replay': token } })).status).toBe(
    200,
  )
  expect(await (await ask(served, { line: 'GET /store/basket' })).text()).toBe(before)
})

test('gives a sequence again call by call, whatever has been counted meanwhile', async () => {
  const headers = { 'throughline-scenario': 'slot-taken' }
  const choose: Asked = {
    line: 'PUT /store/basket/delivery',
    body: {
      slotId: 'wed-morning',
      address: {
        recipient: 'Maya Weber',
        street: 'Marktgasse 7',
        postcode: '79098',
        town: 'Freiburg',
      },
    },
    headers,
  }
  const served = startMock()
  const first = await ask(served, choose)
  const second = await ask(served, choose)
  expect([first.status, second.status]).toEqual([409, 200])
  const replay = (answer: Response): Promise<Response> =>
    ask(served, {
      ...choose,
      headers: { 'throughline-replay': answer.headers.get('throughline-replay')! },
    })
  expect([(await replay(first)).status, (await replay(second)).status]).toEqual([409, 200])
})

test('says so when the answer can not be given again', async () => {
  const token = (await ask(startMock(), { line: 'GET /store/basket' })).headers.get(
    'throughline-replay',
  )!
  const replay = (line: string, text: string): Promise<Response> =>
    ask(startMock(), { line, headers: { 'throughline-replay': text } })
  expect((await replay('GET /store/products', token)).status).toBe(409)
  expect((await replay('GET /store/basket', 'x')).status).toBe(400)
  expect((await replay('GET /store/basket', '0.zz')).status).toBe(410)
  expect((await replay('GET /store/basket', `${token};p=nowhere`)).status).toBe(409)
})

test('takes no token that would write headers of its own', () => {
  const forged = (head: object): string =>
    `2.${Buffer.from(`${JSON.stringify(head)}\n`).toString('base64url')}`
  expect(replayTokenOf(forged({ status: 200, headers: ['X-A', 'b'] }))).toMatchObject({
    kind: 'answer',
  })
  for (const head of [
    { status: 200, headers: ['X-A', 'b\r\nSet-Cookie: c'] },
    { status: 200, headers: ['X A', 'b'] },
    { status: 99, headers: [] },
    { status: 200, headers: ['X-A'] },
  ])
    expect(replayTokenOf(forged(head))).toBeUndefined()
  const bomb = answerToken({ status: 200, headers: [], body: Buffer.alloc(99_000) })!
  expect(bomb.length).toBeLessThan(1000)
  expect(answerToken({ status: 200, headers: [], body: Buffer.alloc(200_000) })).toBeUndefined()
})
