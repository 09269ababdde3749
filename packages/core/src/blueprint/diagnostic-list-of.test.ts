import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import type { DiagnosticFilter } from './diagnostic-filter.ts'
import type { DiagnosticList } from './diagnostic-list.ts'
import { diagnosticListOf } from './diagnostic-list-of.ts'

const files = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: store.yaml, owner: orders } }
teams: { orders: { role: backend }, checkout: { role: ux } }
`,
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        "200": { description: The basket, content: { application/json: { schema: { type: object, required: [total], properties: { total: { type: number }, note: { type: string } } }, example: { total: much } } } }
`,
  'checkout.journey.yaml': `journey: checkout
owner: checkout
steps:
  - step: basket
    calls: [{ operation: store.getBasket, needs: [total, note, eta], states: { loading: Grey, offline: Gone } }]
`,
}

function listOf(
  changed: Readonly<Record<string, string>> = {},
  filter: DiagnosticFilter = {},
): DiagnosticList {
  const { graph, diagnostics } = compiled({ ...files, ...changed })
  const titles = new Map([['TL2003', 'A need that no contract has']])
  return diagnosticListOf(graph, diagnostics, titles, filter)
}

test('says whose mend each problem is, and where it is shown', () => {
  const found = listOf().diagnostics.map(({ code, side, owners, url }) => [
    code,
    side,
    owners.join(' '),
    url,
  ])
  expect(found).toContainEqual([
    'TL2003',
    'both',
    'checkout orders',
    '/needs?operation=store.getBasket&field=eta&step=checkout/basket',
  ])
  expect(found).toContainEqual([
    'TL3003',
    'ux',
    'checkout',
    '/needs?operation=store.getBasket&field=note&step=checkout/basket',
  ])
  expect(found).toContainEqual([
    'TL3004',
    'ux',
    'checkout',
    '/states?step=checkout/basket&condition=timeout',
  ])
  expect(found).toContainEqual(['TL4002', 'backend', 'orders', '/reference/store.getBasket'])
})

test('counts by side, severity, rule and team', () => {
  const { total, sides, severities, rules, owners } = listOf()
  expect(sides.ux + sides.backend + sides.both).toBe(total)
  expect(severities.error + severities.warning + severities.info).toBe(total)
  expect(rules[0]).toEqual({
    code: 'TL2003',
    rule: 'need-not-in-contract',
    severity: 'error',
    side: 'both',
    title: 'A need that no contract has',
    count: 1,
  })
  expect(rules.find((one) => one.code === 'TL3004')?.title).toBe('Missing state')
  expect(owners.map(({ owner, role, errors }) => `${owner} ${role} ${errors}`).toSorted()).toEqual([
    'checkout ux 1',
    'orders backend 1',
  ])
})

test('puts what nobody owns last', () => {
  const { owners } = listOf({
    'again.journey.yaml':
      'journey: again\nsteps:\n  - step: basket\n    calls: [{ operation: store.getBasket, needs: [total] }]\n',
  })
  expect(owners.at(-1)?.owner).toBeUndefined()
  expect(owners.at(-1)!.count).toBeGreaterThan(0)
})

test('goes by the file where a problem has no subject', () => {
  const { diagnostics } = listOf({
    'checkout.journey.yaml': `${files['checkout.journey.yaml']}colour: red\n`,
  })
  expect(diagnostics.find((one) => one.code === 'TL1008')).toMatchObject({
    owners: ['checkout'],
    url: '/journeys/checkout',
  })
})

test('shows what a filter asks for, and counts what each other choice would find', () => {
  const all = listOf()
  const ux = listOf({}, { side: 'ux' })
  expect(ux.total).toBe(all.total)
  expect(ux.matching).toBe(all.sides.ux)
  expect(ux.diagnostics.every((one) => one.side === 'ux')).toBe(true)
  expect(ux.sides).toEqual(all.sides)
  expect(ux.severities.error).toBe(0)
  expect(ux.rules.find((one) => one.code === 'TL2003')?.count).toBe(0)

  const found = listOf({}, { find: 'ETA basket', severity: 'error' })
  expect(found.diagnostics.map((one) => one.code)).toEqual(['TL2003'])
  expect(listOf({}, { owner: 'orders' }).diagnostics.map((one) => one.code)).toContain('TL4002')
  expect(listOf({}, { find: 'no such words' })).toMatchObject({ matching: 0, diagnostics: [] })
})

test('finds what lies beyond the first thousand', () => {
  const steps = Array.from(
    { length: 1100 },
    (_, at) =>
      `  - step: step-${at}\n    calls: [{ operation: store.getBasket, needs: [gone${at}], states: { loading: Grey } }]`,
  ).join('\n')
  const many = { 'checkout.journey.yaml': `journey: checkout\nowner: checkout\nsteps:\n${steps}\n` }
  const list = listOf(many)
  expect(list.diagnostics).toHaveLength(1000)
  expect(list.total).toBeGreaterThan(1100)
  expect(list.diagnostics.every((one) => one.severity === 'error')).toBe(true)
  expect(listOf(many, { find: '`gone1099`' }).diagnostics.map((one) => one.subject)).toEqual([
    'checkout/step-1099',
  ])
})
