import type {
  Blueprint,
  CloseMatches,
  NeedsMatrix,
  NeedStatus,
  StateChip,
  StatesColumn,
  StatesMatrix,
} from '@throughline/core'
import { fixAnItem, reorder } from './checkout-blueprint.ts'

// The two matrices over the blueprints that the other pages are tested with.

const blueprints = [reorder, fixAnItem]

function local(step: string): string {
  return step.slice(step.lastIndexOf('/') + 1)
}

function urlOf({ journey }: Blueprint, step: string): string {
  return `/journeys/${journey.name}?step=${local(step)}`
}

export const needsMatrix: NeedsMatrix = needsOf()

function needsOf(): NeedsMatrix {
  const uses = blueprints.flatMap((blueprint) =>
    blueprint.steps.flatMap((step) =>
      step.needs.map((need) => ({
        blueprint,
        step,
        need,
        call: step.calls.find(({ operation }) => operation === need.operation),
      })),
    ),
  )
  const totals: Record<NeedStatus, number> = {
    covered: 0,
    optional: 0,
    'planned-for': 0,
    missing: 0,
  }
  for (const { need } of uses) totals[need.status] += 1
  const operations = [...Map.groupBy(uses, ({ need }) => need.operation)].map(
    ([operation, its]) => ({
      operation,
      api: operation.split('.')[0]!,
      method: its.find(({ call }) => call)?.call?.method ?? '',
      path: its.find(({ call }) => call)?.call?.path ?? operation,
      owner: 'Logistics',
      status: '200',
      deprecated: false,
      url: `/reference/${operation}`,
      calledBy: [...new Set(its.map(({ step }) => step.name))],
      leftOut: { fields: operation === 'logistics.listSlots' ? 12 : 0, more: false },
      rows: [
        ...[...Map.groupBy(its, ({ need }) => need.path)].map(([path, same]) => {
          const { need } = same[0]!
          return {
            path,
            label: need.label,
            ...(need.type !== undefined && { type: need.type }),
            ...(need.because !== undefined && { because: need.because }),
            deprecated: false,
            missing: need.status === 'missing',
            unused: false,
            usedBy: same.length,
            cells: same.map(({ blueprint, step, need: one }) => ({
              step: step.name,
              status: one.status,
              call: operation,
              need: one.id,
              label: one.label,
              url: `${urlOf(blueprint, step.name)}&need=${one.id}`,
              file: 'journeys/reorder.journey.yaml',
              line: 47,
              problems:
                one.status === 'missing'
                  ? [
                      {
                        code: 'TL2003',
                        severity: 'error' as const,
                        message: 'Step `reorder/slots` needs `slots[].co2Saving`.',
                        fixes: [{ title: 'Use `slots[].emissions.kg`' }],
                      },
                    ]
                  : [],
              ...(one.why !== undefined && { why: one.why }),
              ...(one.absent !== undefined && { absent: one.absent }),
            })),
          }
        }),
        ...(operation === 'logistics.listSlots'
          ? [
              {
                path: 'slots[].legacyRef',
                label: 'Legacy ref',
                type: 'string?',
                deprecated: false,
                missing: false,
                unused: true,
                usedBy: 0,
                cells: [],
              },
            ]
          : []),
      ],
    }),
  )
  return {
    journeys: blueprints.map((blueprint) => ({
      name: blueprint.journey.name,
      title: blueprint.journey.title,
      line: blueprint.journey.line,
      steps: blueprint.steps.map(({ name, title }) => ({
        name,
        title,
        url: urlOf(blueprint, name),
      })),
    })),
    operations,
    totals: {
      rows: operations.reduce((sum, { rows }) => sum + rows.length, 0),
      unused: 1,
      needs: totals,
    },
    bounds: { depth: 5, rows: 60 },
  }
}

export const closeMatches: CloseMatches = {
  operation: 'logistics.listSlots',
  path: 'slots[].co2Saving',
  exists: false,
  matches: [
    {
      path: 'slots[].emissions.kg',
      label: 'Emissions kg',
      type: 'number',
      distance: 2,
      because: 'says the same in other words',
      usedBy: 0,
    },
  ],
  elsewhere: [],
}

