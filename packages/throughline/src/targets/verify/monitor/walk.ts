import {
  answerViolations,
  redactionOf,
  graphqlQuery,
  nodeOf,
  nodesOfKind,
  seededChoices,
  successResponse,
  type CallNode,
  type Graph,
  type MonitorDeclaration,
  type Operation,
  type SaidRequest,
  type StepNode,
} from '@throughline/core'
import { describedStatus } from '../coverage.ts'
import { caseOf, type Case } from '../case.ts'
import { hasNeed } from '../coverage.ts'
import type { Exchange, Send } from '../exchange.ts'
import { graphqlCase } from '../graphql-case.ts'
import { recipeCase, type Ledger } from '../ledger.ts'
import { isSent, keyOf, usualRequest } from '../usual-request.ts'

/** How one call went. Nothing that an answer holds is kept but what is wrong with it. */
interface CallSeen {
  readonly step: string
  /** `store.getBasket` */
  readonly operation: string
  /** Why it was not made. */
  readonly left?: string
  readonly status?: number
  readonly ms?: number
  readonly bytes?: number
  readonly problems: readonly string[]
}

/** One walk through what a monitor watches. */
export interface Walk {
  readonly monitor: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly ms: number
  readonly calls: readonly CallSeen[]
}

export interface WalkOptions {
  readonly send: Send
  readonly now: () => number
  /** Whether the API of an operation runs there at all; it does unless said. */
  readonly runs?: (api: string) => boolean
  /** How answers were reached before: the first choice for each call. */
  readonly ledger: Ledger
}

/** Walks the steps in order, each call as its step makes it; ids that an answer tells go into the requests after it. Never rejects. */
export async function walk(
  graph: Graph,
  monitor: MonitorDeclaration,
  { send, now, ledger, runs = () => true }: WalkOptions,
): Promise<Walk> {
  const at = now()
  const told = new Map<string, unknown>()
  const calls: CallSeen[] = []
  for (const step of stepsOf(graph, monitor.journeys))
    for (const id of step.calls) {
      const call = nodeOf(graph, 'call', id)
      const operation = nodeOf(graph, 'operation', call?.operation)
      if (call === undefined || operation === undefined) continue
      const name = `${operation.api}.${operation.name}`
      const seen = { step: step.name, operation: name }
      const reason = runs(operation.api)
        ? reasonToLeave(operation, name, monitor.allow)
        : `${operation.api} does not run there`
      const one =
        reason !== undefined
          ? undefined
          : operation.protocol === 'graphql'
            ? queryCase(operation, call, told)
            : callCase(operation, ledger, told)
      if (one === undefined) {
        calls.push({ ...seen, left: reason ?? 'HTTP cannot say it', problems: [] })
        continue
      }
      const exchange = await send(one)
      remember(exchange, told)
      calls.push({ ...seen, ...judged(graph, call, exchange) })
    }
  return { monitor: monitor.id, at, ms: now() - at, calls }
}

/** Every step of the journeys that are named, in order; of all journeys where none is. */
function stepsOf(graph: Graph, names: readonly string[]): readonly StepNode[] {
  return [...nodesOfKind(graph, 'step')].filter(
    ({ name, journey }) =>
      names.length === 0 ||
      names.includes(name) ||
      names.includes(journey.slice('journey:'.length)),
  )
}

/** A monitor runs where people are: it only reads, unless somebody allowed more. */
function reasonToLeave(
  { method, protocol }: Operation,
  name: string,
  allow: readonly string[],
): string | undefined {
  if (protocol === 'graphql' && method === 'query') return undefined
  if (protocol === 'graphql' && method === 'subscription') return 'it is a subscription'
  if (/^(GET|HEAD|QUERY|OPTIONS)$/.test(method) || allow.includes(name)) return undefined
  return 'it writes, and is not under `allow`'
}

/** The document that the UI sends; an id that an answer before it told goes into the variable of its name. */
function queryCase(
  operation: Operation,
  { document }: CallNode,
  told: ReadonlyMap<string, unknown>,
): Case {
  const { query, variables } = graphqlQuery(operation, document)
  const known = Object.entries(variables).map(
    ([name, value]) => [name, told.get(`${operation.api} ${name}`) ?? value] as const,
  )
  const sent = { query, variables: Object.fromEntries(known) }
  // An environment's address is where a GraphQL API is.
  return graphqlCase({ path: '' }, operation, 'monitor', sent)
}

