import { multipleOf } from '../multiple.ts'
import type { Family } from './keywords-of.ts'

export const numberKeywords: Readonly<Record<string, Family>> = {
  minimum: limit((bound) => (value) => value >= bound, 'at least'),
  maximum: limit((bound) => (value) => value <= bound, 'at most'),
  exclusiveMinimum: limit((bound) => (value) => value > bound, 'more than'),
  exclusiveMaximum: limit((bound) => (value) => value < bound, 'less than'),
  multipleOf: limit(multipleOf, 'a multiple of', (bound) => bound > 0),
}

function limit(
  testFor: (bound: number) => (value: number) => boolean,
  words: string,
  usable: (bound: number) => boolean = () => true,
): Family {
  return (node, raw, name, found) => {
    const bound = raw[name]
    if (typeof bound !== 'number' || !usable(bound)) return
    const holds = testFor(bound)
    found.push({
      name,
      test: (value) => typeof value !== 'number' || holds(value),
      explain: (value, path, _, report) => {
        const expected = `${words} ${bound}`
        report.violations.push({
          path,
          keyword: name,
          message: `is ${String(value)}, expected ${expected}`,
          expected,
          schema: node.site,
        })
      },
    })
  }
}
