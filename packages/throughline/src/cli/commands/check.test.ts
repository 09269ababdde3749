import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const contract = `openapi: 3.1.0
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
              schema:
                type: object
                required: [total]
                properties:
                  total: { type: number }
                  arrival: { type: string }
`
const shop = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml, owner: orders } }
teams: { orders: { role: backend } }
states: { loading: Grey shapes, timeout: Try again, offline: Try again }
rules: { missing-freshness: off, unused-field: off }
`,
  'apis/store.yaml': contract,
  'journeys/checkout.journey.yaml': `journey: checkout
owner: orders
steps:
  - step: basket
    calls:
      - operation: store.getBasket
        needs:
          - total
          - arival
`,
}

test('shows what is wrong, where, and what to do', async () => {
  const { status, stdout, stderr } = await shellIn(shop).run('check')
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  expect(`\n${stdout}`).toMatchInlineSnapshot(`
    "
    journeys/checkout.journey.yaml:9:13  error need-not-in-contract TL2003
    Step checkout/basket needs \`arival\`, which GET /basket (200) does not return. Did you mean
    \`arrival\`?
       8 |           - total
       9 |           - arival
         |             ^^^^^^
      apis/store.yaml:8:9  the response is described here
      fix  Change to \`arrival\`
      fix  Propose \`arival\` to the owners of store
      throughline explain TL2003

    1 operation, 1 journey, 1 step: 1 error
    "
  `)
})

test('shows paths from where one stands', async () => {
  const shell = shellIn({
    'shop/throughline.yaml': shop['throughline.yaml'],
    'shop/apis/store.yaml': contract,
    'shop/journeys/a.journey.yaml': shop['journeys/checkout.journey.yaml'],
  })
  const { stdout } = await shell.run('check', 'shop')
  expect(stdout).toMatch(/^shop\/journeys\/a\.journey\.yaml:9:13 {2}error/)
})

test('--json is the agreed form, with every finding', async () => {
  const { status, stdout, stderr } = await shellIn(shop).run('check', '--json')
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  const { version, diagnostics, summary } = JSON.parse(stdout) as {
    version: number
    diagnostics: unknown[]
    summary: unknown
  }
  expect(version).toBe(1)
  expect(summary).toEqual({
    errors: 1,
    warnings: 0,
    infos: 0,
    operations: 1,
    journeys: 1,
    steps: 1,
  })
  expect(diagnostics).toEqual([
    {
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      code: 'TL2003',
      severity: 'error',
      rule: 'need-not-in-contract',
      message: expect.stringContaining('`arival`') as string,
      file: 'journeys/checkout.journey.yaml',
      range: { start: { line: 9, column: 13 }, end: { line: 9, column: 19 } },
      subject: 'checkout/basket',
      related: expect.any(Array) as unknown,
      help: 'docs/diagnostics/TL2003.md',
      fixes: expect.any(Array) as unknown,
    },
  ])
})

test('exits with 0 when all is well', async () => {
  const shell = shellIn(shop)
  shell.write({
    'journeys/checkout.journey.yaml': shop['journeys/checkout.journey.yaml'].replace(
      '          - arival\n',
      '',
    ),
  })
  expect(await shell.run('check')).toEqual({
    status: 0,
    stderr: '',
    stdout: '1 operation, 1 journey, 1 step: nothing to mend\n',
  })
})

