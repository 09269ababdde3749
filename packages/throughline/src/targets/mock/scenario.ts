import type {
  Graph,
  Operation,
  OperationId,
  ScenarioNode,
  StepNode,
  CallNode,
  RequestParts,
  ScenarioRule,
} from '@throughline/core'
import { closest, nameOf, nodeOf, nodesOfKind } from '@throughline/core'
import { effectOf } from './effect.ts'
import type { Effect } from './effect.ts'
import { faultOf } from './fault.ts'
import { rateLimited } from './rate-limit.ts'
import { somethingMatches } from './request-place.ts'
import type { RuleLook } from './traffic/told.ts'

/** One thing that can be played: a scenario file, or a state of a journey, which needs no file. */
export interface Scenario {
  /** `declined-card`, `checkout/basket/timeout`, `checkout/basket/store.getBasket/404`. */
  readonly name: string
  readonly title: string
  readonly kind: 'scenario' | 'state'
  readonly step?: string
  readonly condition?: string
  /** What people should see then, in the journey's words. */
  readonly show?: string
  /** What the mock is filled with: a built-in data set, or a file of the workspace. */
  readonly dataset?: string
  /** Whose names and addresses made-up data has. */
  readonly locale?: string
  /** The first rule that holds for a call decides. */
  readonly rules: readonly Rule[]
}

export interface Rule {
  /** Names the rule in counters. */
  readonly key: string
  readonly operations: ReadonlySet<OperationId>
  readonly when?: ScenarioRule['when']
  readonly times?: number
  readonly rateLimit?: NonNullable<ScenarioRule['rateLimit']>
  readonly effect: Effect
}

/** Everything that can be played, scenarios first, then states in the order of the journeys. */
export function scenariosOf(graph: Graph): readonly Scenario[] {
  let found = remembered.get(graph)
  if (found === undefined) remembered.set(graph, (found = [...all(graph)]))
  return found
}

/**
 * The scenario of a name. A condition that nobody designed can be played too (`checkout/basket/503`): the screen must
 * survive it. `persona:returning-customer` is the data of a persona. `undefined` where there is no such scenario, step or condition.
 */
export function scenarioNamed(graph: Graph, name: string): Scenario | undefined {
  if (name.startsWith('persona:')) return scenarioOfPersona(graph, name.slice('persona:'.length))
  return scenariosOf(graph).find((one) => one.name === name) ?? undesigned(graph, name)
}

/** Names a person may have meant. */
export function nearestScenarios(graph: Graph, name: string): readonly string[] {
  return closest(
    name,
    scenariosOf(graph).map((one) => one.name),
  )
}

/** What to say where nothing has this name. */
export function noSuchScenario(graph: Graph, name: string): string {
  const [near] = nearestScenarios(graph, name)
  return `There is no scenario \`${name}\`.${near === undefined ? '' : ` Did you mean \`${near}\`?`} Names are those of scenario files, or look like checkout/basket/timeout.`
}

const remembered = new WeakMap<Graph, readonly Scenario[]>()

function* all(graph: Graph): Generator<Scenario> {
  for (const node of nodesOfKind(graph, 'scenario')) yield ofScenario(node)
  for (const step of nodesOfKind(graph, 'step')) {
    const designed = new Set<string>()
    for (const id of step.states) {
      const state = nodeOf(graph, 'state', id)
      if (state === undefined) continue
      designed.add(state.condition)
      const scenario = ofStep(graph, step, state.condition, state.show)
      if (scenario !== undefined) yield scenario
    }
    for (const id of step.calls) {
      const call = nodeOf(graph, 'call', id)
      for (const stateId of call?.states ?? []) {
        const state = nodeOf(graph, 'state', stateId)
        const scenario = call && state && ofCall(step, call, state.condition, state.show)
        if (scenario !== undefined) yield scenario
      }
    }
    if (step.calls.length === 0) continue
    for (const [condition, { show }] of graph.appStates) {
      const scenario = designed.has(condition) ? undefined : ofStep(graph, step, condition, show)
      if (scenario !== undefined) yield scenario
    }
  }
}

function undesigned(graph: Graph, name: string): Scenario | undefined {
  const [journey = '', stepName = ''] = name.split('/')
  const step = nodeOf(graph, 'step', `step:${journey}/${stepName}`)
  if (step === undefined) return undefined
  const rest = name.slice(step.name.length + 1)
  for (const id of step.calls) {
    const call = nodeOf(graph, 'call', id)
    if (call !== undefined && rest.startsWith(`${call.name}/`))
      return ofCall(step, call, rest.slice(call.name.length + 1))
  }
  return ofStep(graph, step, rest)
}

function ofScenario({ name, declaration, operations }: ScenarioNode): Scenario {
  const rules: Rule[] = []
  declaration.rules.forEach((rule, index) => {
    const operation = operations[index]
    if (operation === undefined) return
    rules.push({
      key: `${name}#${index}`,
      operations: new Set([operation]),
      effect: ofRule(rule),
      ...(rule.when !== undefined && { when: rule.when }),
      ...(rule.times !== undefined && { times: rule.times }),
      ...(rule.rateLimit !== undefined && { rateLimit: rule.rateLimit }),
    })
  })
  return {
    name,
    title: declaration.title ?? name,
    kind: 'scenario',
    rules,
    ...(declaration.dataset !== undefined && { dataset: declaration.dataset }),
    ...(declaration.locale !== undefined && { locale: declaration.locale }),
  }
}

