import {
  conditionsOf,
  nodeOf,
  nodesOfKind,
  segmentsOf,
  type CallNode,
  type Graph,
  type Operation,
  type Segment,
} from '@throughline/core'
import type { Exchange } from './exchange.ts'
import { isSent, keyOf } from './usual-request.ts'

/** What a run reached of all that the workspace promises, and why the rest was not reached. */
export interface Coverage {
  /** Operations that gave an answer. */
  readonly operations: Covered & {
    /** By name: those that did, whatever the answer was. */
    readonly answered: readonly string[]
  }
  /** Documented statuses that were answered: `store.getBasket 404`. */
  readonly statuses: Covered
  /** Parameters that went along in a valid request: `store.listProducts query.limit`. */
  readonly parameters: Covered
  /** Fields that a step needs, and that an answer really had: `checkout/basket items[].price`. */
  readonly needs: Covered
  /** Designed states that a backend can bring about, and did: `checkout/basket store.getBasket 404`. */
  readonly states: Covered
}

export const coverageKinds = [
  'operations',
  'statuses',
  'parameters',
  'needs',
  'states',
] as const satisfies readonly (keyof Coverage)[]

interface Covered {
  readonly reached: number
  readonly total: number
  readonly unreached: readonly Unreached[]
}

interface Unreached {
  readonly name: string
  /** What stood in the way, in words: `never asked`, `answered only 404`. */
  readonly why: string
}

/** Watches exchanges go by and remembers what they reached; costs as much as the contract is long, however many there are. */
export interface Watching {
  readonly take: (exchange: Exchange) => void
  readonly coverage: () => Coverage
}

export function watchCoverage(graph: Graph, operations: readonly Operation[]): Watching {
  const seen = new Map(operations.map((one) => [one.id, seenOf(graph, one)]))
  for (const step of nodesOfKind(graph, 'step'))
    for (const { condition, call, detail, designed } of conditionsOf(graph, step))
      if (condition === 'empty' && designed !== undefined && detail !== undefined)
        seen.get(call.operation ?? 'op:')?.lists.add(detail)
  return {
    take(exchange) {
      const one = seen.get(exchange.case.operation.id)
      if (one !== undefined) take(one, exchange)
    },
    coverage: () => coverageOf(graph, operations, seen),
  }
}

/** The response of the contract that describes a status: `404`, `4XX`, `default`. */
export function describedStatus(operation: Operation, status: number): string | undefined {
  const declared = operation.responses().map((one) => one.status)
  const code = String(status)
  return (
    declared.find((one) => one === code) ??
    declared.find((one) => one.toUpperCase() === `${code[0]}XX`) ??
    declared.find((one) => one === 'default')
  )
}

/** Whether an answer has what a need asks for: anything but null, in lists and maps in any of their items. */
export function hasNeed(
  value: unknown,
  headers: ReadonlyMap<string, string>,
  path: string,
): boolean {
  return path.startsWith('header:')
    ? headers.has(path.slice('header:'.length).toLowerCase())
    : hasValue(value, segmentsOf(path) ?? [])
}

/** What is known about one operation. */
interface Seen {
  readonly operation: Operation
  asked: number
  /** In words, where no answer came. */
  failed: string | undefined
  /** How often each status came. */
  readonly statuses: Map<number, number>
  readonly described: Set<string>
  readonly parameters: Set<string>
  /** Paths of needs: those that no answer had yet, and those that one had. */
  readonly wanted: Set<string>
  readonly had: Set<string>
  /** Paths of lists that a state for `empty` is about. */
  readonly lists: Set<string>
  readonly wasEmpty: Set<string>
}

function seenOf(graph: Graph, operation: Operation): Seen {
  const wanted = new Set<string>()
  for (const { from, kind } of graph.incoming.get(operation.id) ?? []) {
    if (kind !== 'calls' || !from.startsWith('call:')) continue
    const call = nodeOf(graph, 'call', from)
    for (const need of call?.needs ?? []) {
      const path = nodeOf(graph, 'need', need)?.path
      if (path !== undefined) wanted.add(path)
    }
  }
  return {
    operation,
    asked: 0,
    failed: undefined,
    statuses: new Map(),
    described: new Set(),
    parameters: new Set(),
    wanted,
    had: new Set(),
    lists: new Set(),
    wasEmpty: new Set(),
  }
}

function take(seen: Seen, { case: one, outcome }: Exchange): void {
  seen.asked++
  if (one.verdict.kind === 'valid')
    for (const key of one.said.parameters.keys()) seen.parameters.add(key)
  if (outcome.kind === 'failed') {
    seen.failed = outcome.message
    return
  }
  const { status, headers, body, cut } = outcome
  seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + 1)
  const described = describedStatus(seen.operation, status)
  if (described !== undefined) seen.described.add(described)
  const done = seen.wanted.size === seen.had.size && seen.lists.size === seen.wasEmpty.size
  if (done || cut || status < 200 || status >= 300) return
  const value = parsed(body)
  const whole = seen.operation.protocol === 'graphql' ? inData(value, seen.operation.path) : value
  for (const path of seen.wanted) {
    if (seen.had.has(path)) continue
    if (hasNeed(whole, headers, path)) seen.had.add(path)
  }
  for (const path of seen.lists) {
    if (isEmpty(valueAt(whole, path))) seen.wasEmpty.add(path)
  }
}

