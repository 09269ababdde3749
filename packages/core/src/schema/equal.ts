import { isObject } from '../text/site.ts'
import { objectIn } from './narrow.ts'

/** JSON equality: order of keys does not matter, 1 equals 1.0, deeper than 500 levels nothing is equal. */
export function equal(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object' || depth > deepest)
    return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => equal(item, b[index], depth + 1))
    )
  }
  const left = objectIn(a)
  const right = objectIn(b)
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equal(left[name], right[name], depth + 1))
  )
}

/** The indexes of the first two equal items, or `undefined` when all differ. Not quadratic. */
export function duplicateIn(items: readonly unknown[]): readonly [number, number] | undefined {
  const seen = new Map<unknown, number>()
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    const key =
      item !== null && typeof item === 'object'
        ? `{${canonical(item)}`
        : typeof item === 'string'
          ? `"${item}`
          : item
    const first = seen.get(key)
    if (first !== undefined) return [first, index]
    seen.set(key, index)
  }
  return undefined
}

/** One text for all equal values: keys sorted. */
export function canonical(value: unknown, depth = 0): string {
  if (depth > deepest) return '…'
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`
  if (isObject(value)) {
    const names = Object.keys(value).toSorted()
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name], depth + 1)}`).join(',')}}`
  }
  return Object.is(value, -0) ? '0' : (JSON.stringify(value) ?? 'undefined')
}

const deepest = 500
