/**
 * A value of JSON without what is personal or secret, in the same shape and formats: an address stays an e-mail address, and
 * is nobody's. Lists are cut after `mostItems`, long texts are shortened. Ids stay, because paths are recognised by them.
 */
export function masked(
  value: unknown,
  isPrivate: (name: string) => boolean = () => false,
): unknown {
  return inner(value, '', isPrivate, 0, mostItems)
}

/** The same for a whole body, whose lists are cut shorter where it would still be too large to keep. */
export function maskedBody(value: unknown, isPrivate?: (name: string) => boolean): unknown {
  let less: unknown
  for (const items of [mostItems, 5, 2, 1]) {
    less = inner(value, '', isPrivate ?? (() => false), 0, items)
    if (JSON.stringify(less).length <= largest) return less
  }
  return undefined
}

/** Characters of a body that is kept. */
const largest = 100_000
const mostItems = 20
const longest = 400

function inner(
  value: unknown,
  name: string,
  isPrivate: (name: string) => boolean,
  depth: number,
  items: number,
): unknown {
  if (depth > 40) return null
  if (typeof value === 'string') return text(value, name, isPrivate(name))
  if (typeof value === 'number') return isPrivate(name) || SECRET.test(name) ? 0 : value
  if (Array.isArray(value))
    return value.slice(0, items).map((one) => inner(one, name, isPrivate, depth + 1, items))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 500)
      .map(([key, one]) => [
        EMAIL.test(key) ? 'key' : key,
        inner(one, key, isPrivate(name) ? () => true : isPrivate, depth + 1, items),
      ]),
  )
}

function text(value: string, name: string, isPrivate: boolean): string {
  // A GraphQL document says what is asked for; its literals are not kept.
  if (name === 'query' && /[{]/.test(value))
    return value.replace(/"""[^]*?"""|"(?:[^"\\\n]|\\.)*"/g, '""').slice(0, 50_000)
  if (SECRET.test(name) || JWT.test(value)) return 'hidden'
  if (new RegExp(`^${EMAIL.source}$`).test(value)) return 'person@example.com'
  const stand = STANDINS.find(([pattern]) => pattern.test(name))?.[1]
  if (stand !== undefined && value !== '') return stand
  if (isPrivate) return 'hidden'
  return value
    .replace(new RegExp(EMAIL.source, 'g'), 'person@example.com')
    .replace(/\b(?:\d[ -]?){13,19}\b/g, '0000 0000 0000 0000')
    .slice(0, longest)
}

const SECRET =
  /passw|secret|token|api[-_]?key|authorization|card[-_]?number|security[-_]?code|^(cvc|cvv|pin|otp|iban|ssn)$/i
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/
const JWT = /^eyJ[\w-]{5,}\./
const STANDINS: readonly (readonly [RegExp, string])[] = [
  [/e-?mail/i, 'person@example.com'],
  [/phone|^tel$|mobile/i, '+1 555 0100'],
  [/^(first|given)_?name$/i, 'Alex'],
  [/^(last|family|sur)_?name$/i, 'Example'],
  [/^(full_?name|recipient|customer_?name)$/i, 'Alex Example'],
  [/street|address_?(line)?\d?$/i, '1 Example Street'],
  [/^(post_?code|zip(_?code)?)$/i, '00000'],
  [/birth|^dob$/i, '1990-01-01'],
]

/** An address without what its query says; what is asked for stays, by name. */
export function maskedUrl(url: string, isPrivate: (name: string) => boolean = () => false): string {
  if (!URL.canParse(url)) return 'http://invalid.example/'
  const clean = new URL(url)
  clean.username = clean.password = clean.hash = ''
  for (const [name, value] of clean.searchParams)
    clean.searchParams.set(name, text(value, name, isPrivate(name)).slice(0, 40))
  clean.pathname = maskedPath(clean.pathname)
  return clean.href
}

/** A path without addresses of people. */
export function maskedPath(path: string): string {
  return path
    .split('/')
    .map((one) => (EMAIL.test(decoded(one)) ? 'person@example.com' : one))
    .join('/')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
