import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import type { EvidenceAnswers } from './answers.ts'
import { experimentsReport } from './experiments-report.ts'
import { guardrailBroken, plannedExperiments } from './speed-experiments.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.openapi.yaml } }\n',
  'store.openapi.yaml':
    'openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths:\n  /basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }\n',
  'checkout.journey.yaml':
    'journey: checkout\nsteps:\n  - { step: basket, screen: /basket, calls: [store.getBasket] }\n  - { step: pay, screen: /pay }\n',
  'slow-basket.experiment.yaml':
    'experiment: slow-basket\noperation: store GET /basket\ndelay: 400ms\nshare: 10\nfrom: 2026-11-01\nuntil: 2026-11-30\nguardrail: { drop-off: 5 %, errors: 2 %, least: 100 }\n',
  'slow-too.experiment.yaml':
    'experiment: slow-too\noperation: store.getBasket\ndelay: 400ms\nfrom: 2026-11-20\nuntil: 2026-12-30\n',
}
const { graph } = compile({
  paths: Object.keys(files),
  read: (path) => ({ path, text: files[path] ?? '' }),
})
const now = Date.UTC(2026, 10, 10)

function row(part: string, step: string, seen: number, wentOn: number) {
  return { journey: 'checkout', step: `checkout/${step}`, dimension: 'flag', part, seen, wentOn }
}

const answers: Pick<EvidenceAnswers, 'funnels' | 'flags' | 'stops'> = {
  funnels: [
    row('speed.store.getBasket=0', 'basket', 1000, 800),
    row('speed.store.getBasket=400', 'basket', 250, 160),
    row('speed.store.getBasket=100', 'basket', 250, 200),
    row('speed.store.getBasket=200', 'basket', 250, 190),
    row('speed.store.getBasket=300', 'basket', 250, 170),
    row('new-basket=on', 'basket', 400, 300),
    row('new-basket=on', 'pay', 300, 0),
    row('new-basket=off', 'basket', 420, 210),
    row('new-basket=off', 'pay', 210, 0),
  ],
  flags: [{ flag: 'speed.store.getBasket=400', sessions: 250, troubled: 5 }],
  stops: [],
}

test('compares all who were held up with those who were not, and shows each dose', () => {
  const [speed] = experimentsReport(graph, answers, now)
  expect(speed).toMatchObject({
    kind: 'speed',
    name: 'slow-basket',
    step: 'checkout/basket',
    operation: 'store.getBasket',
    state: 'running',
    from: '2026-11-01T00:00:00.000Z',
    until: '2026-12-01T00:00:00.000Z',
  })
  expect(speed!.arms.map(({ name, sessions, left }) => [name, sessions, left])).toEqual([
    ['no delay', 1000, 200],
    ['100 ms later', 250, 50],
    ['200 ms later', 250, 60],
    ['300 ms later', 250, 80],
    ['400 ms later', 250, 90],
  ])
  expect(speed!.result).toMatchObject({ kind: 'estimate', label: 'experiment' })
  // 280 of 1,000 left, where 200 of 1,000 would have.
  expect(speed!.result.kind === 'estimate' && speed!.result.difference.value).toBeCloseTo(0.08, 10)
})

test('takes variants of a flag for an experiment, with what is off as the one to compare with', () => {
  const flag = experimentsReport(graph, answers, now).find(({ kind }) => kind === 'flag')
  expect(flag).toMatchObject({
    name: 'new-basket: on',
    journey: 'checkout',
    arms: [
      { name: 'new-basket=off', sessions: 420, left: 210 },
      { name: 'new-basket=on', sessions: 400, left: 100 },
    ],
    result: { kind: 'estimate', difference: { value: -0.25 } },
  })
})

test('gives no figure where the lot did not fall as it should', () => {
  const [speed] = experimentsReport(
    graph,
    {
      ...answers,
      funnels: [row('speed.store.getBasket=0', 'basket', 3000, 2400), ...answers.funnels.slice(1)],
    },
    now,
  )
  expect(speed!.result).toMatchObject({ kind: 'broken' })
})

test('says that an experiment was ended, until it begins anew', () => {
  const stop = { experiment: 'slow-basket', stoppedAt: now, because: 'More left.' }
  expect(experimentsReport(graph, { ...answers, stops: [stop] }, now)[0]).toMatchObject({
    state: 'stopped',
    stopped: { at: '2026-11-10T00:00:00.000Z', because: 'More left.' },
  })
  const before = { ...stop, stoppedAt: Date.UTC(2026, 9, 1) }
  expect(experimentsReport(graph, { ...answers, stops: [before] }, now)[0]!.state).toBe('running')
})

test('ends an experiment when the held up leave or fail more often than its guardrail allows', () => {
  const { declaration } = plannedExperiments(graph)[0]!
  const control = { sessions: 200, left: 20, troubled: 2 }
  expect(guardrailBroken(declaration, control, { ...control, left: 29 })).toBeUndefined()
  expect(guardrailBroken(declaration, control, { ...control, left: 30 })).toBe(
    'Of 200 visits that were held up, 5 points more left than of 200 others: the guardrail is 5 points.',
  )
  expect(guardrailBroken(declaration, control, { ...control, troubled: 6 })).toContain(
    '2 points more met an error',
  )
  expect(
    guardrailBroken(declaration, control, { sessions: 99, left: 99, troubled: 99 }),
  ).toBeUndefined()
})

test('leaves out an experiment on what another holds back already', () => {
  expect(plannedExperiments(graph).map(({ declaration: { id } }) => id)).toEqual(['slow-basket'])
})
