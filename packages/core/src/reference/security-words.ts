import type { SecurityRequirement } from '../operation/operation.ts'

/** What a security scheme asks for: `a bearer token in the header Authorization`. */
export function securityWords({ type, in: place, name, httpScheme }: SecurityRequirement): string {
  switch (type) {
    case 'apiKey':
      return `a key in the ${place === 'query' ? 'query parameter' : (place ?? 'header')} ${name ?? ''}`.trim()
    case 'http':
      if (httpScheme?.toLowerCase() === 'bearer')
        return 'a bearer token in the header Authorization'
      if (httpScheme?.toLowerCase() === 'basic')
        return 'a user name and password in the header Authorization'
      return `${httpScheme ?? 'credentials'} in the header Authorization`
    case 'oauth2':
      return 'an OAuth 2 token in the header Authorization'
    case 'openIdConnect':
      return 'an OpenID Connect token in the header Authorization'
    case 'mutualTLS':
      return 'a client certificate'
    case 'unknown':
      return 'a scheme that the contract does not describe'
  }
}
