import { nodeOf } from '../2-link/ask.ts'
import type { Graph, StateNode, StepNode } from '../2-link/graph.ts'
import { conditionsOf, type CallCondition } from '../3-check/conditions.ts'
import { designing } from '../3-check/missing-state.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { StateChip, StateStatus } from './blueprint.ts'

/** Every way a step can go, one chip per condition: what must be designed, then what somebody designed besides. */
export function stateChipsOf(
  graph: Graph,
  step: StepNode,
  diagnostics: readonly Diagnostic[],
): readonly StateChip[] {
  if (step.calls.length === 0) return []
  const ways = Map.groupBy(conditionsOf(graph, step), (one) => one.condition)
  const besides = besidesOf(graph, step, new Set(ways.keys()))
  const chips = [...ways].map(([condition, group]) => chipOf(step, condition, group, diagnostics))
  for (const state of besides)
    if (!chips.some((chip) => chip.condition === state.condition))
      chips.push(designedChip(graph, step, state))
  if (!ways.has('empty') && !chips.some((chip) => chip.condition === 'empty'))
    chips.push(impossible('empty'))
  if (!chips.some((chip) => chip.condition === 'partial') && step.calls.length === 1)
    chips.push(impossible('partial'))
  return chips.sort(
    (a, b) => rank(a.condition) - rank(b.condition) || a.condition.localeCompare(b.condition, 'en'),
  )
}

function chipOf(
  step: StepNode,
  condition: string,
  ways: readonly CallCondition[],
  diagnostics: readonly Diagnostic[],
): StateChip {
  const missing = ways.filter((one) => one.designed === undefined && one.inherited === undefined)
  const shown =
    missing.length > 0 ? undefined : (ways.find((one) => one.designed !== undefined) ?? ways[0])
  const status: StateStatus =
    missing.length > 0 ? 'missing' : shown?.designed === undefined ? 'inherited' : 'designed'
  const said = shown?.designed ?? shown?.inherited
  const everyCall = ways.length === step.calls.length
  const calls = (missing.length > 0 ? missing : ways).map((one) => one.call.name)
  return {
    condition,
    label: labelOfCondition(condition, ways.find((one) => one.detail !== undefined)?.detail),
    status,
    calls: everyCall && missing.length === 0 ? [] : calls,
    scenario: everyCall ? `${step.name}/${condition}` : `${step.name}/${calls[0]!}/${condition}`,
    diagnostics: diagnostics.flatMap((one, index) =>
      one.code === 'TL3004' &&
      one.subject === step.name &&
      one.fixes?.[0]?.title === designing(condition)
        ? [index]
        : [],
    ),
    ...(said?.show !== undefined && { show: said.show }),
    ...(said?.recover !== undefined && { recover: said.recover }),
    ...(said?.test !== undefined && { test: said.test }),
    ...(said?.design !== undefined && { design: said.design }),
    ...(shown?.designed?.condition === condition && writtenOf(shown.designed)),
  }
}

/** States that somebody designed though no check asks for them: `partial`, `invalid`, a class, a problem type. */
function besidesOf(graph: Graph, step: StepNode, known: ReadonlySet<string>): readonly StateNode[] {
  const ids = [
    ...step.states,
    ...step.calls.flatMap((id) => nodeOf(graph, 'call', id)?.states ?? []),
  ]
  return ids
    .map((id) => nodeOf(graph, 'state', id))
    .filter((state) => state !== undefined)
    .filter(({ condition }) => !known.has(condition) && !coveredByClass(condition, known))
}

/** `5xx` says nothing of its own where each of its statuses has a chip already. */
function coveredByClass(condition: string, known: ReadonlySet<string>): boolean {
  return (
    /^\dxx$/.test(condition) &&
    [...known].some((one) => /^\d\d\d$/.test(one) && one[0] === condition[0])
  )
}

function designedChip(graph: Graph, step: StepNode, state: StateNode): StateChip {
  const call = state.on.startsWith('call:') ? nodeOf(graph, 'call', state.on) : undefined
  return {
    condition: state.condition,
    label: labelOfCondition(state.condition),
    status: 'designed',
    calls: call === undefined ? [] : [call.name],
    scenario:
      call === undefined
        ? `${step.name}/${state.condition}`
        : `${step.name}/${call.name}/${state.condition}`,
    diagnostics: [],
    ...writtenOf(state),
    ...(state.show !== undefined && { show: state.show }),
    ...(state.recover !== undefined && { recover: state.recover }),
    ...(state.test !== undefined && { test: state.test }),
    ...(state.design !== undefined && { design: state.design }),
  }
}

/** Where a state is written, and of which other one it says the same. */
function writtenOf({ on, condition, declaration }: StateNode): Pick<StateChip, 'on' | 'same'> {
  return {
    on: on.slice(on.indexOf(':') + 1),
    ...(declaration.condition !== condition && { same: declaration.condition }),
  }
}

function impossible(condition: string): StateChip {
  return {
    condition,
    label: labelOfCondition(condition),
    status: 'cannot-happen',
    calls: [],
    diagnostics: [],
  }
}

const words: Readonly<Record<string, string>> = {
  loading: 'Loading',
  empty: 'Empty',
  partial: 'Partial',
  timeout: 'Timeout',
  offline: 'Offline',
  invalid: 'Invalid input',
  '400': 'Bad request',
  '401': 'Signed out',
  '402': 'Payment refused',
  '403': 'Not allowed',
  '404': 'Not found',
  '409': 'Conflict',
  '410': 'Gone',
  '422': 'Invalid input',
  '429': 'Too many requests',
  '4xx': 'Refused',
  '500': 'Server error',
  '502': 'Bad gateway',
  '503': 'Unavailable',
  '5xx': 'Server error',
}

/** What people call a condition; the contract's own words for a status win. */
export function labelOfCondition(condition: string, detail?: string): string {
  const known = words[condition]
  if (!/^\d/.test(condition)) return known ?? condition.replace(/^problem: /, '')
  return detail ?? known ?? condition
}

function rank(condition: string): number {
  const order = [
    'loading',
    'empty',
    'partial',
    'invalid',
    'status',
    'problem',
    'timeout',
    'offline',
  ]
  const kind = /^\d/.test(condition)
    ? 'status'
    : condition.startsWith('problem')
      ? 'problem'
      : condition
  return order.indexOf(kind)
}
