/** What a value is, for a sentence: `a string`, `an integer`, `null`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a number'
  return kindNames[typeof value] ?? 'missing'
}

/** JSON Schema types as words: `an integer`, `a string or null`. */
export function typesInWords(types: readonly string[]): string {
  return either(types.map((type) => kindNames[type] ?? type))
}

/** `a`, `a or b`, `a, b or c`; more than `most` are counted. */
export function either(words: readonly string[], most = 8): string {
  if (words.length > most)
    return `${words.slice(0, most - 1).join(', ')} or one of ${words.length - most + 1} more`
  if (words.length < 2) return words[0] ?? 'nothing'
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** A value as short JSON on one line. Looks only three levels deep. */
export function shown(value: unknown, most = 60): string {
  if (typeof value === 'string' && value.length > most)
    return `${JSON.stringify(value.slice(0, most - 3))}...`
  const text = brief(value, 0)
  return text.length > most ? `${text.slice(0, most - 3)}...` : text
}

function brief(value: unknown, depth: number): string {
  if (value === null || typeof value !== 'object')
    return value === undefined ? 'nothing' : JSON.stringify(value)
  const names = Object.keys(value)
  if (names.length > 20 || (depth > 2 && names.length > 0)) {
    return Array.isArray(value)
      ? `a list of ${names.length}`
      : `an object with ${counted(names.length, 'property', 'properties')}`
  }
  if (Array.isArray(value)) return `[${value.map((item) => brief(item, depth + 1)).join(',')}]`
  const entries = Object.entries(value)
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${brief(inner, depth + 1)}`).join(',')}}`
}

/** `1 item`, `2 items`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  object: 'an object',
  array: 'a list',
  null: 'null',
}
