/** What a client asks for with `Prefer` (RFC 7240), in Prism's words and two more. */
export interface Preferences {
  readonly code?: number
  readonly example?: string
  readonly dynamic?: boolean
  readonly seed?: string
}

/** Preferences that are no preference of ours, or whose value makes no sense, are left out (RFC 7240, section 2). */
export function preferencesOf(header: string | undefined): Preferences {
  if (header === undefined) return NONE
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
  return found
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
