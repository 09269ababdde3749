import type { LossBook } from '@throughline/core'
import { jsonOf, listPart, part, textPart } from './parts.ts'
import type { Pivot } from './pivot.ts'
import { authItem, flattened, pivotItem, postmanSchema, rawBody, scriptEvent } from './pivot.ts'

/** Whether a value is an export of Insomnia: of version 5 (YAML), or of version 4 (JSON). */
export function isInsomnia(value: unknown): boolean {
  return (
    /^(collection|spec)\.insomnia\.rest\/5\./.test(textPart(value, 'type')) ||
    (textPart(value, '_type') === 'export' && Array.isArray(part(value, 'resources')))
  )
}

/**
 * An export of Insomnia as a Postman collection 2.1. Its scripts speak Postman's words under another name; its template tags become
 * variables. A design document brings its contract along. https://developer.konghq.com/insomnia/export/
 */
export function insomniaCollection(value: unknown, book: LossBook): Pivot {
  const document = textPart(value, '_type') === 'export' ? fromFour(value, book) : value
  const base = part(document, 'environments')
  const contents = part(part(document, 'spec'), 'contents')
  const contract =
    typeof contents === 'string' ? contents : contents === undefined ? '' : JSON.stringify(contents)
  for (const [key, what] of [
    ['testSuites', 'its unit tests'],
    ['certificates', 'client certificates'],
    ['server', 'its mock server'],
  ] as const)
    if (part(document, key) !== undefined) book.note('dropped', what, 'there is no word for them')
  if (listPart(part(document, 'cookieJar'), 'cookies').length > 0)
    book.note('dropped', 'cookies', 'they are somebody’s session')
  return {
    collection: {
      info: { name: textPart(document, 'name') || 'Insomnia', schema: postmanSchema },
      variable: flattened(part(base, 'data')).map(([key, one]) => ({
        key,
        value: plain(one, 'the environment', book),
      })),
      item: itemsOf(part(document, 'collection'), [], 0, book),
    },
    environments: listPart(base, 'subEnvironments').map((one) => ({
      name: textPart(one, 'name') || 'environment',
      values: flattened(part(one, 'data')).map(([key, text]) => ({
        key,
        value: plain(text, 'an environment', book),
      })),
    })),
    ...(contract.trim() !== '' && { contract }),
  }
}

function itemsOf(
  list: unknown,
  inherited: readonly unknown[],
  depth: number,
  book: LossBook,
): readonly object[] {
  if (!Array.isArray(list)) return []
  if (depth > 30) {
    book.note('dropped', 'folders', 'they lie more than 30 deep')
    return []
  }
  return (list as readonly unknown[])
    .toSorted((one, other) => orderOf(one) - orderOf(other))
    .flatMap((item): readonly object[] => {
      const name = textPart(item, 'name') || 'a request'
      if (Array.isArray(part(item, 'children'))) {
        const auth = authOf(item, name, book)
        return [
          {
            name,
            ...(auth && { auth }),
            event: eventsOf(item),
            variable: flattened(part(item, 'environment')).map(([key, one]) => ({
              key,
              value: plain(one, name, book),
            })),
            item: itemsOf(
              part(item, 'children'),
              [...inherited, ...listPart(item, 'headers')],
              depth + 1,
              book,
            ),
          },
        ]
      }
      const id = textPart(part(item, 'meta'), 'id')
      const url = textPart(item, 'url')
      if (/^(ws|greq|socketio|mcp)/.test(id) || /^wss?:/.test(url) || part(item, 'protoFileId')) {
        book.note('dropped', name, 'it is no HTTP request')
        return []
      }
      if (url === '' && textPart(item, 'method') === '') {
        book.note('dropped', name, 'it has no address')
        return []
      }
      return [requestOf(item, name, inherited, book)]
    })
}

function requestOf(
  item: unknown,
  name: string,
  inherited: readonly unknown[],
  book: LossBook,
): object {
  const auth = authOf(item, name, book)
  const named = (list: readonly unknown[]): readonly object[] =>
    list.map((one) => ({
      name: textPart(one, 'name'),
      value: plain(textPart(one, 'value'), name, book),
      disabled: part(one, 'disabled') === true,
    }))
  const body = bodyOf(part(item, 'body'), name, book)
  return pivotItem({
    name,
    method: textPart(item, 'method') || 'GET',
    url: plain(textPart(item, 'url'), name, book),
    query: named(listPart(item, 'parameters')),
    path: named(listPart(item, 'pathParameters')),
    headers: named([...inherited, ...listPart(item, 'headers')]).filter(
      (one) => !textPart(one, 'value').startsWith('insomnia/'),
    ),
    body,
    variables: [],
    ...(auth && { auth }),
    events: eventsOf(item),
    description: textPart(part(item, 'meta'), 'description'),
    examples: [],
  })
}

function bodyOf(body: unknown, name: string, book: LossBook): object | undefined {
  const type = textPart(body, 'mimeType')
  const text = plain(textPart(body, 'text'), name, book)
  const fields = listPart(body, 'params').map((one) => ({
    key: textPart(one, 'name'),
    value: plain(textPart(one, 'value'), name, book),
    disabled: part(one, 'disabled') === true,
    ...(textPart(one, 'type') === 'file' && { type: 'file', src: textPart(one, 'fileName') }),
  }))
  if (type === 'application/graphql') {
    const said = jsonOf(text)
    const variables = part(said, 'variables')
    return {
      mode: 'graphql',
      graphql: {
        query: textPart(said, 'query'),
        variables: typeof variables === 'string' ? variables : JSON.stringify(variables ?? {}),
      },
    }
  }
  if (type === 'application/x-www-form-urlencoded')
    return { mode: 'urlencoded', urlencoded: fields }
  if (type === 'multipart/form-data') return { mode: 'formdata', formdata: fields }
  if (textPart(body, 'fileName') !== '')
    return { mode: 'file', file: { src: textPart(body, 'fileName') } }
  return text === '' ? undefined : rawBody(text, type)
}

