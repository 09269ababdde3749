import type { Keyword } from '../node.ts'
import { equal } from '../equal.ts'
import { either, kindOf, shown, typesInWords } from '../words.ts'
import type { Family } from './keywords-of.ts'

export const kindKeywords: Readonly<Record<string, Family>> = {
  type: (node, raw, name, found) => {
    const types = (
      Array.isArray(raw['type']) ? (raw['type'] as readonly unknown[]) : [raw['type']]
    ).filter(isType)
    if (types.length === 0) return
    const test =
      types.length === 1 ? typeTests[types[0]!] : anyOfTests(types.map((type) => typeTests[type]))
    const expected = typesInWords(types)
    found.push({
      name,
      test,
      explain: (value, path, _, report) => {
        report.violations.push({
          path,
          keyword: name,
          message: `is ${kindOf(value)}, expected ${expected}`,
          expected,
          schema: node.site,
        })
      },
    })
  },
  enum: (node, raw, name, found) => {
    const options = raw['enum']
    if (!Array.isArray(options)) return
    const expected = options.length === 0 ? 'nothing' : either(options.map((one) => shown(one, 40)))
    const simple = new Set<unknown>(
      options.filter((one) => one === null || typeof one !== 'object'),
    )
    const others: readonly unknown[] = options.filter(
      (one) => one !== null && typeof one === 'object',
    )
    const keyword: Keyword = {
      name,
      test: (value) =>
        value !== null && typeof value === 'object'
          ? others.some((one) => equal(one, value))
          : simple.has(value),
      explain: (value, path, _, report) => {
        report.violations.push({
          path,
          keyword: name,
          message: `is ${shown(value)}, expected ${expected}`,
          expected,
          schema: node.site,
        })
      },
    }
    found.push(keyword)
  },
  const: (node, raw, name, found) => {
    const only = raw['const']
    found.push({
      name,
      test: (value) => equal(only, value),
      explain: (value, path, _, report) => {
        const expected = shown(only)
        report.violations.push({
          path,
          keyword: name,
          message: `is ${shown(value)}, expected ${expected}`,
          expected,
          schema: node.site,
        })
      },
    })
  },
}

type Type = keyof typeof typeTests

const typeTests = {
  string: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  integer: (value: unknown) => Number.isInteger(value),
  boolean: (value: unknown) => typeof value === 'boolean',
  object: (value: unknown) => value !== null && typeof value === 'object' && !Array.isArray(value),
  array: (value: unknown) => Array.isArray(value),
  null: (value: unknown) => value === null,
}

function isType(type: unknown): type is Type {
  return typeof type === 'string' && Object.hasOwn(typeTests, type)
}

function anyOfTests(tests: readonly ((value: unknown) => boolean)[]): (value: unknown) => boolean {
  const [first, second] = tests
  if (tests.length === 2) return (value) => first!(value) || second!(value)
  return (value) => tests.some((test) => test(value))
}
