import { nodeOf } from '../2-link/ask.ts'
import type { Graph, StepNode } from '../2-link/graph.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { StateChip, StateStatus } from './blueprint.ts'
import { framed } from './framed.ts'
import { journeyLine, stepsOf } from './journey-line.ts'
import { stateChipsOf } from './state-chips.ts'
import type { StatesCell, StatesColumn, StatesMatrix, StatesRow } from './states-matrix.ts'
import { stepAddress } from './studio-address.ts'
import { wireframeOf } from './wireframe.ts'

const columns: StatesMatrix['columns'] = [
  { condition: 'loading', label: 'Loading', hint: 'Nothing has answered yet' },
  { condition: 'empty', label: 'Empty', hint: 'The list has no items' },
  { condition: 'partial', label: 'Partial', hint: 'One call fails, the others answer' },
  { condition: 'error', label: 'Error', hint: 'An answer that says no' },
  { condition: 'timeout', label: 'Timeout', hint: 'No answer in time' },
  { condition: 'offline', label: 'Offline', hint: 'No connection' },
]

/** Every step beside every way it can go, and what people see then. */
export function statesMatrixOf(graph: Graph, diagnostics: readonly Diagnostic[]): StatesMatrix {
  const asked = diagnostics.filter((one) => one.code === 'TL3004')
  const totals: Record<StateStatus, number> = {
    designed: 0,
    inherited: 0,
    missing: 0,
    'cannot-happen': 0,
  }
  const journeys = graph.journeys.map((journey) => ({
    name: journey.name,
    title: journey.title,
    line: journeyLine(graph, journey),
    steps: stepsOf(graph, journey).map((step, index) => rowOf(graph, step, index + 1, asked)),
    ...(journey.owner !== undefined && { owner: journey.owner }),
  }))
  for (const { steps } of journeys) {
    for (const cell of steps.flatMap((step) => step.cells)) {
      if (cell.status === 'cannot-happen') totals['cannot-happen'] += 1
      for (const chip of cell.chips) totals[chip.status] += 1
    }
  }
  return { columns, journeys, totals, diagnostics: framed(asked) }
}

function rowOf(
  graph: Graph,
  step: StepNode,
  number: number,
  asked: readonly Diagnostic[],
): StatesRow {
  const calls = step.calls
    .map((id) => nodeOf(graph, 'call', id))
    .filter((call) => call !== undefined)
  const needs = calls.flatMap((call) => call.needs.map((id) => nodeOf(graph, 'need', id)!))
  const { source, place } = step.origin
  const chips = stateChipsOf(graph, step, asked)
  return {
    step: step.name,
    title: step.title,
    wireframe: wireframeOf(step, number, calls, needs),
    url: stepAddress(step),
    file: source.file.path,
    line: source.locate([place])[0]!.start.line,
    cells:
      chips.length === 0
        ? []
        : columns.map(({ condition }) => cellOf(condition, chips, calls.length)),
    ...(step.screen !== undefined && { screen: step.screen }),
    ...(step.image !== undefined && { image: step.image }),
  }
}

function cellOf(condition: StatesColumn, chips: readonly StateChip[], calls: number): StatesCell {
  const own = chips.filter(
    (chip) => chip.status !== 'cannot-happen' && columnOf(chip) === condition,
  )
  const worst = worstOf(own)
  const notAsked = condition === 'partial' && worst === 'cannot-happen' && calls > 1
  return { condition, status: notAsked ? 'not-asked' : worst, chips: own }
}

/** Statuses, problems and invalid input are all ways of saying no. */
function columnOf({ condition }: StateChip): StatesColumn {
  return columns.find((column) => column.condition === condition)?.condition ?? 'error'
}

function worstOf(chips: readonly StateChip[]): StateStatus {
  const has = (status: StateStatus): boolean => chips.some((chip) => chip.status === status)
  return (['missing', 'inherited', 'designed'] as const).find(has) ?? 'cannot-happen'
}
