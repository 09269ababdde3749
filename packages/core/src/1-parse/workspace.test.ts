import { readFileSync, globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { edited, filesOf } from '../../test/in-memory-files.ts'
import { located, type Diagnostic } from '../text/diagnostic.ts'
import type { Files } from '../text/source.ts'
import { parseWorkspace } from './workspace.ts'

const folder = fileURLToPath(new URL('fixtures/workspace/', import.meta.url))
const written = filesOf(
  Object.fromEntries(
    globSync('**/*.{yaml,graphql}', { cwd: folder }).map((path) => [
      path,
      readFileSync(folder + path, 'utf8'),
    ]),
  ),
)

/** `file:line:column code message`, as a person would read them. */
function lines(diagnostics: readonly Diagnostic[]): readonly string[] {
  return located(diagnostics).map(
    ({ file, range, code, message }) =>
      `${file}:${range.start.line}:${range.start.column} ${code} ${message}`,
  )
}

function problems(texts: Readonly<Record<string, string>>): readonly string[] {
  return lines(parseWorkspace(filesOf(texts)).diagnostics)
}

/** Without sites and other things that only the program needs. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (/^site$|Site$/.test(key)) return undefined
      return inner instanceof Map ? Object.fromEntries(inner) : inner
    }),
  )
}

const store =
  'openapi: 3.1.0\ninfo: { title: Store, version: "1" }\npaths: { /basket: { get: { operationId: getBasket } } }'

describe('a workspace with every kind of file', () => {
  const { declarations, contracts, diagnostics } = parseWorkspace(written)

  test('has nothing wrong with it', () => {
    expect(lines(diagnostics)).toEqual([])
  })

  test('declares its APIs, teams, states, rules and clients', () => {
    expect(plain(declarations.workspace)).toMatchObject({
      name: 'Storefront',
      apis: [
        {
          id: 'store',
          contract: 'apis/store.openapi.yaml',
          owner: 'orders',
          stage: 'live',
          environments: { staging: 'https://staging.store.example' },
        },
        { id: 'reviews', contract: 'apis/reviews.graphql', documents: ['app/**/*.graphql'] },
      ],
      states: [
        {
          condition: 'timeout',
          show: 'A retry banner above the page',
          test: 'role=alert',
          recover: 'retry',
        },
        { condition: 'offline', same: 'timeout' },
      ],
      rules: [
        { rule: 'unused-field', severity: 'off' },
        { rule: 'missing-state', severity: 'error' },
      ],
      clients: [{ name: 'Phone app 3.x', revision: 'app-v3.4', supportedUntil: '2027-06-30' }],
      teams: [
        { id: 'orders', role: 'backend', members: ['orders-lead@example.com'] },
        { id: 'checkout', role: 'ux', members: ['ux-lead@example.com'] },
      ],
    })
  })

  test('declares journeys with their needs, states and promises', () => {
    const [journey] = declarations.journeys
    expect(plain(journey)).toMatchObject({
      id: 'checkout',
      persona: 'returning-customer',
      owner: 'checkout',
      pains: [/late$/],
    })
    const [basket, payment] = journey!.steps
    expect(plain(basket)).toMatchObject({
      id: 'basket',
      screen: '/basket',
      feeling: { score: -1, quote: 'When does it come?', from: '14 interviews' },
      budget: { p75: 1000 },
      next: [{ step: 'delivery' }],
      calls: [
        {
          operation: 'store.getBasket',
          needs: [
            { path: 'items[].name' },
            { path: 'items[].price.amount' },
            {
              path: 'eta',
              why: 'The delivery date stops people leaving',
              absent: 'Show "we\'ll e-mail you the date"',
            },
          ],
          budget: { p75: 300, size: 20_000 },
        },
      ],
    })
    expect(
      basket!.calls[0]!.states.map(({ condition, show, same }) => [condition, show ?? same]),
    ).toEqual([
      ['404', 'A new, empty basket'],
      ['loading', 'Skeleton rows'],
      ['empty', 'Your basket is empty'],
      ['5xx', 'Retry banner'],
      ['timeout', '5xx'],
      ['offline', '5xx'],
    ])
    expect(payment).not.toHaveProperty('next')
    expect(plain(payment!.calls[1])).toMatchObject({
      operation: 'store.createPayment',
      after: [{ operation: 'store.listPaymentMethods' }],
      sends: [{ path: 'method' }, { path: 'amount' }],
    })
  })

  test('declares personas, scenarios, policy and waivers', () => {
    expect(plain(declarations.personas)).toMatchObject([
      { id: 'returning-customer', devices: ['phone'], dataset: 'typical' },
    ])
    expect(plain(declarations.scenarios)).toEqual([
      {
        id: 'declined-card',
        title: 'The bank declines the card',
        dataset: 'many',
        rules: [
          {
            operation: 'store.createPayment',
            when: { body: { method: 'card' } },
            respond: { status: 402, example: 'declined' },
            latency: { p50: 400, p95: 2000 },
            times: 1,
          },
        ],
      },
    ])
    expect(plain(declarations.policies)).toMatchObject([
      {
        classes: [
          {
            id: 'personal',
            contains: ['email', 'name', 'address'],
            rules: ['never in logs', 'never in a URL'],
          },
          { id: 'secret', rules: ['never in a response'] },
        ],
        fields: [{ match: '**.email', class: 'personal' }],
        freshness: [{ match: 'store.getPrices', maxAge: 60_000 }],
        errors: { format: 'problem+json' },
        rulesets: [{ path: '.redocly.yaml' }],
      },
    ])
    expect(declarations.policies[0]!.validation[0]!.schema.value).toEqual({
      type: 'string',
      pattern: '^[A-Z]{3}$',
    })
    expect(plain(declarations.waivers)).toMatchObject([
      { rule: 'missing-state', subject: 'checkout/payment', expires: '2027-01-31' },
    ])
  })

  test('reads the contract of each API', () => {
    expect(
      [...contracts].map(([api, contract]) => [
        api,
        contract.version,
        contract.operations.map((one) => one.id),
      ]),
    ).toEqual([
      ['store', 'openapi 3.1.0', ['op:store.getBasket']],
      ['reviews', 'graphql', ['op:reviews.basketReviews']],
    ])
  })
})

