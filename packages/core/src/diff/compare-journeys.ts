import { nameOf, nodeOf } from '../2-link/ask.ts'
import type { CallNode, Graph, JourneyNode, NeedNode, NodeId, StepNode } from '../2-link/graph.ts'
import type { Budget } from '../1-parse/declarations.ts'
import { equal } from '../schema/equal.ts'
import type { Origin } from '../text/origin.ts'
import type { Change, DiffOptions, Impact, ImpactSeverity } from './change.ts'
import { fingerprintOf } from './fingerprint.ts'
import { levelOf } from './level-of.ts'
import { ruleOf, type OtherCode } from './rules.ts'
import { filled, valueWords } from './sentence-of.ts'

/** What differs in the journeys: steps, calls, needs, what they send, states and budgets. Told only where both graphs have journeys. */
export function journeyChanges(
  before: Graph,
  after: Graph,
  options: DiffOptions,
): readonly Change[] {
  if (before.journeys.length === 0 || after.journeys.length === 0) return []
  const changes: Change[] = []
  const tell: Tell = (told) => changes.push(changeOf(told, options))
  const [left, right] = [byId(before.journeys), byId(after.journeys)]
  for (const [id, journey] of left) {
    const other = right.get(id)
    if (other === undefined)
      tell({ code: 'journey-removed', from: journey.name, before: journey.origin, subjects: [id] })
    else compareJourney({ before, after, tell }, journey, other)
  }
  for (const [id, journey] of right)
    if (!left.has(id))
      tell({ code: 'journey-added', to: journey.name, after: journey.origin, subjects: [id] })
  return changes
}

type Tell = (told: Told) => void

interface Told {
  readonly code: OtherCode
  readonly at?: string
  readonly name?: string
  readonly from?: unknown
  readonly to?: unknown
  readonly before?: Origin
  readonly after?: Origin
  readonly subjects: readonly NodeId[]
  readonly step?: StepNode
  readonly owner?: string | undefined
  readonly need?: NeedNode
  readonly api?: string
}

interface Both {
  readonly before: Graph
  readonly after: Graph
  readonly tell: Tell
}

function byId<N extends { readonly id: NodeId }>(nodes: Iterable<N>): ReadonlyMap<N['id'], N> {
  return new Map([...nodes].map((node) => [node.id, node]))
}

function compareJourney(both: Both, before: JourneyNode, after: JourneyNode): void {
  const { tell } = both
  const subjects = [after.id]
  const heads = ['title', 'goal', 'owner', 'persona', 'pains'] as const
  for (const at of heads) {
    if (equal(before[at], after[at])) continue
    const shown = (value: JourneyNode[typeof at]): unknown =>
      at === 'persona' && typeof value === 'string' ? value.slice(value.indexOf(':') + 1) : value
    tell({
      code: 'journey-changed',
      name: after.name,
      at,
      from: shown(before[at]),
      to: shown(after[at]),
      before: before.origin,
      after: after.origin,
      subjects,
    })
  }
  const [left, right] = [stepsOf(both.before, before), stepsOf(both.after, after)]
  for (const [id, step] of left) {
    const other = right.get(id)
    if (other === undefined)
      tell({
        code: 'step-removed',
        from: step.name,
        before: step.origin,
        subjects: [id, after.id],
        owner: after.owner,
      })
    else compareStep(both, step, other, after.owner)
  }
  for (const [id, step] of right)
    if (!left.has(id))
      tell({ code: 'step-added', to: step.name, after: step.origin, subjects: [id, after.id] })
}

function stepsOf(graph: Graph, journey: JourneyNode): ReadonlyMap<StepNode['id'], StepNode> {
  return byId(
    journey.steps.map((id) => nodeOf(graph, 'step', id)).filter((step) => step !== undefined),
  )
}

function compareStep(
  both: Both,
  before: StepNode,
  after: StepNode,
  owner: string | undefined,
): void {
  const told = {
    name: after.name,
    before: before.origin,
    after: after.origin,
    subjects: [after.id],
    step: after,
    owner,
  }
  const names = (ids: readonly NodeId[]): string => ids.map(nameOf).join(', ') || 'the end'
  if (!equal(before.next, after.next))
    both.tell({ ...told, code: 'step-moved', from: names(before.next), to: names(after.next) })
  if (before.screen !== after.screen)
    both.tell({
      ...told,
      code: 'step-screen-changed',
      from: before.screen ?? 'no screen',
      to: after.screen ?? 'no screen',
    })
  compareBudgets(both, told, before.budget, after.budget)
  compareStates(both, told, before.states, after.states)
  const [left, right] = [callsOf(both.before, before), callsOf(both.after, after)]
  for (const [id, call] of left) {
    const other = right.get(id)
    if (other !== undefined) compareCall(both, call, other, told)
    else
      both.tell({
        ...told,
        ...apiOf(call),
        code: 'call-removed',
        from: call.name,
        before: call.origin,
      })
  }
  for (const [id, call] of right)
    if (!left.has(id))
      both.tell({ ...told, ...apiOf(call), code: 'call-added', to: call.name, after: call.origin })
}

type Shared = Pick<Told, 'name' | 'subjects' | 'step' | 'owner'> & {
  readonly name: string
  readonly before: Origin
  readonly after: Origin
}

function callsOf(graph: Graph, step: StepNode): ReadonlyMap<CallNode['id'], CallNode> {
  return byId(
    step.calls.map((id) => nodeOf(graph, 'call', id)).filter((call) => call !== undefined),
  )
}

function apiOf({ operation }: CallNode): { readonly api?: string } {
  return operation === undefined ? {} : { api: nameOf(operation).split('.')[0]! }
}

