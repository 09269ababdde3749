import {
  isJsonType,
  type MediaType,
  type Operation,
  type ResponseDeclaration,
} from '../operation/operation.ts'
import { validatorOf } from '../schema/validate.ts'
import { pathText, sentence, type Violation } from '../schema/violation.ts'
import { isObject } from '../text/site.ts'
import type { TryAnswer, TryViolation } from './try.ts'

/** An answer as it came over the wire. */
export interface Answered {
  readonly status: number
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly body: string
  /** The body is not whole, or not text: it is not looked into. */
  readonly opaque: boolean
}

/** Whether an answer keeps the contract, and in what it does not. */
export function conformance(
  operation: Operation,
  answer: Answered,
): Pick<TryAnswer, 'described' | 'matches' | 'violations'> {
  const response = responseFor(operation, answer.status)
  if (response === undefined) {
    const known = operation.responses().map((one) => one.status)
    const message = `The contract has no answer ${answer.status} for this operation${known.length === 0 ? '' : `, only ${known.slice(0, 12).join(', ')}`}.`
    return { matches: false, violations: [{ path: '', message }] }
  }
  const described = response.status
  const missing = response.headers
    .filter((one) => one.required && answer.header(one.name.toLowerCase()) === undefined)
    .map((one): TryViolation => ({
      path: `header:${one.name}`,
      message: `The header ${one.name} is missing.`,
    }))
  if (answer.body === '' && !answer.opaque) {
    const expectsBody =
      response.content.length > 0 &&
      answer.status !== 204 &&
      answer.status !== 304 &&
      operation.method !== 'HEAD'
    const violations = expectsBody
      ? [
          ...missing,
          {
            path: '',
            message: `The answer is empty, but the contract promises ${typesOf(response)}.`,
          },
        ]
      : missing
    return { described, matches: violations.length === 0, violations }
  }
  const body = bodyViolations(operation, response, answer)
  if (body === undefined)
    return { described, ...(missing.length > 0 && { matches: false }), violations: missing }
  const violations = [...missing, ...body]
  return { described, matches: violations.length === 0, violations }
}

/** The response of exactly this status, else of its class, else the default. */
function responseFor(operation: Operation, status: number): ResponseDeclaration | undefined {
  const responses = operation.responses()
  const code = String(status)
  return (
    responses.find((one) => one.status === code) ??
    responses.find((one) => one.status.toUpperCase() === `${code[0]}XX`) ??
    responses.find((one) => one.status === 'default')
  )
}

function typesOf({ content }: ResponseDeclaration): string {
  return content
    .map((one) => one.type)
    .slice(0, 5)
    .join(' or ')
}

/** `undefined` where the body cannot be judged. */
function bodyViolations(
  operation: Operation,
  response: ResponseDeclaration,
  { body, header, opaque }: Answered,
): readonly TryViolation[] | undefined {
  const type = (header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (response.content.length === 0) return []
  const media = mediaFor(response.content, type)
  if (media === undefined) {
    const given = type === '' ? 'has no Content-Type' : `is ${type.slice(0, 100)}`
    return [
      { path: '', message: `The answer ${given}, but the contract promises ${typesOf(response)}.` },
    ]
  }
  if (opaque || !isJsonType(type)) return undefined
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return [
      { path: '', message: 'The answer says that it is JSON, but it cannot be read as JSON.' },
    ]
  }
  if (media.schema === undefined) return []
  return operation.protocol === 'graphql'
    ? graphqlViolations(operation, media, value)
    : violationsOf(media, value, 'The answer')
}

function violationsOf(
  { schema }: MediaType,
  value: unknown,
  whole: string,
  concerns: (one: Violation) => boolean = () => true,
): readonly TryViolation[] {
  return validatorOf(schema!)(value, { direction: 'response' })
    .filter(concerns)
    .slice(0, mostViolations)
    .map((one) => ({ path: pathText(one.path), message: `${sentence(one, whole)}.` }))
}

const mostViolations = 50

/** What a query did not ask for is not missing, and what it calls otherwise is not looked at; errors are part of GraphQL. */
function graphqlViolations(
  operation: Operation,
  media: MediaType,
  value: unknown,
): readonly TryViolation[] {
  if (!isObject(value) || (!Object.hasOwn(value, 'data') && !Object.hasOwn(value, 'errors')))
    return [
      {
        path: '',
        message: 'The answer has neither `data` nor `errors`, so it is no GraphQL answer.',
      },
    ]
  const { data } = value
  if (!isObject(data) || !Object.hasOwn(data, operation.path)) return []
  const hasErrors = Array.isArray(value['errors']) && value['errors'].length > 0
  if (hasErrors && data[operation.path] === null) return []
  return violationsOf(
    media,
    data[operation.path],
    `\`${operation.path}\``,
    (one) => one.keyword !== 'required',
  )
}

/** The media type as written, else a range (`application/*`) that it falls in. */
function mediaFor(content: readonly MediaType[], type: string): MediaType | undefined {
  const essence = (media: MediaType): string => media.type.split(';')[0]!.trim().toLowerCase()
  return (
    content.find((one) => essence(one) === type) ??
    content.find((one) => essence(one) === `${type.split('/')[0]}/*`) ??
    content.find((one) => essence(one) === '*/*')
  )
}
