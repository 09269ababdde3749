import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { nodeOf } from '../2-link/ask.ts'
import { compiled } from '../../test/compile-marked.ts'
import type { Operation } from '../operation/operation.ts'
import { addressOf, codeSamples } from './code-samples.ts'
import type { RequestDraft } from './reference.ts'

const { graph } = compiled({
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml':
    'openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths: { "/orders/{id}": { get: { operationId: getOrder, responses: {} }, put: { operationId: changeOrder, responses: {} } } }\n',
})
const base = 'http://localhost:4401/store'

function operation(name: string): Operation {
  return nodeOf(graph, 'operation', `op:store.${name}`)!
}

function sample(kind: 'curl' | 'fetch', name: string, draft: Partial<RequestDraft>): string {
  const samples = codeSamples(
    operation(name),
    { pathParameters: {}, query: {}, headers: {}, ...draft },
    base,
  )
  return samples.find((one) => one.kind === kind)!.text
}

test('writes what a shell can run', () => {
  expect(sample('curl', 'getOrder', { pathParameters: { id: 'a 1' } })).toBe(
    'curl http://localhost:4401/store/orders/a%201',
  )
  expect(
    sample('curl', 'changeOrder', {
      pathParameters: { id: '1' },
      query: { dry: 'yes', tag: ['a', 'b'] },
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    }),
  ).toBe(
    `curl -X PUT 'http://localhost:4401/store/orders/1?dry=yes&tag=a&tag=b' \\\n  -H 'content-type: application/json' \\\n  --data-raw '{"a":1}'`,
  )
})

test.each([
  "'; touch /tmp/evil; '",
  '$(touch /tmp/evil)',
  '`id`',
  '\\',
  'a\nb',
  '"',
  "'\\''",
  '-X DELETE',
])('hands %j to a shell as text', (text) => {
  const line = sample('curl', 'changeOrder', {
    pathParameters: { id: '1' },
    headers: { 'x-note': text },
    body: text,
  })
  const words = execFileSync(
    'sh',
    ['-c', `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${line}`],
    { encoding: 'utf8' },
  ).split('\0')
  expect(words).toEqual([
    '-X',
    'PUT',
    'http://localhost:4401/store/orders/1',
    '-H',
    `x-note: ${text}`,
    '--data-raw',
    text,
    '',
  ])
})

test('writes what a page can run', async () => {
  const asked: unknown[] = []
  const run = async (text: string): Promise<void> => {
    const ask = (...all: unknown[]): unknown => {
      asked.push(...all)
      return { ok: true, json: () => ({}) }
    }
    // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call
    await new Function('fetch', `return (async () => { ${text} })()`)(ask)
  }
  await run(sample('fetch', 'getOrder', { pathParameters: { id: '1' } }))
  await run(
    sample('fetch', 'changeOrder', {
      pathParameters: { id: '"' },
      headers: { 'x-note': '</script>\u2028"' },
      body: '{"note":"</script>"}',
    }),
  )
  await run(sample('fetch', 'changeOrder', { pathParameters: { id: '1' }, body: 'no JSON: ${1}`' }))
  expect(asked).toEqual([
    'http://localhost:4401/store/orders/1',
    'http://localhost:4401/store/orders/%22',
    { method: 'PUT', headers: { 'x-note': '</script>\u2028"' }, body: '{"note":"</script>"}' },
    'http://localhost:4401/store/orders/1',
    { method: 'PUT', body: 'no JSON: ${1}`' },
  ])
})

test('writes nothing that would end a script element', () => {
  expect(sample('fetch', 'changeOrder', { body: '</script>' })).not.toContain('</script')
})

test('leaves a parameter that is not given as it stands, and adds to a query that the path has', () => {
  const draft = { pathParameters: {}, query: { page: '2' }, headers: {} }
  expect(addressOf(operation('getOrder'), draft, base)).toBe(
    'http://localhost:4401/store/orders/{id}?page=2',
  )
  expect(addressOf({ ...operation('getOrder'), path: '/orders?sort=new' }, draft, base)).toBe(
    'http://localhost:4401/store/orders?sort=new&page=2',
  )
})
