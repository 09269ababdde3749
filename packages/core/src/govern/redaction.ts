import type { Graph } from '../2-link/graph.ts'
import { classesOf, type Classes } from '../3-check/classes.ts'
import { fieldsOf, requestField } from '../operation/fields-of.ts'
import { classifiedBy } from '../evidence/masking.ts'
import type { Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'

/** What may be written down of a call, and what only that there was something. */
export interface Redaction {
  /** Names and values; those of credentials, sessions and classified parameters say only that they were there. */
  headers(operation: Operation | undefined, headers: readonly Header[]): readonly Header[]
  /** An address, its query and its path parameters. */
  url(operation: Operation | undefined, url: string): string
  /**
   * A body as text: JSON and urlencoded forms field by field. `undefined` for anything else: what cannot be looked
   * through is not written down. `status` is the response of the contract (`200`, `4XX`); without it, it is a request.
   */
  body(
    operation: Operation | undefined,
    type: string,
    text: string,
    status?: string,
  ): string | undefined
  /**
   * Another text about a body, such as what is wrong with it, with `body`'s words in place of the values that may not be written
   * down. Values shorter than three characters give nothing away and stay.
   */
  about(
    operation: Operation | undefined,
    type: string,
    text: string,
    status: string | undefined,
  ): (said: string) => string
}

export interface Header {
  readonly name: string
  readonly value: string
}

/** What stands in place of a value; the class is that of the policy, or `secret` and `personal` where the name or the value gives it away. */
function placeholder(kind: string): string {
  return `[redacted ${kind}]`
}

/** Whether a value is what redaction left of one. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && /^\[redacted [^\]]{1,100}\]$/.test(value)
}

/**
 * Redaction by the policy of a workspace: every field, header and parameter of a class, whatever the rule of the class
 * says. Passwords, tokens, keys and card numbers are secret in any workspace, by name or by how they look; where no policy
 * says what is personal, what sounds personal is.
 */
export function redactionOf(graph: Graph): Redaction {
  const classes = classesOf(graph)
  const elsewhere = classifiedBy(graph)
  let taken: Map<string, string> | undefined

  function away(value: unknown, kind: string): string {
    taken?.set(String(value), placeholder(kind))
    return placeholder(kind)
  }

  function kindOf(
    operation: Operation | undefined,
    path: string,
    field: Field,
  ): string | undefined {
    const declared = operation && classes.classOf(operation, path, field)?.id
    const known = declared ?? byName(classes, field)
    if (known !== undefined || field.schema !== undefined) return known
    // Nobody described it here; what has that name elsewhere says what it is.
    const isClassified = elsewhere(path, operation && `${operation.api}.${operation.name}`)
    return isClassified ? 'classified' : undefined
  }

  function redacted(
    value: unknown,
    operation: Operation | undefined,
    field: Field,
    path: string,
    inherited: string | undefined,
    depth: number,
  ): unknown {
    const kind = inherited ?? (path === '' ? undefined : kindOf(operation, path, field))
    if (depth > deepest) return placeholder('too deep')
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'string')
      return kind === undefined ? withoutSecrets(value, classes) : away(value, kind)
    if (typeof value === 'number')
      return kind === undefined && !looksLikeCard(String(value))
        ? value
        : away(value, kind ?? 'secret')
    if (typeof value !== 'object') return undefined
    const children = new Map(field.children().map((one) => [one.name, one]))
    if (Array.isArray(value)) {
      const items = children.get('[]') ?? unknownField('[]', `${path}[]`)
      return value.map((one: unknown) =>
        redacted(one, operation, items, `${path}[]`, kind, depth + 1),
      )
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const known = children.get(name) ?? children.get('{}')
        const below = path === '' ? name : `${path}.${name}`
        // The name in the answer is what gives a value of a map away.
        const own =
          known === undefined || known.name === '{}' ? unknownField(name, below, known) : known
        return [name, redacted(inner, operation, own, below, kind, depth + 1)]
      }),
    )
  }

  function pair(operation: Operation | undefined, name: string, value: string): string {
    const parameter = operation?.parameters().find((one) => one.name === name)
    const field = unknownField(name, name)
    const key = operation
      ?.security()
      .flat()
      .some((one) => one.type === 'apiKey' && one.name === name)
    if (key === true || SECRET_NAME.test(name)) return placeholder('secret')
    const kind = kindOf(operation, parameter?.name ?? name, field)
    return kind === undefined ? withoutSecrets(value, classes) : placeholder(kind)
  }

  function query(operation: Operation | undefined, text: string): string {
    return text
      .split('&')
      .map((one) => {
        const equals = one.indexOf('=')
        if (equals === -1) return encodedOnce(withoutSecrets(decodedOr(one), classes), one)
        const name = decodedOr(one.slice(0, equals))
        const value = decodedOr(one.slice(equals + 1))
        const next = pair(operation, name, value)
        return next === value ? one : `${one.slice(0, equals)}=${encodeURIComponent(next)}`
      })
      .join('&')
  }

  function path(operation: Operation | undefined, text: string): string {
    const wanted = operation === undefined ? [] : operation.path.split(/[?#]/, 1)[0]!.split('/')
    const parts = text.split('/')
    const from = parts.length - wanted.length
    return parts
      .map((part, index) => {
        const template = index >= from ? wanted[index - from] : undefined
        const names = [...(template ?? '').matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!)
        const value = decodedOr(part)
        const next =
          names.map((name) => pair(operation, name, value)).find((one) => one !== value) ??
          withoutSecrets(value, classes)
        return next === value ? part : encodeURIComponent(next)
      })
      .join('/')
  }

  const self: Redaction = {
    url(operation, url) {
      const [, head = '', search, hash] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? []
      const [, origin = '', place = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)?(.*)$/is.exec(head) ?? []
      const asked = search === undefined ? '' : `?${query(operation, search)}`
      // A fragment of an address may hold the token of a sign-in.
      return `${origin.replace(/\/\/[^/@]*@/, '//')}${path(operation, place)}${asked}${hash === undefined ? '' : '#'}`
    },
    headers: (operation, headers) =>
      headers.map(({ name, value }) => ({ name, value: headerValue(operation, name, value) })),
    body(operation, type, text, status) {
      if (text === '') return ''
      if (/urlencoded/i.test(type)) return query(operation, text)
      if (!/[/+]json\s*(;|$)/i.test(type)) return undefined
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch {
        return undefined
      }
      if (operation?.protocol === 'graphql') return JSON.stringify(graphql(value, operation))
      const root =
        operation === undefined
          ? unknownField('', '')
          : status === undefined
            ? requestField(operation)
            : fieldsOf(operation, status)
      return JSON.stringify(redacted(value, operation, root, '', undefined, 0))
    },
    about(operation, type, text, status) {
      const values = valuesTaken(() => self.body(operation, type, text, status))
      const pairs = [...values]
        .flatMap(([value, word]) =>
          [value, JSON.stringify(value).slice(1, -1)].map((one) => [one, word] as const),
        )
        .filter(([value]) => value.length > 2)
        .toSorted(([a], [b]) => b.length - a.length)
        .slice(0, mostValues)
      return (said) =>
        withoutSecrets(
          pairs.reduce((clean, [value, word]) => clean.replaceAll(value, word), said),
          classes,
        )
    },
  }
  return self

  function valuesTaken(asked: () => unknown): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    taken = found
    asked()
    taken = undefined
    return found
  }

  /** `data` of an operation by its contract, variables and the rest by their names; literals in a document are not kept. */
  function graphql(value: unknown, operation: Operation): unknown {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map((one: unknown) => graphql(one, operation))
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]: [string, unknown]) => {
        if (name === 'query' && typeof inner === 'string')
          return [name, inner.replace(/"""[^]*?"""|"(?:[^"\\\n]|\\.)*"/g, '""')]
        if (name !== 'data' || inner === null || typeof inner !== 'object')
          return [name, redacted(inner, operation, unknownField(name, name), name, undefined, 0)]
        const fields = Object.entries(inner).map(([key, one]: [string, unknown]) => {
          const root = key === operation.path ? fieldsOf(operation) : unknownField(key, key)
          return [
            key,
            redacted(one, operation, root, key === operation.path ? '' : key, undefined, 0),
          ]
        })
        return [name, Object.fromEntries(fields)]
      }),
    )
  }

  function headerValue(operation: Operation | undefined, name: string, value: string): string {
    const lower = name.toLowerCase()
    if (lower === 'set-cookie') {
      const [cookie = '', ...attributes] = value.split(';')
      return [`${cookie.split('=', 1)[0]}=${placeholder('secret')}`, ...attributes].join(';')
    }
    if (lower === 'cookie')
      return value
        .split(';')
        .map((one) => `${one.split('=', 1)[0]!.trim()}=${placeholder('secret')}`)
        .join('; ')
    if (SECRET_HEADER.test(lower)) return placeholder('secret')
    if (lower === 'throughline-replay') return placeholder('secret')
    if (/^(content-)?location$|^referer$/.test(lower)) return self.url(undefined, value)
    if (lower === 'link')
      return value.replace(/<([^<>]*)>/g, (_, one: string) => `<${self.url(undefined, one)}>`)
    if (PLAIN_HEADER.test(lower)) return value
    return pair(operation, name, value)
  }
}

