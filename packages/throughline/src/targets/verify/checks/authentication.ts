import type { Check } from '../check-kind.ts'

/** `authentication-ignored`, `authentication-broken`: who comes without credentials, or with nobody's, stays outside and hears how to come in. */
export const authentication: Check = function* ({ outcome, case: { identity } }, { operation }) {
  if (outcome.kind !== 'answered') return
  const { status, headers } = outcome
  const security = operation.security()
  const isLocked = security.length > 0 && security.every((all) => all.length > 0)
  if (
    isLocked &&
    (identity === 'anonymous' || identity === 'malformed') &&
    status >= 200 &&
    status < 300
  )
    yield {
      check: 'authentication-ignored',
      severity: 'error',
      message: `A request ${identity === 'anonymous' ? 'without credentials' : "with nobody's credentials"} was answered with ${status}.`,
      cause: identity,
      at: 'status',
    }
  if (status === 401 && headers.get('www-authenticate') === undefined)
    yield {
      check: 'authentication-broken',
      severity: 'warning',
      message:
        'An answer 401 has no WWW-Authenticate: nobody hears how to sign in (RFC 9110, 15.5.2).',
      cause: 'challenge',
      at: 'header:WWW-Authenticate',
    }
}
