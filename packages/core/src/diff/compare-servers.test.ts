import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import type { Change } from './change.ts'
import { diffGraphs } from './diff-graphs.ts'

const [live, old, files] = ['https://a.example', 'https://old.example', 'https://files.example']

type Servers = readonly (string | object)[]

/** A shop of two paths, by the servers of the contract, of the path item `/orders` and of `GET /orders`. */
function shop(contract?: Servers, item?: Servers, get?: Servers): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    ...servers(contract),
    paths: {
      '/orders': {
        ...servers(item),
        get: { responses: {}, ...servers(get) },
        post: { responses: {} },
      },
      '/basket': { get: { responses: {} } },
    },
  }
}

function servers(all: Servers | undefined): object {
  if (all === undefined) return {}
  return { servers: all.map((one) => (typeof one === 'string' ? { url: one } : one)) }
}

function changesOf(before: object, after: object): readonly Change[] {
  return diffGraphs(
    graphOf({ 'old.json': JSON.stringify(before) }),
    graphOf({ 'new.json': JSON.stringify(after) }),
  ).changes
}

const region = (...values: readonly string[]): object => ({
  url: 'https://{region}.example',
  variables: { region: { default: 'eu', enum: values } },
})

interface Told {
  readonly before: object
  readonly after: object
  readonly told: readonly (readonly [
    code: string,
    message: string,
    operations: readonly string[],
  ])[]
}

const ofGet = ['GET /orders']
const ofItem = ['GET /orders', 'POST /orders']

const table: Readonly<Record<string, Told>> = {
  'a server that a path item loses, once for all of its operations': {
    before: shop([live], [files, old]),
    after: shop([live], [files]),
    told: [['server-removed', '`/orders` is no longer served at `https://old.example`.', ofItem]],
  },
  'a server that a path item gets': {
    before: shop([live], [files]),
    after: shop([live], [files, old]),
    told: [['server-added', '`/orders` is also served at `https://old.example`.', ofItem]],
  },
  'a path item that moves, for the operations that have no servers of their own': {
    before: shop([live], [old], [live, files]),
    after: shop([live], [files], [live, files]),
    told: [
      [
        'server-moved',
        'POST /orders is served at `https://files.example` now, `https://old.example` before.',
        ['POST /orders'],
      ],
    ],
  },
  'a server that an operation loses': {
    before: shop([live], undefined, [live, files]),
    after: shop([live], undefined, [files]),
    told: [['server-removed', 'GET /orders is no longer served at `https://a.example`.', ofGet]],
  },
  'an override that appears': {
    before: shop([live]),
    after: shop([live], undefined, [files]),
    told: [
      [
        'server-moved',
        'GET /orders is served at `https://files.example` now, `https://a.example` before.',
        ofGet,
      ],
    ],
  },
  'an override that disappears': {
    before: shop([live], [files]),
    after: shop([live]),
    told: [
      [
        'server-moved',
        '`/orders` is served at `https://a.example` now, `https://files.example` before.',
        ofItem,
      ],
    ],
  },
  'a value that a variable of a path item loses': {
    before: shop([live], [region('eu', 'us')]),
    after: shop([live], [region('eu')]),
    told: [
      [
        'server-variable-value-removed',
        'A server of `/orders` can no longer have `us` for `region`.',
        ofItem,
      ],
    ],
  },
  'a server of an operation in other words': {
    before: shop([live], undefined, [{ url: files, description: 'Files' }]),
    after: shop([live], undefined, [{ url: files, description: 'Invoices' }]),
    told: [
      [
        'server-description-changed',
        'The server `https://files.example` of GET /orders is described in other words.',
        ofGet,
      ],
    ],
  },
  'the servers of the contract once, not of what has its own': {
    before: shop([live, old], [files]),
    after: shop([live], [files]),
    told: [['server-removed', 'The API is no longer served at `https://old.example`.', []]],
  },
  'nothing of an override that appears with what holds anyway': {
    before: shop([live, old]),
    after: shop([live, old], [old, live], [`${live}/`, old]),
    told: [],
  },
  'nothing of servers that move from the operations to the contract': {
    before: shop(undefined, [live]),
    after: shop([live]),
    told: [],
  },
  'nothing of an operation that repeats what moves with the contract': {
    before: shop([old], undefined, [old]),
    after: shop([live]),
    told: [
      [
        'server-moved',
        'The API is served at `https://a.example` now, `https://old.example` before.',
        [],
      ],
    ],
  },
  'nothing of a path item that no operation takes its servers from': {
    before: { ...shop([live]), paths: { '/orders': { ...servers([old]) } } },
    after: { ...shop([live]), paths: { '/orders': { ...servers([files]) } } },
    told: [],
  },
}

test.each(Object.entries(table))('tells %s', (_, { before, after, told }) => {
  const found = changesOf(before, after)
  expect(
    found.map(({ code, message, reach }) => [
      code,
      message,
      reach.operations.map((name) => name.replace(/^[^.]*\./, '')),
    ]),
  ).toEqual(told)
  const opposite = (code: string): string =>
    code.replace(/-(?:added|removed)$/, (end) => (end === '-added' ? '-removed' : '-added'))
  expect(changesOf(after, before).map(({ code }) => code)).toEqual(
    told.map(([code]) => opposite(code)),
  )
  expect(changesOf(before, before)).toEqual([])
})

test('tells one change of a path item that two paths refer to', () => {
  const shared = (url: string): object => ({
    ...shop([live]),
    paths: {
      '/orders': { $ref: '#/components/pathItems/orders' },
      '/purchases': { $ref: '#/components/pathItems/orders' },
    },
    components: { pathItems: { orders: { ...servers([url]), get: { responses: {} } } } },
  })
  expect(changesOf(shared(old), shared(files))).toMatchObject([
    { code: 'server-moved', reach: { counts: { operations: 2 } } },
  ])
})

test('names the steps that call an operation whose server is gone', () => {
  const files = (all: Servers): Readonly<Record<string, string>> => ({
    'throughline.yaml':
      'throughline: 1\nname: Shop\napis: { store: { contract: store.json } }\nteams: { checkout: { role: ux } }\n',
    'journeys/checkout.journey.yaml':
      'journey: checkout\nowner: checkout\nsteps:\n  - step: orders\n    screen: /orders\n    calls: [{ operation: store.GET /orders }]\n',
    'store.json': JSON.stringify(shop([live], all)),
  })
  const { changes } = diffGraphs(graphOf(files([live, old])), graphOf(files([old])))
  expect(changes).toMatchObject([
    { code: 'server-removed', location: 'servers', impact: [{ step: 'checkout/orders' }] },
  ])
})
