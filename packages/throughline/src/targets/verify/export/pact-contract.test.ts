import { fileURLToPath } from 'node:url'
import { compile } from '@throughline/core'
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
