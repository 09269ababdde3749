import type { Seen } from './import-format.ts'
import { inferredSchema } from './inferred-schema.ts'

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
export function draftedContract(title: string, seen: readonly Seen[]): object {
  const paths: Record<string, Record<string, object>> = {}
  const taken = new Set<string>()
  for (const [key, all] of Map.groupBy(seen, (one) => `${one.method} ${one.path}`)) {
    const [method = '', path = ''] = key.split(' ')
    const item = (paths[path] ??= parametersIn(path))
    item[method.toLowerCase()] = operationOf(all, fresh(operationIdOf(method, path), taken))
  }
  return { openapi: '3.1.0', info: { title, version: '1.0.0' }, paths }
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
  const byStatus = Map.groupBy(all, (one) => one.status)
  return {
    operationId,
    ...(summary !== undefined && { summary }),
    ...(query.length > 0 && {
      parameters: query.map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
    }),
    ...(sent.length > 0 && {
      requestBody: {
        content: { 'application/json': { schema: inferredSchema(sent), example: sent[0] } },
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
    const values = some.flatMap(({ body, like }) => [body, like].filter((one) => one !== undefined))
    const taken = new Set<string>()
    const examples = some.flatMap(({ name, body }) =>
      body === undefined ? [] : [[fresh(name, taken), { value: body }] as const],
    )
    content[type] = {
      schema: inferredSchema(values),
      ...(examples.length > 0 && { examples: Object.fromEntries(examples) }),
    }
  }
  return {
    description: DESCRIPTIONS.get(status) ?? `Status ${status}`,
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
