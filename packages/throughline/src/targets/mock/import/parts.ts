/** An own property of anything; `undefined` where there is none. What is read comes from outside. */
export function part(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

export function textPart(value: unknown, name: string): string {
  const found = part(value, name)
  return typeof found === 'string' ? found : ''
}

/** A text, a number or a truth as text; anything deeper as JSON; nothing as `''`. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : ''
}

export function listPart(value: unknown, name: string): readonly unknown[] {
  const found = part(value, name)
  return Array.isArray(found) ? found : []
}

/** The value of a text of JSON; `undefined` for any other text, and for what nests deeper than anybody writes. */
export function jsonOf(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown
    return isTooDeep(value, 200) ? undefined : value
  } catch {
    return undefined
  }
}

/** Whether something nests deeper than `most`. Never recurses, and looks at shared parts once. */
export function isTooDeep(value: unknown, most: number): boolean {
  let level: readonly unknown[] = [value]
  const seen = new Set<unknown>()
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true
    const next: unknown[] = []
    for (const one of level) {
      if (one === null || typeof one !== 'object' || seen.has(one)) continue
      seen.add(one)
      for (const inner of Array.isArray(one) ? (one as readonly unknown[]) : Object.values(one))
        if (inner !== null && typeof inner === 'object') next.push(inner)
    }
    level = next
  }
  return false
}

/** A name as files and examples have it: `Not found!` -> `not-found`. */
export function slug(words: string, otherwise: string): string {
  const made = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  return made === '' ? otherwise : made
}