function callCase(
  operation: Operation,
  ledger: Ledger,
  told: ReadonlyMap<string, unknown>,
): Case | undefined {
  const name = `${operation.api}.${operation.name}`
  const status = successResponse(operation)?.status
  const recipe = status === undefined ? undefined : ledger.get(name)?.get(status)
  const known = recipe && status !== undefined ? recipeCase(operation, status, recipe) : undefined
  const said: SaidRequest =
    known?.said ?? usualRequest(operation, { choices: seededChoices(`monitor ${name}`) })
  const parameters = new Map(said.parameters)
  for (const parameter of operation.parameters().filter(isSent)) {
    const value = valueToldFor(operation, parameter.name, told)
    // What this walk was told is there now; what a recipe says was there once.
    if (value !== undefined && (parameter.in === 'path' || parameter.required))
      parameters.set(keyOf(parameter), value)
  }
  return caseOf({ operation, phase: 'journeys', name: 'monitor', said: { ...said, parameters } })
}

/** `/orders/{orderId}`: an `orderId` of any answer, else the `id` of the first thing under `/orders`. */
function valueToldFor(
  { path, api }: Operation,
  name: string,
  told: ReadonlyMap<string, unknown>,
): unknown {
  const own = told.get(`${api} ${name}`)
  if (own !== undefined) return own
  const at = path.indexOf(`/{${name}}`)
  return at === -1 ? undefined : told.get(`${api} ${path.slice(0, at)} id`)
}

function remember({ case: one, outcome }: Exchange, told: Map<string, unknown>): void {
  if (outcome.kind !== 'answered' || outcome.status >= 300 || outcome.cut) return
  const { api, path } = one.operation
  let left = mostTold
  const visit = (value: unknown, depth: number): void => {
    if (value === null || typeof value !== 'object' || depth > 6 || left-- <= 0) return
    for (const [name, inner] of Object.entries(value)) {
      if (/(^id|Id|_id|Number|code|slug|key)$/.test(name) && isScalar(inner)) {
        if (name === 'id') keep(`${api} ${path} id`, inner)
        else keep(`${api} ${name}`, inner)
      }
      visit(inner, depth + 1)
    }
  }
  // The first that is told stays: a list begins with what matters most.
  const keep = (key: string, value: unknown): void => {
    if (!told.has(key)) told.set(key, value)
  }
  visit(jsonOf(outcome.body), 0)
}

const mostTold = 2000

function judged(
  graph: Graph,
  call: CallNode,
  { case: { operation }, outcome, ms }: Exchange,
): Omit<CallSeen, 'step' | 'operation'> {
  const rounded = Math.round(ms)
  if (outcome.kind === 'failed') return { ms: rounded, problems: [outcome.message] }
  const { status, headers, body, cut, bytes } = outcome
  const seen = { status, ms: rounded, bytes }
  if (status >= 300)
    return { ...seen, problems: [`it answered ${status} where the step needs a success`] }
  const { violations } = answerViolations(operation, {
    status,
    header: (name) => headers.get(name),
    body: cut ? '' : new TextDecoder().decode(body),
    opaque: cut,
  })
  const withoutValues = redactionOf(graph).about(
    operation,
    headers.get('content-type') ?? '',
    cut ? '' : new TextDecoder().decode(body),
    describedStatus(operation, status) ?? '',
  )
  const problems = violations.map(({ message }) => withoutValues(message).slice(0, 300))
  const json = cut ? undefined : jsonOf(body)
  const value = operation.protocol === 'graphql' ? selected(json, call, operation) : json
  if (operation.protocol === 'graphql') problems.push(...errorsIn(json))
  if (value !== undefined)
    for (const id of call.needs) {
      const need = nodeOf(graph, 'need', id)
      // Lists may be empty, and what may be absent has its own words on the screen.
      if (need === undefined || need.absent !== undefined || /\[|\{/.test(need.path)) continue
      if (!hasNeed(value, headers, need.path))
        problems.push(`\`${need.path}\` is missing, which the step needs`)
    }
  return { ...seen, problems: [...new Set(problems)].slice(0, mostProblems) }
}

const mostProblems = 10

/** What needs are paths into: the field that is asked for; the whole of it where a document asks for several. */
function selected(json: unknown, { document }: CallNode, operation: Operation): unknown {
  const data = own(json, 'data')
  return document !== undefined && document.fields.length > 1 ? data : own(data, operation.path)
}

function errorsIn(json: unknown): readonly string[] {
  const errors = own(json, 'errors')
  if (!Array.isArray(errors)) return []
  return errors.slice(0, mostProblems).map((error: unknown) => {
    const message = own(error, 'message')
    return `it answered with an error: ${typeof message === 'string' ? message.slice(0, 200) : 'without a message'}`
  })
}

function own(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}

function isScalar(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
