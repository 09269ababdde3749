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

export function listPart(value: unknown, name: string): readonly unknown[] {
  const found = part(value, name)
  return Array.isArray(found) ? found : []
}

/** The value of a text of JSON; `undefined` for any other text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
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
