import { nameOf, nodesOfKind, routerOf } from '@throughline/core'
import type { Graph, Operation, Seen } from '@throughline/core'
import { describedBy } from '../record/recorded.ts'
import { isPlaceholder, redactionOf } from '@throughline/core'
import type { Redaction } from '@throughline/core'
import { withoutPlaceholders } from '../record/examples.ts'
import type { Found, FoundRule } from './import-format.ts'
import { jsonOf, listPart, part, slug, textPart } from './parts.ts'

export function isHar(value: unknown): boolean {
  return Array.isArray(part(part(value, 'log'), 'entries'))
}

const MOST_ENTRIES = 20_000
const LONGEST_BODY = 2_000_000
/** Answers of an operation that are kept: a page that asks every second says little new. */
const MOST_OF_A_KIND = 5

/** The API calls of a HAR file, redacted as a recording is; pictures, scripts and pages are left out. */
export function harSeen(value: unknown, graph: Graph): Found {
  const redaction = redactionOf(graph)
  const find = finderIn(graph)
  const seen: Seen[] = []
  const rules: FoundRule[] = []
  const lost: string[] = []
  const counts = new Map<string, number>()
  const took = new Map<string, number[]>()
  let other = 0
  const entries = listPart(part(value, 'log'), 'entries')
  if (entries.length > MOST_ENTRIES) lost.push(`Calls after the first ${MOST_ENTRIES}`)
  for (const entry of entries.slice(0, MOST_ENTRIES)) {
    const [request, response] = [part(entry, 'request'), part(entry, 'response')]
    const method = textPart(request, 'method').toUpperCase()
    const url = URL.canParse(textPart(request, 'url'))
      ? new URL(textPart(request, 'url'))
      : undefined
    const status = part(response, 'status')
    const text = bodyText(part(response, 'content'))
    const type = textPart(part(response, 'content'), 'mimeType').split(';')[0]!.trim()
    const isJson = /[/+]json$/i.test(type)
    if (url === undefined || method === 'OPTIONS' || typeof status !== 'number' || status < 200) {
      other++
      continue
    }
    const operation = find(method, url.pathname)
    // Calls of an API answer with JSON, or with nothing.
    if (status === 304 || (!isJson && (operation === undefined || text !== ''))) {
      other++
      continue
    }
    const time = part(entry, 'time')
    if (operation !== undefined && typeof time === 'number' && time > 0) {
      const name = nameOf(operation.id)
      took.set(name, [...(took.get(name) ?? []), time])
    }
    const clean = cleaned(redaction, operation, type, text, status)
    const address = redactedPath(redaction, operation, url)
    const key = `${method} ${operation?.path ?? address} ${status} ${url.search}`
    const many = (counts.get(key) ?? 0) + 1
    counts.set(key, many)
    if (many > MOST_OF_A_KIND) continue
    const sent = jsonOf(textPart(part(request, 'postData'), 'text'))
    const cleanSent =
      sent === undefined
        ? undefined
        : cleaned(redaction, operation, 'application/json', JSON.stringify(sent))
    const query = [...new Set(url.searchParams.keys())]
    const one: Seen = {
      method,
      path: address,
      concrete: true,
      name: slug(`${status}-${many === 1 ? 'recorded' : `recorded ${many}`}`, 'recorded'),
      status,
      type: isJson ? type : '',
      ...(isJson && clean !== undefined && { body: clean }),
      ...(cleanSent !== undefined && { requestBody: cleanSent }),
      ...(query.length > 0 && { query }),
    }
    seen.push(one)
    if (operation === undefined) continue
    const asked = queryOf(redaction, operation, url)
    rules.push({
      method,
      path: address,
      concrete: true,
      rule: {
        ...whenOf(operation, address, asked),
        respond: { status, ...(isJson && clean !== undefined && { body: clean }) },
      },
    })
  }
  if (other > 0)
    lost.push(`${other} calls that are no API calls: pages, pictures, scripts, preflights`)
  return {
    title: 'Recorded calls',
    seen,
    scenarios: [{ name: 'recorded', title: 'Recorded calls', rules: inTurn(rules) }],
    data: {},
    took,
    lost,
  }
}

/** The same question again is answered by the next answer; the last one stays. */
function inTurn(rules: readonly FoundRule[]): readonly FoundRule[] {
  const groups = Map.groupBy(rules, ({ method, path, rule }) =>
    JSON.stringify([method, path, rule['when'] ?? null]),
  )
  return [...groups.values()].flatMap((all) => {
    const different = all.filter(
      (one, index) =>
        index === 0 || JSON.stringify(one.rule) !== JSON.stringify(all[index - 1]!.rule),
    )
    return different.map((one, index) =>
      index === different.length - 1 ? one : { ...one, rule: { ...one.rule, times: 1 } },
    )
  })
}

function whenOf(
  operation: Operation,
  address: string,
  query: Readonly<Record<string, string>>,
): object {
  const names = operation.path.split('/')
  const values = address.split('/').slice(-names.length)
  const path = Object.fromEntries(
    names.flatMap((name, index) => {
      const parameter = /^\{([^}]+)\}$/.exec(name)?.[1]
      const value = values[index]
      return parameter === undefined || value === undefined || isPlaceholder(decoded(value))
        ? []
        : [[parameter, decoded(value)] as const]
    }),
  )
  const when = {
    ...(Object.keys(path).length > 0 && { path }),
    ...(Object.keys(query).length > 0 && { query }),
  }
  return Object.keys(when).length === 0 ? {} : { when }
}

function queryOf(
  redaction: Redaction,
  operation: Operation,
  url: URL,
): Readonly<Record<string, string>> {
  const clean = new URL(redaction.url(operation, url.href))
  return Object.fromEntries([...clean.searchParams].filter(([, value]) => !isPlaceholder(value)))
}

function redactedPath(redaction: Redaction, operation: Operation | undefined, url: URL): string {
  return new URL(redaction.url(operation, url.href)).pathname
}

/** A body as it may be kept, with made-up values where something was taken out; `undefined` for none, and for no JSON. */
function cleaned(
  redaction: Redaction,
  operation: Operation | undefined,
  type: string,
  text: string,
  status?: number,
): unknown {
  if (text === '' || text.length > LONGEST_BODY) return undefined
  const described = operation && status !== undefined ? describedBy(operation, status) : undefined
  const clean = redaction.body(
    operation,
    type,
    text,
    status === undefined ? undefined : (described ?? ''),
  )
  const value = clean === undefined ? undefined : jsonOf(clean)
  return operation === undefined ? value : withoutPlaceholders(value, operation, described)
}

function bodyText(content: unknown): string {
  const text = textPart(content, 'text')
  return textPart(content, 'encoding') === 'base64' ? Buffer.from(text, 'base64').toString() : text
}

function finderIn(graph: Graph): (method: string, path: string) => Operation | undefined {
  const routers = graph.apis.flatMap(({ name, contract }) =>
    contract === undefined || contract.protocol === 'graphql'
      ? []
      : [
          routerOf(
            [...nodesOfKind(graph, 'operation')].filter((one) => one.api === name),
            contract.basePaths,
          ),
        ],
  )
  return (method, path) => {
    for (const router of routers) {
      const match = router.match(method, path, '')
      if (match.kind === 'found') return match.operation
    }
    return undefined
  }
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}
