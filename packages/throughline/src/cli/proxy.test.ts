import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../test/shell.ts'

const contract = `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { '200': { description: x, content: { application/json: { schema: { type: object, required: [total] }, example: { total: 1 } } } } }
  /coupons:
    get:
      operationId: listCoupons
      responses: { '200': { description: x, content: { application/json: { schema: { type: array }, example: [mocked] } } } }
`

async function backend(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"real":true}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function shop(staging: string): ReturnType<typeof shellIn> {
  return shellIn({
    'throughline.yaml': `throughline: 1
name: Shop
apis:
  store: { contract: store.yaml, stages: { listCoupons: planned }, environments: { staging: '${staging}' } }
  stock: { contract: store.yaml }
`,
    'store.yaml': contract,
    'journeys/checkout.journey.yaml':
      'journey: checkout\nsteps: [{ step: basket, calls: [{ operation: store.getBasket, needs: [total] }] }]\n',
  })
}

test('passes calls on to an environment of the workspace, and says on the terminal what is wrong with it', async () => {
  const staging = await backend()
  const started = shop(staging).start('mock', '-p', '0', '--proxy', 'staging')
  await started.says('Ctrl-C')
  expect(started.stdout()).toContain(
    `Proxy store to ${staging}/  1 operation passed on, 1 mocked; mocked on 404,501,refused,timeout`,
  )
  const url = /http:\/\/localhost:\d+/.exec(started.stdout())![0]
  expect(await (await fetch(`${url}/store/basket`)).json()).toEqual({ real: true })
  expect(await (await fetch(`${url}/store/coupons`)).json()).toEqual(['mocked'])
  expect(await (await fetch(`${url}/stock/basket`)).json()).toEqual({ total: 1 })
  await started.says('violation')
  expect(started.stderr()).toMatch(
    /violation {2}store\.getBasket 200 \/total: .*Hurts checkout\/basket \(Total\)\./,
  )
  await started.stop()
})

test('says what it cannot pass on, and where to', async () => {
  const shell = shop('http://localhost:1')
  const why = async (...args: readonly string[]): Promise<string> => {
    const { status, stderr } = await shell.run('mock', '-p', '0', ...args)
    return `${status} ${stderr.replace(/\n[^]*/, '')}`
  }
  expect(await why('--proxy', 'http://localhost:1')).toBe(
    '2 error TL9003: There are several APIs: say which has this backend, as in --proxy store=http://localhost:1.',
  )
  expect(await why('--proxy', 'production')).toBe(
    '2 error TL9003: `production` is neither an address nor an environment; throughline.yaml has staging.',
  )
  expect(await why('--proxy', 'stroe=http://localhost:1')).toBe(
    '2 error TL9003: There is no API `stroe` to pass on. Did you mean `store`?',
  )
  expect(await why('--proxy', 'store=ftp://localhost')).toContain('neither an address')
  expect(await why('--proxy', 'store=http://maya:secret@localhost')).toContain(
    'no user name or password',
  )
  expect(await why('--proxy', 'staging', '--mock-only', 'store.getCart')).toContain(
    'No operation is called `store.getCart`.',
  )
  expect(await why('--proxy', 'staging', '--fallback', 'sometimes')).toContain('not `sometimes`')
  expect(await why('--proxy', 'staging', '--proxy-timeout', 'soon')).toContain('not `soon`')
  expect(await why('--fallback', 'none')).toContain('Name it with --proxy URL')
})
