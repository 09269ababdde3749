import type { Operation, RequestViolation } from '@throughline/core'
import type { Answer } from './answer.ts'
import { problemIn } from './problem.ts'
import type { Problem } from './problem.ts'
import { requestRead } from './request-read.ts'
import { refusalOf, responseOf } from './response.ts'
import type { RestCall } from './rest-call.ts'
import { missingCredentials } from './security.ts'
import { wrongToken } from './world/sign-in.ts'

/** Why a call is refused; `undefined` when nothing is wrong with it. */
export function refusal(call: RestCall, seed: string): Answer | undefined {
  if (call.unchecked === true) return undefined
  const { operation } = call
  const missing = call.admitted === true ? undefined : missingCredentials(operation, call)
  if (missing !== undefined) {
    const problem = {
      title: 'Sign in to go on',
      detail: `This operation wants credentials: ${missing.wanted}. The mock takes any that are not empty.`,
    }
    const refusing = problemIn(
      operation,
      responseOf(operation, 401),
      problem,
      seed,
      missing.challenges.flatMap((one) => ['WWW-Authenticate', one]),
    )
    return { ...refusing, because: { kind: 'credentials', detail: problem.detail } }
  }
  const { resources, seed: worldSeed } = call.ground
  const doors = operation.security().length === 0 ? [] : resources.doors()
  const wrong =
    doors.length === 0 || call.admitted === true
      ? undefined
      : wrongToken(operation, call, doors, worldSeed)
  if (wrong !== undefined) {
    const detail = `The mock did not give this token. ${doors[0]!.operation.method} ${doors[0]!.operation.path} gives one.`
    const refusing = problemIn(
      operation,
      responseOf(operation, 401),
      { title: 'Sign in to go on', detail },
      seed,
      ['WWW-Authenticate', wrong],
    )
    return { ...refusing, because: { kind: 'credentials', detail } }
  }
  const { violations } = requestRead(operation, call)
  if (violations.length === 0) return undefined
  return { ...refused(operation, violations, seed), because: { kind: 'refused', violations } }
}

function refused(
  operation: Operation,
  violations: readonly RequestViolation[],
  seed: string,
): Answer {
  const first = violations[0]!
  const type = violations.find((one) => one.reason === 'media-type')
  const detail =
    violations.length === 1
      ? `${first.message}.`
      : `${first.message}, and ${violations.length - 1} more.`
  const problem: Problem = {
    title:
      type === undefined
        ? 'The request breaks the contract. Mend it and send it again'
        : `Send the body as ${type.expected}`,
    detail,
    violations: violations.map(({ in: place, name, pointer, expected, got, message }) => ({
      in: place,
      ...(name !== undefined && { name }),
      pointer,
      expected,
      got,
      message,
    })),
  }
  return problemIn(
    operation,
    type === undefined ? refusalOf(operation) : responseOf(operation, 415),
    problem,
    seed,
    [],
    violations,
  )
}
