import { answerViolations, type Answered } from '../operation/answer-violations.ts'
import type { Operation } from '../operation/operation.ts'
import { pathText } from '../schema/violation.ts'
import type { TryAnswer, TryViolation } from './try.ts'

/** Whether an answer keeps the contract, and in what it does not. */
export function conformance(
  operation: Operation,
  answer: Answered,
): Pick<TryAnswer, 'described' | 'matches' | 'violations'> {
  const { described, whole, violations } = answerViolations(operation, answer)
  const matches = violations.length > 0 ? false : whole ? true : undefined
  return {
    ...(described !== undefined && { described }),
    ...(matches !== undefined && { matches }),
    violations: violations.map((one): TryViolation => ({
      path: one.in === 'header' ? one.field : pathText(one.path),
      message: one.message,
    })),
  }
}
