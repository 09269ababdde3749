import type { Check } from '../check-kind.ts'

/** Statuses that say nothing about whether a request was right: who asks, how often, and what is there. */
const beside = new Set([401, 403, 404, 405, 406, 409, 410, 412, 423, 425, 428, 429])

/** `invalid-accepted`: a request that the contract forbids, and a success. */
export const invalidAccepted: Check = function* ({ outcome, case: { verdict } }) {
  if (outcome.kind !== 'answered' || verdict.kind !== 'invalid') return
  const { status } = outcome
  if (status < 200 || status >= 300) return
  const { mutation, violations } = verdict
  const { in: place, name = '', pointer } = violations[0]!
  yield {
    check: violations.every((one) => one.in === 'header' && one.reason === 'missing')
      ? 'missing-required-header'
      : 'invalid-accepted',
    severity: 'error',
    message: `A request was taken (${status}) though ${mutation}.`,
    cause: `${place}.${name}${pointer.replaceAll(/\/\d+/g, '/0')}:${mutation}`,
  }
}

/** `valid-rejected`: a request that keeps the contract, and an answer that says it does not. */
export const validRejected: Check = function* ({ outcome, case: { verdict, identity, id } }) {
  if (outcome.kind !== 'answered' || verdict.kind !== 'valid' || identity !== 'valid') return
  const { status } = outcome
  if (status < 400 || status >= 500 || beside.has(status)) return
  yield {
    check: 'valid-rejected',
    severity: 'warning',
    message: `A request that keeps the contract was refused with ${status}.`,
    cause: `${status}:${id.split('/')[1] === 'coverage' ? id.split('/').slice(2).join('/') : ''}`,
  }
}