function authOf(item: unknown, name: string, book: LossBook): object | undefined {
  const given = part(item, 'authentication')
  const type = textPart(given, 'type')
  if (type === '' || part(given, 'disabled') === true) return undefined
  if (type === 'none') return { type: 'noauth' }
  const made = authItem(
    type,
    Object.fromEntries(
      flattened(given).map(([key, value]) => [key, plain(value, name, book)] as const),
    ),
  )
  if (made === undefined) book.note('dropped', name, `how it signs in (${type})`)
  const prefix = textPart(given, 'prefix')
  if (type === 'bearer' && prefix !== '' && prefix !== 'Bearer')
    book.note('changed', name, `its token is sent as Bearer, not as ${prefix}`)
  return made
}

/** Insomnia's `insomnia` is Postman's `pm` in all that it has. */
function eventsOf(item: unknown): readonly object[] {
  const scripts = part(item, 'scripts')
  const before = textPart(scripts, 'preRequest')
  const after = textPart(scripts, 'afterResponse')
  const said = (code: string): string => (code.trim() === '' ? '' : `var insomnia = pm\n${code}`)
  return [...scriptEvent('prerequest', said(before)), ...scriptEvent('test', said(after))]
}

/** `{{ _.shop }}` -> `{{shop}}`; `{% uuid %}` -> `{{$guid}}`. What a tag takes from elsewhere becomes a variable that has no value. */
function plain(text: string, where: string, book: LossBook): string {
  if (!text.includes('{')) return text
  return text
    .replace(/\{\{\s*(?:_\.|vault\.)?([\w.$-]{1,200})\s*\}\}/g, '{{$1}}')
    .replace(/\{%\s*(\w{1,60})([^%]{0,2000})%\}/g, (_, tag: string, rest: string) => {
      if (tag === 'uuid') return '{{$guid}}'
      if (tag === 'now' || tag === 'timestamp')
        return /unix/.test(rest) ? '{{$timestamp}}' : '{{$isoTimestamp}}'
      book.note('changed', where, `its tag \`${tag}\` is the variable {{${tag}}}, which you set`)
      return `{{${tag}}}`
    })
}

function orderOf(item: unknown): number {
  const key = part(part(item, 'meta'), 'sortKey')
  return typeof key === 'number' ? key : 0
}

/** Version 4 lists everything flat, each with the id of its parent. */
function fromFour(value: unknown, book: LossBook): object {
  const resources = listPart(value, 'resources')
  const children = new Map<string, unknown[]>()
  for (const one of resources) {
    const parent = textPart(one, 'parentId')
    const known = children.get(parent)
    if (known === undefined) children.set(parent, [one])
    else known.push(one)
  }
  const spaces = resources.filter((one) => textPart(one, '_type') === 'workspace')
  if (spaces.length > 1)
    book.note('changed', `${spaces.length} workspaces`, 'each is a folder of one collection')
  const root = spaces[0]
  const environments = (of: unknown): readonly unknown[] =>
    (children.get(textPart(of, '_id')) ?? []).filter(
      (one) => textPart(one, '_type') === 'environment',
    )
  const base = environments(root)[0]
  const spec = resources.find((one) => textPart(one, '_type') === 'api_spec')
  const jar = resources.find((one) => textPart(one, '_type') === 'cookie_jar')
  const seen = new Set<unknown>()
  const inside = (id: string, depth: number): readonly object[] =>
    depth > 40
      ? []
      : (children.get(id) ?? []).flatMap((one): readonly object[] => {
          const type = textPart(one, '_type')
          if (seen.has(one)) return []
          if (!/request/.test(type)) {
            if (/unit_test|proto/.test(type))
              book.note('dropped', textPart(one, 'name') || type, `a ${type}`)
            return []
          }
          seen.add(one)
          const meta = {
            id: textPart(one, '_id'),
            sortKey: part(one, 'metaSortKey'),
            description: textPart(one, 'description'),
          }
          const scripts = {
            preRequest: textPart(one, 'preRequestScript'),
            afterResponse: textPart(one, 'afterResponseScript'),
          }
          const own = { ...(one as object), meta, scripts }
          return type === 'request_group'
            ? [{ ...own, children: inside(textPart(one, '_id'), depth + 1) }]
            : [type === 'request' ? own : { ...own, url: '', method: '', meta: { id: 'ws' } }]
        })
  return {
    name: textPart(root, 'name'),
    ...(spec !== undefined && { spec: { contents: part(spec, 'contents') } }),
    ...(jar !== undefined && { cookieJar: jar }),
    environments: { data: part(base, 'data'), subEnvironments: environments(base) },
    collection: [
      ...inside(textPart(root, '_id'), 0),
      ...spaces.slice(1).map((one) => ({
        name: textPart(one, 'name'),
        children: inside(textPart(one, '_id'), 1),
      })),
    ],
  }
}
