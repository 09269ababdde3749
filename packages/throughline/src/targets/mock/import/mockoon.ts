import type { Graph, Seen } from '@throughline/core'
import type { Found, FoundRule } from './import-format.ts'
import { isTemplate, translated } from './mockoon-template.ts'
import type { Buckets } from './mockoon-template.ts'
import { jsonOf, listPart, part, slug, textPart } from './parts.ts'

type Rule = Readonly<Record<string, unknown>>

export function isMockoon(value: unknown): boolean {
  return Array.isArray(part(value, 'routes')) && part(value, 'endpointPrefix') !== undefined
}

/**
 * A Mockoon environment: usual answers as examples, rules, sequences and templates as a scenario, the lists of CRUD routes as
 * data. https://mockoon.com/docs/latest/mockoon-data-files/data-files-location/
 */
export function mockoonFound(environment: unknown, _graph: Graph): Found {
  const title = textPart(environment, 'name') || 'Mockoon'
  const name = slug(title, 'mockoon')
  const seen: Seen[] = []
  const rules: FoundRule[] = []
  const lost: string[] = []
  const data: Record<string, readonly unknown[]> = {}
  const buckets = bucketsOf(environment, lost)
  const prefix = textPart(environment, 'endpointPrefix').replace(/^\/|\/$/g, '')
  const late = latencyOf(environment)
  const headers = listPart(environment, 'headers')
  if (part(environment, 'proxyMode') === true)
    lost.push(
      `Proxy mode: start it with \`throughline mock --proxy ${textPart(environment, 'proxyHost')}\``,
    )
  if (listPart(environment, 'callbacks').length > 0)
    lost.push('Callbacks: describe them in the contract, and the mock calls them')
  for (const route of listPart(environment, 'routes').slice(0, MOST_ROUTES)) {
    const endpoint = textPart(route, 'endpoint').replace(/^\/|\/$/g, '')
    const path = pathOf(prefix === '' ? endpoint : `${prefix}/${endpoint}`)
    const said = `${textPart(route, 'method').toUpperCase() || 'CRUD'} /${endpoint}`
    if (part(route, 'enabled') === false) {
      lost.push(`${said}: it is switched off`)
      continue
    }
    if (path === undefined) {
      lost.push(`${said}: a path with a wildcard or a pattern`)
      continue
    }
    const kind = textPart(route, 'type')
    if (kind !== '' && kind !== 'http' && kind !== 'crud') {
      lost.push(`${said}: ${kind === 'ws' ? 'WebSockets' : kind}`)
      continue
    }
    const context: Context = { route, path, said, buckets, lost, late, headers }
    if (kind === 'crud') {
      const found = crudOf(context)
      seen.push(...found.seen)
      if (found.rows !== undefined) data[found.name] = found.rows
      continue
    }
    const method = textPart(route, 'method').toUpperCase()
    const methods = method === 'ALL' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] : [method]
    for (const one of methods) {
      const found = answersOf(one, context)
      seen.push(...found.seen)
      rules.push(...found.rules)
    }
  }
  return {
    title,
    seen,
    scenarios: [{ name, title, rules, withData: true }],
    data,
    lost,
  }
}

const MOST_ROUTES = 5000

interface Context {
  readonly route: unknown
  readonly path: string
  /** The route as the user knows it. */
  readonly said: string
  readonly buckets: Buckets
  readonly lost: string[]
  /** Of the whole environment, in milliseconds. */
  readonly late: number
  /** Of the whole environment; those of an answer win. */
  readonly headers: readonly unknown[]
}

function latencyOf(value: unknown): number {
  const found = part(value, 'latency')
  return typeof found === 'number' && found > 0 ? Math.min(found, 120_000) : 0
}

/** Static data, by id and by name. */
function bucketsOf(environment: unknown, lost: string[]): Buckets {
  const buckets = new Map<string, unknown>()
  for (const bucket of listPart(environment, 'data')) {
    const text = textPart(bucket, 'value')
    const value = jsonOf(text)
    const name = textPart(bucket, 'name')
    if (value === undefined) {
      lost.push(
        `Data bucket ${name}: ${isTemplate(text) ? 'its content is a template' : 'it is no JSON'}`,
      )
      continue
    }
    for (const key of [textPart(bucket, 'id'), textPart(bucket, 'uuid'), name])
      if (key !== '') buckets.set(key, value)
  }
  return buckets
}