describe('advice at the exact place', () => {
  test('for a wrong value, a missing key and a misspelt one; the rest of the file still counts', () => {
    const files = filesOf({
      'throughline.yaml': 'throughline: 1',
      'journeys/checkout.journey.yaml': `
journey: checkout
titel: Buy what is in the basket
steps:
  - step: basket
    budget: { p75: 300 }
    calls:
      - needs: [eta]
      - store.getBasket
  - title: Pay
  - step: done
    feeling: { score: good }
    states: { tiemout: A banner, 404: 12 }
`,
    })
    const { declarations, diagnostics } = parseWorkspace(files)
    expect(lines(diagnostics)).toEqual([
      'journeys/checkout.journey.yaml:3:1 TL1008 A journey has no key `titel`. Did you mean `title`?',
      'journeys/checkout.journey.yaml:6:20 TL1004 `budget.p75` must be a duration such as `300ms` or `1s`.',
      'journeys/checkout.journey.yaml:8:9 TL1004 A call must have `operation`.',
      'journeys/checkout.journey.yaml:10:5 TL1004 A step must have `step`.',
      'journeys/checkout.journey.yaml:12:23 TL1004 `feeling.score` must be a number from -5 to 5.',
      'journeys/checkout.journey.yaml:13:39 TL1004 `states.404` must say what people see: a sentence, or a map of `show`, `test`, `recover` and `same`.',
      'journeys/checkout.journey.yaml:13:15 TL2013 `tiemout` is no state here. Did you mean `timeout`?',
    ])
    expect(plain(declarations.journeys)).toMatchObject([
      {
        id: 'checkout',
        steps: [
          { id: 'basket', calls: [{ operation: 'store.getBasket' }] },
          { id: 'done', states: [] },
        ],
      },
    ])
  })

  test('for a file of the wrong kind altogether', () => {
    expect(problems({ 'throughline.yaml': '- just\n- a list', 'policy.yaml': 'hello' })).toEqual([
      'throughline.yaml:1:1 TL1004 This file must be a map of `throughline`, `name`, `apis`, `states`, `rules`, `clients`, `teams`, `app`, `auth` and `collector`.',
      'policy.yaml:1:1 TL1004 This file must be a map of `classes`, `fields`, `validation`, `freshness`, `errors` and `rulesets`.',
    ])
  })

  test('with a mend for text that YAML took for a number', () => {
    const { diagnostics } = parseWorkspace(
      filesOf({ 'throughline.yaml': 'throughline: 1\nname: 2048' }),
    )
    expect(diagnostics[0]).toMatchObject({
      message: '`name` must be text, so put quotes around it: `"2048"`.',
      fixes: [{ replace: '"2048"' }],
    })
  })

  test('for a rule about data that nobody could enforce', () => {
    expect(
      problems({
        'throughline.yaml': 'throughline: 1',
        'policy.yaml': 'classes: { secret: { rule: never in log, never on paper } }',
      }),
    ).toEqual([
      'policy.yaml:1:28 TL1004 `classes.secret.rule` says "never in log", which Throughline cannot enforce. It can: `never in logs`, `never in a URL`, `never in a response`.',
      'policy.yaml:1:28 TL1004 `classes.secret.rule` says "never on paper", which Throughline cannot enforce. It can: `never in logs`, `never in a URL`, `never in a response`.',
    ])
  })

  test('names the id that a journey without one gets: that of its file', () => {
    const { declarations, diagnostics } = parseWorkspace(
      filesOf({ 'journeys/track-order.journey.yaml': 'steps: []' }),
    )
    expect(lines(diagnostics)).toEqual([
      'journeys/track-order.journey.yaml:1:1 TL1004 A journey must have `journey`.',
    ])
    expect(declarations.journeys[0]!.id).toBe('track-order')
  })
})

