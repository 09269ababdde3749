import { CannotRun } from '../../../cannot-run.ts'
import type {
  Collection,
  CollectionAuth,
  CollectionBody,
  CollectionRequest,
  Pair,
  Values,
} from './collection.ts'

/**
 * A Postman collection (2.0 and 2.1) as plain data: https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 * Throws `CannotRun` (TL9003) where the file is none.
 */
export function postmanCollection(value: unknown, file: string): Collection {
  const schema = textIn(at(value, 'info'), 'schema')
  if (!Array.isArray(at(value, 'item')))
    throw new CannotRun(
      'TL9003',
      `${file} is no Postman collection: it has no list of \`item\`s. Export it as Collection v2.1.`,
    )
  if (/\/v1\b/.test(schema))
    throw new CannotRun('TL9003', `${file} is a collection of version 1. Export it as v2.1.`)
  const requests: CollectionRequest[] = []
  walk(
    value,
    { names: [], auth: authOf(at(value, 'auth')), variables: new Map(), scripts: scriptsOf(value) },
    0,
  )
  return {
    name: textIn(at(value, 'info'), 'name') || 'Collection',
    requests,
    variables: valuesOf(at(value, 'variable')),
  }

  function walk(folder: unknown, around: Around, depth: number): void {
    if (depth > deepest || requests.length >= mostRequests) return
    for (const item of listIn(folder, 'item')) {
      const name = textIn(item, 'name')
      const own: Around = {
        names: [...around.names, name === '' ? 'a request' : name],
        auth: authOf(at(item, 'auth') ?? at(at(item, 'request'), 'auth')) ?? around.auth,
        variables: new Map([...around.variables, ...valuesOf(at(item, 'variable'))]),
        scripts: [...around.scripts, ...scriptsOf(item)],
      }
      if (Array.isArray(at(item, 'item'))) walk(item, own, depth + 1)
      else requests.push(requestOf(item, own))
    }
  }
}

const deepest = 50
const mostRequests = 20_000

/** What the folders of a request give it. */
interface Around {
  readonly names: readonly string[]
  readonly auth: CollectionAuth | undefined
  readonly variables: Values
  readonly scripts: CollectionRequest['scripts']
}

function requestOf(item: unknown, { names, auth, variables, scripts }: Around): CollectionRequest {
  const request = at(item, 'request')
  const isText = typeof request === 'string'
  const url = isText ? request : at(request, 'url')
  const body = bodyOf(at(request, 'body'))
  const headers = pairsOf(at(request, 'header'))
  return {
    name: names.join(' / '),
    method: (isText ? 'GET' : textIn(request, 'method') || 'GET').toUpperCase(),
    url: urlOf(url),
    path: valuesOf(at(url, 'variable')),
    headers:
      typeof at(request, 'header') === 'string' ? linesOf(textIn(request, 'header')) : headers,
    ...(body && { body }),
    ...(auth && auth.type !== 'noauth' && { auth }),
    variables,
    scripts,
  }
}

/** The parts win over `raw`, as in Postman: people edit them there. */
function urlOf(url: unknown): string {
  if (typeof url === 'string') return url
  const host = at(url, 'host')
  const raw = textIn(url, 'raw')
  if (host === undefined) return raw
  const joined = (value: unknown, by: string): string =>
    typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value
            .map((one: unknown) => (typeof one === 'string' ? one : textIn(one, 'value')))
            .join(by)
        : ''
  const protocol = textIn(url, 'protocol')
  const port = textIn(url, 'port')
  const path = joined(at(url, 'path'), '/')
  const query = listIn(url, 'query').filter((one) => at(one, 'disabled') !== true)
  const pairs = query.map((one) => {
    const value = at(one, 'value')
    return `${textIn(one, 'key')}${value === null || value === undefined ? '' : `=${scalar(value)}`}`
  })
  return [
    protocol === '' ? '' : `${protocol}://`,
    joined(host, '.'),
    port === '' ? '' : `:${port}`,
    path === '' ? '' : `/${path.replace(/^\//, '')}`,
    pairs.length === 0 ? '' : `?${pairs.join('&')}`,
  ].join('')
}

