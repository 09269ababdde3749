import type { Check } from '../check-kind.ts'
import { jsonOf } from '../exchange.ts'

/**
 * `graphql`: errors are an answer's own part (GraphQL, October 2021, section 7). Each has a message and points at what is null; a right
 * query is understood, a wrong one refused, and nothing of the backend's inside is shown.
 */
export const graphql: Check = function* (exchange) {
  const { outcome, case: one } = exchange
  if (outcome.kind !== 'answered') return
  const body = jsonOf(exchange)
  const errors = own(body, 'errors')
  const data = own(body, 'data')
  const about = { check: 'graphql', severity: 'error' } as const
  if (one.verdict.kind === 'invalid') {
    if (outcome.status < 300 && !Array.isArray(errors))
      yield {
        ...about,
        message: `A query was answered without an error though ${one.verdict.mutation}.`,
        cause: `accepted:${one.verdict.mutation}`,
      }
    return
  }
  if (outcome.status < 300 && data === null && !Array.isArray(errors))
    yield {
      ...about,
      message: 'The answer has no data, and no error that says why.',
      cause: 'silent',
      at: 'body:data',
    }
  if (!Array.isArray(errors)) return
  for (const error of errors.slice(0, mostErrors) as unknown[]) {
    const message = own(error, 'message')
    if (typeof message !== 'string' || message.trim() === '') {
      yield {
        ...about,
        message: 'An error has no message: nobody can say what went wrong.',
        cause: 'message',
        at: 'body:errors',
      }
      continue
    }
    const code = own(own(error, 'extensions'), 'code')
    if (isUnknown(message, code))
      yield {
        ...about,
        message: `A query that the schema allows is not understood by what runs: ${shown(message)}`,
        cause: `not-understood:${shown(message)}`,
        at: 'body:errors',
      }
    else if (code === 'INTERNAL_SERVER_ERROR' || code === 'INTERNAL')
      yield {
        ...about,
        check: 'not-a-server-error',
        message: `The backend fails inside: ${shown(message)}`,
        cause: 'graphql-internal',
        at: 'body:errors',
      }
    const path = own(error, 'path')
    if (Array.isArray(path) && data !== null && data !== undefined && !isNullAt(data, path))
      yield {
        ...about,
        message:
          'An error points at a value that is there: what failed must be null, and null what holds it where it may not be.',
        cause: 'null-propagation',
        at: 'body:errors[].path',
      }
    if (
      own(own(error, 'extensions'), 'stacktrace') !== undefined ||
      own(own(own(error, 'extensions'), 'exception'), 'stacktrace') !== undefined
    )
      yield {
        ...about,
        check: 'leak',
        message: 'An error shows a stack trace, and with it how the backend is built.',
        cause: 'trace',
        at: 'body:errors[].extensions',
      }
  }
}

const mostErrors = 50

function isUnknown(message: string, code: unknown): boolean {
  return (
    code === 'GRAPHQL_VALIDATION_FAILED' ||
    code === 'GRAPHQL_PARSE_FAILED' ||
    /^(Cannot query field|Unknown (argument|type|field)|Syntax Error|Field .+ argument .+ is required)/.test(
      message,
    )
  )
}

/** Null at the path, or before it: what holds it was made null in its place. */
function isNullAt(data: unknown, path: readonly unknown[]): boolean {
  let here = data
  for (const key of path) {
    if (here === null || here === undefined) return true
    if (typeof key !== 'string' && typeof key !== 'number') return true
    here = own(here, String(key))
  }
  return here === null || here === undefined
}

function shown(message: string): string {
  return message.replaceAll(/\s+/g, ' ').slice(0, 200)
}

function own(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}
