import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const house = fileURLToPath(new URL('../../../../..', import.meta.url))

// As much of MSW 2 as handlers use: https://mswjs.io/docs/api/http
const msw = `
export interface Info { request: Request; params: Record<string, string | readonly string[]> }
export type Resolver = (info: Info) => Promise<Response>
export interface Handler { method: string; path: string; resolver: Resolver }
const of = (method: string) => (path: string, resolver: Resolver): Handler => ({ method, path, resolver })
export const http = {
  get: of('GET'), post: of('POST'), put: of('PUT'), patch: of('PATCH'),
  delete: of('DELETE'), head: of('HEAD'), options: of('OPTIONS'),
}
export class HttpResponse extends Response {
  static override error(): HttpResponse { return new HttpResponse(null, { status: 599 }) }
}
export const waited: (number | string)[] = []
export async function delay(how: number | 'infinite' | 'real'): Promise<void> { waited.push(how) }
`

const walk = `
import { waited, type Handler } from 'msw'
import { handlers } from './handlers.ts'

async function ask(method: string, path: string, body?: object): Promise<string> {
  for (const { method: own, path: pattern, resolver } of handlers as Handler[]) {
    const names = [...pattern.matchAll(/:(\\w+)/g)].map((one) => one[1]!)
    const found = new RegExp('^' + pattern.replace('*', '').replace(/:\\w+/g, '([^/]+)') + '$').exec(path)
    if (own !== method || found === null) continue
    const params = Object.fromEntries(names.map((name, index) => [name, found[index + 1]!]))
    const request = new Request('https://shop.example' + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const answer = await resolver({ request, params })
    return answer.status + ' ' + (await answer.text())
  }
  return 'nobody answers'
}
const said = [
  await ask('PUT', '/basket/delivery', {}),
  await ask('PUT', '/basket/delivery', {}),
  await ask('GET', '/products/sourdough'),
  await ask('GET', '/products/rye'),
  await ask('POST', '/payments', { method: 'card-4242' }),
  await ask('POST', '/payments', { method: 'invoice' }),
  await ask('POST', '/basket/items', { productId: 'rye', quantity: 1 }),
  await ask('POST', '/basket/items', { productId: 'honey', quantity: 1 }),
  await ask('DELETE', '/basket/items/a'),
  await ask('DELETE', '/basket/items/a'),
]
console.log(JSON.stringify({ said: said.map((one) => one.slice(0, 200)), waited }))
`

const slow = `
scenario: bad-night
title: A bad night
rules:
  - operation: store.chooseDeliverySlot
    respond: { status: 409, example: slot-gone }
    times: 1
  - operation: store.createPayment
    when: { body: { method: card-4242 } }
    respond: { status: 402 }
    latency: 700ms
  - operation: store.addToBasket
    when: { not: { body: { productId: rye } } }
    respond: { status: 409 }
  - operation: store.removeBasketItem
    when: { share: 50% }
    respond: { status: 503 }
  - operation: store.getOrder
    fault: timeout
`

function shop() {
  const shell = shellIn({})
  cpSync(join(house, 'examples/storefront'), shell.folder, { recursive: true })
  shell.write({ 'scenarios/bad-night.scenario.yaml': slow })
  return shell
}

const tsc = join(house, 'node_modules/typescript/bin/tsc')

/** Puts the library where files of the shop find it, and says how they are type-checked. */
function mswIn(shell: ReturnType<typeof shop>): readonly string[] {
  const library = join(shell.folder, 'node_modules/msw')
  mkdirSync(library, { recursive: true })
  writeFileSync(
    join(library, 'package.json'),
    '{ "name": "msw", "type": "module", "exports": "./index.js", "types": "./index.d.ts" }',
  )
  const strict =
    '--strict --target es2024 --module nodenext --skipLibCheck --noUncheckedIndexedAccess'.split(
      ' ',
    )
  shell.write({ 'index.ts': msw, 'package.json': '{ "type": "module" }' })
  execFileSync(
    process.execPath,
    [tsc, 'index.ts', '--declaration', '--outDir', library, ...strict],
    { cwd: shell.folder },
  )
  return strict
}

