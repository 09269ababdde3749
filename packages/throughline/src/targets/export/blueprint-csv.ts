import type { Graph, StepColumn } from '@throughline/core'
import { csvOf } from '../../csv.ts'
import { blueprintsOf } from './blueprints-of.ts'
import type { ContractExportOptions, Exported } from './contract-export.ts'

const columns = [
  'journey',
  'step',
  'title',
  'screen',
  'lane',
  'item',
  'operation',
  'field',
  'type',
  'status',
  'state',
  'shown',
  'why',
  'class',
  'budget ms',
  'budget bytes',
  'evidence',
] as const
type Row = Partial<Record<(typeof columns)[number], string | number | undefined>>

/** Journeys as a table for spreadsheets: a row for each thing in each lane of each step. No cell runs as a formula. */
export function blueprintCsv(
  graph: Graph,
  { journey }: Pick<ContractExportOptions, 'journey'>,
): Exported {
  const rows = blueprintsOf(graph, journey).flatMap((one) =>
    one.steps.flatMap((step) =>
      rowsOf(step, one.diagnostics).map((row) => ({
        journey: one.journey.name,
        step: step.name,
        title: step.title,
        screen: step.screen,
        ...row,
      })),
    ),
  )
  const cells = rows.map((row: Row) => columns.map((column) => String(row[column] ?? '')))
  return { text: csvOf([columns, ...cells]), leftOut: [] }
}

function rowsOf(
  step: StepColumn,
  diagnostics: readonly {
    readonly code: string
    readonly severity: string
    readonly message: string
  }[],
): readonly Row[] {
  const { feeling, budget, promises } = step
  return [
    ...(feeling === undefined
      ? []
      : [{ lane: 'feeling', item: feeling.quote, status: feeling.score, evidence: feeling.from }]),
    ...step.needs.map((need) => ({
      lane: 'needs',
      item: need.label,
      operation: need.operation,
      field: need.path,
      type: need.type,
      status: need.status,
      shown: need.absent,
      why: need.why ?? need.because,
      class: need.class,
    })),
    ...step.calls.map((call) => ({
      lane: 'calls',
      item: call.title ?? call.operation,
      operation: call.operation,
      type: `${call.method} ${call.path}`.trim(),
      status: call.stage,
      'budget ms': call.budget,
      'budget bytes': call.promises?.size,
    })),
    ...step.states.map((state) => ({
      lane: 'states',
      item: state.label,
      operation: state.calls.join(' '),
      state: state.condition,
      status: state.status,
      shown: state.show,
      evidence: state.test,
    })),
    ...(budget.promised === undefined && budget.calls === undefined
      ? []
      : [
          {
            lane: 'budget',
            item: budget.path.map((one) => one.operation).join(' then '),
            status: budget.overBy === undefined ? 'kept' : `over by ${budget.overBy} ms`,
            'budget ms': budget.promised,
            'budget bytes': promises?.size,
          },
        ]),
    ...step.diagnostics.flatMap((index) => {
      const one = diagnostics[index]
      return one === undefined
        ? []
        : [{ lane: 'findings', item: one.message, type: one.code, status: one.severity }]
    }),
  ]
}
