/** Whether a value is a Postman collection (2.0 or 2.1). */
export function isPostmanCollection(value: unknown): boolean {
  const schema = own(own(value, 'info'), 'schema')
  return Array.isArray(own(value, 'item')) && typeof schema === 'string' && /postman/.test(schema)
}

/**
 * The requests of a Postman collection as calls for a notebook: one for each saved example, and one for a request without any.
 * Variables that the collection does not set become parameters; an unknown host is `http://localhost`.
 * https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export function toldByPostman(collection: unknown): readonly unknown[] {
  const variables = new Map<string, string>()
  for (const one of listIn(collection, 'variable')) {
    const [key, value] = [own(one, 'key'), own(one, 'value')]
    if (typeof key === 'string' && typeof value === 'string') variables.set(key, value)
  }
  const told: unknown[] = []
  walk(collection, 0)
  return told

  function walk(folder: unknown, depth: number): void {
    for (const item of listIn(folder, 'item')) {
      if (told.length > mostCalls || depth > deepest) return
      if (Array.isArray(own(item, 'item'))) walk(item, depth + 1)
      else take(own(item, 'request'), listIn(item, 'response'))
    }
  }

  function take(request: unknown, examples: readonly unknown[]): void {
    const given = typeof request === 'string' ? request : own(request, 'url')
    const raw = typeof given === 'string' ? given : own(given, 'raw')
    const url = typeof raw === 'string' ? addressOf(raw) : undefined
    const verb = own(request, 'method')
    const method = typeof verb === 'string' ? verb.toUpperCase() : 'GET'
    if (url === undefined) return
    const sent = sentBy(own(request, 'body'))
    const auth = authOf(request)
    const call = {
      kind: 'call',
      at: told.length,
      ms: 0,
      method,
      url,
      ...(sent !== undefined && { sent }),
      ...(auth !== undefined && { auth }),
    }
    if (examples.length === 0) told.push({ ...call, status: 200, type: '' })
    for (const example of examples) {
      const [code, time] = [own(example, 'code'), own(example, 'responseTime')]
      const body = jsonIn(own(example, 'body'))
      told.push({
        ...call,
        at: told.length,
        ms: typeof time === 'number' ? time : 0,
        status: typeof code === 'number' ? code : 200,
        type: body === undefined ? '' : 'application/json',
        ...(body !== undefined && { body }),
      })
    }
  }

  function addressOf(raw: string): string | undefined {
    const filled = raw.trim().replace(/\{\{([^}]+)\}\}/g, (_, name: string) => {
      return variables.get(name.trim()) ?? `:${name.trim()}`
    })
    const absolute = /^https?:\/\//i.test(filled)
      ? filled
      : `http://localhost${filled.replace(/^[^/]*/, '')}`
    return URL.canParse(absolute) ? absolute : undefined
  }
}

const mostCalls = 20_000
const deepest = 30

function sentBy(body: unknown): unknown {
  const graphql = own(body, 'graphql')
  if (own(body, 'mode') === 'graphql')
    return { query: own(graphql, 'query'), variables: jsonIn(own(graphql, 'variables')) ?? {} }
  return own(body, 'mode') === 'raw' ? jsonIn(own(body, 'raw')) : undefined
}

/** How the caller says who it is, never what it says. */
function authOf(request: unknown): string | undefined {
  const type = own(own(request, 'auth'), 'type')
  if (type === 'bearer' || type === 'basic') return type
  for (const header of listIn(request, 'header')) {
    const [key, value] = [own(header, 'key'), own(header, 'value')]
    if (typeof key === 'string' && /^authorization$/i.test(key))
      return /^bearer /i.test(String(value)) ? 'bearer' : 'Authorization'
    if (typeof key === 'string' && /^x-(api-key|auth-token|access-token)$/i.test(key)) return key
  }
  return undefined
}

function jsonIn(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const found = own(value, name)
  return Array.isArray(found) ? (found as readonly unknown[]) : []
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