/** Walking as a persona: the data that it names, and nothing goes wrong. */
export function scenarioOfPersona(graph: Graph, name: string): Scenario | undefined {
  const persona = nodeOf(graph, 'persona', `persona:${name}`)
  if (persona === undefined) return undefined
  const { title, dataset, locale } = persona.declaration
  return {
    name: `persona:${name}`,
    title: title ?? name,
    kind: 'scenario',
    rules: [],
    ...(dataset !== undefined && { dataset }),
    ...(locale !== undefined && { locale }),
  }
}

function ofRule({ respond, latency, fault, bandwidth, stale, stream }: ScenarioRule): Effect {
  const broken = fault === undefined ? undefined : faultOf(fault)
  return {
    ...(respond?.status !== undefined && { status: String(respond.status) }),
    ...(respond?.example !== undefined && { example: respond.example }),
    ...(respond !== undefined && Object.hasOwn(respond, 'body') && { body: respond.body }),
    ...(respond?.file !== undefined && { file: respond.file }),
    ...(respond?.template !== undefined && { template: respond.template }),
    ...(respond?.headers !== undefined && { headers: respond.headers }),
    ...(latency !== undefined && {
      latency: latency === 'observed' ? ({ observed: true } as const) : latency,
    }),
    ...(broken !== undefined && { fault: broken }),
    ...(bandwidth !== undefined && { bandwidth }),
    ...(stale !== undefined && { stale }),
    ...(stream !== undefined && { stream }),
  }
}

function ofStep(
  graph: Graph,
  step: StepNode,
  condition: string,
  show?: string,
): Scenario | undefined {
  const effect = effectOf(condition)
  if (effect === undefined) return undefined
  const calls = step.calls
    .map((id) => nodeOf(graph, 'call', id))
    .filter((call) => call !== undefined)
  const name = `${step.name}/${condition}`
  const described = {
    name,
    title: `${step.title}: ${condition}`,
    kind: 'state',
    step: step.name,
    condition,
    ...(show !== undefined && { show }),
  } as const
  const [first, ...others] = calls
  if (condition === 'partial' && first !== undefined && others.length > 0) {
    const fine = operationsOf([first])
    const away = new Set([...operationsOf(others)].filter((id) => !fine.has(id)))
    return { ...described, rules: [{ key: name, operations: away, effect: { status: '503' } }] }
  }
  return { ...described, rules: [{ key: name, operations: operationsOf(calls), effect }] }
}

function ofCall(
  step: StepNode,
  call: CallNode,
  condition: string,
  show?: string,
): Scenario | undefined {
  const effect = effectOf(condition)
  if (effect === undefined) return undefined
  const name = `${nameOf(call.id)}/${condition}`
  return {
    name,
    title: `${step.title}: ${call.name} ${condition}`,
    kind: 'state',
    step: step.name,
    condition,
    ...(show !== undefined && { show }),
    rules: [{ key: name, operations: operationsOf([call]), effect }],
  }
}

function operationsOf(calls: readonly CallNode[]): ReadonlySet<OperationId> {
  const ids = new Set<OperationId>()
  for (const { operation, document, name } of calls) {
    if (operation !== undefined) ids.add(operation)
    // An operation document calls every field that it asks for at its top.
    const api = name.slice(0, name.indexOf('.'))
    for (const field of document?.fields ?? []) ids.add(`op:${api}.${field}`)
  }
  return ids
}

/** What a rule may look at. */
export interface Asked {
  readonly operations: readonly Operation[]
  readonly body: () => unknown
  readonly query: () => ReadonlyMap<string, string>
  readonly header: (name: string) => string | undefined
  readonly path: ReadonlyMap<string, string>
  readonly session: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** GraphQL: the variables. */
  readonly variables?: () => unknown
}

/**
 * The effect of a scenario on one call, counting what has to be counted in `counts`. `look` hears each rule that is about
 * the operation: why it did not hold, or that it was taken.
 */
