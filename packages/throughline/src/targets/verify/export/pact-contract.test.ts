import { fileURLToPath } from 'node:url'
import { compile } from '@throughline/core'
import Ajv2020 from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../../workspace/workspace.ts'
import { mock } from '../../mock/mock.ts'
import { pactContract } from './pact-contract.ts'

interface Matcher {
  readonly match: string
  readonly regex?: string
  readonly min?: number
}
interface Pact {
  readonly consumer: object
  readonly provider: object
  readonly metadata: object
  readonly interactions: readonly {
    readonly description: string
    readonly providerStates: readonly [{ readonly name: string }]
    readonly request: {
      readonly method: string
      readonly path: string
      readonly query?: Readonly<Record<string, readonly string[]>>
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: unknown
    }
    readonly response: {
      readonly status: number
      readonly body?: unknown
      readonly matchingRules?: {
        readonly body?: Readonly<Record<string, { readonly matchers: readonly [Matcher] }>>
      }
    }
  }[]
}

const shop = fileURLToPath(new URL('../../../../../../examples/storefront', import.meta.url))
const { graph } = compile(openWorkspace(shop))

test('writes what the mock, as a provider, keeps on a good day and in each state', async () => {
  const { text, leftOut } = pactContract(graph, { api: 'store' })
  const pact = JSON.parse(text) as Pact
  expect(pact).toMatchObject({
    consumer: { name: 'Corner Market' },
    provider: { name: 'store' },
    metadata: { pactSpecification: { version: '3.0.0' } },
  })
  expect(leftOut).toContain('checkout/product: reviews.ProductReviews is GraphQL')
  const states = pact.interactions.map((one) => one.providerStates[0].name)
  expect(states).toContain('checkout/product/store.getProduct/404')
  expect(new Set(pact.interactions.map((one) => one.description)).size).toBe(states.length)
  const wrong: string[] = []
  for (const { description, providerStates, request, response } of pact.interactions) {
    const server = mock(graph)
    const query = new URLSearchParams(
      Object.entries(request.query ?? {}).flatMap(([name, all]) => all.map((one) => [name, one])),
    )
    const state = providerStates[0].name
    const answer = await server.handle(
      new Request(`http://shop.example/store${request.path}?${query}`, {
        method: request.method,
        headers: {
          ...request.headers,
          ...(state !== 'a good day' && { 'Throughline-Scenario': state }),
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      }),
    )
    if (answer.status !== response.status) {
      wrong.push(`${description}: ${answer.status}`)
      continue
    }
    if (response.body === undefined) continue
    const body: unknown = await answer.json()
    for (const [path, { matchers }] of Object.entries(response.matchingRules?.body ?? {}))
      for (const value of valuesAt(body, path))
        if (!keeps(value, matchers[0]))
          wrong.push(`${description}: ${path} is ${JSON.stringify(value)}`)
  }
  expect(wrong).toEqual([])
}, 30_000)

test('is a file of the Pact specification, which another validator agrees to', () => {
  const isPact = new Ajv2020.default({ strict: false }).compile(pactSchema)
  const pact = JSON.parse(pactContract(graph, { api: 'store' }).text) as Pact
  expect([isPact(pact), isPact.errors]).toEqual([true, null])
  const [first] = pact.interactions
  expect(
    isPact({ ...pact, interactions: [{ ...first, request: { method: 'get', path: '/' } }] }),
  ).toBe(false)
})

test('asks only for what steps need', () => {
  const { interactions } = JSON.parse(pactContract(graph, { api: 'store' }).text) as Pact
  const product = interactions.find(({ description }) => description.endsWith('store.getProduct'))!
  expect(Object.keys(product.response.body as object).toSorted()).toEqual(
    ['description', 'labels', 'name', 'picture', 'price', 'stock', 'unit'].toSorted(),
  )
  expect(() => pactContract(graph, { api: 'reviews' })).toThrow('No journey calls the REST API')
})

function valuesAt(value: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [value]
  for (const [, name] of path.slice(1).matchAll(/(\.\w+|\.\*|\[\*\])/g))
    found = found.flatMap((one) =>
      name === '[*]' || name === '.*'
        ? Object.values(one as object)
        : [(one as Record<string, unknown>)[name!.slice(1)]],
    )
  return found
}

function keeps(value: unknown, { match, regex, min }: Matcher): boolean {
  if (min !== undefined) return Array.isArray(value) && value.length >= min
  if (match === 'regex') return typeof value === 'string' && new RegExp(regex!).test(value)
  if (match === 'integer') return Number.isInteger(value)
  if (match === 'number') return typeof value === 'number'
  return value !== undefined
}

const text = { type: 'string' }
const closed = (required: readonly string[], properties: object): object => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
})
const matcher = (match: string, more: Readonly<Record<string, object>> = {}): object =>
  closed(['match'], { match: { const: match }, ...more })
const matchers = closed(['matchers'], {
  combine: { enum: ['AND', 'OR'] },
  matchers: {
    type: 'array',
    minItems: 1,
    items: {
      anyOf: [
        { ...matcher('regex', { regex: text }), required: ['match', 'regex'] },
        matcher('type', { min: { type: 'number' }, max: { type: 'number' } }),
        ...['integer', 'decimal', 'number', 'boolean', 'equality', 'null', 'values'].map((one) =>
          matcher(one),
        ),
      ],
    },
  },
})
const named = { type: 'object', additionalProperties: matchers }
const rules = closed([], {
  body: { type: 'object', patternProperties: { '^\\$': matchers }, additionalProperties: false },
  header: named,
  query: named,
  path: matchers,
})
const headers = { type: 'object', additionalProperties: text }

/** What a file of the Pact specification 3.0.0 looks like, as far as HTTP goes: as JSON Schema, for tests. */
const pactSchema: object = {
  type: 'object',
  required: ['consumer', 'provider', 'interactions', 'metadata'],
  properties: {
    consumer: { type: 'object', required: ['name'], properties: { name: text } },
    provider: { type: 'object', required: ['name'], properties: { name: text } },
    metadata: {
      type: 'object',
      required: ['pactSpecification'],
      properties: { pactSpecification: closed(['version'], { version: { const: '3.0.0' } }) },
    },
    interactions: {
      type: 'array',
      items: closed(['description', 'request', 'response'], {
        description: text,
        providerStates: {
          type: 'array',
          items: closed(['name'], { name: text, params: { type: 'object' } }),
        },
        request: closed(['method', 'path'], {
          method: { type: 'string', pattern: '^[A-Z]+$' },
          path: { type: 'string', pattern: '^/' },
          query: { type: 'object', additionalProperties: { type: 'array', items: text } },
          headers,
          body: true,
          matchingRules: rules,
        }),
        response: closed(['status'], {
          status: { type: 'integer', minimum: 100, maximum: 599 },
          headers,
          body: true,
          matchingRules: rules,
        }),
      }),
    },
  },
}
