import type { ReviewedChange, ReviewedJourney } from '@throughline/core'
import { expect, test } from 'vitest'
import { shownChanges, teamsIn } from './shown-changes.ts'

function change(fingerprint: string, rest: Partial<ReviewedChange> = {}): ReviewedChange {
  return {
    fingerprint,
    code: 'response-property-removed',
    level: 'breaking',
    class: 'breaking',
    promise: 'WIRE',
    decidedBy: 'contract',
    message: `\`${fingerprint}\` is gone.`,
    location: 'response:200:body',
    impact: [],
    reach: { operations: [], fields: [], counts: { operations: 0, fields: 0, steps: 0 } },
    ...rest,
  }
}
const fee = change('fee', {
  effect: 'breaks',
  owner: 'logistics',
  impact: [
    { step: 'checkout/basket', severity: 'breaks' },
    { step: 'track/order', severity: 'degrades' },
  ],
})
const coupon = change('coupon', {
  effect: 'helps',
  owner: 'orders',
  impact: [{ step: 'track/order', severity: 'helps' }],
})
const tag = change('tag', { level: 'info', owner: 'orders' })
const slot = change('slot', { accepted: { reason: 'Nobody looks' } })
function journey(name: string, owner: string, changes: readonly ReviewedChange[]): ReviewedJourney {
  const fingerprints = changes.map((one) => one.fingerprint)
  return { name, title: name, line: 1, owner, severity: 'breaks', steps: [], changes: fingerprints }
}
const review = {
  changes: [fee, coupon, tag, slot],
  journeys: [journey('checkout', 'ux', [fee]), journey('track', 'care', [fee, coupon])],
}

test('tells a change whole under the first journey that it touches, and names it under the others', () => {
  expect(shownChanges(review, {})).toEqual({
    journeys: [
      { journey: review.journeys[0], changes: [fee], also: [] },
      { journey: review.journeys[1], changes: [coupon], also: [fee] },
    ],
    others: [tag],
    accepted: [slot],
    count: 4,
  })
})

test('leaves what a journey, a team or a verdict is about', () => {
  expect(shownChanges(review, { journey: 'track' })).toMatchObject({
    journeys: [{ changes: [fee, coupon] }],
    others: [],
    count: 2,
  })
  expect(shownChanges(review, { team: 'orders' })).toMatchObject({ others: [tag], count: 2 })
  expect(shownChanges(review, { team: 'care' })).toMatchObject({ count: 2 })
  expect(shownChanges(review, { verdict: 'accepted' })).toMatchObject({
    accepted: [slot],
    count: 1,
  })
  expect(shownChanges(review, { verdict: 'none' })).toMatchObject({ others: [tag], count: 1 })
  expect(teamsIn(review)).toEqual(['care', 'logistics', 'orders', 'ux'])
})