export function effectOn(
  scenario: Scenario,
  asked: Asked,
  counts: Map<string, number>,
  look: (look: RuleLook, fails?: boolean) => void = () => {},
): Effect | undefined {
  for (const [index, rule] of scenario.rules.entries()) {
    const passOver = (not: string): void => look({ rule: index, not })
    if (!asked.operations.some((one) => rule.operations.has(one.id))) continue
    const unmet = rule.when && unmetIn(rule.when, asked)
    if (unmet !== undefined) {
      passOver(`its ${unmet} is another`)
      continue
    }
    if (rule.when?.not !== undefined && unmetIn(rule.when.not, asked) === undefined) {
      passOver('it is for requests that are not like this')
      continue
    }
    const calls = count(counts, `${rule.key} calls`)
    if (rule.when?.call !== undefined && !isCall(rule.when.call, calls)) {
      passOver(`it is for call ${rangeText(rule.when.call)}, and this is call ${calls}`)
      continue
    }
    const share = rule.when?.share
    if (share !== undefined && !isOfShare(calls, share)) {
      passOver(`it is for ${Math.round(share * 1000) / 10} % of the calls, and this is another`)
      continue
    }
    if (rule.times !== undefined && count(counts, `${rule.key} times`) > rule.times) {
      passOver(`it holds ${rule.times === 1 ? 'once' : `${rule.times} times`}, and has held`)
      continue
    }
    const { fault } = rule.effect
    const taken = share === undefined ? calls : count(counts, `${rule.key} taken`)
    const fails = fault?.kind === 'flaky' && isOfShare(taken, fault.share)
    look({ rule: index }, fails)
    const effect = steady(rule.effect, fails)
    return rule.rateLimit === undefined
      ? effect
      : rateLimited(effect, rule.rateLimit, { counts, key: rule.key, now: asked.now })
  }
  return undefined
}

/** Spread evenly: of five calls at 20 %, exactly one. */
function isOfShare(call: number, share: number): boolean {
  return Math.floor(call * share) > Math.floor((call - 1) * share)
}

function isCall(wanted: CallRange, call: number): boolean {
  if (typeof wanted === 'number') return wanted === call
  return call >= wanted.from && (wanted.to === undefined || call <= wanted.to)
}

function rangeText(wanted: CallRange): string {
  if (typeof wanted === 'number') return String(wanted)
  return wanted.to === undefined ? `${wanted.from}+` : `${wanted.from}-${wanted.to}`
}

type CallRange = NonNullable<NonNullable<Rule['when']>['call']>

/** The effect of one rule, by its place, whatever has been counted; `undefined` where there is no such rule. */
export function effectOfRule(
  scenario: Scenario,
  index: number,
  fails: boolean,
): Effect | undefined {
  const rule = scenario.rules[index]
  return rule && steady(rule.effect, fails)
}

function steady(effect: Effect, fails: boolean): Effect {
  if (effect.fault?.kind !== 'flaky') return effect
  const { fault: _, ...rest } = effect
  return fails ? { ...rest, status: '503' } : rest
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1
  counts.set(key, next)
  return next
}

/** The part of a request in which it is not what a rule wants; `undefined` where it is in all. */
function unmetIn(when: RequestParts, asked: Asked): string | undefined {
  const isBody =
    when.body === undefined ||
    contains(asked.body(), when.body) ||
    contains(asked.variables?.(), when.body)
  if (!isBody) return 'body'
  if (!everyNamed(when.query, (name) => asked.query().get(name))) return 'query'
  if (!everyNamed(when.header, (name) => asked.header(name.toLowerCase()))) return 'header'
  if (!everyNamed(when.path, (name) => asked.path.get(name))) return 'path'
  if (when.session !== undefined && when.session !== asked.session) return 'session'
  return Object.entries(when.matches ?? {}).find(
    ([place, pattern]) => !somethingMatches(asked, place, pattern),
  )?.[0]
}

function everyNamed(
  wanted: Readonly<Record<string, unknown>> | undefined,
  given: (name: string) => string | undefined,
): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => given(name) === String(value))
}

/** Whether every part that is wanted stands in the value; lists item by item. A number in a form is text. */
export function contains(value: unknown, wanted: unknown, depth = 0): boolean {
  if (depth > 200) return false
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(value) && wanted.every((one, index) => contains(value[index], one, depth + 1))
    )
  }
  if (wanted !== null && typeof wanted === 'object') {
    if (value === null || typeof value !== 'object') return false
    return Object.entries(wanted).every(
      ([name, inner]) =>
        Object.hasOwn(value, name) && contains(Reflect.get(value, name), inner, depth + 1),
    )
  }
  return value === wanted || (typeof value === 'string' && value === String(wanted))
}
