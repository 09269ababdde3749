import { createHash } from 'node:crypto'
import type { Graph } from '@throughline/core'
import type { Exported, ExportOptions } from './export-format.ts'
import type { Case } from './msw-handlers.ts'
import { safeName } from './msw-handlers.ts'
import { textOf, untold, writtenCases } from './written-cases.ts'

/** An environment that Mockoon opens: a route for each operation, a response with its rules for each answer. */
export function mockoonEnvironment(graph: Graph, options: ExportOptions = {}): Exported {
  const { operations, leftOut, scenario } = writtenCases(graph, options, 'Mockoon')
  const several = graph.apis.length > 1
  const name = `${graph.name === '' ? 'Throughline' : graph.name}${scenario === undefined ? '' : `: ${scenario.title}`}`
  const routes = operations.flatMap(({ operation, cases, comment }) => {
    const method = operation.method.toLowerCase()
    if (!METHODS.has(method)) {
      leftOut.add(
        `${operation.api}.${operation.name}: Mockoon has no routes for ${operation.method}`,
      )
      return []
    }
    const path = operation.path
      .replace(/\{([^}]+)\}/g, (_, one: string) => `:${safeName(one)}`)
      .replace(/^\//, '')
    const responses = cases.flatMap((one, index) => {
      const not = untold(one, operation)
      if (not !== undefined) leftOut.add(not)
      if (not !== undefined) return []
      const own = rulesOf(one)
      if (one.share !== undefined || own === undefined) {
        const why = own === undefined ? 'a rule about what a request is not' : 'flaky answers'
        leftOut.add(`${operation.api}.${operation.name}: ${why}`)
        return []
      }
      return [
        responseOf(one, `${operation.id} ${index}`, index === cases.length - 1, [
          ...own,
          ...countRules(one, cases.slice(0, index)),
        ]),
      ]
    })
    return [
      {
        uuid: uuidOf(operation.id),
        type: 'http',
        documentation: comment,
        method,
        endpoint: several ? `${operation.api}/${path}` : path,
        responses,
        responseMode: null,
        streamingMode: null,
        streamingInterval: 0,
      },
    ]
  })
  const environment = {
    uuid: uuidOf(name),
    lastMigration: 33,
    name,
    endpointPrefix: '',
    latency: 0,
    port: 4401,
    hostname: '',
    folders: [],
    routes,
    rootChildren: routes.map(({ uuid }) => ({ type: 'route', uuid })),
    proxyMode: false,
    proxyHost: '',
    proxyRemovePrefix: false,
    tlsOptions: {
      enabled: false,
      type: 'CERT',
      pfxPath: '',
      certPath: '',
      keyPath: '',
      caPath: '',
      passphrase: '',
    },
    cors: true,
    headers: [],
    proxyReqHeaders: [],
    proxyResHeaders: [],
    data: [],
    callbacks: [],
  }
  return { text: `${JSON.stringify(environment, null, 2)}\n`, leftOut: [...leftOut] }
}

const METHODS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
])

function responseOf(one: Case, key: string, isLast: boolean, rules: readonly object[]): object {
  const { delay } = one
  return {
    uuid: uuidOf(key),
    body: textOf(one) ?? '',
    latency: delay === undefined ? 0 : typeof delay === 'number' ? delay : delay[0],
    statusCode: one.status,
    label: '',
    headers: Object.entries(one.headers).map(([name, value]) => ({ key: name, value })),
    bodyType: 'INLINE',
    filePath: '',
    databucketID: '',
    sendFileAsBody: false,
    rules,
    rulesOperator: 'AND',
    disableTemplating: true,
    fallbackTo404: false,
    default: isLast,
    crudKey: 'id',
    callbacks: [],
  }
}

/** `undefined` where Mockoon cannot be told. */
function rulesOf({ when }: Case): readonly object[] | undefined {
  const not = when?.['not']
  const against = not === undefined ? [] : partRules(not, true)
  // Each of several may be as it is said, if only another is not.
  return against.length > 1 ? undefined : [...partRules(when, false), ...against]
}

function partRules(parts: unknown, invert: boolean): readonly object[] {
  const rule = (target: string, modifier: string, value: unknown): object => ({
    target,
    modifier,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    invert,
    operator: 'equals',
  })
  const of = (name: string): unknown =>
    parts !== null && typeof parts === 'object' ? Reflect.get(parts, name) : undefined
  const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
    value !== null && typeof value === 'object' ? Object.entries(value) : []
  return [
    ...entries(of('path')).map(([name, value]) => rule('params', name, value)),
    ...entries(of('query')).map(([name, value]) => rule('query', name, value)),
    ...entries(of('header')).map(([name, value]) => rule('header', name, value)),
    ...leavesOf(of('body'), '').map(([name, value]) => rule('body', name, value)),
  ]
}

function leavesOf(
  value: unknown,
  path: string,
  depth = 0,
): readonly (readonly [string, unknown])[] {
  if (value === undefined || depth > 20) return []
  if (value === null || typeof value !== 'object') return [[path, value]]
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}.${name}`, depth + 1),
  )
}

/** A sequence by the number of the call: what holds twice holds for the calls after what held before. */
function countRules(one: Case, before: readonly Case[]): readonly object[] {
  const own = one.when?.['call']
  const from = before.reduce((sum, each) => sum + (each.times ?? 0), 0)
  const numbers =
    typeof own === 'number'
      ? String(own)
      : one.times === undefined
        ? undefined
        : Array.from({ length: Math.min(one.times, 50) }, (_, index) => from + index + 1).join('|')
  return numbers === undefined
    ? []
    : [
        {
          target: 'request_number',
          modifier: '',
          value: `^(${numbers})$`,
          invert: false,
          operator: 'regex',
        },
      ]
}

/** The same thing has the same id each time it is written. */
function uuidOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
