import { nodeOf } from '../2-link/ask.ts'
import type { CallNode, Graph, JourneyNode, NeedNode, StepNode } from '../2-link/graph.ts'
import { ownerSourceOf } from '../2-link/owner-source.ts'
import { classesOf } from '../3-check/classes.ts'
import { criticalPath, depthsOf } from '../3-check/critical-path.ts'
import { whyAbsent } from '../3-check/need-may-be-absent.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'
import type {
  Blueprint,
  BlueprintTotals,
  BudgetLane,
  CallRow,
  JourneyHead,
  NeedRow,
  NeedStatus,
  Promises,
  StateStatus,
  StepColumn,
} from './blueprint.ts'
import { framed } from './framed.ts'
import { journeyLine, stepsOf } from './journey-line.ts'
import { stateChipsOf } from './state-chips.ts'
import { typeNameOf } from './type-name.ts'
import { wireframeOf } from './wireframe.ts'

/** One journey as the studio draws it, with the diagnostics that touch it. */
export function blueprintOf(
  graph: Graph,
  journey: JourneyNode,
  diagnostics: readonly Diagnostic[],
): Blueprint {
  const touching = diagnosticsOf(graph, journey, diagnostics)
  const outline = outlineOf(graph, journey, touching)
  const ownerFrom = ownerSourceOf(graph, journey)
  return {
    ...outline,
    journey: { ...outline.journey, ...(ownerFrom !== undefined && { ownerFrom }) },
    diagnostics: framed(touching),
  }
}

/** A blueprint without the text of its diagnostics, which costs positions: what a list of journeys needs. */
export function outlineOf(
  graph: Graph,
  journey: JourneyNode,
  diagnostics: readonly Diagnostic[],
): Omit<Blueprint, 'diagnostics'> {
  const touching = diagnosticsOf(graph, journey, diagnostics)
  const steps = stepsOf(graph, journey).map((step, index) =>
    columnOf(graph, step, index + 1, touching),
  )
  return { journey: headOf(graph, journey), totals: totalsOf(steps, touching), steps }
}

function headOf(graph: Graph, journey: JourneyNode): JourneyHead {
  const persona = nodeOf(graph, 'persona', journey.persona)
  return {
    name: journey.name,
    title: journey.title,
    pains: journey.pains,
    line: journeyLine(graph, journey),
    file: journey.origin.source.file.path,
    ...(journey.goal !== undefined && { goal: journey.goal }),
    ...(journey.owner !== undefined && { owner: journey.owner }),
    ...(persona !== undefined && {
      persona: {
        name: persona.name,
        title: persona.declaration.title ?? persona.name,
        devices: persona.declaration.devices,
        ...(persona.declaration.context !== undefined && { context: persona.declaration.context }),
      },
    }),
  }
}

/** What is about the journey, its steps, or an operation that one of them calls. */
function diagnosticsOf(
  graph: Graph,
  journey: JourneyNode,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const called = new Set(
    stepsOf(graph, journey).flatMap((step) => callsOf(graph, step).map((call) => call.name)),
  )
  return diagnostics.filter(({ subject }) => {
    if (subject === undefined) return false
    return subject === journey.name || subject.startsWith(`${journey.name}/`) || called.has(subject)
  })
}

function callsOf(graph: Graph, step: StepNode): readonly CallNode[] {
  return step.calls.map((id) => nodeOf(graph, 'call', id)).filter((call) => call !== undefined)
}

function columnOf(
  graph: Graph,
  step: StepNode,
  number: number,
  diagnostics: readonly Diagnostic[],
): StepColumn {
  const calls = callsOf(graph, step)
  const needs = calls.flatMap((call) =>
    call.needs.map((id) => needRowOf(graph, call, nodeOf(graph, 'need', id)!, diagnostics)),
  )
  const { source, place } = step.origin
  const own = indexesOf(
    diagnostics,
    (one) => one.subject === step.name || one.subject?.startsWith(`${step.name}/`) === true,
  )
  return {
    name: step.name,
    number,
    title: step.title,
    wireframe: wireframeOf(step, number, calls, needs),
    needs,
    calls: callRowsOf(graph, step, calls, diagnostics),
    states: stateChipsOf(graph, step, diagnostics),
    budget: budgetOf(graph, step, diagnostics),
    next: step.next
      .map((id) => nodeOf(graph, 'step', id)?.name)
      .filter((name) => name !== undefined),
    diagnostics: own,
    file: source.file.path,
    line: source.locate([place])[0]!.start.line,
    ...(step.screen !== undefined && { screen: step.screen }),
    ...(step.image !== undefined && { image: step.image }),
    ...(step.design !== undefined && { design: step.design }),
    ...(step.feeling !== undefined && { feeling: step.feeling }),
    ...(saysNext(graph, step) && { saysNext: true }),
    ...promised(step),
  }
}

/** The whole budget of a step or call, where it has one. */
function promised({ budget }: StepNode | CallNode): { readonly promises?: Promises } {
  if (budget === undefined) return {}
  const { p50, p75, p95, size } = budget
  return {
    promises: {
      ...(p50 !== undefined && { p50 }),
      ...(p75 !== undefined && { p75 }),
      ...(p95 !== undefined && { p95 }),
      ...(size !== undefined && { size }),
    },
  }
}

