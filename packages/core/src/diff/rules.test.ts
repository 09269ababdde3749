import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { diffGraphs } from './diff-graphs.ts'
import { otherExamples, schemaExamples, withSchema } from './rule-examples.ts'
import { ruleOf, rules } from './rules.ts'

function codesOf(before: unknown, after: unknown): readonly string[] {
  const { changes } = diffGraphs(
    graphOf({ 'old.json': JSON.stringify(before) }),
    graphOf({ 'new.json': JSON.stringify(after) }),
    { now: new Date('2026-06-01') },
  )
  for (const { code, message } of changes) {
    expect(message, code).not.toMatch(/undefined|\{(?:at|name|part|from|to)\}|\[object/)
    expect(changes.find((one) => one.code === code)?.class).toBe(ruleOf(code).class)
  }
  return [...new Set(changes.map(({ code }) => code))].toSorted()
}

/** Sides where the change means something else, or nothing. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  'property removed': ['request-property-removed', 'response-property-removed'],
  'optional-property removed': ['request-property-removed', 'response-optional-property-removed'],
  'property refused': ['request-property-refused', 'response-optional-property-removed'],
}

test.each(Object.entries(schemaExamples))(
  'tells %s for what is sent and what is returned',
  (action, [before, after]) => {
    const code = action.replace(' ', '-')
    const sides = [`request-${code}`, `response-${code}`].filter((one) => rules.has(one))
    expect(codesOf(withSchema(before), withSchema(after))).toEqual(exceptions[action] ?? sides)
  },
)

const withCompany: Readonly<Record<string, readonly string[]>> = {
  'server-variable-default-changed': ['server-moved', 'server-variable-default-changed'],
}

test.each(Object.entries(otherExamples))('tells %s', (code, [before, after]) => {
  expect(codesOf(before, after)).toEqual(withCompany[code] ?? [code])
})

test('turns sides around where the API calls its clients', () => {
  const contract = (operation: object, more: object = {}): object => ({
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    paths: { '/orders': { post: operation } },
    ...more,
  })
  const text = { type: 'string' }
  const order = (required: readonly string[], properties: object): object => ({
    requestBody: {
      content: { 'application/json': { schema: { type: 'object', required, properties } } },
    },
    responses: {},
  })
  const [full, bare] = [order(['id'], { id: text }), order([], {})]
  const called = (post: object): object =>
    contract({ callbacks: { paid: { '{$request.body#/url}': { post } } } })
  expect(codesOf(called(full), called(bare))).toEqual(['response-property-removed'])
  const hooked = (post: object): object => contract({}, { webhooks: { paid: { post } } })
  expect(codesOf(hooked(full), hooked(bare))).toEqual(['response-property-removed'])
})

test('has two contracts or journeys for every rule', () => {
  const shown = new Set([
    ...Object.keys(otherExamples),
    ...Object.keys(schemaExamples).flatMap((action) => {
      const code = action.replace(' ', '-')
      return [`request-${code}`, `response-${code}`]
    }),
  ])
  const elsewhere = /^(?:journey|step|call|need|fallback|send|state|budget|api|data)-/
  const rest = [...rules.values()].filter(
    ({ code, area }) => area !== 'GraphQL' && !shown.has(code) && !elsewhere.test(code),
  )
  expect(rest).toEqual([])
})