const deepest = 60
/** Different values that another text is searched for. */
const mostValues = 2_000

const SECRET_HEADER =
  /^(proxy-)?authorization$|^cookie2?$|^x-amz-security-token$|(^|[-_])(token|secret|password|api[-_]?key|apikey|session|sessionid|sid|auth|signature|credential|credentials|csrf|xsrf|jwt|otp)([-_]|$)/
/** They say how, not what. */
const PLAIN_HEADER =
  /^(accept(-.*)?|content-(type|length|encoding|language)|host|date|server|vary|cache-control|connection|user-agent|origin|access-control-.*|sec-.*|throughline-(answered-by|why|violation)|via|etag)$/
/** Of parameters and form fields, beside what the policy says. */
const SECRET_NAME =
  /^(code|state|sig|key|auth|nonce|otp|pin|pwd|sid)$|token|secret|passw|api[-_]?key|signature|credential|session[-_]?id/i

/** What a name gives away in any workspace. */
function byName(classes: Classes, field: Field): string | undefined {
  const sounds = classes.soundsLike(field)
  if (sounds === 'secret' || TOKEN_NAME.test(field.name)) return 'secret'
  return classes.isEmpty ? sounds : undefined
}

const TOKEN_NAME = /^(access|refresh|id|bearer|session|auth|csrf|xsrf)?[-_]?(token|jwt|secret)$/i

