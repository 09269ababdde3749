import {
  fieldsOf,
  findInAnswer,
  generate,
  mainContent,
  nodeOf,
  segmentsOf,
  seededChoices,
  type CallNode,
  type Field,
  type Graph,
  type MediaType,
  type ResponseDeclaration,
} from '@throughline/core'
import { CannotRun } from '../../../cannot-run.ts'
import { plannedJourneys, type PlannedCall } from './planned-journeys.ts'

type Rules = Record<string, { readonly matchers: readonly object[]; readonly combine: 'AND' }>

/**
 * A Pact (specification 3) between the screens and one REST API: an interaction for each call of each step, asking only for the
 * fields that the step needs, and one for each answer that a state is designed for. Provider states are the names of scenarios.
 */
export function pactContract(
  graph: Graph,
  options: {
    readonly api?: string
    readonly seed?: string
    readonly readFile?: (path: string) => Uint8Array | undefined
  },
): { readonly text: string; readonly leftOut: readonly string[] } {
  const { journeys, leftOut } = plannedJourneys(graph, options)
  const called = [
    ...new Set(journeys.flatMap(({ calls }) => calls.map(({ operation }) => operation.api))),
  ]
  const provider = options.api ?? called[0]
  const names = called.join(', ') || 'none'
  if (provider === undefined)
    throw new CannotRun(
      'TL9003',
      'No journey here calls a REST API: a Pact is written from what journeys call.',
    )
  if (!called.includes(provider))
    throw new CannotRun(
      'TL9003',
      `No journey calls the REST API \`${provider}\`. Called are: ${names}.`,
    )
  if (options.api === undefined && called.length > 1)
    throw new CannotRun(
      'TL9003',
      `A Pact is about one API: say which with --api. Called are: ${names}.`,
    )
  const left = new Set(leftOut)
  const interactions = journeys.flatMap(({ calls }) =>
    calls
      .filter(({ operation }) => operation.api === provider)
      .flatMap((call) => interactionsOf(graph, call, options.seed ?? '1', left)),
  )
  const pact = {
    consumer: { name: graph.name === '' ? 'screens' : graph.name },
    provider: { name: provider },
    interactions,
    metadata: { pactSpecification: { version: '3.0.0' } },
  }
  return { text: `${JSON.stringify(pact, null, 2)}\n`, leftOut: [...left] }
}

function interactionsOf(
  graph: Graph,
  planned: PlannedCall,
  seed: string,
  leftOut: Set<string>,
): readonly object[] {
  const { operation, step, status, isJson } = planned
  const call = callOf(graph, planned)
  const name = `${operation.api}.${operation.name}`
  const needs = needsOf(graph, planned, call, leftOut)
  const request = requestOf(planned)
  const body = fieldsOf(operation)
  const response = isJson
    ? withBody(status, 'application/json', answered(body, needs, seed))
    : { status }
  const good = {
    description: `${step.name} (${step.title}): ${name}`,
    providerStates: [{ name: 'a good day' }],
    request,
    response,
  }
  const states = new Set(planned.states.map(({ condition }) => condition))
  const other = [...states].flatMap((condition) => {
    const declared = operation.responses().find((one) => one.status === condition)
    if (!/^[345]\d\d$/.test(condition)) {
      if (!between.has(condition))
        leftOut.add(`${step.name}: the state ${condition} of ${name} names no status`)
      return []
    }
    const show = planned.states.find((one) => one.condition === condition)?.show
    return [
      {
        description: `${step.name} (${step.title}): ${name} answers ${condition}${show === undefined ? '' : `, and people see: ${show}`}`,
        providerStates: [{ name: `${step.name}/${name}/${condition}` }],
        request,
        response: failure(Number(condition), declared, seed),
      },
    ]
  })
  return [good, ...other]
}

/** What no answer shows: it is between the screen and the network. */
const between: ReadonlySet<string> = new Set([
  'loading',
  'empty',
  'partial',
  'timeout',
  'offline',
  'invalid',
])

function callOf(graph: Graph, { step, operation }: PlannedCall): CallNode | undefined {
  return step.calls
    .map((id) => nodeOf(graph, 'call', id))
    .find((one) => one?.operation === operation.id)
}

/** Paths that the step cannot do without, and that the contract promises or may give. */
function needsOf(
  graph: Graph,
  { operation, step }: PlannedCall,
  call: CallNode | undefined,
  leftOut: Set<string>,
): readonly string[] {
  return (call?.needs ?? []).flatMap((id) => {
    const need = nodeOf(graph, 'need', id)
    if (need === undefined || need.absent !== undefined || need.path.startsWith('header:'))
      return []
    const found = findInAnswer(operation, need.path)
    if ('field' in found) return [need.path]
    leftOut.add(`${step.name}: ${operation.api}.${operation.name} does not return ${need.path}`)
    return []
  })
}

function requestOf({ case: { request } }: PlannedCall): object {
  const query = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(request.query))
    query.set(name, [...(query.get(name) ?? []), value])
  const headers = new Map(request.headers.map(([name, value]) => [name, value]))
  const type = [...headers].find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const text = request.body === undefined ? undefined : new TextDecoder().decode(request.body)
  return {
    method: request.method,
    path: request.path,
    ...(query.size > 0 && { query: Object.fromEntries(query) }),
    ...(headers.size > 0 && { headers: Object.fromEntries(headers) }),
    ...(text !== undefined && { body: /json/i.test(type) ? (JSON.parse(text) as unknown) : text }),
  }
}

