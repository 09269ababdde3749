import type { ScalarValue } from './scalar-text.ts'

/** What JSON can hold. */
export type Plain = ScalarValue | readonly Plain[] | { readonly [key: string]: Plain }

export function isMapValue(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

export function isListValue(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value)
}

/** Whether two values hold the same; the order of keys does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((one, at) => same(one, b[at]))
    )
  }
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  )
}