function bodyOf(body: unknown): CollectionBody | undefined {
  if (body === null || body === undefined || at(body, 'disabled') === true) return undefined
  switch (textIn(body, 'mode')) {
    case 'raw': {
      const language = textIn(at(at(body, 'options'), 'raw'), 'language')
      const type = languages.get(language)
      const text = textIn(body, 'raw')
      return text === '' ? undefined : { mode: 'raw', text, ...(type !== undefined && { type }) }
    }
    case 'urlencoded':
      return { mode: 'urlencoded', fields: pairsOf(at(body, 'urlencoded')) }
    case 'formdata':
      return {
        mode: 'formdata',
        fields: listIn(body, 'formdata')
          .filter((one) => at(one, 'disabled') !== true)
          .map((one) => {
            const source = at(one, 'src')
            const file = Array.isArray(source) ? scalar(source[0]) : scalar(source)
            const type = textIn(one, 'contentType')
            return {
              name: textIn(one, 'key'),
              value: scalar(at(one, 'value')),
              ...(type !== '' && { type }),
              ...(textIn(one, 'type') === 'file' && { file }),
            }
          }),
      }
    case 'file':
      return { mode: 'file', file: textIn(at(body, 'file'), 'src') }
    case 'graphql': {
      const { query, variables } = {
        query: at(at(body, 'graphql'), 'query'),
        variables: at(at(body, 'graphql'), 'variables'),
      }
      return {
        mode: 'graphql',
        query: scalar(query),
        variables: typeof variables === 'object' ? JSON.stringify(variables) : scalar(variables),
      }
    }
  }
  return undefined
}

const languages = new Map([
  ['json', 'application/json'],
  ['xml', 'application/xml'],
  ['html', 'text/html'],
  ['javascript', 'application/javascript'],
  ['text', 'text/plain'],
])

/** In 2.1 a list of `key` and `value`, in 2.0 an object. */
function authOf(auth: unknown): CollectionAuth | undefined {
  const type = textIn(auth, 'type')
  if (type === '') return undefined
  const given = at(auth, type)
  return {
    type,
    settings: Array.isArray(given)
      ? valuesOf(given)
      : new Map(Object.entries(given ?? {}).map(([name, value]) => [name, scalar(value)])),
  }
}

function scriptsOf(item: unknown): CollectionRequest['scripts'] {
  return listIn(item, 'event').flatMap((event) => {
    const exec = at(at(event, 'script'), 'exec')
    const text = Array.isArray(exec) ? exec.map(scalar).join('\n') : scalar(exec)
    const when = textIn(event, 'listen') === 'prerequest' ? ('before' as const) : ('after' as const)
    return text.trim() === '' || at(event, 'disabled') === true ? [] : [{ when, text }]
  })
}

/** The variables of a list, or of an object by name; those that are switched off are not there. */
export function valuesOf(list: unknown): Values {
  if (!Array.isArray(list))
    return new Map(
      list !== null && typeof list === 'object'
        ? Object.entries(list).map(([name, value]) => [name, scalar(value)])
        : [],
    )
  return new Map(
    list
      .filter((one: unknown) => at(one, 'disabled') !== true && at(one, 'enabled') !== false)
      .map(
        (one: unknown) =>
          [
            textIn(one, 'key') || textIn(one, 'id'),
            scalar(at(one, 'value') ?? at(one, 'currentValue')),
          ] as const,
      )
      .filter(([name]) => name !== ''),
  )
}

function pairsOf(list: unknown): readonly Pair[] {
  if (!Array.isArray(list)) return []
  return list
    .filter((one: unknown) => at(one, 'disabled') !== true && textIn(one, 'key') !== '')
    .map((one: unknown) => ({ name: textIn(one, 'key'), value: scalar(at(one, 'value')) }))
}

function linesOf(text: string): readonly Pair[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':')
    return colon <= 0
      ? []
      : [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }]
  })
}

function at(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = at(value, key)
  return Array.isArray(list) ? list : []
}

function textIn(value: unknown, key: string): string {
  return scalar(at(value, key))
}

function scalar(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : value !== null && typeof value === 'object'
        ? JSON.stringify(value)
        : ''
}