function compareCall(both: Both, before: CallNode, after: CallNode, shared: Shared): void {
  const { tell } = both
  const told = { ...shared, ...apiOf(after), before: before.origin, after: after.origin }
  const [needs, others] = [needsOf(both.before, before), needsOf(both.after, after)]
  for (const [path, need] of needs) {
    const other = others.get(path)
    if (other !== undefined) compareFallbacks(tell, need, other, told)
    else tell({ ...told, code: 'need-removed', at: after.name, from: path, before: need.origin })
  }
  for (const [path, need] of others) {
    if (needs.has(path)) continue
    const isGap = need.field === undefined && after.operation !== undefined
    tell({
      ...told,
      code: isGap ? 'need-added-without-field' : 'need-added',
      at: after.name,
      to: path,
      after: need.origin,
      need,
      subjects: [need.id, ...told.subjects],
    })
  }
  const [sends, now] = [before.sends.map(({ path }) => path), after.sends.map(({ path }) => path)]
  for (const path of sends)
    if (!now.includes(path)) tell({ ...told, code: 'send-removed', at: after.name, from: path })
  for (const path of now)
    if (!sends.includes(path)) tell({ ...told, code: 'send-added', at: after.name, to: path })
  const own = { ...told, name: `${shared.name} ${after.name}` }
  compareBudgets(both, own, before.budget, after.budget)
  compareStates(both, own, before.states, after.states)
}

function needsOf(graph: Graph, call: CallNode): ReadonlyMap<string, NeedNode> {
  return new Map(
    call.needs.flatMap((id) => {
      const need = nodeOf(graph, 'need', id)
      return need === undefined ? [] : [[need.path, need] as const]
    }),
  )
}

function compareFallbacks(tell: Tell, before: NeedNode, after: NeedNode, shared: Shared): void {
  if (before.absent === after.absent) return
  const code =
    before.absent === undefined
      ? 'fallback-added'
      : after.absent === undefined
        ? 'fallback-removed'
        : 'fallback-changed'
  tell({
    ...shared,
    code,
    at: after.path,
    from: before.absent,
    to: after.absent,
    before: before.origin,
    after: after.origin,
    subjects: [after.id, ...shared.subjects],
    need: after,
  })
}

function compareStates(
  { before, after, tell }: Both,
  shared: Shared,
  left: StepNode['states'],
  right: StepNode['states'],
): void {
  const states = (graph: Graph, ids: StepNode['states']) =>
    new Map(
      ids.flatMap((id) => {
        const state = nodeOf(graph, 'state', id)
        return state === undefined ? [] : [[state.condition, state] as const]
      }),
    )
  const [known, now] = [states(before, left), states(after, right)]
  for (const [condition, state] of known) {
    const other = now.get(condition)
    if (other === undefined)
      tell({ ...shared, code: 'state-removed', from: condition, before: state.origin })
    else if (state.show !== other.show)
      tell({
        ...shared,
        code: 'state-changed',
        at: condition,
        from: state.show,
        to: other.show,
        before: state.origin,
        after: other.origin,
      })
  }
  for (const [condition, state] of now)
    if (!known.has(condition))
      tell({ ...shared, code: 'state-added', to: condition, after: state.origin })
}

function compareBudgets(
  { tell }: Both,
  shared: Shared,
  before: Budget | undefined,
  after: Budget | undefined,
): void {
  for (const at of ['p50', 'p75', 'p95', 'size'] as const) {
    const [from, to] = [before?.[at], after?.[at]]
    if (from === to) continue
    const shown = (value: number): string =>
      at === 'size'
        ? value >= 1000
          ? `${value / 1000} kB`
          : `${value} bytes`
        : value >= 1000
          ? `${value / 1000} s`
          : `${value} ms`
    const code =
      from === undefined
        ? 'budget-added'
        : to === undefined
          ? 'budget-removed'
          : to < from
            ? 'budget-tightened'
            : 'budget-loosened'
    tell({
      ...shared,
      code,
      at,
      ...(from !== undefined && { from: shown(from) }),
      ...(to !== undefined && { to: shown(to) }),
    })
  }
}

function changeOf(told: Told, options: DiffOptions): Change {
  const { code, name, at, from, to, before, after, subjects, step, api } = told
  const rule = ruleOf(code)
  const impact = rule.class === 'depends' && step !== undefined ? [impactOn(step, told)] : []
  const place = name ?? String(from ?? to)
  const words = {
    name: (name ?? '')
      .split(' ')
      .map((one) => `\`${one}\``)
      .join(' '),
    at: at === undefined ? '' : rule.says.includes('another {at}') ? at : `\`${at}\``,
    from: valueWords(from),
    to: valueWords(to),
  }
  return {
    fingerprint: fingerprintOf([code, place, at ?? '', from ?? null, to ?? null]),
    code,
    ...levelOf(rule, impact, false, options),
    class: rule.class,
    promise: rule.promise,
    ...(api !== undefined && { api }),
    location: `journey:${place}${at === undefined ? '' : `:${at}`}`,
    message: filled(rule.says, words),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    impact,
    reach: {
      operations: [],
      fields: [],
      steps: impact.map((one) => one.step),
      counts: { operations: 0, fields: 0, steps: impact.length },
    },
    decidedBy: 'contract',
    subjects,
    origin: {
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  }
}

function impactOn(step: StepNode, { owner, need }: Told): Impact {
  const severity: ImpactSeverity = need?.absent === undefined ? 'surprises' : 'degrades'
  return {
    step: step.name,
    ...(need !== undefined && { need: need.path }),
    ...(owner !== undefined && { owner }),
    severity,
    ...(need?.absent !== undefined && { fallback: need.absent }),
    ...(step.screen !== undefined && { screen: step.screen }),
  }
}
