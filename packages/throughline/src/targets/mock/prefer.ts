/** What a client asks for with `Prefer` (RFC 7240), in Prism's words and two more. */
export interface Preferences {
  readonly code?: number
  readonly example?: string
  readonly dynamic?: boolean
  readonly seed?: string
}

/** Preferences that are no preference of ours, or whose value makes no sense, are left out (RFC 7240, section 2). What the header leaves open, `others` say. */
export function preferencesOf(header: string | undefined, others: Preferences = NONE): Preferences {
  if (header === undefined) return others
  const found: { code?: number; example?: string; dynamic?: boolean; seed?: string } = {}
  for (const one of header.slice(0, 2000).split(/[,;](?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    const equals = one.indexOf('=')
    const name = (equals === -1 ? one : one.slice(0, equals)).trim().toLowerCase()
    const value =
      equals === -1
        ? ''
        : one
            .slice(equals + 1)
            .trim()
            .replace(/^"(.*)"$/, '$1')
    if (name === 'code' && /^[1-5]\d\d$/.test(value)) found.code ??= Number(value)
    else if (name === 'example' && value !== '') found.example ??= value
    else if (name === 'dynamic' && /^(true|false|)$/i.test(value))
      found.dynamic ??= value.toLowerCase() !== 'false'
    else if (name === 'seed' && value !== '') found.seed ??= value
  }
  return Object.keys(found).length === 0 ? others : { ...others, ...found }
}

/**
 * The same in the query, for browsers and links: `?__code=404&__example=none`, as Prism has it. Gives the query without
 * them, as the operation sees it.
 */
export function preferencesIn(query: string): {
  readonly preferences: Preferences
  readonly query: string
} {
  if (!query.includes('__')) return { preferences: NONE, query }
  const header: string[] = []
  const rest = query.split('&').filter((one) => {
    const found = /^__(code|example|dynamic|seed)(?:=(.*))?$/s.exec(one)
    if (found === null) return true
    const value = new URLSearchParams(`value=${found[2] ?? ''}`).get('value') ?? ''
    header.push(`${found[1]}="${value.replaceAll('"', "'")}"`)
    return false
  })
  if (header.length === 0) return { preferences: NONE, query }
  return { preferences: preferencesOf(header.join(', ')), query: rest.join('&') }
}

export const NONE: Preferences = {}

/** The value of `Preference-Applied` for those that were met. */
export function appliedText(applied: Preferences): string {
  return Object.entries(applied)
    .map(
      ([name, value]) =>
        `${name}=${/^[\w.-]+$/.test(String(value)) ? String(value) : `"${String(value).replaceAll('"', "'")}"`}`,
    )
    .join(', ')
}
