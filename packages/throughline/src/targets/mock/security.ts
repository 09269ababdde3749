import type { Call, Operation, SecurityRequirement } from '@throughline/core'

/**
 * The challenges of a call that shows no credentials although its operation demands some; `undefined` when all is well.
 * Any credentials that are not empty are good: a mock has nothing to protect.
 */
export function missingCredentials(
  operation: Operation,
  call: Call,
): readonly string[] | undefined {
  const alternatives = operation.security()
  if (
    alternatives.length === 0 ||
    alternatives.some((all) => all.every((one) => isShown(one, call)))
  )
    return undefined
  const challenges = new Set(alternatives.flat().map((one) => challengeOf(one, operation.api)))
  return [...challenges]
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
      return given.toLowerCase() === scheme && rest.join('') !== ''
    }
    case 'oauth2':
    case 'openIdConnect':
      return /^\S+\s+\S/.test(authorization)
    default: // mutual TLS, and what nobody can check
      return true
  }
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
  const realm = `realm="${api.replace(/[^\w. -]/g, '')}"`
  if (type === 'apiKey')
    return `ApiKey ${realm}, in="${place ?? 'header'}", name="${(name ?? '').replace(/["\\\r\n]/g, '')}"`
  if (type === 'http') {
    const scheme = (httpScheme ?? 'bearer').replace(/[^\w-]/g, '')
    return `${scheme.charAt(0).toUpperCase()}${scheme.slice(1)} ${realm}`
  }
  return `Bearer ${realm}`
}
