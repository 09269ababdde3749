import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile, type Graph } from '@throughline/core'
import { afterAll, expect, test } from 'vitest'
import { openWorkspace } from '../../workspace/workspace.ts'
import { mock } from '../mock/mock.ts'
import { CLIENT_RUNTIME } from './client-runtime.ts'
import { typescriptClient } from './typescript-client.ts'

const house = fileURLToPath(new URL('../../../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'throughline-types-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')

const shop = openWorkspace(join(house, 'examples/storefront'))

/** What `tsc --strict` says of the files, an error each line. */
function typeErrors(...files: readonly string[]): readonly string[] {
  const strict =
    '--noEmit --strict --noUncheckedIndexedAccess --target es2023 --module nodenext --lib es2023,dom,dom.iterable --types [] --allowImportingTsExtensions'
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(house, 'node_modules/typescript/bin/tsc'),
      ...files,
      ...strict.replace(' --types []', '').split(' '),
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  return stdout.split('\n').filter((line) => line.includes('error'))
}

const page = `
import { client, type GetBasketFailure } from './client.ts'
export async function basket(send: typeof fetch): Promise<string> {
  const answer = await client({ baseUrl: 'http://shop.example/store', fetch: send }).getBasket()
  if (!answer.ok) return said(answer)
  return answer.data.items.map((one) => one.name + ' ' + one.lineTotal.amount).join()
}
function said(failure: GetBasketFailure): string {
  switch (failure.state) {
    case 'timeout':
    case 'offline':
    case 'invalid':
      return failure.state
    default:
      return failure.state + ' ' + failure.status + ' ' + failure.problem?.title
  }
}
`

function written(graph: Graph, all = false): string {
  const { text } = typescriptClient(graph, { api: 'store', all })
  writeFileSync(join(folder, 'client.ts'), text)
  writeFileSync(join(folder, 'page.ts'), page)
  return text
}

test('writes what screens need, who needs it, and a client that the mock answers', async () => {
  const { graph } = compile(shop)
  const text = written(graph)
  expect(text).toContain('Needed by checkout/product: The button has to say so before')
  expect(text).toContain('stock: "plenty" | "few" | "none"')
  expect(text).toContain('labels: Array<"organic" | "local" | "vegan" | "frozen">')
  expect(typeErrors('client.ts', 'page.ts')).toEqual([])
  const { basket } = (await import(join(folder, 'page.ts'))) as {
    basket: (send: typeof fetch) => Promise<string>
  }
  const server = mock(graph)
  const through =
    (scenario?: string): typeof fetch =>
    (input, init) => {
      const request = new Request(input, init)
      if (scenario !== undefined) request.headers.set('Throughline-Scenario', scenario)
      return server.handle(request)
    }
  expect(await basket(through())).toMatch(/^[A-Z][\w ]+ \d+/)
  expect(await basket(through('checkout/basket/5xx'))).toMatch(/^5xx 5\d\d /)
  expect(await basket(() => Promise.reject(new TypeError('no network')))).toBe('offline')
  expect(await basket(() => Promise.resolve(new Response('<p>')))).toBe('invalid')
}, 60_000)

test('turns a contract that breaks a screen into an error of the compiler', () => {
  const path = 'apis/store.openapi.yaml'
  const file = shop.read(path) as { path: string; text: string }
  const renamed = file.text.replaceAll(/\blineTotal\b/g, 'sum')
  expect(renamed).not.toBe(file.text)
  const { graph } = compile({
    ...shop,
    paths: shop.paths,
    read: (asked) => (asked === path ? { path, text: renamed } : shop.read(asked)),
  })
  written(graph)
  expect(typeErrors('page.ts')).toEqual([
    expect.stringMatching(/page\.ts.*Property 'lineTotal' does not exist/),
  ])
}, 60_000)

test('writes all of GitHub so that it compiles', () => {
  const path = 'github.json'
  const text = readFileSync(
    join(house, 'node_modules/@octokit/openapi/generated/api.github.com.json'),
    'utf8',
  )
  const { graph } = compile(
    {
      paths: [path],
      read: (asked) => (asked === path ? { path, text } : { path: asked, unreadable: 'missing' }),
    },
    { contracts: [path] },
  )
  const client = typescriptClient(graph, { all: true }).text
  writeFileSync(join(folder, 'github.ts'), client)
  expect(client.match(/^ {6}ask\(/gm)!.length).toBeGreaterThan(1000)
  expect(typeErrors('github.ts')).toEqual([])
}, 60_000)

test('keeps the client below 2 kB, and lets nobody end a comment', () => {
  const script = stripTypeScriptTypes(CLIENT_RUNTIME)
    .replaceAll(/\/\*[^]*?\*\/|\s+/g, ' ')
    .replaceAll(/\s*([^\w\s'"`])\s*/g, '$1')
  expect(script.length).toBeLessThan(2048)
  const { graph } = compile(
    {
      paths: ['a.yaml'],
      read: (path) =>
        path === 'a.yaml'
          ? {
              path,
              text: `
openapi: 3.1.0
info: { title: A, version: '1' }
paths:
  /shelves/{id}:
    get: { responses: { 200: { description: A shelf } } }
  /tree:
    get:
      summary: "*/ evil() /*"
      operationId: "__proto__"
      responses:
        200:
          description: A tree
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Promise' }
components:
  schemas:
    Promise:
      type: [object, 'null']
      required: [a-b]
      properties:
        a-b: { enum: [1, two, null] }
        children: { type: array, items: { $ref: '#/components/schemas/Promise' } }
`,
            }
          : { path, unreadable: 'missing' },
    },
    { contracts: ['a.yaml'] },
  )
  const { text } = typescriptClient(graph, { all: true })
  writeFileSync(join(folder, 'tree.ts'), text)
  expect(typeErrors('tree.ts')).toEqual([])
  expect(text).toContain('"a-b": 1 | "two" | null')
  expect(text).toContain('children?: Array<Promise2 | null>')
  expect(text).toContain('*\\/ evil() /*')
  expect(text).toContain('getShelvesId: (')
})
