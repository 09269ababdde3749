import { isEntity } from './entity.ts'
import { at, compared, propertyCalled, textOf, whole } from './row-property.ts'

export type Test = (row: unknown) => boolean

/**
 * The test that an argument of a list stands for: a property, a search, a bound by its name (`minPrice`, `created_after`), or an
 * operator in brackets or behind underscores (`price[gte]`, `filter[status]`, `name__contains`).
 */
export function testOf(name: string, value: unknown, rows: readonly unknown[]): Test | undefined {
  if (isEntity(value)) return testOfEach(name, value, rows)
  const called = name.replace(/^(?:filters?|where)\[([^\]]*)\]/i, '$1').replace(/\[\]$/, '')
  const own = propertyCalled(called, rows)
  if (own !== undefined) return (row) => isOneOf(whole(row, own), value)
  if (SEARCH.test(called)) {
    const words = textOf(value).toLowerCase().split(/\s+/).filter(Boolean).slice(0, 20)
    return (row) => {
      const text = wordsOf(row).toLowerCase()
      return words.every((word) => text.includes(word))
    }
  }
  return wordedTest(called, value, rows) ?? boundOf(called, value, rows)
}

/** `filter[price][gte]=5` as an object: `{ price: { gte: 5 } }`. */
function testOfEach(
  name: string,
  values: Readonly<Record<string, unknown>>,
  rows: readonly unknown[],
): Test | undefined {
  const tests = Object.entries(values).flatMap(([key, inner]) => {
    const called = /^(filters?|where|q|query)$/i.test(name) ? key : `${name}[${key}]`
    return testOf(called, inner, rows) ?? []
  })
  return tests.length === 0 ? undefined : (row) => tests.every((test) => test(row))
}

function wordedTest(name: string, value: unknown, rows: readonly unknown[]): Test | undefined {
  const parts =
    /^(.+?)(?:\[[$_]?|__?)(eq|neq?|not|n?in|i?contains|i?like|starts_?with|ends_?with)\]?$/i.exec(
      name,
    )
  const property = parts === null ? undefined : propertyCalled(parts[1]!, rows)
  if (property === undefined) return undefined
  const word = parts![2]!.toLowerCase().replace('_', '')
  const wanted = textOf(value).toLowerCase().replace(/^%|%$/g, '')
  const text = (row: unknown): string => textOf(at(row, property)).toLowerCase()
  switch (word) {
    case 'eq':
    case 'in':
      return (row) => isOneOf(whole(row, property), value)
    case 'ne':
    case 'neq':
    case 'not':
    case 'nin':
      return (row) => !isOneOf(whole(row, property), value)
    case 'startswith':
      return (row) => text(row).startsWith(wanted)
    case 'endswith':
      return (row) => text(row).endsWith(wanted)
    default:
      return (row) => text(row).includes(wanted)
  }
}

function boundOf(name: string, value: unknown, rows: readonly unknown[]): Test | undefined {
  const bound =
    /^(?:(min|max|from|to|after|before|since|until)[-_]?(.+?)|(.+?)[-_[]*\$?(min|max|from|to|after|before|since|until|g[te]e?|l[te]e?)\]?)$/i.exec(
      name,
    )
  if (bound === null) return undefined
  const word = (bound[1] ?? bound[4]!).toLowerCase()
  const wanted = bound[2] ?? bound[3]!
  const property = propertyCalled(wanted, rows) ?? propertyCalled(`${wanted}at`, rows)
  if (property === undefined) return undefined
  const isLower = /^(min|from|after|since|g.*)$/.test(word)
  const isStrict = /^(after|before|gt|lt)$/.test(word)
  return (row) => {
    const order = compared(at(row, property), value)
    if (order === undefined) return false
    return (isStrict ? order !== 0 : true) && (isLower ? order >= 0 : order <= 0)
  }
}

function isOneOf(own: unknown, wanted: unknown): boolean {
  const values = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((one) =>
    typeof one === 'string' && one.includes(',') ? [one, ...one.split(',')] : [one],
  )
  const mine = (Array.isArray(own) ? own : [own]).flatMap(namesOf)
  return mine.some((one) =>
    values.some((value) => textOf(value).toLowerCase() === textOf(one).toLowerCase()),
  )
}

/** What a thing inside a row is asked for by: a label by its name, a customer by their id, a price by its amount. */
function namesOf(value: unknown): readonly unknown[] {
  if (!isEntity(value)) return [value]
  return NAMES.flatMap((name) => (Object.hasOwn(value, name) ? [value[name]] : []))
}

const NAMES = 'amount id name value slug key code label title login username email'.split(' ')

const SEARCH = /^(q|query|search|search_?(term|text|query)|term|keywords?|text|filter)$/i
const WORDY = /name|title|label|text|description|summary|subject|headline|brand|author|e?mail|tags/i

/** What people read in a row; where nothing is called so, every text in it. */
function wordsOf(row: unknown): string {
  if (!isEntity(row)) return wordsIn(row, 0)
  const wordy = Object.entries(row).filter(([name]) => WORDY.test(name))
  const read = wordsIn(Object.fromEntries(wordy), 0)
  return read === '' ? wordsIn(row, 0) : read
}

function wordsIn(value: unknown, depth: number): string {
  if (typeof value === 'string') return `${value} `
  if (depth > 3 || value === null || typeof value !== 'object') return ''
  return Object.values(value)
    .map((one) => wordsIn(one, depth + 1))
    .join('')
}