test('writes handlers for MSW that type-check and answer as the mock does', async () => {
  const shell = shop()
  const done = await shell.run('export', '--scenario', 'bad-night', '-o', 'handlers.ts')
  expect(done).toMatchObject({ status: 0, stdout: '' })
  expect(done.stderr).toContain('Left out: reviews: GraphQL is left out (2 operations)')
  const text = shell.read('handlers.ts')
  expect(text).toContain('// store.chooseDeliverySlot: ')
  expect(text).toContain('(checkout/delivery)')

  const strict = mswIn(shell)
  shell.write({ 'walk.ts': walk })
  const checked = spawnSync(
    process.execPath,
    [tsc, 'handlers.ts', 'walk.ts', '--noEmit', '--allowImportingTsExtensions', ...strict],
    { cwd: shell.folder, encoding: 'utf8' },
  )
  expect(checked.stdout).toBe('')

  const ran = execFileSync(process.execPath, ['walk.ts'], { cwd: shell.folder, encoding: 'utf8' })
  const { said, waited } = JSON.parse(ran) as { said: string[]; waited: unknown[] }
  expect(said.map((one) => one.slice(0, 3))).toEqual([
    '409',
    '200',
    '200',
    '200',
    '402',
    '201',
    '200',
    '409',
    '200',
    '503',
  ])
  expect(said[2]).toContain('"id":"sourdough"')
  expect(waited).toEqual([700])
}, 60_000)

const look = `
import * as stories from './throughline.stories.ts'
interface Handler { method: string; path: string; resolver: (info: object) => Promise<Response> }
const { default: meta, ...all } = stories
const basket = async ({ parameters: { msw: { handlers } } }: { parameters: { msw: { handlers: unknown } } }) => {
  const one = (handlers as Handler[]).find((one) => one.method === 'GET' && one.path === '*/basket')!
  const answer = await one.resolver({ request: new Request('https://shop.example/basket'), params: {} })
  return answer.status + ' ' + (await answer.text()).slice(0, 12)
}
console.log(JSON.stringify({
  meta,
  names: Object.values(all).map(({ name }) => name),
  good: await basket(all.CheckoutBasketGoodDay),
  gone: await basket(all.CheckoutBasket5xx),
  drawn: all.CheckoutBasket5xx.render(),
  docs: all.CheckoutBasket5xx.parameters.docs.description.story,
}))
`

test('writes stories for Storybook that type-check, one for each state, and answer as the mock does', async () => {
  const shell = shop()
  const done = await shell.run('export', '--format', 'storybook', '-o', 'throughline.stories.ts')
  expect(done).toMatchObject({ status: 0, stdout: '' })
  expect(done.stderr).toContain('Left out: reviews: GraphQL is left out (2 operations)')
  const strict = mswIn(shell)
  // Storybook's bundler finds `./screens` by itself; Node wants to be told.
  shell.write({
    'throughline.stories.ts': shell
      .read('throughline.stories.ts')
      .replace(`'./screens'`, `'./screens.ts'`),
    'screens.ts': `export const screens = { 'checkout/basket': () => 'the basket' }`,
    'look.ts': look,
  })
  const checked = spawnSync(
    process.execPath,
    [tsc, 'look.ts', '--noEmit', '--allowImportingTsExtensions', ...strict],
    { cwd: shell.folder, encoding: 'utf8' },
  )
  expect(checked.stdout).toBe('')
  const ran = execFileSync(process.execPath, ['look.ts'], { cwd: shell.folder, encoding: 'utf8' })
  const seen = JSON.parse(ran) as Record<string, unknown> & { names: string[] }
  expect(seen).toMatchObject({
    meta: { title: 'Corner Market' },
    gone: expect.stringMatching(/^5\d\d /) as string,
    drawn: 'the basket',
    docs: expect.stringContaining('Step checkout/basket, screen /basket, owner ') as string,
  })
  expect(seen['good']).toMatch(/^200 /)
  expect(seen.names).toContain('checkout/basket: store.getBasket/empty')
  expect(new Set(seen.names).size).toBe(seen.names.length)
  const one = await shell.run(
    'export',
    '--format',
    'storybook',
    '--scenario',
    'checkout/basket/5xx',
  )
  expect(one.stdout.match(/^export const /gm)).toHaveLength(1)
}, 60_000)

test('says it as JSON, and says what there is not', async () => {
  const shell = shop()
  const { stdout } = await shell.run('export', '--json', '--scenario', 'checkout/basket/timeout')
  const answer = JSON.parse(stdout) as { format: string; text: string; leftOut: string[] }
  expect(answer.format).toBe('msw')
  expect(answer.text).toContain('"fault":"timeout"')
  expect(answer.leftOut).toHaveLength(1)
  expect(await shell.run('export', '--scenario', 'bad-nihgt')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Did you mean `bad-night`?') as string,
  })
  expect(await shell.run('export', '--format', 'mws')).toMatchObject({ status: 2 })
})

