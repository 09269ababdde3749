import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import { diffGraphs } from '../diff/diff-graphs.ts'
import { withoutWaived } from './without-waived.ts'

const contract = (properties: string): string =>
  `openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths: { /basket: { get: { operationId: getBasket, responses: { '200': { description: It, content: { application/json: { schema: { type: object, required: [total, eta], properties: { ${properties} } } } } } } } } }\n`
const journey =
  'journey: checkout\nsteps: [{ step: basket, calls: [{ operation: store.getBasket, needs: [total, eta] }] }]\n'
const shop = (properties: string, waiver = '') => ({
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': contract(properties),
  'checkout.journey.yaml': journey,
  ...(waiver !== '' && { 'decisions/eta.waiver.yaml': waiver }),
})
const before = compiled(shop('total: { type: number }, eta: { type: string }')).graph

function heard(waiver: string, now = new Date('2026-06-01T12:00:00Z')) {
  const { graph, diagnostics } = compiled(shop('total: { type: number }', waiver))
  const {
    report,
    waived,
    diagnostics: told,
  } = withoutWaived(graph, diffGraphs(before, graph), {
    now,
  })
  return {
    left: report.changes.map((one) => one.code),
    verdict: report.summary.verdict,
    waived: waived.map((one) => one.reason),
    told: [...told, ...diagnostics]
      .map((one) => one.rule)
      .filter((rule) => /waiver|rule/.test(rule)),
  }
}

const removal = diffGraphs(before, compiled(shop('total: { type: number }')).graph).changes.find(
  (one) => one.level === 'breaking',
)!

test.each([
  ['its fingerprint', `fingerprint: "${removal.fingerprint}"`],
  ['its operation', 'subject: store.getBasket'],
  ['a step that it breaks', 'subject: checkout/*'],
])('accepts a change by %s, until the waiver expires', (_, by) => {
  const waiver = `rule: diff/${removal.code}\n${by}\nreason: The old app is gone\nexpires: 2026-12-31\n`
  expect(heard('')).toMatchObject({ verdict: 'breaking', waived: [] })
  const now = heard(waiver)
  expect(now.waived).toEqual(['The old app is gone'])
  expect(now.left).not.toContain(removal.code)
  expect(now.told).toEqual([])
  const later = heard(waiver, new Date('2027-01-01T12:00:00Z'))
  expect(later).toMatchObject({ verdict: 'breaking', waived: [], told: ['waiver-expired'] })
})

test('leaves a change alone whose values are others', () => {
  const waiver = `rule: diff/${removal.code}\nfingerprint: "0000000000000000"\nreason: Once\n`
  expect(heard(waiver)).toMatchObject({ verdict: 'breaking', waived: [] })
})