describe('contracts', () => {
  test('that are missing are told where they are named, and the rest still counts', () => {
    const files = filesOf({
      'throughline.yaml':
        'throughline: 1\napis:\n  store: { contract: apis/store.yaml }\n  prices: { contract: apis/pries.yaml }',
      'apis/store.yaml': store,
      'apis/prices.yaml': store,
    })
    const { contracts, diagnostics } = parseWorkspace(files)
    expect(lines(diagnostics)).toEqual([
      'throughline.yaml:4:23 TL1003 `apis/pries.yaml` does not exist. Did you mean `apis/prices.yaml`?',
    ])
    expect([...contracts.keys()]).toEqual(['store'])
  })

  test.each([
    ['asyncapi: 3.0.0', 'It is AsyncAPI, which Throughline does not read.'],
    [
      '{ "log": { "entries": [] } }',
      'It looks like a HAR recording: `throughline import` makes a contract of it.',
    ],
    [
      'just text',
      'A contract begins with `openapi: 3.1.0` or `swagger: "2.0"`, or is GraphQL SDL in a file named `*.graphql`.',
    ],
  ])('of another kind are named for what they are: %s', (text, advice) => {
    expect(
      problems({
        'throughline.yaml': 'throughline: 1\napis: { store: store.yaml }',
        'store.yaml': text,
      }),
    ).toEqual([
      `store.yaml:1:1 TL1007 \`store.yaml\` is neither OpenAPI 2.0 to 3.2, GraphQL, nor a Throughline file. ${advice}`,
    ])
  })

  test('without a version are linked as far as they go', () => {
    const { contracts, diagnostics } = parseWorkspace(
      filesOf({
        'throughline.yaml': 'throughline: 1\napis: { store: store.yaml }',
        'store.yaml': 'paths: { /basket: { get: { operationId: getBasket } } }',
      }),
    )
    expect(diagnostics.map((one) => one.code)).toEqual(['TL1007'])
    expect(contracts.get('store')!.operations.map((one) => one.id)).toEqual(['op:store.getBasket'])
  })

  test('stay the same objects while their files and declarations stay the same', () => {
    const first = parseWorkspace(written).contracts
    const journey = edited(written, {
      'journeys/checkout.journey.yaml': 'journey: checkout\nsteps: []',
    })
    expect([...parseWorkspace(journey).contracts]).toEqual([...first])
    expect(parseWorkspace(journey).contracts.get('store')).toBe(first.get('store'))

    const document = edited(written, {
      'app/basket-reviews.graphql': 'query Other { basketReviews(basket: 1) { text } }',
    })
    const next = parseWorkspace(document).contracts
    expect(next.get('store')).toBe(first.get('store'))
    expect(next.get('reviews')!.graphql!.documents.map((one) => one.name)).toEqual(['Other'])

    const owner = edited(written, {
      'throughline.yaml':
        'throughline: 1\napis: { store: { contract: apis/store.openapi.yaml, owner: prices } }',
    })
    expect(parseWorkspace(owner).contracts.get('store')!.operations[0]!.owner).toBe('prices')
  })

  test('are read again when a file that they refer to has changed', () => {
    const files = filesOf({
      'throughline.yaml': 'throughline: 1\napis: { store: store.yaml }',
      'store.yaml': 'openapi: 3.1.0\npaths: { /basket: { $ref: basket.yaml } }',
      'basket.yaml': 'get: { operationId: getBasket }',
    })
    const names = (of: Files) =>
      parseWorkspace(of)
        .contracts.get('store')!
        .operations.map((one) => one.name)
    expect(names(files)).toEqual(['getBasket'])
    expect(names(edited(files, { 'basket.yaml': 'get: { operationId: readBasket }' }))).toEqual([
      'readBasket',
    ])
    expect(names(files)).toEqual(['getBasket'])
  })
})

