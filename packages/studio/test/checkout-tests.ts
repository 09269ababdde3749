import type { TestFinding, TestOverview, TestRun } from '../src/client/studio-client.ts'

const head: TestOverview['runs'][number] = {
  id: '20260512T101500000Z',
  by: 'cli',
  target: 'staging',
  started: '2026-05-12T10:15:00.000Z',
  ms: 12_400,
  phases: ['examples', 'journeys'],
  readOnly: true,
  outcome: 'done',
  cases: 842,
  requests: 850,
  operations: { tested: 3, total: 4 },
  counts: { error: 1, warning: 0, info: 0 },
}

/** A workspace of which one run is kept. */
export const tests: TestOverview = {
  readOnly: false,
  environments: [
    {
      name: 'mock',
      production: false,
      apis: [{ api: 'logistics', address: 'http://localhost:4401/logistics' }],
    },
    {
      name: 'staging',
      production: false,
      apis: [{ api: 'logistics', address: 'https://staging.shop.example/logistics' }],
    },
  ],
  phases: ['examples', 'coverage', 'identities', 'stateful', 'journeys', 'graphql', 'fuzz'],
  runs: [head],
  marks: {
    id: head.id,
    started: head.started,
    target: head.target,
    steps: { 'reorder/slots': 1 },
    operations: { 'logistics.listSlots': 1 },
  },
}

const feeMissing: TestFinding = {
  fingerprint: '0123456789abcdef',
  check: 'response-schema',
  severity: 'error',
  operation: {
    id: 'logistics.listSlots',
    method: 'GET',
    path: '/slots',
    url: '/reference/logistics.listSlots',
  },
  message: 'items[0] has no `fee`, which is required (200).',
  at: 'body:items[].fee',
  steps: [
    {
      step: 'reorder/slots',
      title: 'Choose a slot',
      journey: 'reorder',
      line: 1,
      url: '/journeys/reorder?step=slots',
    },
  ],
  count: 12,
  curl: 'curl -X GET https://staging.shop.example/logistics/slots',
  case: 'logistics.listSlots/examples/1',
  status: 200,
  since: 'new',
}

/** That run: one finding is new, another is gone, and one journey is not reached as a whole. */
export const testRun: TestRun = {
  run: head,
  seed: 1,
  findings: [feeMissing],
  coverage: {
    operations: { reached: 3, total: 4 },
    statuses: { reached: 4, total: 9 },
    parameters: { reached: 2, total: 2 },
    needs: { reached: 11, total: 12 },
    states: { reached: 0, total: 0 },
  },
  journeys: [
    {
      name: 'reorder',
      operations: { reached: 3, total: 4 },
      needs: { reached: 11, total: 12 },
      statuses: { reached: 4, total: 9 },
      states: { reached: 0, total: 0 },
      missing: [
        { kind: 'needs', name: 'reorder/slot items[].fee', why: 'no answer had it' },
        {
          kind: 'statuses',
          name: 'logistics.listSlots 503',
          why: 'answered only 200',
          before: true,
        },
      ],
    },
  ],
  leftOut: ['account.signOut'],
  before: { id: '20260511T101500000Z', started: '2026-05-11T10:15:00.000Z', gone: [] },
}
