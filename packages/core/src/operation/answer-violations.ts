import { pathText, pointerOf, sentence, type Violation } from '../schema/violation.ts'
import { validatorOf } from '../schema/validate.ts'
import { shown } from '../schema/words.ts'
import type { Path } from '../text/origin.ts'
import { isObject } from '../text/site.ts'
import { isJsonType } from './operation.ts'
import type { MediaType, Operation, Parameter, ResponseDeclaration } from './operation.ts'
import { readerOf, wireOf } from './parameters.ts'

/** An answer as it came over the wire. */
export interface Answered {
  readonly status: number
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly body: string
  /** The body as JSON, where somebody has read it already. */
  readonly json?: unknown
  /** The body is not whole, or not text: it is not looked into. */
  readonly opaque: boolean
}

/** One way in which an answer breaks the contract. */
export interface AnswerViolation {
  readonly in: 'status' | 'header' | 'body'
  /** Where in the body, or under a GraphQL operation's field; a missing property has the path of what lacks it. */
  readonly path: Path
  /** JSON Pointer from the body's root to what is wrong or missing; `''` is the whole of it. */
  readonly pointer: string
  /** The same as journeys write it: `items[].price`, `header:Link`; `''` is the whole answer. */
  readonly field: string
  readonly expected: string
  readonly got: string
  /** The whole of it as one sentence. */
  readonly message: string
  readonly keyword: string
}

/** How an answer and its contract agree. */
export interface AnswerJudged {
  /** Which response of the contract it is: `200`, `4XX`, `default`; absent where the contract has none for it. */
  readonly described?: string
  /** `false` where the body could not be looked into. */
  readonly whole: boolean
  readonly violations: readonly AnswerViolation[]
}

/** Everything in which an answer breaks the contract: its status, its headers, its body. */
export function answerViolations(operation: Operation, answer: Answered): AnswerJudged {
  const response = responseFor(operation, answer.status)
  if (response === undefined) {
    const known = operation.responses().map((one) => one.status)
    const message = `The contract has no answer ${answer.status} for this operation${known.length === 0 ? '' : `, only ${known.slice(0, 12).join(', ')}`}.`
    const expected = known.length === 0 ? 'no answer' : known.slice(0, 12).join(', ')
    return { whole: true, violations: [outer('status', expected, String(answer.status), message)] }
  }
  const described = response.status
  const missing = response.headers.flatMap((one) => headerViolations(one, answer))
  if (answer.body === '' && !answer.opaque) {
    const expectsBody =
      response.content.length > 0 &&
      answer.status !== 204 &&
      answer.status !== 304 &&
      operation.method !== 'HEAD'
    const types = typesOf(response)
    const message = `The answer is empty, but the contract promises ${types}.`
    const violations = expectsBody
      ? [...missing, outer('body', types, 'nothing', message)]
      : missing
    return { described, whole: true, violations }
  }
  const body = bodyViolations(operation, response, answer)
  return { described, whole: body !== undefined, violations: [...missing, ...(body ?? [])] }
}

/** A header that is missing, or does not read as its schema says. */
function headerViolations(header: Parameter, answer: Answered): readonly AnswerViolation[] {
  const text = answer.header(header.name.toLowerCase())
  const field = `header:${header.name}`
  if (text === undefined)
    return header.required
      ? [
          {
            ...outer('header', 'a value', 'nothing', `The header ${header.name} is missing.`),
            field,
          },
        ]
      : []
  const { schema } = header
  // Set-Cookie is the one header whose lines don't join (RFC 9110, 5.3); media types have their own rules.
  if (schema === undefined || /^(set-cookie|content-type)$/i.test(header.name)) return []
  let known = readHeaders.get(header)
  if (known === undefined)
    readHeaders.set(
      header,
      (known = {
        read: readerOf({ ...header, in: 'header' }, none),
        validate: validatorOf(schema),
      }),
    )
  const call = { method: '', pathParameters: noPath, query: '', header: () => text }
  const given = known.read(wireOf(call))
  if (given.kind !== 'value') return []
  const [wrong] = known.validate(given.value, { direction: 'response' })
  if (wrong === undefined) return []
  const message = `${sentence(wrong, `The header ${header.name}`)}.`
  const expected = wrong.expected ?? 'what its schema says'
  return [{ ...outer('header', expected, shown(text), message), field, keyword: wrong.keyword }]
}

