import type { LossBook } from '@throughline/core'
import { jsonOf, listPart, part, textPart } from './parts.ts'

/**
 * A collection without the secrets that people wrote into it: each becomes a variable without a value. Placeholders stay. What is a
 * secret in one place, or in `others`, is one wherever it stands, in scripts too.
 */
export function withoutSecrets(collection: object, book: LossBook, others?: unknown): object {
  const values = new Set<string>()
  walk(others, '', 0)
  const cleaned = everywhere(walk(collection, '', 0), 0)
  return cleaned !== null && typeof cleaned === 'object' ? cleaned : {}

  function everywhere(value: unknown, depth: number): unknown {
    if (typeof value === 'string') {
      let text = value
      for (const secret of values) if (text.includes(secret)) text = text.replaceAll(secret, '***')
      return text
    }
    if (depth > 60 || value === null || typeof value !== 'object') return value
    return Array.isArray(value)
      ? value.map((one: unknown) => everywhere(one, depth + 1))
      : Object.fromEntries(
          Object.entries(value).map(([key, one]) => [key, everywhere(one, depth + 1)]),
        )
  }

  /** Short and plain words are too common to be looked for. */
  function remember(value: string): void {
    const bare = value.replace(/^(Bearer|Basic|Token|Digest|ApiKey)\s+/i, '')
    if (values.size < 200 && bare.length >= 8 && !/^[a-z_-]+$/i.test(bare)) values.add(bare)
  }

  function walk(value: unknown, key: string, depth: number): unknown {
    if (typeof value === 'string') return text(value, key)
    if (depth > 60) return undefined
    if (Array.isArray(value)) return value.map((one: unknown) => walk(one, key, depth + 1))
    if (value === null || typeof value !== 'object') return value
    const name = textPart(value, 'key') || textPart(value, 'name')
    const own = part(value, 'value')
    if (name !== '' && own !== undefined && (isNamed(name) || part(value, 'type') === 'secret'))
      return { ...value, value: kept(own, name, key === 'variable' || key === 'values') }
    return Object.fromEntries(
      Object.entries(value).map(([inner, one]: [string, unknown]) => [
        inner,
        // As collections of version 2.0 have credentials: `{ password: ... }`.
        isNamed(inner) && typeof one === 'string'
          ? kept(one, inner, false)
          : walk(one, inner, depth + 1),
      ]),
    )
  }

  /** The placeholder that stands for a secret, or what stood there where that is none. */
  function kept(value: unknown, name: string, isVariable: boolean): string {
    const said = typeof value === 'string' ? value : JSON.stringify(value)
    if (said === '' || said === 'null' || isPlaceholder(said)) return said === 'null' ? '' : said
    const variable = name.replace(/[^\w-]+/g, '-')
    remember(said)
    if (isVariable) {
      book.note('dropped', `{{${name}}}`, 'a secret: set it when the requests are sent')
      return ''
    }
    book.note('dropped', `the value of ${name}`, `a secret: set {{${variable}}} instead`)
    const scheme = /^(Bearer|Basic|Token|Digest|ApiKey)\s/i.exec(said)
    return `${scheme?.[0] ?? ''}{{${variable}}}`
  }

  function text(value: string, key: string): string {
    const json = key === 'raw' || key === 'body' ? jsonOf(value) : undefined
    if (json !== null && typeof json === 'object') {
      const before = JSON.stringify(json)
      const after = JSON.stringify(members(json, 0))
      if (before !== after) return JSON.stringify(JSON.parse(after), null, 2)
    }
    return value
      .replace(/^([a-z][\w+.-]{0,20}:\/\/)[^/?#@{}]{1,200}@/i, (_, scheme: string) => {
        book.note('dropped', 'credentials in an address', 'a secret')
        return scheme
      })
      .replace(
        /([?&])([\w.[\]-]{1,80})=([^&#{}\s"']{1,4000})/g,
        (whole, mark: string, name: string) => {
          if (!isNamed(name)) return whole
          book.note('dropped', `the value of ${name}`, `a secret: set {{${name}}} instead`)
          return `${mark}${name}={{${name}}}`
        },
      )
      .replace(shape, () => {
        book.note('dropped', 'a token in a text', 'it looks like a secret')
        return '{{secret}}'
      })
  }

  function members(value: unknown, depth: number): unknown {
    if (depth > 60 || value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map((one: unknown) => members(one, depth + 1))
    return Object.fromEntries(
      Object.entries(value).map(([name, one]: [string, unknown]) => {
        if (!isNamed(name) || typeof one !== 'string' || one === '' || isPlaceholder(one))
          return [name, members(one, depth + 1)]
        remember(one)
        book.note('dropped', `the value of ${name}`, `a secret: set {{${name}}} instead`)
        return [name, `{{${name}}}`]
      }),
    )
  }
}

/** The plain values of an environment, and none that is secret. */
export function plainValues(
  environment: { readonly name: string; readonly values: readonly object[] },
  book: LossBook,
): Readonly<Record<string, string>> {
  const cleaned = withoutSecrets({ values: environment.values }, book)
  return Object.fromEntries(
    listPart(cleaned, 'values').flatMap((one) => {
      const value = textPart(one, 'value')
      return value === '' ? [] : [[textPart(one, 'key'), value] as const]
    }),
  )
}

function isNamed(name: string): boolean {
  return secretName.test(name.slice(0, 200)) && !publicName.test(name)
}

const secretName =
  /passw|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|authorization|credential|^(cookie|set-cookie|jwt|bearer|pin|otp|cvc|cvv|iban|session[-_]?id)$|card[-_ ]?number/i
const publicName =
  /^add-?token|token[-_ ]?(url|uri|type|expires|endpoint|header|name|lifetime)|keyword/i

function isPlaceholder(text: string): boolean {
  return /^([A-Za-z]{1,20}\s+)?(\{\{[^{}]{1,200}\}\}[:.]?)+$/.test(text)
}

/** What nobody would write as an example: JSON Web Tokens, keys of well-known services, private keys. */
const shape =
  /\beyJ[\w-]{8,4000}\.[\w-]{4,8000}\.?[\w-]{0,4000}|\b(?:sk|pk|rk)_(?:live|test)_\w{8,200}|\bgh[pousr]_\w{20,200}|\bxox[abprs]-[\w-]{10,200}|\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,10000}(-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g
