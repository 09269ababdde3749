import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn, type Shell } from '../../../test/shell.ts'

/** A shop whose basket can be made to fail, and a hook that keeps what it is told. */
async function shopAndHook(): Promise<{
  readonly url: string
  readonly told: unknown[]
  readonly asked: IncomingMessage[]
  broken: boolean
}> {
  const here = { url: '', told: [] as unknown[], asked: [] as IncomingMessage[], broken: false }
  const server = createServer(async (request, response) => {
    if (request.url === '/hook') {
      here.told.push(JSON.parse(await text(request)))
      response.end()
      return
    }
    here.asked.push(request)
    response.writeHead(here.broken ? 503 : 200, { 'Content-Type': 'application/json' })
    response.end('{"total":7}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  here.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return here
}

function shopWith(url: string, monitor: string): Shell {
  return shellIn(
    {
      'throughline.yaml': `throughline: 1\napis: { store: { contract: store.yaml, environments: { staging: '${url}' } } }\n`,
      'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { '200': { description: The basket, content: { application/json: { schema: { type: object, properties: { total: { type: number } } } } } } }
`,
      'journeys/checkout.journey.yaml':
        'journey: checkout\nsteps: [{ step: basket, calls: [{ operation: store.getBasket, needs: [total] }] }]\n',
      'monitors/checkout.monitor.yaml': monitor,
    },
    { TOKEN: 'Bearer t0p', HOOK: `${url}/hook` },
  )
}

const checkout = `monitor: checkout
title: Can people buy?
environment: staging
headers: { Authorization: '\${TOKEN}' }
alerts: { webhook: '\${HOOK}' }
`

test('runs once for a scheduled job, and tells the hook when it begins to fail and when it is over', async () => {
  const shop = await shopAndHook()
  const shell = shopWith(shop.url, checkout)
  const first = await shell.run('monitor', '--once')
  expect(first.status).toBe(0)
  expect(first.stdout).toMatch(/Z {2}checkout on staging {2}fine {2}1 call, \d+ ms\n$/)
  expect(shop.asked[0]!.headers.authorization).toBe('Bearer t0p')

  shop.broken = true
  const second = await shell.run('monitor', '--once')
  expect({ ...second, stdout: second.stdout.split('\n')[1] }).toEqual({
    status: 1,
    stdout: '  checkout/basket: store.getBasket: it answered 503 where the step needs a success',
    stderr: 'opened  Can people buy? on staging: it fails: checkout/basket\n',
  })
  await shell.run('monitor', '--once')
  shop.broken = false
  const last = await shell.run('monitor', '--once', '--json')
  expect(JSON.parse(last.stdout)).toMatchObject({ monitor: 'checkout', ok: true })
  expect(shop.told).toMatchObject([
    { version: 1, event: 'opened', kind: 'failure', steps: ['checkout/basket'] },
    { version: 1, event: 'recovered' },
  ])
  expect(shell.read('.throughline/monitors/checkout.jsonl').trim().split('\n')).toHaveLength(4)
})

test('runs until it is stopped', async () => {
  const shop = await shopAndHook()
  const shell = shopWith(shop.url, `${checkout}every: 1s\n`)
  const started = shell.start('monitor', '--no-alerts')
  await started.says('fine')
  expect((await started.stop()).status).toBe(0)
})

test('says what is missing before it runs', async () => {
  const shell = shopWith('http://127.0.0.1:9', checkout.replace('TOKEN', 'OTHER'))
  expect((await shell.run('monitor', '--once')).stderr).toBe(
    'error TL9003: The monitor `checkout` needs the environment variable OTHER.\n',
  )
  expect((await shell.run('monitor', '--only', 'chekout')).stderr).toBe(
    'error TL9003: There is no monitor `chekout`. Did you mean `checkout`?\n',
  )
  expect((await shellIn({ 'throughline.yaml': 'throughline: 1\n' }).run('monitor')).stderr).toMatch(
    /There is no monitor here\. Write `monitors\/checkout\.monitor\.yaml`/,
  )
})
