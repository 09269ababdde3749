import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const contract = (properties: string, required = 'total'): string => `openapi: 3.1.0
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
                required: [${required}]
                properties:
                  total: { type: number }
${properties}`
const before = contract(
  '                  eta: { type: string }\n                  note: { type: string }\n',
  'total, eta',
)
const after = contract('')
const shop = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml, owner: orders } }
teams: { orders: { role: backend }, checkout: { role: ux } }
`,
  'apis/store.yaml': before,
  'journeys/checkout.journey.yaml': `journey: checkout
title: Pay
owner: checkout
steps:
  - step: basket
    screen: /basket
    calls:
      - operation: store.getBasket
        needs: [total, eta]
`,
}

function committed(files: Readonly<Record<string, string>>) {
  const shell = shellIn(files)
  const git = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync('git', args, { cwd: shell.folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
  git('init', '-q')
  git('add', '-A')
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-q', '-m', 'First')
  git('tag', 'v1')
  const write = (path: string, text: string): void => shell.write({ [path]: text })
  return { ...shell, write }
}

test('says which step a change breaks since a revision, without a checkout', async () => {
  const { run, write } = committed(shop)
  write('apis/store.yaml', after)
  const { status, stdout, stderr } = await run('diff', 'v1')
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  expect(`\n${stdout}`).toMatchInlineSnapshot(`
    "
    Pay  journey checkout, team checkout
      ✗ \`eta\` of GET /basket (200) is gone.
          apis/store.yaml:12:15  response-property-removed
          breaks basket (needs \`eta\`)

    And 1 more change, by rule; --all shows them
      1  · response-optional-property-removed

    1 breaking, 1 info.
    It breaks checkout/basket.
    Of 1 change that contracts alone cannot judge, the journeys decided 1.
    By semantic versioning this is a major version.
    "
  `)
})

test('compares two bare contracts whatever their names, as exactly as FORMATS says', async () => {
  const { run } = shellIn({ 'old.yaml': before, 'new/store.yaml': after })
  const { status, stdout, stderr } = await run('diff', 'old.yaml', 'new/store.yaml', '--json')
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  const { version, changes, summary } = JSON.parse(stdout) as Record<string, unknown>
  expect(version).toBe(1)
  expect(changes).toMatchObject([
    {
      code: 'response-property-removed',
      level: 'breaking',
      operation: { id: 'getBasket', method: 'GET', path: '/basket' },
      location: 'response:200:body:eta',
      message: '`eta` of GET /basket (200) is gone.',
      from: null,
      to: null,
      impact: [],
      origin: { before: { file: 'old.yaml', range: { start: { line: 17, column: 19 } } } },
    },
    { code: 'response-optional-property-removed', level: 'warning' },
  ])
  expect(summary).toMatchObject({
    breaking: 1,
    warning: 1,
    info: 0,
    stepsBroken: [],
    verdict: 'breaking',
  })
})

test('ends with 0 where nothing breaks, 2 where it cannot run, and as --fail-on says', async () => {
  const { run } = shellIn({
    'old.yaml': after,
    'new.yaml': contract('                  eta: { type: string }\n'),
  })
  expect((await run('diff', 'old.yaml', 'old.yaml')).stdout).toBe('Nothing has changed.\n')
  expect((await run('diff', 'old.yaml', 'new.yaml')).status).toBe(0)
  expect((await run('diff', 'old.yaml', 'new.yaml', '--fail-on', 'info')).status).toBe(1)
  expect((await run('diff', 'new.yaml', 'old.yaml', '--fail-on', 'none')).status).toBe(0)
  expect((await run('diff')).status).toBe(2)
  const unknown = await run('diff', 'old.yaml', 'nowhere.yaml')
  expect(unknown.status).toBe(2)
  expect(unknown.stderr).toContain('TL9')
})

test('leaves out what no journey needs, unless others use the API too', async () => {
  const { run, write } = committed(shop)
  write('apis/store.yaml', contract('                  eta: { type: string }\n', 'total, eta'))
  const usual = JSON.parse((await run('diff', 'v1', '--json')).stdout) as { changes: object[] }
  expect(usual.changes).toMatchObject([{ level: 'info', decidedBy: 'journeys', impact: [] }])
  const strict = JSON.parse((await run('diff', 'v1', '--strict', '--json')).stdout) as {
    changes: object[]
  }
  expect(strict.changes).toMatchObject([{ level: 'warning', decidedBy: 'contract' }])
})

test('counts released apps at their revision as long as they are supported', async () => {
  const { run, write } = committed(shop)
  const client = (until: string): string =>
    `${shop['throughline.yaml']}clients: [{ name: Phone app, revision: v1, supportedUntil: ${until} }]\n`
  write('apis/store.yaml', after)
  write(
    'journeys/checkout.journey.yaml',
    shop['journeys/checkout.journey.yaml'].replace(', eta', ''),
  )
  write('throughline.yaml', client('2020-01-01'))
  expect((await run('diff', 'v1')).status).toBe(0)
  write('throughline.yaml', client('2999-01-01'))
  const { status, stdout } = await run('diff', 'v1')
  expect(status).toBe(1)
  expect(stdout).toContain('breaks basket of Phone app (needs `eta`)')
})

test('writes Markdown, SARIF, annotations, a page and a changelog', async () => {
  const { run, write } = committed(shop)
  write('apis/store.yaml', after)
  const markdown = (await run('diff', 'v1', '--format', 'markdown')).stdout
  expect(markdown).toContain('#### Pay (checkout)\n\n- ❌ `eta` of GET /basket (200) is gone.')
  const sarif = JSON.parse((await run('diff', 'v1', '--format', 'sarif')).stdout) as {
    runs: { results: object[] }[]
  }
  expect(sarif.runs[0]!.results).toMatchObject([
    {
      ruleId: 'response-property-removed',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'apis/store.yaml' } } }],
    },
    { ruleId: 'response-optional-property-removed', level: 'note' },
  ])
  expect((await run('diff', 'v1', '--format', 'github')).stdout).toMatch(
    /^::error file=apis\/store.yaml,line=\d+.*It breaks checkout\/basket/,
  )
  const page = (await run('diff', 'v1', '--format', 'html')).stdout
  expect(page).toContain('<code>eta</code> of GET /basket (200) is gone.')
  expect(page).not.toContain('<script')
  const changelog = (await run('diff', 'v1', '--changelog', '--for', 'checkout')).stdout
  expect(changelog).toBe('### Breaking\n\n- `eta` of GET /basket (200) is gone. Seen on /basket.\n')
  const nobody = await run('diff', 'v1', '--for', 'chekout')
  expect(nobody.stderr).toContain('Did you mean `checkout`?')
})
