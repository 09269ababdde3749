import { inferredSchema } from './inferred-schema.ts'

/** One answer that somebody kept, with what was asked for it. */
export interface Seen {
  /** In capitals. */
  readonly method: string
  /** `/orders/{id}`; or as it was asked for where `concrete` says so: `/orders/17`. */
  readonly path: string
  readonly concrete?: true
  readonly summary?: string
  /** What the answer is called among those of its operation. */
  readonly name: string
  readonly status: number
  /** Media type; `''` where there is no body. */
  readonly type: string
  /** JSON as its value, anything else as text. */
  readonly body?: unknown
  /** What the body looks like, where it is no example or only part of one: the schema is made of it. */
  readonly like?: unknown
  readonly requestBody?: unknown
  /** What the operation should be called, where no other has that name. */
  readonly operationId?: string
  /** Names of query parameters. */
  readonly query?: readonly string[]
  /** Media type of what was sent; JSON unless said. */
  readonly sentType?: string
  /** Response headers that mean something to a client: `Link`. */
  readonly headers?: readonly string[]
  /** How the caller said who it is: `bearer`, `basic`, or the name of a header. */
  readonly auth?: string
}

/** An operation of a drafted contract by its method and path. */
export function operationIdOf(method: string, path: string): string {
  const words = path
    .replace(/\{([^}]*)\}/g, 'by $1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  const name = words.map((one) => one.charAt(0).toUpperCase() + one.slice(1)).join('')
  return `${method.toLowerCase()}${name === '' ? 'Root' : name}`
}

/** A contract (OpenAPI 3.1) of what was seen: schemas that the answers fit, and the answers as its examples. */
export function draftedContract(
  title: string,
  seen: readonly Seen[],
  servers: readonly string[] = [],
): object {
  const paths: Record<string, Record<string, object>> = {}
  const schemes = new Map<string, object>()
  for (const { auth } of seen) if (auth !== undefined) schemes.set(schemeName(auth), schemeOf(auth))
  const taken = new Set<string>()
  for (const [key, all] of Map.groupBy(seen, (one) => `${one.method} ${one.path}`)) {
    const [method = '', path = ''] = key.split(' ')
    const item = (paths[path] ??= parametersIn(path))
    const wanted = all.find((one) => one.operationId !== undefined)?.operationId
    const operationId =
      wanted === undefined || taken.has(wanted) ? operationIdOf(method, path) : wanted
    item[method.toLowerCase()] = operationOf(all, fresh(operationId, taken))
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1.0.0' },
    ...(servers.length > 0 && { servers: servers.map((url) => ({ url })) }),
    paths,
    ...(schemes.size > 0 && { components: { securitySchemes: Object.fromEntries(schemes) } }),
  }
}

function schemeName(auth: string): string {
  return auth === 'bearer' || auth === 'basic' ? auth : 'apiKey'
}

function schemeOf(auth: string): object {
  return auth === 'bearer' || auth === 'basic'
    ? { type: 'http', scheme: auth }
    : { type: 'apiKey', in: 'header', name: auth }
}

function parametersIn(path: string): Record<string, object> {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map((one) => one[1]!)
  return names.length === 0
    ? {}
    : {
        parameters: names.map((name) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
      }
}

function operationOf(all: readonly Seen[], operationId: string): object {
  const summary = all.find((one) => one.summary !== undefined)?.summary
  const query = [...new Set(all.flatMap((one) => one.query ?? []))]
  const sent = all.flatMap((one) => (one.requestBody === undefined ? [] : [one.requestBody]))
  const auths = [...new Set(all.flatMap((one) => one.auth ?? []))]
  const byStatus = Map.groupBy(all, (one) => one.status)
  return {
    operationId,
    ...(summary !== undefined && { summary }),
    ...(query.length > 0 && {
      parameters: query.map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
    }),
    ...(auths.length > 0 && {
      security: [
        ...(all.some((one) => one.auth === undefined) ? [{}] : []),
        ...auths.map((auth) => ({ [schemeName(auth)]: [] })),
      ],
    }),
    ...(sent.length > 0 && {
      requestBody: {
        content: {
          [all.find((one) => one.sentType !== undefined)?.sentType ?? 'application/json']: {
            schema: inferredSchema(sent),
            example: sent[0],
          },
        },
      },
    }),
    responses: Object.fromEntries(
      [...byStatus]
        .toSorted(([a], [b]) => a - b)
        .map(([status, answers]) => [String(status), responseOf(status, answers)]),
    ),
  }
}

function responseOf(status: number, answers: readonly Seen[]): object {
  const content: Record<string, object> = {}
  for (const [type, some] of Map.groupBy(answers, (one) => one.type)) {
    if (type === '') continue
    const values = some.flatMap(({ body, like }) => {
      const value = like ?? body
      return value === undefined ? [] : [value]
    })
    const taken = new Set<string>()
    const examples = some.flatMap(({ name, body }) =>
      body === undefined ? [] : [[fresh(name, taken), { value: body }] as const],
    )
    content[type] = {
      ...(values.length > 0 && { schema: inferredSchema(values) }),
      ...(examples.length > 0 && { examples: Object.fromEntries(examples) }),
    }
  }
  const headers = [...new Set(answers.flatMap((one) => one.headers ?? []))]
  return {
    description: DESCRIPTIONS.get(status) ?? `Status ${status}`,
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])),
    }),
    ...(Object.keys(content).length > 0 && { content }),
  }
}

const DESCRIPTIONS = new Map([
  [200, 'OK'],
  [201, 'Created'],
  [202, 'Accepted'],
  [204, 'Done'],
  [400, 'The request is wrong'],
  [401, 'Sign in first'],
  [403, 'Not allowed'],
  [404, 'Not found'],
  [409, 'In the way of something else'],
  [422, 'What was sent cannot be taken'],
  [429, 'Too many requests'],
  [500, 'Something broke'],
  [503, 'Away for a moment'],
])

function fresh(name: string, taken: Set<string>): string {
  let unique = name
  for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`
  taken.add(unique)
  return unique
}