test('filters by rule, code and severity', async () => {
  const shell = shellIn({
    ...shop,
    'throughline.yaml': shop['throughline.yaml'].replace('offline: Try again', ''),
  })
  const count = async (...flags: string[]): Promise<unknown> =>
    (JSON.parse((await shell.run('check', '--json', ...flags)).stdout) as { summary: unknown })
      .summary
  const rest = { infos: 0, operations: 1, journeys: 1, steps: 1 }
  expect(await count()).toEqual({ errors: 1, warnings: 1, ...rest })
  expect(await count('--rule', 'missing-state')).toEqual({ errors: 0, warnings: 1, ...rest })
  expect(await count('--rule', 'tl2003,missing-state')).toEqual({ errors: 1, warnings: 1, ...rest })
  expect(await count('--severity', 'error')).toEqual({ errors: 1, warnings: 0, ...rest })
  expect((await shell.run('check', '--rule', 'missing-state')).status).toBe(0)
  expect((await shell.run('check', '--rule', 'missing-state', '--max-warnings', '0')).status).toBe(
    1,
  )
  expect((await shell.run('check', '--rule', 'missing-state', '--max-warnings', '1')).status).toBe(
    0,
  )
})

test('checks only the journey that is named, linked with the rest', async () => {
  const shell = shellIn({
    ...shop,
    'journeys/other.journey.yaml':
      'journey: other\nsteps: [{ step: a, calls: [{ operation: store.nothing }] }]\n',
  })
  const { stdout } = await shell.run('check', '--json', 'journeys/checkout.journey.yaml')
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { file: string }[] }
  expect(diagnostics.map(({ file }) => file)).toEqual(['journeys/checkout.journey.yaml'])
})

test('annotates from the root of the repository', async () => {
  const shell = shellIn({ '.git/HEAD': '' })
  shell.write(
    Object.fromEntries(Object.entries(shop).map(([path, text]) => [`web/shop/${path}`, text])),
  )
  const { stdout } = await shell.run('check', 'web/shop', '--format', 'github')
  expect(stdout).toMatch(
    /^::error file=web\/shop\/journeys\/checkout\.journey\.yaml,line=9,col=13,endLine=9,endColumn=19,title=TL2003 need-not-in-contract::Step/,
  )
})

test('takes a bare contract', async () => {
  const { status, stdout } = await shellIn({ 'openapi.yaml': contract }).run(
    'check',
    'openapi.yaml',
  )
  expect(status).toBe(0)
  expect(stdout).toMatch(/1 operation: .*\n$/)
})

test.each([
  ['empty', ''],
  ['blank', '\n  \n'],
  ['only a number', '42'],
  ['broken YAML', 'openapi: [3.1'],
  ['broken JSON', '{"openapi": "3.1.0",'],
  ['binary', new Uint8Array([1, 0, 2])],
  ['another kind of file', 'name: CI\non: push\n'],
])('a contract that is %s is a finding, not a crash', async (_, text) => {
  const { status, stdout, stderr } = await shellIn({ 'openapi.yaml': text }).run(
    'check',
    'openapi.yaml',
  )
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  expect(stdout).toMatch(/openapi\.yaml:\d+:\d+ {2}error /)
})

test('cuts the frame of a minified contract', async () => {
  const minified = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    'x-long': 'y'.repeat(100_000),
    paths: { '/basket': { get: { responses: { 200: { $ref: '#/nowhere' } } } } },
  })
  const { stdout } = await shellIn({ 'store.json': minified }).run('check', 'store.json')
  expect(stdout).toContain('#/nowhere')
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
})

test('--watch checks again after a save, and is silent where nothing changed', async () => {
  const shell = shellIn(shop)
  const started = shell.start('check', '--watch')
  await started.says('waiting for changes')
  expect(started.stdout()).toContain('1 error')
  await new Promise((resolve) => setTimeout(resolve, 100))
  shell.write({
    'journeys/checkout.journey.yaml': shop['journeys/checkout.journey.yaml'].replace(
      'arival',
      'arrival',
    ),
  })
  await started.says('journeys/checkout.journey.yaml (')
  const { status, stderr, stdout } = await started.stop()
  expect(status).toBe(0)
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^1 operation, 1 journey, 1 step: /)
  expect(stderr).toMatch(
    /^checked \(\d+ ms\); waiting for changes, Ctrl-C ends\njourneys\/checkout\.journey\.yaml \(\d+ ms\); waiting for changes, Ctrl-C ends\n$/,
  )
})
