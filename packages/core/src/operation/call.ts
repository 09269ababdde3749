/** One request as it came over the wire: nothing decoded, nothing believed. */
export interface Call {
  readonly method: string
  /** Raw, percent-encoded: what the router found. */
  readonly pathParameters: ReadonlyMap<string, string>
  /** Without the `?`. */
  readonly query: string
  /** A header by its lower-case name; several lines joined by `, `. */
  readonly header: (name: string) => string | undefined
  readonly body?: Uint8Array | undefined
}

/** `name=value` pairs of a query, a form body or a cookie. `value` is raw: lists are split before they are decoded. */
export interface Pair {
  readonly name: string
  readonly raw: string
}

/** The pairs of a query or a form-urlencoded body; names decoded. At most `most`, so that a hostile query stays cheap. */
export function pairsOf(text: string, most = 2000): readonly Pair[] {
  if (text === '') return []
  return text
    .split('&', most)
    .filter((one) => one !== '')
    .map((one) => {
      const equals = one.indexOf('=')
      return equals === -1
        ? { name: decodedPlus(one), raw: '' }
        : { name: decodedPlus(one.slice(0, equals)), raw: one.slice(equals + 1) }
    })
}

export function cookiesOf(header: string | undefined): readonly Pair[] {
  if (header === undefined) return []
  return header
    .split(';', 500)
    .map((one) => one.trim())
    .filter((one) => one.includes('='))
    .map((one) => {
      const equals = one.indexOf('=')
      const raw = one.slice(equals + 1).trim()
      return { name: one.slice(0, equals).trim(), raw: raw.replace(/^"(.*)"$/, '$1') }
    })
}

/** Percent-decoded; text that is no valid encoding stays as it is. */
export function decoded(raw: string): string {
  if (!raw.includes('%')) return raw
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

/** As in queries and forms, where `+` is a space. */
export function decodedPlus(raw: string): string {
  return decoded(raw.includes('+') ? raw.replaceAll('+', ' ') : raw)
}
