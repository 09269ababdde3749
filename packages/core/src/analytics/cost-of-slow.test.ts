import { expect, test } from 'vitest'
import { seededDraw } from '../schema/choices.ts'
import { costOfSlow } from './cost-of-slow.ts'
import { simulatedVisits } from './simulated-visits.ts'
import type { StepVisit } from './step-visit.ts'

const budget = 600

/** So many crowds: how often an interval misses is itself drawn by lot, and of 200 it is 3 points off once in twenty times. */
const crowds = 200
const byLuck = 0.03

function runs(effect: number) {
  return Array.from({ length: crowds }, (_, index) => {
    const { visits, truth } = simulatedVisits({
      visits: 1000,
      seed: `checkout ${index}`,
      effect,
      budget,
    })
    const cost = costOfSlow(visits, { budget, draws: 40, seed: `draws ${index}` })
    if (cost.kind !== 'estimate') throw new Error(cost.because)
    const slow = visits.filter(({ latency }) => latency > budget)
    const fast = visits.filter(({ latency }) => latency <= budget)
    const naive = (leavers(slow) - leavers(fast)) * (slow.length / visits.length)
    return { cost, truth, naive, error: cost.difference.value - truth }
  })
}

test('recovers what latency does inside its interval, in 95 of 100 crowds', () => {
  const found = runs(0.6)
  const inside = found.filter(
    ({ cost: { difference }, truth }) => difference.low <= truth && truth <= difference.high,
  )
  expect(inside.length / crowds).toBeGreaterThanOrEqual(0.95 - byLuck)
  // No wider than it must be: a quarter of it is as much as the errors really scatter.
  const width = mean(
    found.map(({ cost: { difference } }) => (difference.high - difference.low) / 4),
  )
  const scatter = Math.sqrt(mean(found.map(({ error }) => error ** 2)))
  expect(width / scatter).toBeGreaterThan(0.9)
  expect(width / scatter).toBeLessThan(1.15)
  expect(mean(found.map(({ truth }) => truth))).toBeGreaterThan(0.04)
  expect(Math.abs(mean(found.map(({ error }) => error)))).toBeLessThan(0.004)
})

test('claims nothing in 95 of 100 crowds that do not mind to wait, where slow against fast would', () => {
  const found = runs(0)
  const claimed = found.filter(
    ({ cost: { difference } }) => difference.low > 0 || difference.high < 0,
  )
  expect(claimed.length / crowds).toBeLessThanOrEqual(0.05 + byLuck)
  expect(mean(found.map(({ naive }) => naive))).toBeGreaterThan(0.025)
})

test('calls it an association where the backend says nothing of its part', () => {
  const { visits } = simulatedVisits({ visits: 1000, seed: 'shop', effect: 0.6, budget })
  const blind = visits.map(({ session, latency, left, about }): StepVisit => ({
    session,
    latency,
    left,
    about,
  }))
  const cost = costOfSlow(blind, { budget, draws: 50 })
  expect(cost).toMatchObject({ kind: 'estimate', label: 'association' })
  expect(costOfSlow(visits, { budget, draws: 50 })).toMatchObject({ label: 'adjusted estimate' })
})

test('calls it an association where what nobody had seen yet seems to matter', () => {
  const { visits } = simulatedVisits({ visits: 1000, seed: 'shop', effect: 0.6, budget })
  const haunted = visits.map((visit): StepVisit => ({ ...visit, later: visit.left ? 900 : 300 }))
  const cost = costOfSlow(haunted, { budget, draws: 50 })
  expect(cost).toMatchObject({ label: 'association' })
  expect(cost.kind === 'estimate' && cost.because.join()).toContain('nobody had seen yet')
})

test('calls it an association where slow and fast visits are of different kinds', () => {
  const { visits } = simulatedVisits({ visits: 1000, seed: 'shop', effect: 0.6, budget })
  const apart = visits.map((visit): StepVisit => ({
    ...visit,
    about: { ...visit.about, release: visit.latency > budget ? '2.0' : '1.9' },
  }))
  const cost = costOfSlow(apart, { budget, draws: 50 })
  expect(cost).toMatchObject({ label: 'association' })
})

test('gives no figure for too few visits, and says of what', () => {
  const { visits } = simulatedVisits({ visits: 200, seed: 'shop', effect: 0.6, budget })
  expect(costOfSlow(visits, { budget })).toMatchObject({
    kind: 'too-few',
    because: '200 visits with a measured wait: at least 300 are needed.',
  })
  const everybody = simulatedVisits({ visits: 500, seed: 'shop', effect: 0, budget }).visits.map(
    (visit): StepVisit => ({ ...visit, left: false }),
  )
  expect(costOfSlow(everybody, { budget })).toMatchObject({
    because: '0 visits that ended here: at least 30 are needed.',
  })
})

test('does not take impatience for a fast answer', () => {
  // While they wait longer than the budget, one of twenty leaves in each quarter of a second.
  const draw = seededDraw('impatience')
  const uniform = (): number => (draw(2 ** 32) + 0.5) / 2 ** 32
  let lost = 0
  const visits = Array.from({ length: 3000 }, (_, index): StepVisit => {
    const network = 100 + 100 * uniform()
    const latency = network + 150 + 900 * uniform() ** 2
    const slices = Math.max(0, (latency - budget) / 250)
    lost += 0.85 * (1 - 0.95 ** slices)
    const gone = budget + 250 * (Math.log(uniform()) / Math.log(0.95))
    const visit = { session: `s${index}`, network, about: {} }
    return gone < latency
      ? { ...visit, latency: gone, waiting: true, left: true }
      : { ...visit, latency, left: uniform() < 0.15 }
  })
  const cost = costOfSlow(visits, { budget, draws: 50 })
  const cut = costOfSlow(
    visits.map((visit): StepVisit => ({ ...visit, waiting: false })),
    { budget, draws: 50 },
  )
  if (cost.kind !== 'estimate' || cut.kind !== 'estimate') throw new Error('no figure')
  const truth = lost / visits.length
  expect(cost.difference.low).toBeLessThan(truth)
  expect(cost.difference.high).toBeGreaterThan(truth)
  expect(cut.difference.value).toBeLessThan(truth * 0.8)
})

function leavers(visits: readonly StepVisit[]): number {
  return visits.filter(({ left }) => left).length / visits.length
}
function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}
