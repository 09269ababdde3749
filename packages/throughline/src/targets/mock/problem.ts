import { isJsonType, mainContent, validatorOf } from '@throughline/core'
import type { Operation } from '@throughline/core'
import { headerNames, jsonAnswer, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { contentOf } from './body.ts'
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
    return jsonAnswer(status, whole, [...own, ...headers], media.type)
  }
  // Without an example only what must be there is made up: an invented detail would mislead whoever reads it.
  const dataset = media.examples.length === 0 ? 'minimal' : undefined
  const { value } = contentOf(operation, media, { dynamic: false, seed, dataset })
  const words: Record<string, unknown> = isProblem
    ? { ...whole }
    : { message: problem.detail ?? problem.title }
  if (value !== null && typeof value === 'object') {
    for (const name of [
      'title',
      'message',
      'detail',
      'error',
      'error_description',
      'description',
    ]) {
      if (Object.hasOwn(value, name))
        words[name] =
          name === 'title' || name === 'error' ? problem.title : (problem.detail ?? problem.title)
    }
    // An example knows its own codes; what is made up must not tell of another status.
    for (const name of media.examples.length === 0 ? STATUSES : ['status']) {
      if (!Object.hasOwn(value, name)) continue
      if (name === 'status' || typeof Reflect.get(value, name) === 'number') words[name] = status
    }
  }
  if (problem['violations'] !== undefined) words['violations'] = problem['violations']
  return jsonAnswer(
    status,
    withProperties(value, words, media.schema),
    [...own, ...headers],
    media.type,
  )
}

const STATUSES = ['status', 'statusCode', 'status_code', 'code'] as const

const PROBLEM = 'application/problem+json'