const readHeaders = new WeakMap<
  Parameter,
  { readonly read: ReturnType<typeof readerOf>; readonly validate: ReturnType<typeof validatorOf> }
>()
const none: ReadonlySet<string> = new Set()
const noPath: ReadonlyMap<string, string> = new Map()

function outer(
  place: AnswerViolation['in'],
  expected: string,
  got: string,
  message: string,
): AnswerViolation {
  return { in: place, path: [], pointer: '', field: '', expected, got, message, keyword: place }
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
  { body, header, opaque, json }: Answered,
): readonly AnswerViolation[] | undefined {
  const type = (header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (response.content.length === 0) return []
  const media = mediaFor(response.content, type)
  if (media === undefined) {
    const given = type === '' ? 'has no Content-Type' : `is ${type.slice(0, 100)}`
    const types = typesOf(response)
    const message = `The answer ${given}, but the contract promises ${types}.`
    return [outer('body', types, type === '' ? 'nothing' : type.slice(0, 100), message)]
  }
  if (opaque || !isJsonType(type)) return undefined
  let value = json
  try {
    value ??= JSON.parse(body)
  } catch {
    const message = 'The answer says that it is JSON, but it cannot be read as JSON.'
    return [outer('body', 'JSON', shown(body), message)]
  }
  if (media.schema === undefined) return []
  return operation.protocol === 'graphql'
    ? graphqlViolations(operation, media, value)
    : violationsOf(media, value, { whole: 'The answer', prefix: [] })
}

function violationsOf(
  { schema }: MediaType,
  value: unknown,
  { whole, prefix }: { readonly whole: string; readonly prefix: Path },
  concerns: (one: Violation) => boolean = () => true,
): readonly AnswerViolation[] {
  return validatorOf(schema!)(value, { direction: 'response' })
    .filter(concerns)
    .slice(0, mostViolations)
    .map((one): AnswerViolation => {
      const lacks = one.keyword === 'required' ? one.expected?.slice(1, -1) : undefined
      const path = lacks === undefined ? one.path : [...one.path, lacks]
      return {
        in: 'body',
        path: one.path,
        pointer: pointerOf([...prefix, ...path]),
        field: pathText(path).replace(/\[\d+\]/g, '[]'),
        expected: lacks === undefined ? (one.expected ?? 'what its schema says') : 'a value',
        got: lacks === undefined ? shown(valueAt(value, one.path)) : 'nothing',
        message: `${sentence(one, whole)}.`,
        keyword: one.keyword,
      }
    })
}

const mostViolations = 50

function valueAt(value: unknown, path: Path): unknown {
  let here = value
  for (const key of path)
    here =
      here !== null && typeof here === 'object' && Object.hasOwn(here, key)
        ? Reflect.get(here, key)
        : undefined
  return here
}

/** What a query did not ask for is not missing, and what it calls otherwise is not looked at; errors are part of GraphQL. */
function graphqlViolations(
  operation: Operation,
  media: MediaType,
  value: unknown,
): readonly AnswerViolation[] {
  if (!isObject(value) || (!Object.hasOwn(value, 'data') && !Object.hasOwn(value, 'errors'))) {
    const message = 'The answer has neither `data` nor `errors`, so it is no GraphQL answer.'
    return [outer('body', '`data` or `errors`', shown(value), message)]
  }
  const { data } = value
  if (!isObject(data) || !Object.hasOwn(data, operation.path)) return []
  const hasErrors = Array.isArray(value['errors']) && value['errors'].length > 0
  if (hasErrors && data[operation.path] === null) return []
  return violationsOf(
    media,
    data[operation.path],
    { whole: `\`${operation.path}\``, prefix: ['data', operation.path] },
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
