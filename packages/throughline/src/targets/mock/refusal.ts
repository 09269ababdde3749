import type { Operation, RequestViolation } from '@throughline/core'
import type { Answer } from './answer.ts'
import { problemIn } from './problem.ts'
import type { Problem } from './problem.ts'
import { requestRead } from './request-read.ts'
import { refusalOf, responseOf } from './response.ts'
import type { RestCall } from './rest-call.ts'
import { missingCredentials, missingScopes, realmOf } from './security.ts'
import { scopesOf, wrongToken } from './world/sign-in.ts'

/** Why a call is refused; `undefined` when nothing is wrong with it. */
export function refusal(call: RestCall, seed: string): Answer | undefined {
  if (call.unchecked === true) return undefined
  const { operation } = call
  const unwelcome = call.admitted === true ? undefined : unwelcomeness(call)
  if (unwelcome !== undefined) {
    const { status, title, detail, challenges } = unwelcome
    const headers = challenges.flatMap((one) => ['WWW-Authenticate', one])
    const response = responseOf(operation, status)
    const refusing = problemIn(operation, response, { title, detail }, seed, headers)
    return { ...refusing, because: { kind: 'credentials', detail } }
  }
  const { violations } = requestRead(operation, call)
  if (violations.length === 0) return undefined
  return { ...refused(operation, violations, seed), because: { kind: 'refused', violations } }
}

/** Why whoever calls may not: 401 for somebody unknown, 403 for what their token does not allow. */
function unwelcomeness(call: RestCall): Unwelcome | undefined {
  const { operation } = call
  const missing = missingCredentials(operation, call)
  if (missing !== undefined)
    return {
      ...SIGN_IN,
      detail: `This operation wants credentials: ${missing.wanted}. The mock takes any that are not empty.`,
      challenges: missing.challenges,
    }
  if (operation.security().length === 0) return undefined
  const { resources, seed } = call.ground
  const doors = resources.doors()
  const wrong = wrongToken(operation, call, doors, seed)
  if (wrong !== undefined) {
    const { method, path } = doors[0]!.operation
    const detail = `The mock did not give this token. ${method} ${path} gives one.`
    return { ...SIGN_IN, detail, challenges: [wrong] }
  }
  const granted = scopesOf(call, seed)
  const lacking = granted && missingScopes(operation, call, granted)
  if (lacking === undefined) return undefined
  const wanted = lacking.join(' ')
  return {
    status: 403,
    title: 'Ask for a token that may do this',
    detail: `This operation wants the ${lacking.length === 1 ? 'scope' : 'scopes'} ${wanted}; the token has ${granted!.join(' ') || 'none'}.`,
    challenges: [
      `Bearer ${realmOf(operation.api)}, error="insufficient_scope", scope="${wanted.replace(/[^ !#-[\]-~]/g, '')}"`,
    ],
  }
}

interface Unwelcome {
  readonly status: number
  readonly title: string
  readonly detail: string
  /** For `WWW-Authenticate`, one each. */
  readonly challenges: readonly string[]
}

const SIGN_IN = { status: 401, title: 'Sign in to go on' }

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
