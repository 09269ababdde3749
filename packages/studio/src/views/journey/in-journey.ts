import type {
  Blueprint,
  CallRow,
  FramedDiagnostic,
  JourneyHead,
  NeedRow,
  StateChip,
  StepColumn,
} from '@throughline/core'
import { localName, type Selection } from '../../address.ts'

/** What a selection means in this journey; `undefined` when it names something that is no longer there. */
export type Selected =
  | { readonly kind: 'step'; readonly step: StepColumn }
  | { readonly kind: 'need'; readonly step: StepColumn; readonly need: NeedRow }
  | { readonly kind: 'state'; readonly step: StepColumn; readonly state: StateChip }
  | { readonly kind: 'call'; readonly step: StepColumn; readonly call: CallRow }
  | {
      readonly kind: 'problem'
      readonly step: StepColumn | undefined
      readonly problem: FramedDiagnostic
    }

export function selectedIn(blueprint: Blueprint, selection: Selection): Selected | undefined {
  if (selection.kind === 'nothing') return undefined
  const step = blueprint.steps.find(({ name }) => localName(name) === selection.step)
  if (selection.kind === 'problem') {
    const problem = blueprint.diagnostics.find((one) => problemId(one) === selection.problem)
    return problem && { kind: 'problem', step, problem }
  }
  if (!step) return undefined
  switch (selection.kind) {
    case 'step':
      return { kind: 'step', step }
    case 'need': {
      const need = step.needs.find(({ id }) => id === selection.need)
      return need ? { kind: 'need', step, need } : { kind: 'step', step }
    }
    case 'state': {
      const state = step.states.find((one) => stateId(one) === selection.state)
      return state ? { kind: 'state', step, state } : { kind: 'step', step }
    }
    case 'call': {
      const call = step.calls.find(({ id }) => id === selection.call)
      return call ? { kind: 'call', step, call } : { kind: 'step', step }
    }
  }
}

/** A problem's place in an address: `TL2003@journeys/checkout.journey.yaml:41:13`. */
export function problemId({ code, file, range }: FramedDiagnostic): string {
  return `${code}@${file}:${range.start.line}:${range.start.column}`
}

/** A condition may stand once for the step and once for a single call: the scenario tells them apart. */
export function stateId({ condition, calls }: StateChip): string {
  return calls.length === 1 && condition.startsWith('problem:')
    ? `${condition} ${calls[0]}`
    : condition
}

/** A station is red when a need or a state of its step is missing, or its calls run over its promise. */
export function hasGap(step: StepColumn): boolean {
  return (
    step.needs.some(({ status }) => status === 'missing') ||
    step.states.some(({ status }) => status === 'missing') ||
    (step.budget.overBy ?? 0) > 0
  )
}

/** `Maya`; `undefined` for a persona that has a description (`Returning customer`) in place of a name. */
export function firstName({ persona }: JourneyHead): string | undefined {
  return persona && !/\s/.test(persona.title) ? persona.title : undefined
}

/** The step before or after the selected one; from nowhere, the first or the last. */
export function neighbour(
  steps: readonly StepColumn[],
  selected: StepColumn | undefined,
  by: 1 | -1,
): string | undefined {
  const at = selected ? steps.indexOf(selected) + by : by === 1 ? 0 : steps.length - 1
  const step = steps[Math.min(Math.max(at, 0), steps.length - 1)]
  return step && localName(step.name)
}

/** The first thing of a kind that needs somebody, to jump to from a total. */
export function firstGap(blueprint: Blueprint, of: 'need' | 'state'): Selection | undefined {
  for (const step of blueprint.steps) {
    const name = localName(step.name)
    if (of === 'need') {
      const need =
        step.needs.find(({ status }) => status === 'missing') ??
        step.needs.find(({ status }) => status === 'optional')
      if (need) return { kind: 'need', step: name, need: need.id }
    } else {
      const state = step.states.find(({ status }) => status === 'missing')
      if (state) return { kind: 'state', step: name, state: stateId(state) }
    }
  }
  return undefined
}
