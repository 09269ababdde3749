import type { Asked } from './scenario.ts'
import { cookiesIn } from './session.ts'

/**
 * Whether some value at a place of the request fits a regular expression. A place is `body.lines[].sku`, `query.page`,
 * `header.Accept-Language`, `path.id`, `cookie.cart` or `session`; `[]` is any item, `{}` any value of a map.
 */
export function somethingMatches(asked: Asked, place: string, pattern: string): boolean {
  const expression = expressionOf(pattern)
  if (expression === undefined) return false
  const dot = /^(\w+)\.?(.*)$/s.exec(place)
  const rest = dot?.[2] ?? ''
  switch (dot?.[1]) {
    case 'body':
      return [asked.body(), asked.variables?.()].some((one) =>
        valuesAt(one, segmentsOf(rest)).some((value) => fits(value, expression)),
      )
    case 'query':
      return fits(asked.query().get(rest), expression)
    case 'header':
      return fits(asked.header(rest.toLowerCase()), expression)
    case 'path':
      return fits(asked.path.get(rest), expression)
    case 'cookie':
      return fits(cookiesIn(asked.header('cookie')).get(rest), expression)
    case 'session':
      return fits(asked.session, expression)
    default:
      return false
  }
}

/** A pattern that goes wrong on long texts must not stop the mock. */
const LONGEST = 2000
const MOST_VALUES = 1000
const expressions = new Map<string, RegExp | undefined>()

function expressionOf(pattern: string): RegExp | undefined {
  if (!expressions.has(pattern)) {
    if (expressions.size > 500) expressions.clear()
    let made: RegExp | undefined
    try {
      made = new RegExp(pattern, 'u')
    } catch {
      // the parser has said so
    }
    expressions.set(pattern, made)
  }
  return expressions.get(pattern)
}

function fits(value: unknown, expression: RegExp): boolean {
  if (value === undefined || value === null) return false
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return expression.test(text.slice(0, LONGEST))
}

function segmentsOf(path: string): readonly string[] {
  return path.split(/\.|(?=\[\d*\]|\{\})/).filter((one) => one !== '')
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  let here: readonly unknown[] = [value]
  for (const segment of path) {
    const index = /^\[(\d+)\]$/.exec(segment)
    here = here
      .flatMap((one): readonly unknown[] => {
        if (one === null || typeof one !== 'object') return []
        if (segment === '[]') return Array.isArray(one) ? one : []
        if (segment === '{}') return Object.values(one)
        const key = index === null ? segment : index[1]!
        return Object.hasOwn(one, key) ? [Reflect.get(one, key)] : []
      })
      .slice(0, MOST_VALUES)
  }
  return here
}