function saysNext(graph: Graph, { name }: StepNode): boolean {
  return graph.declarations.journeys.some((journey) =>
    journey.steps.some((step) => `${journey.id}/${step.id}` === name && step.next !== undefined),
  )
}

function needRowOf(
  graph: Graph,
  call: CallNode,
  need: NeedNode,
  diagnostics: readonly Diagnostic[],
): NeedRow {
  const found = nodeOf(graph, 'field', need.field)?.found
  const maybe = (found?.absence.length ?? 0) > 0
  const status: NeedStatus =
    found === undefined
      ? 'missing'
      : !maybe
        ? 'covered'
        : need.absent === undefined
          ? 'optional'
          : 'planned-for'
  return {
    id: need.id,
    label: need.label,
    path: need.path,
    status,
    operation: call.name,
    diagnostics: indexesOf(diagnostics, (one) => samePlace(one.origin, need.origin)),
    ...(found !== undefined && { type: typeNameOf(found.field) + (maybe ? '?' : '') }),
    ...(need.why !== undefined && { why: need.why }),
    ...(need.absent !== undefined && { absent: need.absent }),
    ...(found !== undefined && maybe && { because: whyAbsent(found.absence) }),
    ...classOf(graph, need),
  }
}

function classOf(graph: Graph, need: NeedNode): { readonly class?: string } {
  const field = nodeOf(graph, 'field', need.field)
  const operation = nodeOf(graph, 'operation', field?.operation)
  if (field === undefined || operation === undefined) return {}
  const found = classesOf(graph).classOf(operation, field.path, field.found.field)
  return found === undefined ? {} : { class: found.id }
}

function callRowsOf(
  graph: Graph,
  step: StepNode,
  calls: readonly CallNode[],
  diagnostics: readonly Diagnostic[],
): readonly CallRow[] {
  const critical = new Set(criticalPath(graph, step).calls.map((call) => call.id))
  const depths = depthsOf(graph, step)
  return calls.map((call) => {
    const operation = nodeOf(graph, 'operation', call.operation)
    const p75 = call.budget?.p75
    return {
      id: call.id,
      operation: call.name,
      method: operation?.method ?? '',
      path: operation?.path ?? call.name,
      critical: critical.has(call.id),
      depth: depths.get(call.id) ?? 0,
      deprecated: operation?.deprecated ?? false,
      diagnostics: indexesOf(
        diagnostics,
        (one) => one.subject === call.name || samePlace(one.origin, call.origin),
      ),
      ...(operation?.title !== undefined && { title: operation.title }),
      ...(p75 !== undefined && { budget: p75 }),
      ...promised(call),
      ...(call.after.length > 0 && {
        after: call.after.flatMap((id) => nodeOf(graph, 'call', id)?.name ?? []),
      }),
      ...(call.sends.length > 0 && { sends: call.sends.map(({ path }) => path) }),
      ...(operation !== undefined && operation.stage !== 'live' && { stage: operation.stage }),
    }
  })
}

function budgetOf(graph: Graph, step: StepNode, diagnostics: readonly Diagnostic[]): BudgetLane {
  const { calls, ms } = criticalPath(graph, step)
  const promised = step.budget?.p75
  return {
    path: calls.map((call) => ({
      operation: call.name,
      ...(call.budget?.p75 !== undefined && { ms: call.budget.p75 }),
    })),
    diagnostics: indexesOf(
      diagnostics,
      (one) => one.code === 'TL3006' && one.subject === step.name,
    ),
    ...(promised !== undefined && { promised }),
    ...(ms > 0 && { calls: ms }),
    ...(promised !== undefined && ms > promised && { overBy: ms - promised }),
  }
}

function totalsOf(
  steps: readonly StepColumn[],
  diagnostics: readonly Diagnostic[],
): BlueprintTotals {
  const needs: Record<NeedStatus, number> = {
    covered: 0,
    optional: 0,
    'planned-for': 0,
    missing: 0,
  }
  const states: Record<StateStatus, number> = {
    designed: 0,
    inherited: 0,
    missing: 0,
    'cannot-happen': 0,
  }
  for (const step of steps) {
    for (const need of step.needs) needs[need.status] += 1
    for (const state of step.states) states[state.status] += 1
  }
  const worst = steps
    .flatMap(({ name, title, budget: { promised, calls } }) =>
      promised !== undefined && calls !== undefined ? [{ step: name, title, promised, calls }] : [],
    )
    .sort((a, b) => b.calls / b.promised - a.calls / a.promised)[0]
  return {
    needs,
    states,
    errors: diagnostics.filter((one) => one.severity === 'error').length,
    warnings: diagnostics.filter((one) => one.severity === 'warning').length,
    ...(worst !== undefined && { worstBudget: worst }),
  }
}

function indexesOf(
  diagnostics: readonly Diagnostic[],
  concerns: (one: Diagnostic) => boolean,
): readonly number[] {
  return diagnostics.flatMap((one, index) => (concerns(one) ? [index] : []))
}

function samePlace(one: Origin, other: Origin): boolean {
  return one.source === other.source && JSON.stringify(one.place) === JSON.stringify(other.place)
}
