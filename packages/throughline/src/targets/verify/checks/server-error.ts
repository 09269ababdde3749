import type { Check } from '../check-kind.ts'

/** `not-a-server-error`: 5xx, whatever was sent. A 503 that the contract describes is an answer like others. */
export const serverError: Check = function* ({ outcome, case: { verdict } }, { operation }) {
  if (outcome.kind !== 'answered' || outcome.status < 500) return
  const { status } = outcome
  if (operation.responses().some((one) => one.status === String(status))) return
  const what =
    verdict.kind === 'valid'
      ? 'a valid request'
      : verdict.kind === 'invalid'
        ? `a request in which ${verdict.mutation}`
        : 'a strange request'
  yield {
    check: 'not-a-server-error',
    severity: 'error',
    message: `${what[0]!.toUpperCase()}${what.slice(1)} was answered with ${status}.`,
    cause: `${status}`,
    at: 'status',
  }
}
