import type { Answer } from './answer.ts'
import type { GraphqlCall } from './graphql-call.ts'
import { operationsWithFiles } from './graphql-files.ts'
import { isRecord } from './graphql-response.ts'
import { problemAnswer } from './problem.ts'

/** The documents of a request (GraphQL over HTTP, 5), or why there are none. */
export function paramsOf({
  request,
  query,
}: Pick<GraphqlCall, 'request' | 'query'>): ReadParams | Answer {
  const { method, header, body } = request
  if (method === 'GET' || method === 'HEAD') {
    const pairs = new URLSearchParams(query)
    if (!pairs.has('query') && /text\/html/.test(header('accept') ?? '')) {
      return problemAnswer(400, {
        title: 'This is a GraphQL endpoint: send POST with {"query": "{ __typename }"}',
      })
    }
    const given = {
      query: pairs.get('query'),
      operationName: pairs.get('operationName'),
      variables: jsonOf(pairs.get('variables')),
      extensions: jsonOf(pairs.get('extensions')),
    }
    return { params: [paramsIn(given)], batch: false, only: 'query' }
  }
  if (method !== 'POST')
    return problemAnswer(405, { title: 'Send POST, or GET with ?query=' }, [
      'Allow',
      'GET, HEAD, POST',
    ])
  const type = header('content-type') ?? 'application/json'
  const text = Buffer.from(body ?? []).toString()
  if (/^application\/graphql\b(?!-)/i.test(type))
    return { params: [paramsIn({ query: text })], batch: false, only: undefined }
  let value: unknown
  if (/^multipart\/form-data\b/i.test(type)) {
    const form = operationsWithFiles(body ?? new Uint8Array(), type)
    if (typeof form === 'string')
      return problemAnswer(400, { title: 'Send `operations`, `map` and the files', detail: form })
    value = form.operations
  } else if (/^application\/([\w.-]+\+)?json/i.test(type)) value = jsonOf(text)
  else return problemAnswer(415, { title: 'Send the query as application/json' })
  if (Array.isArray(value) && value.length > 0 && value.length <= MOST_BATCH)
    return { params: value.map(paramsIn), batch: true, only: undefined }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return problemAnswer(400, { title: 'Send JSON: {"query": "{ __typename }"}' })
  return { params: [paramsIn(value)], batch: false, only: undefined }
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

export function paramsIn(value: unknown): Params {
  const of = (name: string): unknown =>
    value !== null && typeof value === 'object' && Object.hasOwn(value, name)
      ? Reflect.get(value, name)
      : undefined
  const query = of('query')
  const operationName = of('operationName')
  const variables = of('variables')
  const extensions = of('extensions')
  const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined
  const hash = isRecord(persisted) ? persisted['sha256Hash'] : undefined
  return {
    query: typeof query === 'string' && query.trim() !== '' ? query : undefined,
    operationName:
      typeof operationName === 'string' && operationName !== '' ? operationName : undefined,
    variables: isRecord(variables) ? variables : {},
    hash: typeof hash === 'string' ? hash : undefined,
  }
}

type ReadParams = {
  readonly params: readonly Params[]
  readonly batch: boolean
  readonly only: 'query' | undefined
}

export interface Params {
  readonly query: string | undefined
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  /** Of a query that was sent before, in hexadecimal digits (Apollo's persisted queries). */
  readonly hash: string | undefined
}

const MOST_BATCH = 50
