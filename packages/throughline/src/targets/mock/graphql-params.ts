import type { Answer } from './answer.ts'
import type { GraphqlCall } from './graphql-call.ts'
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
  if (!/^application\/([\w.-]+\+)?json/i.test(type))
    return problemAnswer(415, { title: 'Send the query as application/json' })
  const value = jsonOf(text)
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
  return {
    query: typeof query === 'string' && query.trim() !== '' ? query : undefined,
    operationName:
      typeof operationName === 'string' && operationName !== '' ? operationName : undefined,
    variables: isRecord(variables) ? variables : {},
    persisted: isRecord(extensions) && isRecord(extensions['persistedQuery']),
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
  readonly persisted: boolean
}

const MOST_BATCH = 50