interface Body {
  readonly value: unknown
  readonly rules: Rules
}

function withBody(status: number, type: string, { value, rules }: Body): object {
  return {
    status,
    headers: { 'Content-Type': type },
    body: value,
    matchingRules: {
      header: {
        'Content-Type': rule({
          match: 'regex',
          regex: `${type.replaceAll(/[.+]/g, '\\$&')}(;.*)?`,
        }),
      },
      ...(Object.keys(rules).length > 0 && { body: rules }),
    },
  }
}

/** The promised parts of an answer that goes wrong: its status, and a problem's type and title where the contract has them. */
function failure(status: number, declared: ResponseDeclaration | undefined, seed: string): object {
  const content: MediaType | undefined = declared && mainContent(declared.content)
  if (content?.schema === undefined || !/json/i.test(content.type)) return { status }
  const example = content.examples.find(({ value }) => value !== undefined)?.value
  const value =
    example ?? generate(content.schema, seededChoices(`${seed} ${status}`), { length: 1 })
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { status }
  const kept = Object.fromEntries(
    Object.entries(value).filter(([key]) => key === 'type' || key === 'title'),
  )
  const rules: Rules = Object.fromEntries(
    Object.keys(kept)
      .filter((key) => key !== 'type')
      .map((key) => [`$.${key}`, rule({ match: 'type' })]),
  )
  return withBody(status, content.type, { value: kept, rules })
}

/** A body with the needed fields alone, and what another answer may have in their places. */
function answered(root: Field, needs: readonly string[], seed: string): Body {
  const rules: Rules = {}
  const tree: Tree = new Map()
  for (const need of needs) {
    let here = tree
    for (const segment of segmentsOf(need) ?? []) {
      const key = segment.kind === 'name' ? segment.name : segment.kind === 'items' ? '[]' : '{}'
      const next: Tree = here.get(key) ?? new Map()
      here.set(key, next)
      here = next
    }
  }
  const sample =
    root.schema === undefined
      ? undefined
      : generate(root.schema, seededChoices(seed), { length: 1 })
  return { value: built(root, tree, sample, '$', rules, seed), rules }
}

type Tree = Map<string, Tree>

function built(
  field: Field,
  tree: Tree,
  sample: unknown,
  path: string,
  rules: Rules,
  seed: string,
): unknown {
  const known =
    sample ??
    (field.schema &&
      generate(field.schema, seededChoices(`${seed} ${path}`), { name: field.name, length: 1 }))
  if (tree.size === 0) {
    const matcher = matcherOf(field, known)
    if (path !== '$' || matcher !== undefined) rules[path] = rule(matcher ?? { match: 'type' })
    return known ?? null
  }
  const items = tree.get('[]')
  const child = (name: string): Field | undefined =>
    field.children().find((one) => one.name === name)
  if (items !== undefined) {
    const item = child('[]')
    const first: unknown = Array.isArray(known) ? known[0] : undefined
    // A good day has something to show; a list within a thing may be empty on any day.
    rules[path] = rule({ match: 'type', min: path.includes('[*]') ? 0 : 1 })
    return item === undefined ? [] : [built(item, items, first, `${path}[*]`, rules, seed)]
  }
  const values = tree.get('{}')
  if (values !== undefined) {
    const item = child('{}')
    const [key = 'one', first] = Object.entries(known ?? {})[0] ?? []
    rules[path] = rule({ match: 'values' })
    return item === undefined ? {} : { [key]: built(item, values, first, `${path}.*`, rules, seed) }
  }
  return Object.fromEntries(
    [...tree].flatMap(([name, below]) => {
      const inner = child(name)
      if (inner === undefined) return []
      const own: unknown =
        known !== null && typeof known === 'object' && Object.hasOwn(known, name)
          ? Reflect.get(known, name)
          : undefined
      const at = /^[A-Za-z_]\w*$/.test(name)
        ? `${path}.${name}`
        : `${path}['${name.replaceAll("'", "\\'")}']`
      return [[name, built(inner, below, own, at, rules, seed)]]
    }),
  )
}

function matcherOf(field: Field, value: unknown): object | undefined {
  const raw = field.schema?.value
  const schema =
    raw !== null && typeof raw === 'object' ? (raw as Readonly<Record<string, unknown>>) : {}
  const words = Array.isArray(schema['enum']) ? schema['enum'] : undefined
  if (typeof value === 'string') {
    const own = schema['pattern']
    const pattern = words?.every((one) => typeof one === 'string')
      ? `^(${words.map((one) => one.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})$`
      : typeof own === 'string' && own.length < 300
        ? own
        : formats[field.format ?? '']
    if (pattern !== undefined && fits(pattern, value)) return { match: 'regex', regex: pattern }
    return { match: 'type' }
  }
  if (typeof value === 'number')
    return {
      match:
        field.types.includes('integer') && !field.types.includes('number') ? 'integer' : 'number',
    }
  return value === undefined || value === null ? undefined : { match: 'type' }
}

/** A pattern whose own example does not fit would fail whoever answers as the Pact says. */
function fits(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    return false
  }
}

const formats: Readonly<Record<string, string>> = {
  date: '^\\d{4}-\\d{2}-\\d{2}$',
  'date-time': '^\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})$',
  uuid: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
}

function rule(matcher: object): Rules[string] {
  return { matchers: [matcher], combine: 'AND' }
}