describe('a bare contract', () => {
  test.each([
    ['apis/store.openapi.yaml', 'store'],
    ['openapi.yaml', 'corner-store'],
    ['api.shop.example.json', 'api-shop-example'],
  ])('is a workspace too: %s is the API %s', (path, api) => {
    const text = 'openapi: 3.1.0\ninfo: { title: Corner Store }\npaths: { /basket: { get: {} } }'
    const json = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Corner Store' },
      paths: { '/basket': { get: {} } },
    })
    const files = filesOf({
      [path]: path.endsWith('json') ? json : text,
      'journeys/checkout.journey.yaml': 'steps: no',
    })
    const { declarations, contracts, diagnostics } = parseWorkspace(files, [path])
    expect(lines(diagnostics)).toEqual([])
    expect(declarations.workspace.name).toBe('Corner Store')
    expect(declarations.journeys).toEqual([])
    expect([...contracts].map(([id, contract]) => [id, contract.operations[0]!.id])).toEqual([
      [api, `op:${api}.GET /basket`],
    ])
  })

  test('gets an id of its own beside another of the same name', () => {
    const files = filesOf({
      'old/openapi.yaml': store,
      'new/openapi.yaml': store,
      'openapi.yaml': store,
    })
    expect([...parseWorkspace(files, files.paths).contracts.keys()]).toEqual([
      'store',
      'new-store',
      'store-2',
    ])
  })

  test('that does not exist is told', () => {
    expect(lines(parseWorkspace(filesOf({}), ['store.yaml']).diagnostics)).toEqual([
      'store.yaml:1:1 TL1003 `store.yaml` does not exist. Check its name and folder; capitals count.',
    ])
  })
})

test('makes something of no files at all', () => {
  const { declarations, contracts, diagnostics } = parseWorkspace(filesOf({}))
  expect(diagnostics).toEqual([])
  expect(contracts.size).toBe(0)
  expect(declarations.workspace.name).toBe('Workspace')
})

test('leaves files below another throughline.yaml to that workspace, and counts paths from its own folder', () => {
  const files = filesOf({
    'shop/throughline.yaml': 'throughline: 1\napis: { store: ./apis/store.yaml }',
    'shop/apis/store.yaml': store,
    'shop/journeys/checkout.journey.yaml': 'journey: checkout\nsteps: []',
    'shop/personas/anna.yaml': 'persona: anna',
    'shop/demo/throughline.yaml': 'throughline: 1',
    'shop/demo/journeys/play.journey.yaml': 'journey: play\nsteps: []',
    'shop/node_modules/other/throughline.yaml': 'throughline: 1',
  })
  const { declarations, contracts } = parseWorkspace(files)
  expect(declarations.journeys.map((one) => one.id)).toEqual(['checkout'])
  expect(declarations.personas.map((one) => one.id)).toEqual(['anna'])
  expect([...contracts.keys()]).toEqual(['store'])
})
