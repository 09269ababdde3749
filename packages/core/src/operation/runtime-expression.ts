/** What a runtime expression may look at: one request and its answer. */
export interface Happened {
  readonly method: string
  /** The whole URL of the request. */
  readonly url: string
  readonly query: ReadonlyMap<string, string>
  readonly path: ReadonlyMap<string, string>
  readonly header: (name: string) => string | undefined
  readonly body: unknown
  readonly response: {
    readonly status: number
    readonly header: (name: string) => string | undefined
    readonly body: unknown
  }
}

/**
 * A text with runtime expressions in it (OpenAPI, "Runtime Expressions"), filled in: `{$request.body#/callbackUrl}?id={$response.body#/id}`,
 * or one expression alone. `undefined` where something that it names is not there.
 */
export function expressionText(text: string, happened: Happened): string | undefined {
  if (text.startsWith('$')) return textOf(expressionValue(text, happened))
  let missing = false
  const filled = text.slice(0, LONGEST).replace(/\{(\$[^{}]*)\}/g, (_, expression: string) => {
    const value = textOf(expressionValue(expression, happened))
    if (value === undefined) missing = true
    return value ?? ''
  })
  return missing ? undefined : filled
}

const LONGEST = 4000

/** The value of one expression: `$request.query.page`, `$response.header.Location`, `$request.body#/items/0/id`. */
export function expressionValue(expression: string, happened: Happened): unknown {
  if (expression === '$url') return happened.url
  if (expression === '$method') return happened.method
  if (expression === '$statusCode') return happened.response.status
  const found = /^\$(request|response)\.(header|query|path|body)(?:[.#](.*))?$/s.exec(expression)
  if (found === null) return undefined
  const [, side, place, rest = ''] = found
  const from = side === 'request' ? happened : happened.response
  if (place === 'header') return from.header(rest.toLowerCase())
  if (place === 'body') return pointed(from.body, rest)
  if (side === 'response') return undefined
  return place === 'query' ? happened.query.get(rest) : happened.path.get(rest)
}

/** RFC 6901. */
function pointed(value: unknown, pointer: string): unknown {
  if (pointer === '') return value
  let here = value
  for (const raw of pointer.replace(/^\//, '').split('/')) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined
    here = Reflect.get(here, key)
  }
  return here
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
