import type { NeedsMatrix } from '@throughline/core'
import type { ChosenField } from './need-panel.tsx'
import type { NeedsSearch } from './needs-address.ts'

/** What the address selects in this matrix; `undefined` when it names something that is no longer there. */
export function chosenIn(
  matrix: NeedsMatrix,
  { operation, field, step: name }: NeedsSearch,
): ChosenField | undefined {
  const group = matrix.operations.find((one) => one.operation === operation)
  const row = group?.rows.find((one) => one.path === field)
  if (!group || !row) return undefined
  const step = matrix.journeys.flatMap(({ steps }) => steps).find((one) => one.name === name)
  return {
    group,
    row,
    step,
    cells: step ? row.cells.filter((cell) => cell.step === step.name) : [],
  }
}
