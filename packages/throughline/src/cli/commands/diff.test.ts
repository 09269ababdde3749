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
  expect(unknown.stderr).toContain('There is no file or folder nowhere.yaml')
})

test('gives no verdict about a file that is no contract', async () => {
  const { run } = shellIn({ 'old.yaml': after, 'empty.yaml': '', 'page.yaml': '<html>404</html>' })
  for (const pair of [
    ['old.yaml', 'empty.yaml'],
    ['page.yaml', 'old.yaml'],
  ]) {
    const { status, stderr } = await run('diff', ...pair)
    expect(status).toBe(2)
    expect(stderr).toMatch(/TL9001: (empty|page)\.yaml is no contract that can be read/)
  }
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

test('plans what breaks without breaking anybody, and writes an overlay after which nothing breaks', async () => {
  const { run, read, write } = committed(shop)
  write('apis/store.yaml', after)
  const { stdout, stderr } = await run('diff', 'v1', '--plan', '--overlay', 'keep/eta.overlay.yaml')
  expect(stderr).toBe('Wrote keep/eta.overlay.yaml, for apis/store.yaml.\n')
  expect(stdout.slice(stdout.indexOf('Without'))).toMatch(
    /^Without breaking anybody\n.*eta.*\n +expand +The team orders keeps.*[^]*migrate +.*checkout\/basket \(checkout\)[^]*contract .*[^]*Overlay that keeps the old in apis\/store.yaml/,
  )
  expect(read('keep/eta.overlay.yaml')).toContain('extends: ../apis/store.yaml')
  const { plan, overlays } = JSON.parse((await run('diff', 'v1', '--plan', '--json')).stdout) as {
    plan: object[]
    overlays: object[]
  }
  expect(plan).toMatchObject([{ code: 'response-property-removed', kept: true }])
  expect(overlays).toMatchObject([{ file: 'apis/store.yaml' }])
  expect((await run('propose', 'keep/eta.overlay.yaml', '--dry-run')).stdout).toContain('eta')
})

test('counts only what touches the audience', async () => {
  const { run, write } = committed({
    ...shop,
    'throughline.yaml': shop['throughline.yaml'].replace('ux } }', 'ux }, search: { role: ux } }'),
  })
  write('apis/store.yaml', after)
  const others = await run('diff', 'v1', '--for', 'search')
  expect(others).toMatchObject({ status: 0, stdout: 'Nothing has changed.\n' })
  const own = await run('diff', 'v1', '--for', 'checkout', '--json')
  expect(own.status).toBe(1)
  expect(JSON.parse(own.stdout)).toMatchObject({
    summary: { breaking: 1, info: 0, stepsBroken: ['checkout/basket'] },
  })
})

test('lists what waivers accept, and which of them are done with', async () => {
  const waiver = (rule: string, expires: string): string =>
    `rule: diff/${rule}\nsubject: store.getBasket\nreason: The old app is gone\nexpires: ${expires}\n`
  const { run, write } = committed(shop)
  write('apis/store.yaml', after)
  write('decisions/eta.waiver.yaml', waiver('response-property-removed', '2999-12-31'))
  write('decisions/other.waiver.yaml', waiver('operation-removed', '2999-12-31'))
  write('decisions/late.waiver.yaml', waiver('response-optional-property-removed', '2020-12-31'))
  const { status, stdout, stderr } = await run('diff', 'v1', '--json')
  expect(status).toBe(0)
  const { waived, diagnostics } = JSON.parse(stdout) as { waived: object[]; diagnostics: object[] }
  expect(waived).toMatchObject([
    { code: 'response-property-removed', reason: 'The old app is gone', expires: '2999-12-31' },
  ])
  expect(diagnostics).toMatchObject([
    { code: 'TL5005', file: 'decisions/late.waiver.yaml', severity: 'warning' },
    { code: 'TL5006', file: 'decisions/other.waiver.yaml', severity: 'info' },
  ])
  expect(stderr).toContain('covers nothing any more')
})
