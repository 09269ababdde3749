import type { Call, Operation, SecurityRequirement } from '@throughline/core'

/** What a call without credentials is told. */
export interface MissingCredentials {
  /** For `WWW-Authenticate`, one each. */
  readonly challenges: readonly string[]
  /** For people: alternatives with `or`, what belongs together with `and`. */
  readonly wanted: string
}

/**
 * What is missing of a call that shows no credentials although its operation demands some; `undefined` when all is well.
 * Any credentials that have the form of their scheme are good: a mock has nothing to protect.
 */
export function missingCredentials(
  operation: Operation,
  call: Call,
): MissingCredentials | undefined {
  const alternatives = operation.security()
  if (
    alternatives.length === 0 ||
    alternatives.some((all) => all.every((one) => isShown(one, call)))
  )
    return undefined
  const challenge = (one: SecurityRequirement): string => challengeOf(one, operation.api)
  const wanted = alternatives.map((all) =>
    [...new Set(all.filter((one) => !isUncheckable(one)).map(challenge))].join(' and '),
  )
  return {
    challenges: [...new Set(alternatives.flat().map(challenge))],
    wanted: [...new Set(wanted.filter((one) => one !== ''))].join(', or '),
  }
}

/**
 * The scopes that a call's credentials don't bring, of what its operation demands (RFC 6750, 3.1); `undefined` when they bring all,
 * or say nothing of it.
 */
export function missingScopes(
  operation: Operation,
  call: Call,
  granted: readonly string[],
): readonly string[] | undefined {
  const lacking = operation
    .security()
    .filter((all) => all.every((one) => isShown(one, call)))
    .map((all) => all.flatMap((one) => scopesNotIn(granted, one)))
  return lacking.some((one) => one.length === 0) ? undefined : lacking[0]
}

function scopesNotIn(
  granted: readonly string[],
  { type, scopes }: SecurityRequirement,
): readonly string[] {
  if (type !== 'oauth2' && type !== 'openIdConnect') return []
  // What a contract calls `api://shop/orders.read`, Entra's tokens call `orders.read`.
  return scopes.filter((one) => !granted.some((own) => own === one || one.endsWith(`/${own}`)))
}

function isShown(requirement: SecurityRequirement, call: Call): boolean {
  const authorization = call.header('authorization')?.trim() ?? ''
  switch (requirement.type) {
    case 'apiKey': {
      const name = requirement.name ?? ''
      if (requirement.in === 'header') return (call.header(name.toLowerCase()) ?? '').trim() !== ''
      if (requirement.in === 'cookie') return hasPair(call.header('cookie') ?? '', ';', name)
      return hasPair(call.query, '&', name)
    }
    case 'http': {
      const scheme = (requirement.httpScheme ?? 'bearer').toLowerCase()
      const [given = '', ...rest] = authorization.split(/\s+/)
      if (given.toLowerCase() !== scheme) return false
      return scheme === 'basic' ? isNameAndPassword(rest.join('')) : rest.join('') !== ''
    }
    case 'oauth2':
    case 'openIdConnect':
      // `Bearer`, `DPoP`, GitHub's `token`: but name and password are no token.
      return /^(?!(?:basic|digest)\s)\S+\s+\S/i.test(authorization)
    default:
      return isUncheckable(requirement)
  }
}

/** Mutual TLS, and schemes that the contract does not declare. */
function isUncheckable({ type }: SecurityRequirement): boolean {
  return type === 'mutualTLS' || type === 'unknown'
}

/** RFC 7617: base64 of `name:password`. */
function isNameAndPassword(token: string): boolean {
  return /^[\w+/-]+={0,2}$/.test(token) && Buffer.from(token, 'base64').includes(':')
}

function hasPair(text: string, separator: string, name: string): boolean {
  const wanted = [name, encodeURIComponent(name)]
  return text.split(separator).some((one) => {
    const equals = one.indexOf('=')
    return (
      equals > 0 &&
      wanted.includes(one.slice(0, equals).trim()) &&
      one.slice(equals + 1).trim() !== ''
    )
  })
}

/** RFC 9110, 11.6.1; for keys there is no registered scheme, so the challenge says where the key goes. */
function challengeOf(
  { type, in: place, name, httpScheme }: SecurityRequirement,
  api: string,
): string {
  const realm = realmOf(api)
  if (type === 'apiKey')
    return `ApiKey ${realm}, in="${place ?? 'header'}", name="${(name ?? '').replace(/["\\\r\n]/g, '')}"`
  if (type === 'http') {
    const scheme = (httpScheme ?? 'bearer').replace(/[^\w-]/g, '')
    return `${scheme.charAt(0).toUpperCase()}${scheme.slice(1)} ${realm}`
  }
  return `Bearer ${realm}`
}

/** RFC 9110, 11.5. */
export function realmOf(api: string): string {
  return `realm="${api.replace(/[^\w. -]/g, '')}"`
}
