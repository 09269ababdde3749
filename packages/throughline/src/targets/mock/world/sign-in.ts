import { isJsonType, jsonContent, lastWord, plain, knownBody } from '@throughline/core'
import type { Call, Field, Operation, SecurityRequirement } from '@throughline/core'
import { hashOf } from '../chance.ts'
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

/** Says who it is for, so that every process of the same seed knows it again. No secret: a mock has nothing to protect. */
export function tokenFor(login: string, seed: string): string {
  return `mock.${Buffer.from(login).toString('base64url')}.${hashOf(seed, login, 'token').toString(36)}`
}

/** Whom a request comes from, by the token that the mock gave; `undefined` for any other token, and for none. */
export function userOf(call: Pick<Call, 'header'>, seed: string): string | undefined {
  const token = bearerIn(call)
  const middle = token === undefined ? undefined : /^mock\.([\w-]+)\.\w+$/.exec(token)?.[1]
  if (middle === undefined) return undefined
  const login = Buffer.from(middle, 'base64url').toString()
  return tokenFor(login, seed) === token ? login : undefined
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
  if (token === undefined || !operation.security().some((all) => all.some(isBearer)))
    return undefined
  if (userOf(call, seed) !== undefined || doors.some((one) => examplesOf(one).includes(token)))
    return undefined
  return `Bearer realm="${operation.api.replace(/[^\w. -]/g, '')}", error="invalid_token"`
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

/** The answer to somebody who signs in. */
export function welcomed(
  body: unknown,
  door: SignIn,
  token: string,
  person: (field: Field) => Entity,
): unknown {
  const withToken = replaced(body, door.token, token)
  return door.user === undefined
    ? withToken
    : replaced(withToken, door.user.place, person(door.user.field))
}
