import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const shop = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml } }
`,
  'apis/store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        200:
          description: The basket
          content:
            application/json:
              schema: { type: object, required: [total], properties: { total: { type: number } } }
  /session:
    delete: { operationId: signOut, responses: { 204: { description: Signed out } } }
`,
}

async function brokenShop(seen: string[] = []): Promise<string> {
  const server = createServer((request, response) => {
    seen.push(
      `${request.method} ${request.url} ${String(request.headers['x-tenant'])} ${request.headers.authorization}`,
    )
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET, DELETE' }).end()
      return
    }
    response.setHeader('Content-Type', 'application/json')
    response.end('{"total":"seven"}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('sends every header that is given, and leaves out what ends sessions', async () => {
  const seen: string[] = []
  const target = await brokenShop(seen)
  const { status, stdout, stderr } = await shellIn(shop).run(
    'test',
    '--target',
    target,
    '--header',
    'X-Tenant: corner',
    '--auth-command',
    'echo tok',
  )
  expect(status).toBe(1)
  expect(stdout).toContain('error GET /basket response-schema')
  expect(stderr).toContain(
    'Not asked, because they look as if they ended sessions or data: store.signOut.',
  )
  expect(seen).toContain('GET /basket corner Bearer tok')
  expect(seen.some((one) => one.startsWith('DELETE'))).toBe(false)
})

test('fails only for what is not in the baseline', async () => {
  const target = await brokenShop()
  const shell = shellIn(shop)
  const run = (...more: string[]) => shell.run('test', '--target', target, '--fuzz', '2', ...more)
  expect(await run('--baseline', 'known.json')).toMatchObject({ status: 2 })
  expect((await run('--baseline', 'known.json', '--update-baseline')).status).toBe(0)
  const known = await run('--baseline', 'known.json')
  expect(known).toMatchObject({ status: 0 })
  expect(known.stderr).toContain('1 of the baseline still there, 0 not met any more.')
})

test('keeps the run for the studio, without answers and credentials', async () => {
  const target = await brokenShop()
  const shell = shellIn(shop)
  const header = ['--header', 'Authorization: Bearer secret']
  await shell.run('test', '--target', target, '--fuzz', '2', '--include', 'getBasket', ...header)
  const [path] = readdirSync(join(shell.folder, '.throughline', 'runs'))
  const text = shell.read(`.throughline/runs/${path}`)
  expect(JSON.parse(text)).toMatchObject({
    by: 'cli',
    target,
    outcome: 'done',
    narrowed: '--include getBasket',
    findings: [{ check: 'response-schema', operation: { id: 'store.getBasket' }, status: 200 }],
  })
  expect(text).not.toContain('secret')
  expect(text).not.toContain('seven')
})

test('hears waivers, by operation and by fingerprint', async () => {
  const target = await brokenShop()
  const waiver = 'rule: test/response-schema\nsubject: store.getBasket\nreason: Repaired in May\n'
  const shell = shellIn({ ...shop, 'decisions/total.waiver.yaml': waiver })
  const { status, stdout } = await shell.run('test', '--target', target, '--fuzz', '2')
  expect(stdout).toContain('nothing found')
  expect(status).toBe(0)
})

test('sends one case of a finding again', async () => {
  const target = await brokenShop()
  const shell = shellIn(shop)
  const first = await shell.run('test', '--target', target, '--fuzz', '2', '--json')
  const { findings } = JSON.parse(first.stdout) as { findings: { reproduce: { case: string } }[] }
  const again = await shell.run('test', '--target', target, '--case', findings[0]!.reproduce.case)
  expect(again.stdout).toContain('response-schema')
  expect(again.stdout).toContain('1 case on')
  const none = await shell.run(
    'test',
    '--target',
    target,
    '--case',
    'store.getBasket/examples/none',
  )
  expect(none.stderr).toContain('No case is called')
})

test('says what it would send, and sends nothing', async () => {
  const { status, stdout } = await shellIn(shop).run(
    'test',
    '--target',
    'http://127.0.0.1:1',
    '--dry-run',
  )
  expect(status).toBe(0)
  expect(stdout).toMatch(/^examples +1 {2}GET \/basket$/m)
  expect(stdout).toContain('Left out: store.signOut')
  expect(stdout).toContain('none was sent')
})

test('only reads on what looks like production', async () => {
  const seen: string[] = []
  const target = await brokenShop(seen)
  const environments = `environments: { production: '${target}' }`
  const shell = shellIn({
    ...shop,
    'throughline.yaml': `throughline: 1\nname: Shop\napis: { store: { contract: apis/store.yaml, ${environments} } }\n`,
  })
  const { stderr } = await shell.run('test', '--target', 'production', '--all-operations')
  expect(stderr).toContain('looks like production: only what reads is asked')
  expect(new Set(seen.map((one) => one.split(' ')[0]))).toEqual(new Set(['GET']))
})

test('says once, and quickly, that nothing answers', async () => {
  const { status, stdout } = await shellIn(shop).run('test', '--target', 'http://127.0.0.1:1')
  expect(status).toBe(1)
  expect(stdout).toContain('The target does not answer: nothing listens there.')
  expect(stdout).toContain('1 error, 0 warnings')
})

test('refuses names that there are not', async () => {
  const shell = shellIn(shop)
  const said = async (...more: string[]) =>
    (await shell.run('test', '--target', 'http://127.0.0.1:1', ...more)).stderr
  expect(await said('--checks', 'leek')).toContain('There is no check `leek`')
  expect(await said('--header', 'corner')).toContain('`--header` is a name and a value')
  expect(await said('--update-baseline')).toContain('needs `--baseline FILE`')
})

test('asks each API of an environment at its own address, as the file says who', async () => {
  const seen = { store: [] as string[], reviews: [] as string[] }
  const [store, reviews] = [await brokenShop(seen.store), await brokenShop(seen.reviews)]
  const both = {
    ...shop,
    'throughline.yaml': `throughline: 1
name: Shop
apis:
  store: { contract: apis/store.yaml, environments: { staging: '${store}/v1' } }
  reviews: { contract: apis/reviews.yaml, environments: { staging: '${reviews}/v2' } }
  search: { contract: apis/search.yaml }
auth: { staging: { valid: { token: '\${TOKEN}' } } }
`,
    'apis/reviews.yaml': shop['apis/store.yaml'].replaceAll('/basket', '/reviews'),
    'apis/search.yaml': shop['apis/store.yaml'],
  }
  const run = ['test', '--target', 'staging', '--phases', 'examples', '--fuzz', '0']
  const { status, stderr } = await shellIn(both, { TOKEN: 't0p' }).run(...run)
  expect(status).toBe(1)
  expect(stderr).toContain('Not asked, because staging has no address for it: search.')
  expect(new Set(seen.store)).toContain('GET /v1/basket undefined Bearer t0p')
  expect(new Set(seen.reviews)).toContain('GET /v2/reviews undefined Bearer t0p')
  expect([...seen.store, ...seen.reviews].join('\n')).not.toMatch(/v1\/reviews|v2\/basket/)

  const without = await shellIn(both).run(...run)
  expect(without.status).toBe(2)
  expect(without.stderr).toContain('`auth.staging.valid` needs the environment variable TOKEN')
  const own = await shellIn(both).run(...run, '--header', 'Authorization: Bearer own')
  expect(own.status).toBe(1)
  expect(new Set(seen.store)).toContain('GET /v1/basket undefined Bearer own')
})

test('holds answers to what the policy asks of values, where the contract promises less', async () => {
  const target = await brokenShop()
  const shell = shellIn({
    ...shop,
    'policy.yaml': 'validation: [{ match: "**.total", schema: { pattern: "^[0-9]+$" } }]\n',
    'apis/store.yaml': shop['apis/store.yaml'].replace('type: number', 'type: string'),
  })
  const { status, stdout } = await shell.run('test', '--target', target)
  expect(status).toBe(1)
  expect(stdout).toContain('`total` is not what the policy asks of `**.total`.')
})
