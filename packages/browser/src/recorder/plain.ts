import { original } from './followed.ts'

/**
 * A copy without followers, for what clones by structure and refuses proxies (HTML, section 2.7): objects and lists are
 * copied, everything else is taken over as it is. Keeps what is shared, also in circles.
 */
export function plain(value: unknown, seen = new Map<object, unknown>()): unknown {
  const inner = original(value)
  if (typeof inner !== 'object' || inner === null) return inner
  const known = seen.get(inner)
  if (known !== undefined) return known
  if (Array.isArray(inner)) {
    const list: unknown[] = []
    seen.set(inner, list)
    for (const one of inner as readonly unknown[]) list.push(plain(one, seen))
    return list
  }
  if (inner instanceof Map) {
    const map = new Map<unknown, unknown>()
    seen.set(inner, map)
    for (const [key, one] of inner as Map<unknown, unknown>)
      map.set(plain(key, seen), plain(one, seen))
    return map
  }
  if (inner instanceof Set) {
    const set = new Set<unknown>()
    seen.set(inner, set)
    for (const one of inner as Set<unknown>) set.add(plain(one, seen))
    return set
  }
  const prototype: unknown = Object.getPrototypeOf(inner)
  if (prototype !== Object.prototype && prototype !== null) return inner
  const copy: Record<string, unknown> = {}
  seen.set(inner, copy)
  for (const [key, one] of Object.entries(inner))
    Object.defineProperty(copy, key, {
      value: plain(one, seen),
      writable: true,
      enumerable: true,
      configurable: true,
    })
  return copy
}
