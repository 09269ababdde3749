import { jsonOf, part, plainText, textPart } from './parts.ts'

/** The schema that a collection names. */
export const postmanSchema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

/** Requests of any client, as a Postman collection 2.1: what `throughline test --collection` sends. */
export interface Pivot {
  readonly collection: object
  readonly environments: readonly PivotEnvironment[]
  /** A contract that the file brings along, as text. */
  readonly contract?: string
}

export interface PivotEnvironment {
  readonly name: string
  /** `key`, `value`, and `type: secret`. */
  readonly values: readonly object[]
}

interface Asked {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly query: readonly unknown[]
  readonly path: readonly unknown[]
  readonly headers: readonly unknown[]
  readonly body: object | undefined
  readonly variables: readonly object[]
  readonly auth?: object
  readonly events: readonly object[]
  readonly description: string
  readonly examples: readonly {
    readonly name: string
    readonly url: string
    readonly method: string
    readonly sent: string
    readonly status: unknown
    readonly headers: readonly unknown[]
    readonly type: string
    readonly body: string
  }[]
}

/** A request as an item of a collection. */
export function pivotItem(asked: Asked): object {
  const { name, method, body, auth, events, description, variables } = asked
  const url = urlOf(asked.url, asked.query, asked.path)
  const header = pairs(asked.headers)
  const request = {
    method: method.toUpperCase().slice(0, 20),
    url,
    header,
    ...(body && { body }),
    ...(auth && { auth }),
    ...(description !== '' && { description }),
  }
  return {
    name,
    ...(variables.length > 0 && { variable: variables }),
    ...(events.length > 0 && { event: events }),
    request,
    response: asked.examples.map((one) => ({
      name: one.name,
      code: typeof one.status === 'number' ? one.status : 200,
      originalRequest: {
        method: (one.method || method).toUpperCase(),
        url: one.url === '' ? url : urlOf(one.url, [], asked.path),
        ...(one.sent !== '' && { body: { mode: 'raw', raw: one.sent } }),
      },
      header: [
        ...pairs(one.headers),
        ...(one.type === 'json' ? [{ key: 'Content-Type', value: 'application/json' }] : []),
      ],
      body: one.body,
    })),
  }
}

export function scriptEvent(listen: 'prerequest' | 'test', code: string): readonly object[] {
  return code.trim() === ''
    ? []
    : [{ listen, script: { type: 'text/javascript', exec: code.split('\n') } }]
}

/** Credentials as Postman has them; nothing for a kind that it does not know. */
export function authItem(type: string, settings: unknown): object | undefined {
  const text = (...names: readonly string[]): string =>
    names.map((one) => textPart(settings, one)).find((one) => one !== '') ?? ''
  switch (type) {
    case 'basic':
    case 'digest':
    case 'ntlm':
      return {
        type,
        [type]: list({ username: text('username'), password: text('password') }),
      }
    case 'bearer':
      return { type, bearer: list({ token: text('token') }) }
    case 'apikey':
      return {
        type,
        apikey: list({
          key: text('key'),
          value: text('value'),
          in: /query/i.test(text('placement', 'addTo')) ? 'query' : 'header',
        }),
      }
  }
  return undefined
}

function list(settings: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(settings).map(([key, value]) => ({ key, value, type: 'string' }))
}

function urlOf(address: string, query: readonly unknown[], path: readonly unknown[]): object {
  const added = address.includes('?') ? [] : pairs(query).filter((one) => !one.disabled)
  const search = added.map(({ key, value }) => `${key}=${value}`).join('&')
  const variable = pairs(path)
  return {
    raw: `${address}${search === '' ? '' : `?${search}`}`,
    ...(variable.length > 0 && { variable }),
    ...(added.length > 0 && { query: added.map(({ key, value }) => ({ key, value })) }),
  }
}

interface KeyValue {
  readonly key: string
  readonly value: string
  readonly disabled?: true
}

function pairs(given: readonly unknown[]): readonly KeyValue[] {
  return given.flatMap((one) => {
    const key = textPart(one, 'name')
    const value = part(one, 'value')
    return key === ''
      ? []
      : [
          {
            key,
            value: plainText(value),
            ...(part(one, 'disabled') === true && { disabled: true as const }),
          },
        ]
  })
}

/** The names and plain values of nested data: `{ shop: { url: 1 } }` -> `shop.url`. */
export function flattened(
  data: unknown,
  before = '',
  depth = 0,
): readonly (readonly [string, string])[] {
  if (data === null || typeof data !== 'object' || depth > 10) return []
  return Object.entries(data)
    .slice(0, 5000)
    .flatMap(([name, value]: [string, unknown]) => {
      const key = `${before}${name}`
      if (value !== null && typeof value === 'object')
        return Array.isArray(value)
          ? [[key, JSON.stringify(value)] as const]
          : flattened(value, `${key}.`, depth + 1)
      return [[key, plainText(value)] as const]
    })
}

/** A body as raw text, with the language that its media type has. */
export function rawBody(text: string, type: string): object {
  const language =
    /json/i.test(type) || (type === '' && jsonOf(text) !== undefined)
      ? 'json'
      : /xml/i.test(type)
        ? 'xml'
        : 'text'
  return { mode: 'raw', raw: text, options: { raw: { language } } }
}