/** A text without what looks like a key, a token or a card wherever it stands; and, where e-mail addresses are personal, without those. */
function withoutSecrets(text: string, classes: Classes): string {
  let clean = text
  for (const pattern of SECRET_VALUES) clean = clean.replace(pattern, placeholder('secret'))
  clean = clean.replace(/\b\d(?:[ -]?\d){12,18}\b/g, (digits) =>
    looksLikeCard(digits) ? placeholder('secret') : digits,
  )
  const personal = classes.isEmpty
    ? 'personal'
    : classes.soundsLike(unknownField('email', 'email')) === undefined
      ? undefined
      : emailClass(classes)
  return personal === undefined
    ? clean
    : clean.replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, placeholder(personal))
}

/** The class of a field called `email` in no operation in particular. */
function emailClass(classes: Classes): string | undefined {
  const nowhere = { api: '', name: '' } as Operation
  return classes.classOf(nowhere, 'email', unknownField('email', 'email'))?.id
}

const SECRET_VALUES: readonly RegExp[] = [
  /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, // a JSON Web Token
  /\b(?:sk|pk|rk)_(?:live|test)_\w{8,}/g,
  /\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}/g,
  /\bxox[abprs]-[\w-]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
]

/** 13 to 19 digits whose check digit is right (ISO/IEC 7812). */
function looksLikeCard(text: string): boolean {
  const digits = text.replace(/[ -]/g, '')
  if (!/^\d{13,19}$/.test(digits)) return false
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function unknownField(name: string, path: string, like?: Field): Field {
  return {
    path,
    name,
    types: like?.types ?? [],
    nullable: true,
    required: false,
    deprecated: false,
    readOnly: false,
    writeOnly: false,
    schema: like?.schema,
    ...(like?.classification !== undefined && { classification: like.classification }),
    children: like?.children ?? (() => []),
  }
}

function decodedOr(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    return raw
  }
}

function encodedOnce(next: string, before: string): string {
  return next === decodedOr(before) ? before : encodeURIComponent(next)
}