/** `users/:id` -> `/users/{id}`; `undefined` for what no contract can say. */
function pathOf(endpoint: string): string | undefined {
  const path = endpoint
    .split('/')
    .map((one) => one.replace(/^:(\w+)(\([^)]*\))?$/, '{$1}'))
    .join('/')
  return /[*()?+]|:\w/.test(path) ? undefined : `/${path}`
}

function answersOf(
  method: string,
  context: Context,
): { readonly seen: readonly Seen[]; readonly rules: readonly FoundRule[] } {
  const { route, path, said, lost } = context
  const responses = listPart(route, 'responses')
  const mode = textPart(route, 'responseMode')
  if (mode === 'FALLBACK') lost.push(`${said}: falling back to another route`)
  if (textPart(route, 'streamingMode') !== '') lost.push(`${said}: streaming`)
  if (mode === 'SEQUENTIAL' && responses.length > 1)
    lost.push(`${said}: a sequence begins anew with a reset, not by itself; the last answer stays`)
  const usual = responses.find((one) => part(one, 'default') === true) ?? responses[0]
  const seen: Seen[] = []
  const rules: FoundRule[] = []
  const summary = textPart(route, 'documentation')
  // The usual answer is the last rule, and the first example.
  const ordered = usual === undefined ? [] : [...responses.filter((one) => one !== usual), usual]
  for (const [index, response] of (mode === 'SEQUENTIAL' ? responses : ordered).entries()) {
    const content = contentOf(response, context)
    const base = {
      method,
      path,
      name: slug(textPart(response, 'label'), `answer-${content.status}`),
      status: content.status,
      type: content.type,
      ...(summary !== '' && { summary }),
    }
    const { body, template, like } = content
    const one: Seen = {
      ...base,
      ...(template === undefined && body !== undefined && { body }),
      ...(like !== undefined && { like }),
    }
    if (response === usual) seen.unshift(one)
    else seen.push(one)
    const respond = {
      status: content.status,
      ...(template === undefined ? body !== undefined && { body } : { template }),
      ...(Object.keys(content.headers).length > 0 && { headers: content.headers }),
    }
    const milliseconds = Math.max(latencyOf(response), context.late)
    const latency = milliseconds > 0 ? { latency: `${milliseconds}ms` } : {}
    const add = (rule: Rule): void => {
      rules.push({ method, path, rule })
    }
    if (mode === 'SEQUENTIAL') {
      add({ respond, ...latency, ...(response !== responses.at(-1) && { times: 1 }) })
      continue
    }
    const conditions = mode === 'DISABLE_RULES' ? [] : listPart(response, 'rules')
    if (response !== usual) {
      if (mode === 'DISABLE_RULES') continue
      if (mode === 'RANDOM') {
        const share = `${Math.round(1000 / (ordered.length - index)) / 10}%`
        add({ when: { share }, respond, ...latency })
        continue
      }
      for (const when of conditionsOf(conditions, response, context))
        add({ when, respond, ...latency })
    } else if (template !== undefined) add({ respond, ...latency })
    else if (Object.keys(content.headers).length > 0) add({ respond, ...latency })
    else if (milliseconds > 0) add(latency)
  }
  return { seen, rules }
}

interface Content {
  readonly status: number
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly template?: string
  readonly like?: unknown
}