const columns: StatesMatrix['columns'] = [
  { condition: 'loading', label: 'Loading', hint: 'Nothing has answered yet' },
  { condition: 'empty', label: 'Empty', hint: 'The list has no items' },
  { condition: 'partial', label: 'Partial', hint: 'One call fails, the others answer' },
  { condition: 'error', label: 'Error', hint: 'An answer that says no' },
  { condition: 'timeout', label: 'Timeout', hint: 'No answer in time' },
  { condition: 'offline', label: 'Offline', hint: 'No connection' },
]

export const statesMatrix: StatesMatrix = {
  columns,
  journeys: blueprints.map((blueprint) => ({
    name: blueprint.journey.name,
    title: blueprint.journey.title,
    line: blueprint.journey.line,
    steps: blueprint.steps.map((step) => ({
      step: step.name,
      title: step.title,
      wireframe: step.wireframe,
      url: urlOf(blueprint, step.name),
      file: step.file,
      line: step.line,
      ...(step.screen !== undefined && { screen: step.screen }),
      cells:
        step.states.length === 0
          ? []
          : columns.map(({ condition }) => cellOf(condition, step.states)),
    })),
  })),
  totals: reorder.totals.states,
  diagnostics: reorder.diagnostics,
}

function cellOf(
  condition: StatesColumn,
  states: readonly StateChip[],
): StatesMatrix['journeys'][number]['steps'][number]['cells'][number] {
  const chips = states.filter(
    (chip) =>
      chip.status !== 'cannot-happen' &&
      (condition === 'error'
        ? columns.every((column) => column.condition !== chip.condition)
        : chip.condition === condition),
  )
  const status = (['missing', 'inherited', 'designed'] as const).find((one) =>
    chips.some((chip) => chip.status === one),
  )
  return { condition, status: status ?? 'cannot-happen', chips }
}

/** A workspace of `steps` steps and 20 fields in each of `operations` operations. */
export function bigNeeds(operations: number, steps: number): NeedsMatrix {
  const journeys = Array.from({ length: steps / 5 }, (_, journey) => ({
    name: `journey${journey}`,
    title: `Journey ${journey + 1}`,
    line: ([1, 2, 3, 4] as const)[journey % 4]!,
    steps: Array.from({ length: 5 }, (__, step) => ({
      name: `journey${journey}/step${step}`,
      title: `Step ${step + 1}`,
      url: `/journeys/journey${journey}?step=step${step}`,
    })),
  }))
  const names = journeys.flatMap((journey) => journey.steps.map(({ name }) => name))
  const statuses = ['covered', 'covered', 'planned-for', 'missing'] as const
  const groups = Array.from({ length: operations }, (_, operation) => ({
    operation: `store.operation${operation}`,
    api: 'store',
    method: 'GET',
    path: `/things/${operation}`,
    deprecated: false,
    calledBy: names,
    leftOut: { fields: 0, more: false },
    rows: Array.from({ length: 20 }, (__, field) => {
      const cells = names
        .filter((___, place) => (place * 7 + field * 3 + operation) % 4 === 0)
        .map((step, place) => ({
          step,
          status: statuses[(place + field) % 4]!,
          call: `store.operation${operation}`,
          need: `need:${step}/${operation}/${field}`,
          label: `Field ${field}`,
          url: `/journeys/journey0?step=step0`,
          file: 'journeys/big.journey.yaml',
          line: 1,
          problems: [],
        }))
      return {
        path: `items[].field${field}`,
        label: `Field ${field}`,
        type: 'string',
        deprecated: false,
        missing: false,
        unused: false,
        usedBy: cells.length,
        cells,
      }
    }),
  }))
  return {
    journeys,
    operations: groups,
    totals: {
      rows: operations * 20,
      unused: 0,
      needs: { covered: 0, optional: 0, 'planned-for': 0, missing: 0 },
    },
    bounds: { depth: 5, rows: 60 },
  }
}
