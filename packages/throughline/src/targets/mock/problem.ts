import { STATUS_CODES } from 'node:http'
import { isJsonType, mainContent, validatorOf } from '@throughline/core'
import type { Operation, RequestViolation } from '@throughline/core'
import { headerNames, jsonAnswer, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { contentOf } from './body.ts'
import { withOwnErrors } from './own-errors.ts'
import { withProperties } from './reshape.ts'
import { responseHeaders } from './response-headers.ts'
import type { ChosenResponse } from './response.ts'

/** An error for people and programs (RFC 9457). `title` says what a person can do about it. */
export interface Problem {
  readonly type?: string
  readonly title: string
  readonly detail?: string
  /** Further members. */
  readonly [member: string]: unknown
}

export function problemAnswer(
  status: number,
  problem: Problem,
  headers: readonly string[] = [],
): Answer {
  return jsonAnswer(status, { type: 'about:blank', status, ...problem }, headers, PROBLEM)
}

/**
 * A problem in the contract's own shape, where it has one for this status: its example or generated body, with our
 * words put into the members that hold words. Else as problem+json.
 */
export function problemIn(
  operation: Operation,
  { status, response }: ChosenResponse,
  problem: Problem,
  seed: string,
  headers: readonly string[] = [],
  violations: readonly RequestViolation[] = [],
): Answer {
  const media = response && mainContent(response.content)
  const whole = { type: 'about:blank', status, ...problem }
  if (media === undefined || !isJsonType(media.type)) return problemAnswer(status, problem, headers)
  const own = withoutHeaders(responseHeaders(response!, seed), headerNames(headers))
  const isProblem = /problem\+json/i.test(media.type)
  if (
    isProblem &&
    (media.schema === undefined || validatorOf(media.schema).test(whole, { direction: 'response' }))
  ) {
    const told = withOwnErrors(whole, media.schema, violations, seed)
    return jsonAnswer(status, told, [...own, ...headers], media.type)
  }
  // Without an example only what must be there is made up: an invented detail would mislead whoever reads it.
  const dataset = media.examples.length === 0 ? 'minimal' : undefined
  const { value } = contentOf(operation, media, { dynamic: false, seed, dataset })
  const isMadeUp = media.examples.length === 0
  const words: Record<string, unknown> = {
    ...(isProblem ? whole : { message: problem.detail ?? problem.title }),
    ...wordsIn(value, status, problem, isMadeUp),
    ...(problem['violations'] !== undefined && { violations: problem['violations'] }),
  }
  let told = withProperties(value, words, media.schema)
  // `{ error: { code, message } }`: the words belong inside.
  for (const around of AROUND) {
    for (const [name, word] of Object.entries(
      wordsIn(memberOf(told, around), status, problem, isMadeUp),
    )) {
      const inner = { ...(memberOf(told, around) as object), [name]: word }
      told = withProperties(told, { [around]: inner }, media.schema)
    }
  }
  told = withOwnErrors(told, media.schema, violations, seed)
  return jsonAnswer(status, told, [...own, ...headers], media.type)
}

/** Our words for the members of an error that hold words. */
function wordsIn(
  value: unknown,
  status: number,
  problem: Problem,
  isMadeUp: boolean,
): Readonly<Record<string, unknown>> {
  const words: Record<string, unknown> = {}
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return words
  const detail = problem.detail ?? problem.title
  for (const name of TEXTS) {
    if (Object.hasOwn(value, name))
      words[name] = name === 'title' || name === 'error' ? problem.title : detail
  }
  // An example knows its own codes; what is made up must not tell of another status.
  for (const name of isMadeUp ? STATUSES : ['status']) {
    const before = memberOf(value, name)
    if (before === undefined) continue
    if (name === 'status' || typeof before === 'number') words[name] = status
    else if (name === 'code' && typeof before === 'string') words[name] = codeOf(status)
  }
  return words
}

function memberOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

/** `bad_request`, for a code that nobody has shown an example of. */
function codeOf(status: number): string {
  return (STATUS_CODES[status] ?? 'error').toLowerCase().replace(/\W+/g, '_')
}

const TEXTS = ['title', 'message', 'detail', 'error', 'error_description', 'description'] as const
const AROUND = ['error', 'problem', 'fault'] as const
const STATUSES = ['status', 'statusCode', 'status_code', 'code'] as const

const PROBLEM = 'application/problem+json'
