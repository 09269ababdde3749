import type { EvidenceReport } from '@throughline/core'

/** Nobody was seen. */
export const noEvidence: EvidenceReport = {
  version: 1,
  name: 'Corner Market',
  asked: { since: '2026-10-23T12:00:00.000Z', until: '2026-11-22T12:00:00.000Z' },
  totals: { events: 0, sessions: 0, views: 0, calls: 0, first: 0, last: 0 },
  journeys: [],
  operations: [],
  reads: [],
  surveys: [],
  experiments: [],
  advice: [],
  least: { percentile: 20, drop: 300 },
}

const none = {
  criticalPath: [],
  calls: [],
  shown: [],
  errors: [],
  vitals: [],
  parts: [],
  leaving: [],
} as const

/** A month of the weekly shop: the slots are slow, and people leave there. */
export const evidence: EvidenceReport = {
  ...noEvidence,
  totals: {
    events: 9200,
    sessions: 1204,
    views: 2900,
    calls: 5100,
    first: Date.UTC(2026, 9, 24, 12),
    last: Date.UTC(2026, 10, 22, 11),
  },
  journeys: [
    {
      name: 'reorder',
      title: 'Reorder the weekly shop',
      sessions: 1204,
      finished: 0,
      steps: [
        {
          ...none,
          name: 'reorder/home',
          title: 'Open the app',
          sessions: 1204,
          wentOn: 1100,
          dropOff: 104 / 1204,
          wait: {
            visits: 1204,
            p50: 180,
            p75: 286,
            p95: 390,
            budget: 400,
            over: 0.03,
            apdex: 0.98,
            leftWaiting: 2,
          },
        },
        {
          ...none,
          name: 'reorder/slots',
          title: 'Pick a delivery slot',
          sessions: 1100,
          wentOn: 790,
          dropOff: 310 / 1100,
          wait: {
            visits: 1100,
            p50: 437,
            p75: 738,
            p95: 1210,
            budget: 500,
            over: 0.41,
            apdex: 0.72,
            leftWaiting: 31,
          },
          shown: [
            { condition: '503', sessions: 44, times: 61, seen: true, show: 'Slots are busy' },
            { condition: 'timeout', sessions: 12, times: 12, seen: false },
          ],
          errors: [{ name: 'TypeError', sessions: 6, times: 7 }],
          cost: {
            kind: 'estimate',
            label: 'adjusted estimate',
            because: [],
            difference: { value: 0.06, low: 0.03, high: 0.09 },
            won: { value: 66, low: 33, high: 99 },
            chance: 0.001,
            visits: 1100,
            slow: 451,
            adjustedFor: ['device', 'country'],
            checks: { overlap: 0.94, placebo: 0.6 },
            dose: [
              { from: 200, to: 500, visits: 649, left: 0.2, monotone: 0.2 },
              { from: 500, to: 1200, visits: 451, left: 0.4, monotone: 0.4 },
            ],
            budget: 500,
            claimed: true,
          },
        },
        { ...none, name: 'reorder/payment', title: 'Pay', sessions: 8, wentOn: 0 },
      ],
    },
  ],
  experiments: [
    {
      kind: 'speed',
      name: 'slow-slots',
      title: 'Do slow slots lose people?',
      step: 'reorder/slots',
      journey: 'reorder',
      operation: 'logistics.listSlots',
      delay: 800,
      from: '2026-11-01T00:00:00.000Z',
      until: '2026-12-01T00:00:00.000Z',
      state: 'stopped',
      stopped: {
        at: '2026-11-14T09:30:00.000Z',
        because:
          'Of 420 visits that were held up, 7.1 points more left than of 415 others: the guardrail is 5 points.',
      },
      arms: [
        { name: 'not held up', sessions: 415, left: 91, troubled: 4 },
        { name: '200 ms later', sessions: 104, left: 26, troubled: 1 },
        { name: '400 ms later', sessions: 106, left: 29, troubled: 2 },
        { name: '600 ms later', sessions: 107, left: 33, troubled: 1 },
        { name: '800 ms later', sessions: 103, left: 34, troubled: 1 },
      ],
      result: {
        kind: 'estimate',
        label: 'experiment',
        difference: { value: 0.071, low: 0.012, high: 0.129 },
        chance: 0.018,
      },
    },
  ],
  surveys: [
    {
      survey: 'delivery-date',
      question: 'Did you find out when it comes?',
      step: 'reorder/slots',
      answers: 212,
      quota: 300,
      scale: { from: 1, to: 5, low: 'Not at all', high: 'At once' },
      distribution: [
        { value: 1, answers: 48 },
        { value: 2, answers: 31 },
        { value: 3, answers: 29 },
        { value: 4, answers: 44 },
        { value: 5, answers: 60 },
      ],
      mean: 3.174528301886792,
      unhappy: { answers: 79, waited: 2900, troubled: 0.18 },
      happy: { answers: 104, waited: 1100, troubled: 0.02 },
      texts: [
        { text: 'It just kept loading', value: 1, at: '2026-11-21T18:20:00.000Z' },
        { text: 'I could not see the evening slots', value: 2, at: '2026-11-20T09:12:00.000Z' },
      ],
    },
  ],
  advice: [
    {
      kind: 'waterfall',
      title: 'logistics.listSlots waits for store.getBasket',
      evidence:
        'On 900 of 1,100 pages it starts when the basket has answered, and sends nothing of it.',
      change: 'Ask for both at once.',
      gain: { ms: 210, times: 900 },
      steps: ['reorder/slots'],
      operation: 'logistics.listSlots',
      file: 'journeys/reorder.journey.yaml',
      line: 31,
    },
  ],
}
