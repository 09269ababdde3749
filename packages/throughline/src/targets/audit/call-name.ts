/** A request that a page sends, as it is told apart from others. */
export interface Sent {
  readonly method: string
  readonly url: string
  readonly body: string | null
}

/**
 * What a request is called, the same for each order, page and search: `GET /api/orders/{id}`, with the origin before the path where it is
 * not the app's own, and a GraphQL operation's name behind it.
 */
export function callName({ method, url, body }: Sent, appOrigin: string): string {
  const { origin, pathname } = new URL(url)
  const operation = graphqlName(body)
  const path = `${origin === appOrigin ? '' : origin}${pathTemplate(pathname)}`
  return `${method} ${path}${operation === undefined ? '' : ` ${operation}`}`
}

/** `/orders/17` and `/orders/18` are one: numbers, UUIDs and long codes become `{id}`. */
export function pathTemplate(path: string): string {
  return path
    .split('/')
    .map((segment) => (isCode(segment) ? '{id}' : segment))
    .join('/')
}

function isCode(segment: string): boolean {
  return (
    /^\d+$/.test(segment) ||
    /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(segment) ||
    /^(?=.*\d)[\w-]{16,}$/.test(segment) ||
    /^[A-Z]{1,4}-?\d{2,}$/.test(segment)
  )
}

function graphqlName(body: string | null): string | undefined {
  if (body === null || body.length > 200_000 || !body.includes('"query"')) return undefined
  try {
    const { operationName, query } = JSON.parse(body) as {
      operationName?: unknown
      query?: unknown
    }
    if (typeof operationName === 'string' && operationName !== '') return operationName
    if (typeof query !== 'string') return undefined
    return /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? 'query'
  } catch {
    return undefined
  }
}
