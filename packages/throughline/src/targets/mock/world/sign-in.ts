import { isJsonType, jsonContent, lastWord, plain, knownBody } from '@throughline/core'
import type { Call, Field, Operation, SecurityRequirement } from '@throughline/core'
import { hashOf } from '../chance.ts'
import { jsonObjectIn } from '../request-json.ts'
import { realmOf } from '../security.ts'
import { isEntity, overlaid, replaced, within } from './entity.ts'
import type { Entity } from './entity.ts'

/** An operation that takes who somebody is and gives a token for it. */
export interface SignIn {
  readonly operation: Operation
  /** Where the token stands in the answer. */
  readonly token: readonly string[]
  /** Where the user stands in it. */
  readonly user: { readonly place: readonly string[]; readonly field: Field } | undefined
}

const DOORS =
  /^(log-?in|sign-?in|sessions?|tokens?|auth|authenticate|authentication|access-?token)$/i
const TOKEN = /^(token|access_?token|jwt|id_?token|auth_?token|session_?token|bearer)$/i
const USER = /^(user|account|customer|member|profile|me|person)$/i
const SECRET = /^(pass(word|phrase|code)?|pwd|pin|grant_?type)$/i

/** `undefined` for an operation that does not sign anybody in. */
export function signInOf(operation: Operation): SignIn | undefined {
  if (operation.method !== 'POST' || !DOORS.test(lastWord(operation.path))) return undefined
  const body = operation.requestBody()?.content.find((one) => one.schema !== undefined)
  if (body?.schema === undefined) return undefined
  if (
    !knownBody(body.schema)
      .field.children()
      .some((one) => SECRET.test(one.name))
  )
    return undefined
  const schema = jsonContent(operation)?.schema
  if (schema === undefined) return undefined
  const root = knownBody(schema).field
  for (const holder of [root, ...root.children()]) {
    if (!holder.types.includes('object')) continue
    const token = holder
      .children()
      .find((one) => TOKEN.test(one.name) && one.types.includes('string'))
    if (token === undefined) continue
    const place = holder === root ? [] : [holder.name]
    const user = holder
      .children()
      .find((one) => USER.test(one.name) && one.types.includes('object'))
    return {
      operation,
      token: [...place, token.name],
      user: user && { place: [...place, user.name], field: user },
    }
  }
  return undefined
}

/** `/me`, `/users/me`, `/account`: whoever asks. */
export function isOneself(path: string): boolean {
  return (
    /^(me|self|profile|account|whoami|userinfo|current-?user|user)$/i.test(lastWord(path)) &&
    !path.endsWith('}')
  )
}

/** The name that somebody signs in with; `undefined` where none was sent. */
export function loginIn(sent: Entity): string | undefined {
  for (const name of [
    'email',
    'username',
    'login',
    'user',
    'phone',
    'userName',
    'client_id',
    'clientId',
  ]) {
    const value = sent[name]
    if (typeof value === 'string' && value !== '') return value.slice(0, 200)
  }
  const [first] = Object.entries(sent).filter(
    ([name, value]) => typeof value === 'string' && !SECRET.test(name),
  )
  return typeof first?.[1] === 'string' ? first[1].slice(0, 200) : undefined
}

/**
 * Says who it is for and, where somebody asked for less than everything, what it allows, so that every process of the same
 * seed knows it again. No secret: a mock has nothing to protect.
 */
export function tokenFor(login: string, seed: string, scope?: string): string {
  const said = scope === undefined ? [login] : [login, scope]
  const parts = said.map((one) => Buffer.from(one).toString('base64url'))
  return ['mock', ...parts, hashOf(seed, ...said, 'token').toString(36)].join('.')
}

/** Whom a request comes from, by the token that the mock gave; `undefined` for any other token, and for none. */
export function userOf(call: Pick<Call, 'header'>, seed: string): string | undefined {
  return saidBy(bearerIn(call), seed)?.login
}

/**
 * What a call's token allows: the `scope` that was asked for when the mock gave it, or what a JWT says of itself (RFC 9068, 2.2.3:
 * `scope`; `scp` and `permissions` as others write it). `undefined` for a token that says nothing of it.
 */
export function scopesOf(call: Pick<Call, 'header'>, seed: string): readonly string[] | undefined {
  const token = bearerIn(call)
  const own = saidBy(token, seed)
  if (own !== undefined) return scopesIn(own.scope)
  const claims = token === undefined ? undefined : claimsIn(token)
  return claims && scopesIn(claims['scope'] ?? claims['scp'] ?? claims['permissions'])
}

