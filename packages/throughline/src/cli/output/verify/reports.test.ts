import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { xmlElement, type XmlElement } from '@throughline/core'
import { Ajv } from 'ajv'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../../../test/shell.ts'

const contract = `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      parameters:
        - { name: X-Api-Key, in: header, required: true, schema: { type: string, minLength: 4 } }
      responses:
        '200':
          description: The basket
          content:
            application/json:
              schema:
                type: object
                required: [eta]
                properties: { eta: { type: string }, note: { type: string } }
        '404': { description: No basket }
  /coupons:
    get:
      operationId: listCoupons
      responses: { '200': { description: Coupons } }
`
const shop = {
  'throughline.yaml': 'throughline: 1\nname: Corner Market\napis: { store: apis/store.yaml }\n',
  'apis/store.yaml': contract,
  'journeys/checkout.journey.yaml': `journey: checkout
title: Buy what is in the basket
owner: checkout
steps:
  - step: basket
    title: Review <the> basket
    screen: /basket
    calls:
      - { operation: store.getBasket, needs: [eta] }
  - step: thanks
    title: Say thanks
`,
}

/** A shop that says a number where a text was promised, and gives its password away. */
async function brokenShop(): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    if (url.startsWith('/coupons')) {
      response.writeHead(503).end('<b>]]> down & \u0007 out</b>')
      return
    }
    response.setHeader('Content-Type', 'application/json')
    response.setHeader('Set-Cookie', 'session=s3cr3t-cookie; Path=/')
    response.end(JSON.stringify({ eta: 7, password: 'hunter2-in-plain' }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('writes every format that was asked for in one run', async () => {
  const target = await brokenShop()
  const shell = shellIn(shop)
  const { status, stdout, stderr } = await shell.run(
    'test',
    '--target',
    target,
    '--header',
    'Authorization: Bearer t0p-s3cr3t-token',
    '--report',
    'out/junit.xml,out/test.sarif,out/test.har,out/report.html,out/test.md,out/test.json,out/test.txt',
    '--format',
    'github',
    '--ledger',
  )
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'Wrote reached/store.json\n' })
  expect(stdout).toMatch(
    /^::error file=apis\/store\.yaml,line=5,col=5,title=test [a-z-]+::GET \/basket: .* Hurts checkout\/basket\.%0Acurl -X GET /m,
  )

  const junit = xmlElement(shell.read('out/junit.xml'))
  if ('problem' in junit) throw new Error(junit.problem)
  expect(junitProblems(junit)).toEqual([])
  const suites = childrenOf(junit)
  expect(suites.map((one) => one.attributes.find(({ name }) => name === 'name')?.value)).toEqual([
    'GET /basket (store.getBasket)',
    'GET /coupons (store.listCoupons)',
  ])

  const sarif = JSON.parse(shell.read('out/test.sarif'))
  expect(wrongIn(sarifSchema, sarif)).toEqual([])
  const about = sarif.runs[0].results.find(
    (one: { ruleId: string }) => one.ruleId === 'response-schema',
  )
  expect(about.locations[0]).toMatchObject({
    physicalLocation: {
      artifactLocation: { uri: 'apis/store.yaml' },
      region: { startLine: 5, startColumn: 5 },
    },
    logicalLocations: [
      { fullyQualifiedName: 'store.getBasket' },
      { fullyQualifiedName: 'checkout/basket' },
    ],
  })
  expect(about.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe(
    'journeys/checkout.journey.yaml',
  )

  const har = shell.read('out/test.har')
  expect(wrongIn(harSchema, JSON.parse(har))).toEqual([])
  expect(JSON.parse(har).log.entries[0].comment).toMatch(/; hurts checkout\/basket; store\./)
  for (const secret of ['t0p-s3cr3t-token', 's3cr3t-cookie', 'hunter2-in-plain'])
    expect(har).not.toContain(secret)

  const html = shell.read('out/report.html')
  expect(html).toContain('<strong>Review &lt;the&gt; basket</strong>')
  expect(html).toContain('An answer of another shape')
  expect(html).toContain('<strong>Say thanks</strong><br><small>as agreed</small>')
  expect(html).not.toMatch(/<the>|<b>\]|<script|https?:\/\/(?!127\.0\.0\.1|json)/)
  expect(shell.read('out/test.md')).toContain('#### Buy what is in the basket (checkout)')
  expect(shell.read('out/test.txt')).toMatch(/\nReached 2 of 2 operations, \d of 3 statuses, /)
  expect(JSON.parse(shell.read('out/test.json')).coverage.operations.reached).toBe(2)
  expect(Object.keys(JSON.parse(shell.read('reached/store.json')).operations)).toEqual([
    'getBasket',
  ])
})

test('says what is wrong with a report before it asks the backend anything', async () => {
  const shell = shellIn(shop)
  const { status, stderr } = await shell.run(
    'test',
    '--target',
    'http://127.0.0.1:9',
    '--report',
    'out/report.pdf',
  )
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr:
      'error TL9003: `--report out/report.pdf`: the ending says the format: .xml, .sarif, .har, .html, .md, .json, .txt.\n',
  })
})

test('passes over a ledger that it cannot read', async () => {
  const shell = shellIn({ ...shop, 'reached/store.json': '<<<<<<< HEAD' })
  const { stderr } = await shell.run('test', '--target', await brokenShop(), '--phases', 'examples')
  expect(stderr).toBe(
    'reached/store.json is not what `throughline test --ledger` writes, and is passed over.\n',
  )
})

function childrenOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((one) => typeof one !== 'string')
}

/** What may stand where, of https://github.com/jenkinsci/xunit-plugin, junit-10.xsd: attributes (required with `!`) and children. */
const junitSchema: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: {
    attributes: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    attributes: [
      'name!',
      'tests!',
      'failures!',
      'errors!',
      'group',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
      'file',
      'log',
      'url',
      'version',
    ],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    attributes: ['name!', 'time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err', 'properties'],
  },
  failure: { attributes: ['type', 'message', 'time'], children: [] },
  skipped: { attributes: ['type', 'message'], children: [] },
  'system-out': { attributes: [], children: [] },
}

function junitProblems(element: XmlElement): readonly string[] {
  const known = junitSchema[element.name]
  if (known === undefined) return [`there is no <${element.name}>`]
  const names = element.attributes.map(({ name }) => name)
  const allowed = known.attributes.map((one) => one.replace('!', ''))
  const children = childrenOf(element)
  const count = (name: string): number => children.filter((one) => one.name === name).length
  const said = (name: string): number =>
    Number(element.attributes.find((one) => one.name === name)?.value)
  return [
    ...names.filter((one) => !allowed.includes(one)).map((one) => `${element.name} has ${one}`),
    ...known.attributes
      .filter((one) => one.endsWith('!') && !names.includes(one.slice(0, -1)))
      .map((one) => `${element.name} lacks ${one}`),
    ...children
      .filter((one) => !known.children.includes(one.name))
      .map((one) => `${one.name} in ${element.name}`),
    ...(element.name === 'testsuite' && count('testcase') !== said('tests') ? ['tests'] : []),
    ...(element.name === 'testsuite' &&
    children.filter((one) => childrenOf(one).some(({ name }) => name === 'failure')).length !==
      said('failures')
      ? ['failures']
      : []),
    ...children.flatMap(junitProblems),
  ]
}

function wrongIn(schema: object, value: unknown): readonly unknown[] {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema)
  validate(value)
  return validate.errors ?? []
}

function only(properties: object, ...required: readonly string[]): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

function listOf(items: object): object {
  return { type: 'array', items }
}

const text = { type: 'string' }
const count = { type: 'integer', minimum: 1 }
const message = only({ text }, 'text')
const physicalLocation = only(
  {
    artifactLocation: only({ uri: { type: 'string', pattern: '^[^/ ][^ ]*$' }, uriBaseId: text }),
    region: only({ startLine: count, startColumn: count, endLine: count, endColumn: count }),
  },
  'artifactLocation',
)
/** The parts of the SARIF 2.1.0 schema (OASIS) that are written; it allows nothing beyond what it names. */
const sarifSchema = only(
  {
    $schema: text,
    version: { const: '2.1.0' },
    runs: listOf(
      only(
        {
          tool: only(
            {
              driver: only(
                {
                  name: text,
                  semanticVersion: text,
                  rules: listOf(
                    only({ id: text, shortDescription: message, fullDescription: message }, 'id'),
                  ),
                },
                'name',
              ),
            },
            'driver',
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          properties: { type: 'object' },
          results: listOf(
            only(
              {
                ruleId: text,
                ruleIndex: { type: 'integer', minimum: 0 },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message,
                locations: listOf(
                  only({
                    physicalLocation,
                    logicalLocations: listOf(only({ fullyQualifiedName: text })),
                  }),
                ),
                relatedLocations: listOf(
                  only({ id: { type: 'integer' }, physicalLocation, message }),
                ),
                partialFingerprints: { type: 'object', additionalProperties: text },
                occurrenceCount: count,
                properties: { type: 'object' },
              },
              'message',
            ),
          ),
        },
        'tool',
      ),
    ),
  },
  'version',
  'runs',
)

const pairs = listOf(only({ name: text, value: text }, 'name', 'value'))
const size = { type: 'integer' }
/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): names that begin with `_` are ours to choose. */
const harSchema = only(
  {
    log: only(
      {
        version: { const: '1.2' },
        creator: only({ name: text, version: text }, 'name', 'version'),
        entries: listOf(
          only(
            {
              startedDateTime: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT.*Z$' },
              time: { type: 'number', minimum: 0 },
              request: {
                type: 'object',
                properties: {
                  method: text,
                  url: text,
                  httpVersion: text,
                  headers: pairs,
                  queryString: pairs,
                  headersSize: size,
                  bodySize: size,
                },
                required: [
                  'method',
                  'url',
                  'httpVersion',
                  'cookies',
                  'headers',
                  'queryString',
                  'headersSize',
                  'bodySize',
                ],
              },
              response: {
                type: 'object',
                properties: {
                  status: size,
                  statusText: text,
                  headers: pairs,
                  content: { type: 'object', required: ['size', 'mimeType'] },
                  redirectURL: text,
                },
                required: [
                  'status',
                  'statusText',
                  'httpVersion',
                  'cookies',
                  'headers',
                  'content',
                  'redirectURL',
                  'headersSize',
                  'bodySize',
                ],
              },
              cache: { type: 'object' },
              timings: { type: 'object', required: ['send', 'wait', 'receive'] },
              comment: text,
              _answeredBy: text,
            },
            'startedDateTime',
            'time',
            'request',
            'response',
            'cache',
            'timings',
          ),
        ),
      },
      'version',
      'creator',
      'entries',
    ),
  },
  'log',
)
