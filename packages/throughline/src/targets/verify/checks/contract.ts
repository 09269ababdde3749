import {
  answerViolations,
  isJsonType,
  type AnswerViolation,
  type Operation,
} from '@throughline/core'
import type { Check, Observation } from '../check-kind.ts'
import { jsonOf, judgedOnce, textOf } from '../exchange.ts'
import type { CheckName } from '../finding.ts'

/** `status-documented`, `content-type`, `response-headers`, `response-schema`: an answer that is not what the contract says. */
export const contract: Check = function* (exchange, { operation }) {
  const { outcome, case: one } = exchange
  if (outcome.kind !== 'answered') return
  const { status, headers, cut } = outcome
  const { identity, request } = one
  // HTTP's own answers: nobody describes them for each operation.
  if (status === 304 && request.headers.some(([name]) => name === 'if-none-match')) return
  if (identity !== 'valid' && (status === 401 || status === 403) && !isDescribed(operation, status))
    return
  // Said by checks of their own, with what is really wrong.
  if (status >= 500 || status === 405) return
  const type = headers.get('content-type') ?? ''
  // A strange request is refused with what the server has: that nobody described it is not the answer's fault.
  if (one.verdict.kind !== 'valid' && refusals.has(status) && !isDescribed(operation, status))
    return
  const judged = judgedOnce(outcome, operation, () =>
    answerViolations(operation, {
      status,
      header: (name) => headers.get(name),
      body: cut ? '' : textOf(outcome),
      json: jsonOf(exchange),
      opaque: cut,
    }),
  )
  for (const violation of judged.violations) yield observed(violation, status, type)
}

/** How servers refuse a request that is wrong in itself. */
const refusals = new Set([400, 404, 411, 413, 414, 415, 422, 431])

function isDescribed(operation: Operation, status: number): boolean {
  return operation
    .responses()
    .some((one) => [String(status), '4XX', 'default'].includes(one.status))
}

function observed(violation: AnswerViolation, status: number, type: string): Observation {
  const check = checkOf(violation, type)
  const { field, keyword, message } = violation
  return {
    check,
    severity: 'error',
    message: check === 'status-documented' ? message : `${message.replace(/\.$/, '')} (${status}).`,
    cause: `${status}:${withoutIndexes(field)}:${keyword}`,
    at:
      violation.in === 'status' ? 'status' : field.startsWith('header:') ? field : `body:${field}`,
    ...(status < 300 && { field: withoutIndexes(field) }),
  }
}

function checkOf({ in: place, pointer, keyword }: AnswerViolation, type: string): CheckName {
  if (place === 'status') return 'status-documented'
  if (place === 'header') return 'response-headers'
  return pointer === '' && keyword === 'body' && !isJsonType(type)
    ? 'content-type'
    : 'response-schema'
}

/** `items[3].price` and `items[7].price` are one cause. */
function withoutIndexes(field: string): string {
  return field.replaceAll(/\[\d+\]/g, '[]')
}
