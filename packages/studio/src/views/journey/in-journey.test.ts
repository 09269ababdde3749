import { expect, test } from 'vitest'
import { reorder } from '../../../test/checkout-blueprint.ts'
import { firstGap, firstName, hasGap, neighbour, problemId, selectedIn } from './in-journey.ts'

test('an address selects a need, a state, a call and a problem of the journey', () => {
  const kinds = [
    selectedIn(reorder, {
      kind: 'need',
      step: 'home',
      need: 'reorder/home:store.getHome:customer.firstName',
    }),
    selectedIn(reorder, { kind: 'state', step: 'slots', state: 'timeout' }),
    selectedIn(reorder, { kind: 'call', step: 'slots', call: 'reorder/slots:logistics.listSlots' }),
    selectedIn(reorder, { kind: 'problem', problem: 'TL2003@journeys/reorder.journey.yaml:47:22' }),
  ].map((selected) => selected?.kind)
  expect(kinds).toEqual(['need', 'state', 'call', 'problem'])
})

test('when the selected need is gone after a save, its step stays selected', () => {
  expect(selectedIn(reorder, { kind: 'need', step: 'home', need: 'gone' })?.kind).toBe('step')
  expect(selectedIn(reorder, { kind: 'need', step: 'gone', need: 'gone' })).toBeUndefined()
  expect(selectedIn(reorder, { kind: 'problem', problem: 'TL2003@a.yaml:1:1' })).toBeUndefined()
})

test('problems are told apart by code and place', () => {
  const ids = reorder.diagnostics.map(problemId)
  expect(ids[0]).toBe('TL2003@journeys/reorder.journey.yaml:47:22')
})

test('a step with a missing need is a gap, one that planned for an absent value is not', () => {
  expect(reorder.steps.map(hasGap)).toEqual([false, false, true, false, false])
})

test('previous and next step stop at the ends', () => {
  const { steps } = reorder
  expect(neighbour(steps, undefined, 1)).toBe('home')
  expect(neighbour(steps, undefined, -1)).toBe('tracking')
  expect(neighbour(steps, steps[0], 1)).toBe('basket')
  expect(neighbour(steps, steps[4], 1)).toBe('tracking')
  expect(neighbour([], undefined, 1)).toBeUndefined()
})

test('the totals lead to the first gap', () => {
  expect(firstGap(reorder, 'state')).toEqual({ kind: 'state', step: 'slots', state: 'partial' })
  expect(firstGap({ ...reorder, steps: reorder.steps.slice(0, 1) }, 'need')).toBeUndefined()
})

test('a persona with a name is called by it, one with a description is not', () => {
  expect(firstName(reorder.journey)).toBe('Maya')
  const customer = { name: 'returning-customer', title: 'Returning customer', devices: [] }
  expect(firstName({ ...reorder.journey, persona: customer })).toBeUndefined()
})