/** RFC 6749, 3.3: names with spaces between them, or a list of names. */
function scopesIn(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return value.split(/\s+/).filter((one) => one !== '')
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined
}

/** RFC 7519, 3: the middle of three parts. */
function claimsIn(token: string): Entity | undefined {
  const [, middle, ...rest] = token.split('.')
  if (middle === undefined || rest.length !== 1) return undefined
  return jsonObjectIn(Buffer.from(middle, 'base64url'))
}

/** Who a token of the mock's is for, and what it allows. */
function saidBy(
  token: string | undefined,
  seed: string,
): { readonly login: string; readonly scope: string | undefined } | undefined {
  const parts = token === undefined ? null : /^mock\.([\w-]+)(?:\.([\w-]*))?\.\w+$/.exec(token)
  if (parts === null) return undefined
  const [login, scope] = parts
    .slice(1)
    .map((one) => one && Buffer.from(one, 'base64url').toString())
  if (login === undefined || tokenFor(login, seed, scope) !== token) return undefined
  return { login, scope }
}

function bearerIn({ header }: Pick<Call, 'header'>): string | undefined {
  return /^bearer\s+(\S+)\s*$/i.exec(header('authorization') ?? '')?.[1]
}

/** The challenge for a token that nobody gave; `undefined` where the token is good or the operation wants none. */
export function wrongToken(
  operation: Operation,
  call: Pick<Call, 'header'>,
  doors: readonly SignIn[],
  seed: string,
): string | undefined {
  const token = bearerIn(call)
  if (token === undefined || doors.length === 0) return undefined
  if (!operation.security().some((all) => all.some(isBearer))) return undefined
  if (userOf(call, seed) !== undefined || doors.some((one) => examplesOf(one).includes(token)))
    return undefined
  return `Bearer ${realmOf(operation.api)}, error="invalid_token"`
}

function isBearer({ type, httpScheme }: SecurityRequirement): boolean {
  return (
    type === 'oauth2' ||
    type === 'openIdConnect' ||
    (type === 'http' && (httpScheme ?? 'bearer').toLowerCase() === 'bearer')
  )
}

/** Tokens that the contract itself shows. */
function examplesOf({ operation, token }: SignIn): readonly unknown[] {
  return operation
    .responses()
    .flatMap((one) => one.content.filter(({ type }) => isJsonType(type)))
    .flatMap((one) => one.examples.map(({ value }) => within(value, token)))
}

/** The person behind a login, over what the contract makes up. */
export function personOf(login: string, made: unknown, field: Field): Entity {
  const words = (login.split('@')[0] ?? login)
    .split(/[._+-]/)
    .filter((one) => /^\p{L}+$/u.test(one))
  const [given = '', ...others] = words.map((one) => one.charAt(0).toUpperCase() + one.slice(1))
  const family = others.join(' ')
  const known: Record<string, unknown> = {}
  for (const { name } of field.children()) {
    const word = plain(name)
    if (word === 'email' || word === 'emailaddress') {
      if (login.includes('@')) known[name] = login
    } else if (/^(username|login|handle)$/.test(word)) known[name] = login
    else if (/^(name|fullname|displayname)$/.test(word) && given !== '')
      known[name] = `${given} ${family}`.trim()
    else if (/^(firstname|givenname)$/.test(word) && given !== '') known[name] = given
    else if (/^(lastname|familyname|surname)$/.test(word) && family !== '') known[name] = family
  }
  const whole = overlaid(made, known, field)
  return isEntity(whole) ? whole : known
}

/** The answer to somebody who signs in, with the scope that they asked for (RFC 6749, 5.1). */
export function welcomed(
  body: unknown,
  door: SignIn,
  { token, scope }: { readonly token: string; readonly scope: string | undefined },
  person: (field: Field) => Entity,
): unknown {
  const withToken = withScope(replaced(body, door.token, token), door, scope)
  return door.user === undefined
    ? withToken
    : replaced(withToken, door.user.place, person(door.user.field))
}

function withScope(body: unknown, { token }: SignIn, scope: string | undefined): unknown {
  const place = [...token.slice(0, -1), 'scope']
  return scope === undefined || typeof within(body, place) !== 'string'
    ? body
    : replaced(body, place, scope)
}
