import { at, compared, propertyCalled, textOf } from './row-property.ts'
import type { Test } from './row-test.ts'

/**
 * OData's `$filter` (OData 4.01, part 2, 5.1.1): comparisons, `in`, `and`, `or`, `not`, brackets, `contains`, `startswith` and
 * `endswith`. `undefined` for anything else, which then filters nothing.
 */
export function odataTest(filter: string, rows: readonly unknown[]): Test | undefined {
  const tokens = filter.slice(0, LONGEST).match(/'(?:[^']|'')*'|[(),]|[^\s(),']+/g) ?? []
  let next = 0
  const take = (word: string): boolean => {
    const is = tokens[next]?.toLowerCase() === word
    if (is) next++
    return is
  }

  const whole = either(0)
  return next === tokens.length ? whole : undefined

  function either(depth: number): Test | undefined {
    let left = both(depth)
    while (left !== undefined && take('or')) {
      const [one, other] = [left, both(depth)]
      left = other && ((row) => one(row) || other(row))
    }
    return left
  }

  function both(depth: number): Test | undefined {
    let left = single(depth)
    while (left !== undefined && take('and')) {
      const [one, other] = [left, single(depth)]
      left = other && ((row) => one(row) && other(row))
    }
    return left
  }

  function single(depth: number): Test | undefined {
    if (depth > DEEPEST) return undefined
    if (take('not')) {
      const inner = single(depth + 1)
      return inner && ((row) => !inner(row))
    }
    if (take('(')) {
      const inner = either(depth + 1)
      return take(')') ? inner : undefined
    }
    return tokens[next + 1] === '(' ? called() : comparison()
  }

  function called(): Test | undefined {
    const name = tokens[next]?.toLowerCase()
    next += 2
    const property = propertyAt()
    if (!take(',')) return undefined
    const wanted = textOf(literal()).toLowerCase()
    if (!take(')') || property === undefined) return undefined
    const holds = HOLDS.get(name ?? '')
    return holds && ((row) => holds(textOf(at(row, property)).toLowerCase(), wanted))
  }

  function comparison(): Test | undefined {
    const property = propertyAt()
    const operator = tokens[next++]?.toLowerCase() ?? ''
    const values = operator === 'in' ? listed() : [literal()]
    if (property === undefined || values.some((one) => one === undefined)) return undefined
    if (operator === 'in') return (row) => values.some((one) => isEqual(at(row, property), one))
    const [value] = values
    if (operator === 'eq') return (row) => isEqual(at(row, property), value)
    if (operator === 'ne') return (row) => !isEqual(at(row, property), value)
    const fits = ORDERS.get(operator)
    return fits && ((row) => fits(compared(at(row, property), value) ?? NaN))
  }

  function propertyAt(): readonly string[] | undefined {
    return propertyCalled((tokens[next++] ?? '').replaceAll('/', '.'), rows)
  }

  function listed(): readonly unknown[] {
    const values: unknown[] = take('(') ? [literal()] : [undefined]
    while (take(',')) values.push(literal())
    return take(')') ? values : [undefined]
  }

  function literal(): unknown {
    const token = tokens[next++]
    if (token === undefined || /^[(),]$/.test(token)) return undefined
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
    if (token === 'null') return null
    return token === 'true' ? true : token === 'false' ? false : token
  }
}

const LONGEST = 4000
const DEEPEST = 50

const HOLDS: ReadonlyMap<string, (text: string, wanted: string) => boolean> = new Map([
  ['contains', (text, wanted) => text.includes(wanted)],
  ['startswith', (text, wanted) => text.startsWith(wanted)],
  ['endswith', (text, wanted) => text.endsWith(wanted)],
])

const ORDERS: ReadonlyMap<string, (order: number) => boolean> = new Map([
  ['gt', (order) => order > 0],
  ['ge', (order) => order >= 0],
  ['lt', (order) => order < 0],
  ['le', (order) => order <= 0],
])

function isEqual(own: unknown, wanted: unknown): boolean {
  if (wanted === null) return own === null || own === undefined
  return textOf(own) === textOf(wanted)
}