function coverageOf(
  graph: Graph,
  operations: readonly Operation[],
  seen: ReadonlyMap<string, Seen>,
): Coverage {
  const statuses = counter()
  const parameters = counter()
  const answered = counter()
  for (const operation of operations) {
    const one = seen.get(operation.id)!
    const name = `${operation.api}.${operation.name}`
    answered.add(one.statuses.size > 0, name, () => why(one))
    for (const { status } of operation.responses())
      statuses.add(one.described.has(status), `${name} ${status}`, () => why(one))
    for (const parameter of operation.parameters().filter(isSent))
      parameters.add(one.parameters.has(keyOf(parameter)), `${name} ${keyOf(parameter)}`, () =>
        one.asked === 0 ? 'never asked' : 'in no valid request',
      )
  }
  return {
    operations: {
      ...answered.covered(),
      answered: operations
        .filter(({ id }) => seen.get(id)!.statuses.size > 0)
        .map(({ api, name }) => `${api}.${name}`),
    },
    statuses: statuses.covered(),
    parameters: parameters.covered(),
    needs: needsCovered(graph, seen),
    states: statesCovered(graph, seen),
  }
}

function needsCovered(graph: Graph, seen: ReadonlyMap<string, Seen>): Covered {
  const needs = counter()
  for (const need of nodesOfKind(graph, 'need')) {
    const call = nodeOf(graph, 'call', need.call)
    const one = call?.operation === undefined ? undefined : seen.get(call.operation)
    if (call === undefined || one === undefined) continue
    needs.add(one.had.has(need.path), `${stepName(call)} ${need.path}`, () =>
      succeeded(one) ? 'no answer had it' : why(one),
    )
  }
  return needs.covered()
}

/** Loading, timeout and offline are between the screen and the network; no backend can be asked for them. */
function statesCovered(graph: Graph, seen: ReadonlyMap<string, Seen>): Covered {
  const states = counter()
  for (const step of nodesOfKind(graph, 'step'))
    for (const { condition, call, detail, designed } of conditionsOf(graph, step)) {
      const one = call.operation === undefined ? undefined : seen.get(call.operation)
      if (one === undefined || designed === undefined) continue
      if (condition === 'empty') {
        if (detail !== undefined)
          states.add(one.wasEmpty.has(detail), `${step.name} ${call.name} empty`, () =>
            succeeded(one) ? `\`${detail}\` was never empty` : why(one),
          )
      } else if (/^\d/.test(condition))
        states.add(
          [...one.statuses.keys()].some((status) => isStatus(condition, status)),
          `${step.name} ${call.name} ${condition}`,
          () => why(one),
        )
    }
  return states.covered()
}

function counter(): {
  readonly add: (reached: boolean, name: string, why: () => string) => void
  readonly covered: () => Covered
} {
  let reached = 0
  const unreached: Unreached[] = []
  return {
    add(is, name, reason) {
      if (is) reached++
      else unreached.push({ name, why: reason() })
    },
    covered: () => ({ reached, total: reached + unreached.length, unreached }),
  }
}

function why({ asked, failed, statuses }: Seen): string {
  if (asked === 0) return 'never asked'
  if (statuses.size === 0) return failed === undefined ? 'no answer came' : failed
  const most = [...statuses].toSorted(([, one], [, other]) => other - one).map(([status]) => status)
  return `answered only ${most.slice(0, 4).join(', ')}${most.length > 4 ? ' ...' : ''}`
}

function succeeded({ statuses }: Seen): boolean {
  return [...statuses.keys()].some((status) => status >= 200 && status < 300)
}

function isStatus(condition: string, status: number): boolean {
  return condition.endsWith('xx')
    ? condition[0] === String(status)[0]
    : condition === String(status)
}

function stepName({ step }: CallNode): string {
  return step.slice('step:'.length)
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

function inData(value: unknown, field: string): unknown {
  return own(own(value, 'data'), field)
}

function own(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}

function isEmpty(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length === 0
}

function valueAt(value: unknown, path: string): unknown {
  let here = value
  for (const segment of segmentsOf(path) ?? []) {
    if (segment.kind !== 'name') return here
    here = own(here, segment.name)
  }
  return here
}

/** Whether anything but null stands at a path; in lists and maps, in any of their items. */
function hasValue(value: unknown, [first, ...rest]: readonly Segment[]): boolean {
  if (first === undefined) return value !== undefined && value !== null
  switch (first.kind) {
    case 'name':
      return hasValue(own(value, first.name), rest)
    case 'items':
    case 'item':
      return Array.isArray(value) && value.some((one) => hasValue(one, rest))
    case 'values':
      return (
        value !== null &&
        typeof value === 'object' &&
        Object.values(value).some((one) => hasValue(one, rest))
      )
  }
}
