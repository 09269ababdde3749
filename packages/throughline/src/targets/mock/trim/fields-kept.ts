import type { Segment } from '@throughline/core'

/** A value with only what lies at these paths, and the lists and objects on the way to it. */
export function keptOnly(value: unknown, paths: readonly (readonly Segment[])[]): unknown {
  // A path that ends here wants everything below.
  if (paths.some((one) => one.length === 0)) return value
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const inside = paths.flatMap(([first, ...rest]) =>
      first?.kind === 'items' || first?.kind === 'item' ? [rest] : [],
    )
    return value.map((one: unknown) => keptOnly(one, inside))
  }
  const kept: [string, unknown][] = []
  for (const [name, inner] of Object.entries(value)) {
    const below = paths.flatMap(([first, ...rest]) =>
      first?.kind === 'values' || (first?.kind === 'name' && first.name === name) ? [rest] : [],
    )
    if (below.length > 0) kept.push([name, keptOnly(inner, below)])
  }
  return Object.fromEntries(kept)
}

/** A value without what lies at a path; the same value where there is nothing. */
export function without(value: unknown, [first, ...rest]: readonly Segment[]): unknown {
  if (first === undefined || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    if (first.kind !== 'items' && first.kind !== 'item') return value
    const concerned = (index: number): boolean => first.kind === 'items' || first.index === index
    // An item itself does not go: the list would say something else.
    if (rest.length === 0) return value
    const items: readonly unknown[] = value
    const next = items.map((one, index) => (concerned(index) ? without(one, rest) : one))
    return next.every((one, index) => one === items[index]) ? value : next
  }
  let changed = false
  const kept: [string, unknown][] = []
  for (const [name, inner] of Object.entries(value)) {
    const here = first.kind === 'values' || (first.kind === 'name' && first.name === name)
    if (here && rest.length === 0) {
      changed = true
      continue
    }
    const next: unknown = here ? without(inner, rest) : inner
    if (next !== inner) changed = true
    kept.push([name, next])
  }
  return changed ? Object.fromEntries(kept) : value
}
