import type { Graph, Seen } from '@throughline/core'
import type { Found, FoundScenario } from './import-format.ts'
import { jsonOf, listPart, part, slug, textPart } from './parts.ts'

export function isPostman(value: unknown): boolean {
  return (
    Array.isArray(part(value, 'item')) &&
    /getpostman\.com|postman\.com/.test(textPart(part(value, 'info'), 'schema'))
  )
}

/**
 * The saved examples of a Postman collection (2.0 and 2.1): what went well together as one scenario, each failure as its own.
 * https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export function postmanFound(collection: unknown, _graph: Graph): Found {
  const title = textPart(part(collection, 'info'), 'name') || 'Postman'
  const name = slug(title, 'postman')
  const seen: Seen[] = []
  const lost: string[] = []
  const changed: string[] = []
  const good = new Map<string, Seen>()
  const failures: FoundScenario[] = []
  const taken = new Set([name])
  const variables = variablesOf(collection)
  walk(collection, 0)
  return {
    title,
    seen,
    scenarios: [
      {
        name,
        title,
        rules: [...good.values()].map((one) => ({
          method: one.method,
          path: one.path,
          rule: { respond: respondOf(one) },
        })),
      },
      ...failures,
    ],
    data: {},
    changed,
    lost,
  }

  function walk(folder: unknown, depth: number): void {
    if (depth > 30) return
    for (const item of listPart(folder, 'item')) {
      if (Array.isArray(part(item, 'item'))) walk(item, depth + 1)
      else take(item)
    }
    if (listPart(folder, 'event').length > 0)
      lost.push(`${textPart(folder, 'name') || title}: scripts`)
  }

  function take(item: unknown): void {
    const said = textPart(item, 'name') || 'a request'
    if (listPart(item, 'event').length > 0) lost.push(`${said}: scripts`)
    const responses = listPart(item, 'response')
    if (responses.length === 0) {
      const bare = seenIn(part(item, 'request') ?? {}, {}, said)
      if (bare === undefined) lost.push(`${said}: its address cannot be read`)
      else {
        seen.push({ ...bare, name: 'answer' })
        changed.push(`${said}: it has no saved answer; its operation is drafted without one`)
      }
      return
    }
    for (const response of responses) {
      const asked = part(response, 'originalRequest') ?? part(item, 'request')
      const one = seenIn(asked, response, said)
      if (one === undefined) {
        lost.push(`${said}: its address cannot be read`)
        continue
      }
      seen.push(one)
      const key = `${one.method} ${one.path}`
      if (one.status < 400) {
        if (!good.has(key)) good.set(key, one)
        continue
      }
      const label = slug(`${said} ${textPart(response, 'name')}`, `status-${one.status}`)
      let unique = label
      for (let number = 2; taken.has(unique); number++) unique = `${label}-${number}`
      taken.add(unique)
      failures.push({
        name: unique,
        title: `${said}: ${textPart(response, 'name') || one.status}`,
        rules: [{ method: one.method, path: one.path, rule: { respond: respondOf(one) } }],
      })
    }
  }

  function seenIn(asked: unknown, response: unknown, said: string): Seen | undefined {
    const path = pathOf(part(asked, 'url'), variables)
    if (path === undefined) return undefined
    const text = textPart(response, 'body')
    const header = listPart(response, 'header').find(
      (one) => textPart(one, 'key').toLowerCase() === 'content-type',
    )
    const code = part(response, 'code')
    const value = jsonOf(text)
    const type = textPart(header, 'value').split(';')[0]!.trim().toLowerCase()
    const own = type !== '' ? type : value === undefined ? 'text/plain' : 'application/json'
    const sent = jsonOf(textPart(part(asked, 'body'), 'raw'))
    const query = listPart(part(asked, 'url'), 'query').flatMap((one) =>
      part(one, 'disabled') === true || textPart(one, 'key') === '' ? [] : [textPart(one, 'key')],
    )
    return {
      method: (textPart(asked, 'method') || 'GET').toUpperCase(),
      path,
      summary: said,
      name: slug(textPart(response, 'name'), 'example'),
      status: typeof code === 'number' && code >= 200 && code <= 599 ? code : 200,
      type: text === '' ? '' : own,
      ...(text !== '' && { body: value ?? text }),
      ...(sent !== undefined && { requestBody: sent }),
      ...(query.length > 0 && { query: [...new Set(query)] }),
    }
  }
}

function respondOf({ status, body }: Seen): object {
  return { status, ...(body !== undefined && { body }) }
}

function variablesOf(collection: unknown): ReadonlyMap<string, string> {
  return new Map(
    listPart(collection, 'variable').flatMap((one) => {
      const value = part(one, 'value')
      return typeof value === 'string' ? [[textPart(one, 'key'), value] as const] : []
    }),
  )
}

/** The parts of an address that has no `raw`; each is a text, or a list of texts. */
function joinedUrl(url: unknown): string {
  const joined = (name: string, by: string): string =>
    textPart(url, name) ||
    listPart(url, name)
      .filter((one) => typeof one === 'string')
      .join(by)
  const [host, path] = [joined('host', '.'), joined('path', '/')]
  const home = host.replace(/\/+$/, '')
  return host === '' && path === ''
    ? ''
    : `${home.startsWith('{{') ? '' : 'http://'}${home}/${path.replace(/^\/+/, '')}`
}

/** `{{baseUrl}}/orders/:id` -> `/orders/{id}` */
function pathOf(url: unknown, variables: ReadonlyMap<string, string>): string | undefined {
  const raw = (typeof url === 'string' ? url : textPart(url, 'raw') || joinedUrl(url)).trim()
  // A variable may name others: `{{baseUrl}}` is `{{scheme}}://{{host}}`. What leads the address is its home.
  let filled = raw.slice(0, 8000)
  for (let turn = 0; turn < 5 && filled.length < 8000; turn++)
    filled = filled.replace(/^\{\{\s*([^{}]{1,200}?)\s*\}\}/, (whole, name: string) => {
      const value = variables.get(name)
      return value === undefined || value === '' ? whole : value
    })
  const [address = ''] = filled.split(/[?#]/, 1)
  const path = address
    .replace(/^([a-z][\w+.-]*|\{\{[^{}]*\}\}):\/\/[^/]*/i, '')
    .replace(/^\{\{[^{}]*\}\}/, '')
  const own = path.startsWith('/')
    ? path
    : /^[^/]+\.[^/]+(\/|$)|^localhost/.test(path)
      ? path.replace(/^[^/]*/, '')
      : `/${path}`
  if (raw === '') return undefined
  const parts = own.split('/').map((one, index, all) => {
    const name = /^:([\w-]+)$|^\{\{\s*([^{}]{1,200}?)\s*\}\}$/.exec(one)
    if (name !== null) return `{${(name[1] ?? name[2] ?? '').replace(/[^\w-]+/g, '') || 'id'}}`
    if (!/^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i.test(one)) return one
    const before = all[index - 1] ?? ''
    const word = /[^s]s$/i.test(before) ? before.slice(0, -1) : before
    return `{${/^\w+$/.test(word) ? `${word}Id` : 'id'}}`
  })
  return parts.join('/') || '/'
}
