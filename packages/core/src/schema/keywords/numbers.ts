import { isMultiple } from '../multiple.ts'
import type { Family } from './keywords-of.ts'

export const numberKeywords: Readonly<Record<string, Family>> = {
  minimum: limit((value, bound) => value >= bound, 'at least'),
  maximum: limit((value, bound) => value <= bound, 'at most'),
  exclusiveMinimum: limit((value, bound) => value > bound, 'more than'),
  exclusiveMaximum: limit((value, bound) => value < bound, 'less than'),
  multipleOf: limit(isMultiple, 'a multiple of', (bound) => bound > 0),
}

function limit(
  holds: (value: number, bound: number) => boolean,
  words: string,
  usable: (bound: number) => boolean = () => true,
): Family {
  return (node, raw, name, found) => {
    const bound = raw[name]
    if (typeof bound !== 'number' || !usable(bound)) return
    found.push({
      name,
      test: (value) => typeof value !== 'number' || holds(value, bound),
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
