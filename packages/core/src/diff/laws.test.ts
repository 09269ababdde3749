import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { isObject } from '../text/site.ts'
import type { Change } from './change.ts'
import { diffGraphs } from './diff-graphs.ts'
import { graphOf } from '../../test/graph-of.ts'
import { rules } from './rules.ts'

const shop = load(
  readFileSync(
    new URL('../../../../examples/storefront/apis/store.openapi.yaml', import.meta.url),
    'utf8',
  ),
) as object

const graphOfValue = (value: unknown) => graphOf({ 'shop.json': JSON.stringify(value) })

test('finds nothing between a contract and itself, written in another order', () => {
  const upsideDown = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(upsideDown)
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, inner]) => [key, upsideDown(inner)]),
    )
  }
  expect(diffGraphs(graphOfValue(shop), graphOfValue(shop)).changes).toEqual([])
  expect(diffGraphs(graphOfValue(shop), graphOfValue(upsideDown(shop))).changes).toEqual([])
})

test('never throws on a mutated contract, names only its own rules, and points into its files', () => {
  const before = graphOfValue(shop)
  fc.assert(
    fc.property(mutations, (steps) => {
      const text = JSON.stringify(mutated(shop, steps))
      const { changes, summary } = diffGraphs(before, graphOf({ 'shop.json': text }))
      const fingerprints = new Set(changes.map((one) => one.fingerprint))
      expect(fingerprints.size).toBe(changes.length)
      expect(summary.breaking + summary.warning + summary.info).toBe(changes.length)
      for (const { code, origin } of changes) {
        expect(rules.has(code), code).toBe(true)
        for (const one of [origin.before, origin.after]) {
          const range = one?.source.locate([one.place])[0]
          if (range === undefined) continue
          expect(range.start.line).toBeGreaterThan(0)
          expect(range.end.line).toBeLessThanOrEqual(one!.source.file.text.split('\n').length)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('swaps what came and what went when both sides are swapped', () => {
  const before = graphOfValue(shop)
  const opposite: Readonly<Record<string, readonly string[]>> = {
    'operation-added': ['operation-removed'],
    'response-property-added': ['response-property-removed', 'response-optional-property-removed'],
    'response-required-property-added': ['response-property-removed'],
    'request-enum-value-added': ['request-enum-value-removed'],
    'response-null-allowed': ['response-null-forbidden'],
    'response-status-added': ['response-status-removed'],
    'response-error-added': ['response-error-removed'],
    'security-added': ['security-removed'],
  }
  const places = (changes: readonly Change[], codes: readonly string[]): readonly string[] =>
    changes
      .filter((one) => codes.includes(one.code))
      .map((one) => `${one.operation?.method} ${one.operation?.path} ${one.location}`)
      .toSorted()
  fc.assert(
    fc.property(mutations, (steps) => {
      const after = graphOfValue(mutated(shop, steps))
      const forth = diffGraphs(before, after).changes
      const back = diffGraphs(after, before).changes
      expect(back.length > 0, forth[0]?.message ?? back[0]?.message).toBe(forth.length > 0)
      for (const [added, removed] of Object.entries(opposite)) {
        if (added === 'response-property-added') {
          const both = ['response-property-added', 'response-required-property-added']
          expect(places(back, removed)).toEqual(places(forth, both))
        } else if (!added.startsWith('response-required'))
          expect(places(back, removed)).toEqual(places(forth, [added]))
      }
    }),
    { numRuns: 40 },
  )
})

interface Mutation {
  readonly at: number
  readonly how: 'delete' | 'replace' | 'rename' | 'repeat'
  readonly value: unknown
}

const mutations = fc.array(
  fc.record<Mutation>({
    at: fc.nat(),
    how: fc.constantFrom('delete', 'replace', 'rename', 'repeat'),
    value: fc.constantFrom<unknown>(
      null,
      true,
      -1,
      12,
      '',
      'string',
      [],
      {},
      ['a', null],
      { type: 'string' },
      { $ref: '#/components/schemas/Money' },
      { oneOf: [{ type: 'object' }, { type: 'null' }] },
    ),
  }),
  { minLength: 1, maxLength: 4 },
)

/** A copy with some of its values deleted, replaced or renamed. */
function mutated(value: object, steps: readonly Mutation[]): unknown {
  const copy = structuredClone(value)
  for (const { at, how, value: other } of steps) {
    const places: { holder: Record<string, unknown>; key: string }[] = []
    const gather = (holder: unknown): void => {
      if (holder === null || typeof holder !== 'object') return
      for (const key of Object.keys(holder)) {
        places.push({ holder: holder as Record<string, unknown>, key })
        gather((holder as Record<string, unknown>)[key])
      }
    }
    gather(copy)
    const place = places[at % places.length]
    if (place === undefined) continue
    const { holder, key } = place
    if (how === 'delete') {
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else delete holder[key]
    } else if (how === 'replace') holder[key] = structuredClone(other)
    else if (how === 'rename' && !Array.isArray(holder)) {
      holder[`${key}2`] = holder[key]
      delete holder[key]
    } else if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]))
  }
  return copy
}