test.each(['mockoon', 'har', 'postman'])(
  'writes %s files that can be taken in again and answer the same',
  async (format) => {
    const shell = shop()
    const file = { mockoon: 'a.json', har: 'a.har', postman: 'a.postman_collection.json' }[format]!
    const done = await shell.run('export', '--format', format, '-o', file)
    expect(done.status).toBe(0)
    expect(done.stderr).toContain('Left out: reviews: GraphQL is left out (2 operations)')
    const again = await shell.run('import', file, '--dir', 'elsewhere', '--name', 'shop', '--json')
    const { written, problems } = JSON.parse(again.stdout) as {
      written: string[]
      problems: unknown[]
    }
    expect(problems).toEqual([])
    expect(written).toContain('apis/shop.openapi.yaml')
    const contract = shell.read('elsewhere/apis/shop.openapi.yaml')
    expect(contract).toContain('/store/basket:')
    expect(contract).toContain('Sourdough loaf')
  },
  60_000,
)

test('tells Mockoon the rules of a scenario, and what it cannot be told', async () => {
  const shell = shop()
  const { stdout, stderr } = await shell.run(
    'export',
    '--format',
    'mockoon',
    '--scenario',
    'bad-night',
  )
  const { routes } = JSON.parse(stdout) as {
    routes: {
      method: string
      endpoint: string
      documentation: string
      responses: { statusCode: number; latency: number; rules: object[] }[]
    }[]
  }
  const payment = routes.find((one) => one.endpoint === 'store/payments' && one.method === 'post')!
  expect(payment.documentation).toContain('checkout/payment')
  expect(payment.responses[0]).toMatchObject({
    statusCode: 402,
    latency: 700,
    rules: [{ target: 'body', modifier: 'method', value: 'card-4242', operator: 'equals' }],
  })
  const added = routes.find((one) => one.endpoint === 'store/basket/items')!
  expect(added.responses[0]).toMatchObject({
    statusCode: 409,
    rules: [{ target: 'body', modifier: 'productId', value: 'rye', invert: true }],
  })
  expect(stderr).toContain('Left out: store.removeBasketItem: flaky answers')
  const slot = routes.find((one) => one.endpoint === 'store/basket/delivery')!
  expect(slot.responses[0]).toMatchObject({
    statusCode: 409,
    rules: [{ target: 'request_number', value: '^(1)$', operator: 'regex' }],
  })
})

test('writes the contract for an audience, and names the steps that lose by it', async () => {
  const shell = shop()
  shell.write({
    'public.overlay.yaml': `
overlay: 1.1.0
info: { title: What the public sees, version: 1.0.0 }
actions:
  - target: $.components.schemas.Product.properties.stock
    update: { x-internal: true }
`,
    'broken.overlay.yaml': 'overlay: 1.1.0\ninfo: { title: None, version: 1.0.0 }\n',
  })
  const asked = ['export', 'openapi', '--api', 'store', '-o', 'public.yaml']
  const done = await shell.run(...asked, '--audience', 'public', '--overlay', 'public.overlay.yaml')
  expect(done).toMatchObject({ status: 0, stdout: '' })
  expect(done.stderr).toContain('Removed Product.stock (x-internal: true)')
  expect(done.stderr).toContain(
    'Step checkout/catalogue loses its need items[].stock of store.listProducts',
  )
  expect(shell.read('public.yaml')).not.toContain('stock:')
  expect(await shell.run('check', 'public.yaml')).toMatchObject({ status: 0 })
  await shell.run(...asked)
  expect(await shell.run('diff', 'apis/store.openapi.yaml', 'public.yaml')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Nothing has changed') as string,
  })
  expect(await shell.run(...asked, '--overlay', 'broken.overlay.yaml')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('broken.overlay.yaml:1 is no overlay') as string,
  })
  expect(await shell.run('export', 'openapi', '--api', 'stroe')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('There are: store.') as string,
  })
}, 60_000)

test('keeps what others wrote in CODEOWNERS and catalog-info.yaml, and changes nothing twice', async () => {
  const shell = shop()
  shell.write({ CODEOWNERS: '* @corner/everyone\n/apis/ @corner/orders # by hand\n' })
  const first = await shell.run('export', '--format', 'codeowners', '-o', 'CODEOWNERS')
  expect(first).toMatchObject({ status: 0, stderr: 'Wrote CODEOWNERS\n' })
  const text = shell.read('CODEOWNERS')
  expect(text.startsWith('* @corner/everyone\n/apis/ @corner/orders # by hand\n')).toBe(true)
  expect(text).toContain('/apis/store.openapi.yaml @corner/orders\n')
  expect(await shell.run('export', '--format', 'codeowners', '-o', 'CODEOWNERS')).toMatchObject({
    stderr: 'CODEOWNERS says so already\n',
  })
  await shell.run('export', '--format', 'backstage', '-o', 'catalog-info.yaml')
  expect(shell.read('catalog-info.yaml')).toContain('consumesApis:\n    - store\n    - reviews\n')
  const { stdout } = await shell.run('check', '--json')
  expect(stdout).not.toContain('TL4008')
})
