import type { Blueprint, StepColumn } from '@throughline/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { card, flowLayout } from './flow-layout.ts'
import { branches, flowOf } from './flow-of.ts'
import { neighbourIn } from './neighbour-in.ts'

/** A journey whose steps lead where `ways` says; a step that is not named ends it. */
function checkout(ways: Readonly<Record<string, readonly string[]>>): Blueprint {
  const steps = Object.entries(ways).map(([step, next], index): StepColumn => ({
    name: `checkout/${step}`,
    number: index + 1,
    title: step,
    wireframe: 'list',
    needs: [],
    calls: [],
    states: [],
    budget: { path: [], diagnostics: [] },
    next: next.map((to) => (to.includes('/') ? to : `checkout/${to}`)),
    saysNext: true,
    diagnostics: [],
    file: 'journeys/checkout.journey.yaml',
    line: 1,
  }))
  return {
    journey: { name: 'checkout', title: 'Checkout', pains: [], line: 1, file: '' },
    totals: {
      needs: { covered: 0, optional: 0, 'planned-for': 0, missing: 0 },
      states: { designed: 0, inherited: 0, missing: 0, 'cannot-happen': 0 },
      errors: 0,
      warnings: 0,
    },
    steps,
    diagnostics: [],
  }
}

const shop = checkout({
  shelves: ['product', 'basket'],
  product: ['basket', 'shelves'],
  basket: ['delivery'],
  delivery: ['delivery', 'track-order/find'],
})

test('tells ways on from ways back, and says which skip steps', () => {
  expect(
    flowOf(shop, undefined).edges.map(({ from, to, kind, ways, skips }) => [
      from.slice(9),
      to,
      kind,
      ways,
      skips,
    ]),
  ).toEqual([
    ['shelves', 'checkout/product', 'on', 2, 0],
    ['shelves', 'checkout/basket', 'on', 2, 1],
    ['product', 'checkout/basket', 'on', 1, 0],
    ['product', 'checkout/shelves', 'back', 1, 0],
    ['basket', 'checkout/delivery', 'on', 1, 0],
    ['delivery', 'checkout/delivery', 'back', 1, 0],
    ['delivery', 'track-order/find', 'on', 1, 0],
  ])
})

test('names the journey that a way leads to', () => {
  expect(flowOf(shop, undefined).nodes.at(-1)).toEqual({
    kind: 'away',
    id: 'track-order/find',
    title: 'track-order/find',
    journey: { name: 'track-order', title: 'track-order', line: 1 },
  })
})

test('a step branches where the next column is not all there is', () => {
  expect(shop.steps.filter((step) => branches(step, shop.steps)).map(({ title }) => title)).toEqual(
    ['shelves', 'product', 'delivery'],
  )
})

test('arrow keys follow the ways, and go to the steps beside', () => {
  const flow = flowOf(shop, undefined)
  const { layers } = flowLayout(flow, 'across')
  const go = (from: string, key: string): string | undefined =>
    neighbourIn(flow, layers, 'across', from, key)
  expect(go('checkout/shelves', 'ArrowRight')).toBe('checkout/product')
  expect(go('checkout/basket', 'ArrowLeft')).toBe('checkout/product')
  expect(go('checkout/shelves', 'ArrowLeft')).toBe('checkout/shelves')
  expect(go('checkout/basket', 'End')).toBe('track-order/find')
  expect(go('checkout/basket', 'Enter')).toBeUndefined()
  expect(neighbourIn(flow, layers, 'down', 'checkout/shelves', 'ArrowDown')).toBe(
    'checkout/product',
  )
})

const names = ['shelves', 'product', 'basket', 'delivery', 'payment', 'coupon', 'review', 'done']
const journeys = fc
  .array(fc.uniqueArray(fc.constantFrom(...names), { maxLength: 4 }), {
    minLength: 1,
    maxLength: names.length,
  })
  .map((all) => {
    const there = names.slice(0, all.length)
    return checkout(
      Object.fromEntries(
        all.map((next, index) => [names[index]!, next.filter((one) => there.includes(one))]),
      ),
    )
  })

test('no card lies on another, every way on goes forwards, and all of it is on the paper', () => {
  fc.assert(
    fc.property(
      journeys,
      fc.constantFrom('across' as const, 'down' as const),
      (journey, direction) => {
        const flow = flowOf(journey, undefined)
        const { cards, edges, width, height, layers } = flowLayout(flow, direction)
        const boxes = [...cards.values()]
        boxes.forEach((one, index) => {
          expect(one.x).toBeGreaterThanOrEqual(0)
          expect(one.y).toBeGreaterThanOrEqual(0)
          expect(one.x + card.width).toBeLessThanOrEqual(width)
          expect(one.y + card.height).toBeLessThanOrEqual(height)
          for (const other of boxes.slice(index + 1))
            expect(
              Math.abs(one.x - other.x) >= card.width || Math.abs(one.y - other.y) >= card.height,
            ).toBe(true)
        })
        const along = direction === 'across' ? 'x' : 'y'
        for (const { edge, d, label } of edges) {
          if (edge.kind === 'on')
            expect(cards.get(edge.to)![along]).toBeGreaterThan(cards.get(edge.from)![along])
          expect(d).not.toContain('NaN')
          expect(label.x).toBeLessThanOrEqual(width)
          expect(label.y).toBeLessThanOrEqual(height)
        }
        expect(edges).toHaveLength(flow.edges.length)
        expect(layers.flat().toSorted()).toEqual([...cards.keys()].toSorted())
      },
    ),
    { numRuns: 150 },
  )
})
