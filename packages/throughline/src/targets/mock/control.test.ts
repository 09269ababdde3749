import { compile, located, mainContent, validatorOf } from '@throughline/core'
import { expect, test } from 'vitest'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { fileURLToPath } from 'node:url'
import { controlContract } from './control-contract.ts'
import { mock } from './mock.ts'
import type { Mock } from './mock.ts'
import type { TrafficVerdict, TrafficWhy, TrafficCall } from '@throughline/core'

const root = fileURLToPath(new URL('../../../../../examples/storefront', import.meta.url))
const workspace = openWorkspace([root], root)
const { graph } = compiled(workspace)
const startMock = (): Mock => mock(graph, { readFile: (path) => workspace.bytes(path) })

interface Sent {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

function ask(
  served: Mock,
  line: string,
  { body, headers = {} }: Sent = {},
  signal?: AbortSignal,
): Promise<Response> {
  const [method = '', path = ''] = line.split(' ')
  return served.handle(
    new Request(`http://localhost:4401${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }),
  )
}

async function json<Body>(answer: Promise<Response>): Promise<Body> {
  return (await (await answer).json()) as Body
}

const contract = compile(
  {
    paths: ['control.openapi.yaml'],
    read: (path) => ({ path, text: controlContract() }),
  },
  { contracts: ['control.openapi.yaml'] },
)

const session = { 'throughline-session': 'maya' }
const elsewhere = { origin: 'https://elsewhere.example' }

const cases: readonly (readonly [string, string, number, Sent?])[] = [
  ['getSituation', 'GET situation', 200],
  ['setSituation', 'PUT situation', 200, { body: { scenario: 'checkout/basket/timeout' } }],
  ['setSituation', 'PUT situation', 200, { body: { scenario: 'slot-taken', session: 'maya' } }],
  ['setSituation', 'PUT situation', 404, { body: { scenario: 'checkout/basket/tiemout' } }],
  ['setSituation', 'PUT situation', 404, { body: { scenario: 'nowhere', session: 'maya' } }],
  ['setSituation', 'PUT situation', 400, { body: { scenario: 4 } }],
  ['setSituation', 'PUT situation', 400, { body: { scenario: null, session: 4 } }],
  ['setSituation', 'PUT situation', 403, { body: { scenario: null }, headers: elsewhere }],
  ['listScenarios', 'GET scenarios', 200],
  ['backToNormal', 'POST normal', 200],
  ['listWebhooks', 'GET webhooks', 200],
  ['listWebhooks', 'GET webhooks', 403, { headers: elsewhere }],
  ['fireWebhook', 'POST webhooks/paid', 404, { body: { target: 'http://localhost:9' } }],
  ['setDataset', 'PUT dataset', 200, { body: { dataset: 'many' }, headers: session }],
  ['setDataset', 'PUT dataset', 404, { body: { dataset: 'menny' } }],
  ['setDataset', 'PUT dataset', 400, { body: [] }],
  ['listCollections', 'GET data', 200],
  ['listCollections', 'GET data', 403, { headers: elsewhere }],
  ['readCollection', 'GET data/products', 200],
  ['readCollection', 'GET data/prodcuts', 404],
  ['replaceCollection', 'PUT data/products', 200, { body: [{ id: 'rye' }] }],
  ['replaceCollection', 'PUT data/products', 400, { body: ['rye'] }],
  ['replaceCollection', 'PUT data/basket', 400, { body: [] }],
  ['replaceCollection', 'PUT data/products', 422, { body: [{ id: 'rye', name: 4 }] }],
  ['addToCollection', 'POST data/store.products', 200, { body: { id: 'rye', name: 'Rye bread' } }],
  ['addToCollection', 'POST data/products', 403, { body: { id: 'rye' }, headers: elsewhere }],
  ['reset', 'POST reset', 204],
  ['reset', 'POST reset?everything=true', 204],
  ['takeSnapshot', 'POST snapshot', 201],
  ['restoreSnapshot', 'POST restore/s9', 404],
  ['listCalls', 'GET calls?operation=store.getBasket&limit=5', 200],
  ['listCalls', 'GET calls?limit=0', 400],
  ['listCalls', 'GET calls?since=yesterday', 400],
  ['listCalls', 'GET calls', 403, { headers: elsewhere }],
  ['forgetCalls', 'DELETE calls', 204],
  ['forgetCalls', 'DELETE calls', 403, { headers: elsewhere }],
  ['verifyCalls', 'POST verify', 200, { body: { operation: 'store.getBasket', exactly: 1 } }],
  ['verifyCalls', 'POST verify', 200, { body: { operation: 'store.createPayment' } }],
  ['verifyCalls', 'POST verify', 400, { body: { operation: 4 } }],
  ['verifyCalls', 'POST verify', 404, { body: { operation: 'store.getBaskte', exactly: 0 } }],
  ['verifyCalls', 'POST verify', 400, { body: { operation: 'store.getBasket', times: 3 } }],
  ['verifyCalls', 'POST verify', 400, { body: { exactly: -1 } }],
  ['getWhy', 'GET why/1', 200],
  ['getWhy', 'GET why/2', 200],
  ['getWhy', 'GET why/3', 200],
  ['getWhy', 'GET why/zz', 404],
  ['getFault', 'GET fault', 200],
  ['setFault', 'PUT fault', 200, { body: { operation: 'store.getBasket', fault: 'reset' } }],
  ['setFault', 'PUT fault', 400, { body: { operation: 'store.getBasket' } }],
  ['setFault', 'PUT fault', 400, { body: { fault: 'reset' } }],
  ['setFault', 'PUT fault', 403, { body: { path: '/', fault: 'reset' }, headers: elsewhere }],
  ['endFault', 'DELETE fault', 200],
  ['getContract', 'GET openapi.yaml', 200],
]

test.each(cases.map(([name, line, status, sent = {}]) => ({ name, line, status, sent })))(
  'answers $name as its contract says: $line $status',
  async ({ name, line, status, sent }) => {
    expect(located(contract.diagnostics).filter((one) => one.severity === 'error')).toEqual([])
    const served = startMock()
    await ask(served, 'GET /store/basket', { headers: session })
    await ask(served, 'POST /store/basket/items', { body: { quantity: 'many' } })
    await ask(served, 'GET /store/baskte')
    const [method = '', place = ''] = line.split(' ')
    const answer = await ask(served, `${method} /_throughline/${place}`, sent)
    expect(answer.status).toBe(status)
    const operation = contract.graph.apis[0]!.contract!.operations.find((one) => one.name === name)!
    expect(operation.method).toBe(method)
    const described = operation.responses().find((one) => one.status === String(status))
    expect(described, `${status} is described`).toBeDefined()
    const content = mainContent(described!.content)
    if (content === undefined) return expect(await answer.text()).toBe('')
    expect(answer.headers.get('content-type')).toContain(content.type)
    if (/json/.test(content.type))
      expect(validatorOf(content.schema!)(await answer.json())).toEqual([])
    return undefined
  },
)

test('lets one call answer whatever it is told to, until that is taken back', async () => {
  const served = startMock()
  const told = async (line: string): Promise<readonly [number, string]> => {
    const answer = await ask(served, line)
    return [answer.status, await answer.text()]
  }
  const usual = await told('GET /store/basket')
  await ask(served, 'PUT /_throughline/fault', {
    body: {
      method: 'GET',
      path: '/*/basket',
      answer: { status: 200, type: 'application/json', body: '{"items":' },
    },
  })
  expect(await told('GET /store/basket')).toEqual([200, '{"items":'])
  expect((await told('GET /store/products'))[1]).not.toBe('{"items":')
  await ask(served, 'DELETE /_throughline/fault')
  expect(await told('GET /store/basket')).toEqual(usual)
})

test('plays a scenario for one session and leaves the others alone', async () => {
  const served = startMock()
  await ask(served, 'PUT /_throughline/situation', {
    body: { scenario: 'checkout/basket/503', session: 'maya' },
  })
  const status = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await ask(served, 'GET /store/basket', { headers })).status
  expect([await status(session), await status({})]).toEqual([503, 200])
  await ask(served, 'PUT /_throughline/situation', { body: { scenario: null, session: 'maya' } })
  expect(await status(session)).toBe(200)
})

test('begins a sequence anew when it is played again', async () => {
  const served = startMock()
  const body = { scenario: 'slot-taken', session: 'maya' }
  const choose = async (): Promise<number> => {
    const address = {
      recipient: 'Maya',
      street: 'Marktgasse 7',
      postcode: '79098',
      town: 'Freiburg',
    }
    const sent = { body: { slotId: 'wed-morning', address }, headers: session }
    return (await ask(served, 'PUT /store/basket/delivery', sent)).status
  }
  await ask(served, 'PUT /_throughline/situation', { body })
  const first = [await choose(), await choose()]
  await ask(served, 'PUT /_throughline/situation', { body })
  expect([...first, await choose()]).toEqual([409, 200, 409])
})

test('shows what was put into the world of a session, and nothing else after replacing all', async () => {
  const served = startMock()
  const rye = { id: 'rye', name: 'Rye bread' }
  await ask(served, 'PUT /_throughline/data/products', { body: [rye], headers: session })
  const list = await json<{ items: { id: string; name: string }[] }>(
    ask(served, 'GET /store/products', { headers: session }),
  )
  expect(list.items.map(({ id, name }) => ({ id, name }))).toEqual([rye])
  const one = await json<object>(ask(served, 'GET /store/products/rye', { headers: session }))
  expect(one).toMatchObject(rye)
  expect((await ask(served, 'GET /store/products/eggs', { headers: session })).status).toBe(404)
  const others = await json<{ items: unknown[] }>(ask(served, 'GET /store/products'))
  expect(others.items.length).toBeGreaterThan(1)
  await ask(served, 'POST /_throughline/data/products', {
    body: [{ id: 'spelt' }, { name: 'Eggs' }],
    headers: session,
  })
  const more = await json<{ items: { id: string; name: string }[] }>(
    ask(served, 'GET /store/products', { headers: session }),
  )
  expect(more.items.map((product) => product.id)).toEqual(['spelt', expect.any(String), 'rye'])
  expect(more.items[1]!.name).toBe('Eggs')
})

test('fills the world of one session with another data set', async () => {
  const served = startMock()
  await ask(served, 'PUT /_throughline/dataset', { body: { dataset: 'empty' }, headers: session })
  const count = async (headers: Readonly<Record<string, string>>): Promise<number> => {
    const { items } = await json<{ items: unknown[] }>(
      ask(served, 'GET /store/products', { headers }),
    )
    return items.length
  }
  expect(await count(session)).toBe(0)
  expect(await count({})).toBeGreaterThan(0)
})

test('says whether a call came with such a body, and what the nearest call was', async () => {
  const served = startMock()
  await ask(served, 'POST /store/basket/items', { body: { productId: 'rye', quantity: 2 } })
  const verify = (body: object): Promise<TrafficVerdict> =>
    json(ask(served, 'POST /_throughline/verify', { body }))
  const called = { operation: 'store.addToBasket', body: { productId: 'rye' } }
  expect(await verify({ ...called, exactly: 1 })).toMatchObject({ verdict: true, count: 1 })
  expect(await verify({ ...called, exactly: 2 })).toMatchObject({
    verdict: false,
    message: 'store.addToBasket was called once like that, not exactly 2.',
  })
  const other = await verify({ ...called, body: { productId: 'eggs' } })
  expect(other.message).toBe(
    'store.addToBasket was never called like that, not at least 1. The nearest is POST /store/basket/items: its body is {"productId":"rye","quantity":2}.',
  )
  expect(other.nearest).toHaveLength(1)
  expect(await verify({ operation: 'store.createPayment', atMost: 0 })).toMatchObject({
    verdict: true,
    message: 'store.createPayment was never called.',
  })
})

test('explains a state of a step: what was played, who calls it and what else there is', async () => {
  const served = startMock()
  const headers = { 'throughline-scenario': 'checkout/basket/503' }
  const id = (await ask(served, 'GET /store/basket', { headers })).headers.get('throughline-why')!
  const why = await json<TrafficWhy>(ask(served, `GET /_throughline/why/${id}`))
  expect(why.why).toContain('The state checkout/basket/503 is played: ')
  expect(why.steps[0]).toMatchObject({ step: 'checkout/basket' })
  expect(why.route).toMatchObject({ operation: 'store.getBasket', path: '/basket' })
  expect(why.notTaken).toContainEqual({ what: 'Status 200', detail: 'Prefer: code=200 gives it' })
  expect(why.replay?.curl).toMatch(/^curl -i .*\/store\/basket -H 'Throughline-Replay: 1\.503\./)
})

test('explains which rules of a scenario did not hold', async () => {
  const served = startMock()
  await ask(served, 'PUT /_throughline/situation', { body: { scenario: 'slot-taken' } })
  const answer = await ask(served, 'GET /store/basket')
  const id = answer.headers.get('throughline-why')!
  const why = await json<TrafficWhy>(ask(served, `GET /_throughline/why/${id}`))
  expect(why.decisions[0]).toEqual({
    what: 'Scenario slot-taken',
    detail: 'no rule of it is about this call',
  })
  expect(why.notTaken[0]).toEqual({
    what: 'Rule 1 of slot-taken',
    detail: 'it is about other operations',
  })
})

test('shows a page to browsers, with everything escaped, and keeps credentials to itself', async () => {
  const served = startMock()
  const headers = { authorization: 'Bearer very-secret', cookie: 'sid=very-secret' }
  const first = await ask(served, 'GET /store/<script>', { headers })
  const id = first.headers.get('throughline-why')!
  const page = await ask(served, `GET /_throughline/why/${id}`, {
    headers: { accept: 'text/html' },
  })
  expect(page.headers.get('content-type')).toContain('text/html')
  const html = await page.text()
  expect(html).toContain('No operation answers this address')
  expect(html).not.toContain('<script>')
  const why = await (await ask(served, `GET /_throughline/why/${id}`)).text()
  expect(why).not.toContain('very-secret')
  expect(JSON.parse(why)).toMatchObject({ nearest: expect.any(Array) as unknown })
})

test('tells of each call as it comes', async () => {
  const served = startMock()
  const gone = new AbortController()
  const answer = await ask(served, 'GET /_throughline/traffic', {}, gone.signal)
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  const bundle = async (): Promise<{ calls: TrafficCall[] }> => {
    const { value = '' } = await reader.read()
    return JSON.parse(value.replace(/^data: /, '')) as { calls: TrafficCall[] }
  }
  expect((await bundle()).calls).toEqual([])
  await ask(served, 'GET /store/basket')
  await ask(served, 'GET /store/products')
  expect((await bundle()).calls.map((one) => one.operations)).toEqual([
    ['store.getBasket'],
    ['store.listProducts'],
  ])
  gone.abort()
})

test('remembers the last thousand calls and no more', async () => {
  const served = startMock()
  for (let turn = 0; turn < 1010; turn++)
    void served.answer({ method: 'GET', url: '/store/basket', header: () => undefined })
  const { calls, last } = await json<{ calls: TrafficCall[]; last: number }>(
    ask(served, 'GET /_throughline/calls'),
  )
  expect([calls.length, calls[0]!.number, last]).toEqual([1000, 11, 1010])
  expect((await ask(served, 'GET /_throughline/why/1')).status).toBe(404)
})

test('says of every address which methods it takes', async () => {
  const served = startMock()
  const answer = await ask(served, 'PATCH /_throughline/normal')
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST')
})