function contentOf(response: unknown, { buckets, said, lost, headers: all }: Context): Content {
  const code = part(response, 'statusCode')
  const status = typeof code === 'number' && code >= 100 && code <= 599 ? code : 200
  const own = listPart(response, 'headers')
  const named = new Set(own.map((one) => textPart(one, 'key').toLowerCase()))
  const given = [...all.filter((one) => !named.has(textPart(one, 'key').toLowerCase())), ...own]
  const headers = Object.fromEntries(
    given.flatMap((one) => {
      const [key, value] = [textPart(one, 'key'), textPart(one, 'value')]
      if (!/^[\w-]+$/.test(key) || NOT_KEPT.test(key)) return []
      return [[key, translated(value, buckets).text] as const]
    }),
  )
  const saidType = given.find((one) => textPart(one, 'key').toLowerCase() === 'content-type')
  const label = textPart(response, 'label')
  const where = label === '' ? said : `${said}, "${label}"`
  if (part(response, 'fallbackTo404') === true) lost.push(`${where}: falling back to 404`)
  if (textPart(response, 'bodyType') === 'FILE' || textPart(response, 'filePath') !== '') {
    lost.push(
      `${where}: the file ${textPart(response, 'filePath')} is not copied; respond: file: names it`,
    )
    return { status, type: '', headers }
  }
  const bucket =
    textPart(response, 'bodyType') === 'DATABUCKET'
      ? buckets.get(textPart(response, 'databucketID'))
      : undefined
  if (bucket !== undefined) return { status, type: 'application/json', headers, body: bucket }
  const text = textPart(response, 'body')
  if (text.trim() === '') return { status, type: '', headers }
  const value = jsonOf(text)
  const type = textPart(saidType, 'value').split(';')[0]!.trim().toLowerCase()
  const media = type !== '' ? type : /^\s*[[{]/.test(text) ? 'application/json' : 'text/plain'
  if (part(response, 'disableTemplating') === true || !isTemplate(text))
    return { status, type: media, headers, body: value ?? text }
  const { text: template, unknown } = translated(text, buckets)
  for (const one of unknown) lost.push(`${where}: the templating helper ${one}`)
  return { status, type: media, headers, template, like: likeOf(text) }
}

const NOT_KEPT =
  /^(content-type|content-length|content-encoding|transfer-encoding|connection|access-control-.*|date|keep-alive)$/i

/** A value that looks like what a template makes: only its shape counts. */
function likeOf(template: string): unknown {
  const plain = template
    .replace(/\{\{#[\s\S]*?\}\}|\{\{\/[\s\S]*?\}\}|\{\{else[\s\S]*?\}\}/g, '')
    .replace(/"[^"\n]*\{\{[\s\S]*?\}\}[^"\n]*"/g, '"text"')
    .replace(/\{\{[\s\S]*?\}\}/g, '1')
  const value = jsonOf(plain)
  return value !== null && typeof value === 'object' ? value : undefined
}

/** The alternatives under which an answer is given, each as a `when`. */
function conditionsOf(
  conditions: readonly unknown[],
  response: unknown,
  { said, lost }: Context,
): readonly Rule[] {
  if (conditions.length === 0) return []
  const label = textPart(response, 'label') || String(part(response, 'statusCode'))
  const found = conditions.map((one) => {
    const when = conditionOf(one)
    if (typeof when === 'string') lost.push(`${said}, "${label}": a rule about ${when}`)
    return when
  })
  const good = found.filter((one) => typeof one !== 'string')
  if (textPart(response, 'rulesOperator') !== 'AND') return good
  if (good.length < found.length) return []
  if (good.filter((one) => 'not' in one).length > 1) {
    lost.push(`${said}, "${label}": several rules about what a request is not`)
    return []
  }
  return [good.reduce<Rule>((all, one) => merged(all, one), {})]
}

/** One rule as a `when`; the words for what it is about where there is no such word in a scenario. */
function conditionOf(rule: unknown): Rule | string {
  const when = plainCondition(rule)
  if (part(rule, 'invert') !== true || typeof when === 'string') return when
  if ('not' in when) return isRecord(when['not']) ? when['not'] : {}
  return 'call' in when ? `what the number of the call is not` : { not: when }
}

function plainCondition(rule: unknown): Rule | string {
  const target = textPart(rule, 'target')
  const modifier = textPart(rule, 'modifier')
  const operator = textPart(rule, 'operator') || 'equals'
  const value = textPart(rule, 'value')
  if (isTemplate(value)) return `a template (${target} ${modifier})`
  if (target === 'request_number' || target === 'number') {
    const call = Number(value)
    return operator === 'equals' && Number.isInteger(call) && call > 0
      ? { call }
      : `the number of the call (${operator})`
  }
  const place = PLACES.get(target)
  if (place === undefined) return target
  const path = place === 'body' ? bodyPath(modifier) : modifier
  if (path === undefined || (path === '' && place !== 'body')) return `${target} ${modifier}`
  const full = path === '' ? place : `${place}.${path}`
  if (operator === 'null') return { not: { matches: { [full]: '' } } }
  if (operator === 'empty_array' && place === 'body')
    return { not: { matches: { [`${full}[]`]: '' } } }
  if (operator === 'regex') return { matches: { [full]: value } }
  if (operator === 'regex_i')
    return { matches: { [full]: value.replace(/[a-z](?![^[]*\])/gi, bothCases) } }
  if (operator === 'array_includes' && place === 'body')
    return { matches: { [`${full}[]`]: `^${escaped(value)}$` } }
  if (operator !== 'equals') return `${target} ${modifier} (${operator})`
  if (place === 'cookie') return { matches: { [full]: `^${escaped(value)}$` } }
  if (place !== 'body') return { [place]: { [path]: value } }
  if (path === '' || /\[/.test(path)) return { matches: { [full]: `^${escaped(value)}$` } }
  const known = jsonOf(value)
  const plain = typeof known === 'number' || typeof known === 'boolean' ? known : value
  return {
    body: path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), plain) as Rule,
  }
}

const PLACES = new Map([
  ['body', 'body'],
  ['query', 'query'],
  ['header', 'header'],
  ['params', 'path'],
  ['cookie', 'cookie'],
])

/** `$.user.lines[*].sku`, `user.lines.0.sku` -> `user.lines[].sku` */
function bodyPath(modifier: string): string | undefined {
  const path = modifier
    .replace(/^\$\.?/, '')
    .replace(/^\//, '')
    .replaceAll('/', '.')
    .replace(/\[(\*|\d+)\]|\.\d+(?=\.|$)/g, '[]')
  return /^[\w.[\]-]*$/.test(path) ? path : undefined
}

function bothCases(letter: string): string {
  return `[${letter.toLowerCase()}${letter.toUpperCase()}]`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function merged(one: Rule, other: Rule, depth = 0): Rule {
  const all: Record<string, unknown> = { ...one }
  for (const [name, value] of Object.entries(other)) {
    const before = all[name]
    all[name] =
      isRecord(before) && isRecord(value) && depth < 20 ? merged(before, value, depth + 1) : value
  }
  return all
}

function isRecord(value: unknown): value is Rule {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** The operations of a CRUD route, and the rows of its bucket. */
function crudOf({ path, route, said, buckets, lost }: Context): {
  readonly name: string
  readonly seen: readonly Seen[]
  readonly rows: readonly unknown[] | undefined
} {
  const response = listPart(route, 'responses').find((one) => part(one, 'default') === true)
  const rows = buckets.get(textPart(response, 'databucketID'))
  const name = path.split('/').at(-1) ?? ''
  const key = textPart(response, 'crudKey') || 'id'
  if (!Array.isArray(rows)) {
    lost.push(`${said}: its data bucket is no list`)
    return { name, seen: [], rows: undefined }
  }
  const list: readonly unknown[] = rows
  const things = list.filter(isRecord)
  if (things.length < list.length) lost.push(`${said}: things in its list that are no objects`)
  const [first = {}] = things
  const { [key]: _, ...sent } = first
  const one = `${path}/{${key}}`
  const type = 'application/json'
  const seen: readonly Seen[] = [
    { method: 'GET', path, name: 'all', status: 200, type, body: things },
    { method: 'POST', path, name: 'made', status: 201, type, like: first, requestBody: sent },
    { method: 'GET', path: one, name: 'one', status: 200, type, like: first },
    {
      method: 'PUT',
      path: one,
      name: 'changed',
      status: 200,
      type,
      like: first,
      requestBody: sent,
    },
    {
      method: 'PATCH',
      path: one,
      name: 'changed',
      status: 200,
      type,
      like: first,
      requestBody: sent,
    },
    // A part will do.
    { method: 'PATCH', path: one, name: 'changed', status: 200, type, requestBody: {} },
    { method: 'DELETE', path: one, name: 'gone', status: 200, type, like: first },
    { method: 'GET', path: one, name: 'missing', status: 404, type, like: {} },
  ]
  return { name, seen, rows: things }
}
