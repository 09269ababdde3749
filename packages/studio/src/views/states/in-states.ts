import type { Situation, StateChip, StatesCell, StatesMatrix, StatesRow } from '@throughline/core'
import { stateId } from '../journey/in-journey.ts'
import type { StatesSearch } from './states-address.ts'

export type StatesJourney = StatesMatrix['journeys'][number]

/** The journeys and steps that pass a filter; journeys without any are left out. */
export function shownIn(
  { journeys }: StatesMatrix,
  {
    show,
    journey,
  }: { readonly show?: StatesSearch['show'] | undefined; readonly journey?: string | undefined },
): readonly StatesJourney[] {
  return journeys
    .filter(({ name }) => journey === undefined || name === journey)
    .map((one) => ({
      ...one,
      steps: one.steps.filter(
        (step) => show === undefined || step.cells.some(({ status }) => status === 'missing'),
      ),
    }))
    .filter(({ steps }) => steps.length > 0)
}

/** How many states of these journeys somebody has decided, and how many there are to decide. */
export function decidedIn(journeys: readonly StatesJourney[]): {
  readonly designed: number
  readonly inherited: number
  readonly missing: number
} {
  const count = { designed: 0, inherited: 0, missing: 0, 'cannot-happen': 0 }
  for (const { steps } of journeys)
    for (const step of steps)
      for (const cell of step.cells) for (const chip of cell.chips) count[chip.status] += 1
  return count
}

export interface ChosenState {
  readonly journey: StatesJourney
  readonly row: StatesRow
  readonly cell: StatesCell
  /** None where it cannot happen. */
  readonly chip: StateChip | undefined
}

/** What the address selects: a column by its name, or one of the ways that share it. */
export function chosenIn(
  { journeys }: StatesMatrix,
  { step: name, condition }: StatesSearch,
): ChosenState | undefined {
  if (condition === undefined) return undefined
  for (const journey of journeys) {
    const row = journey.steps.find(({ step }) => step === name)
    if (!row) continue
    for (const cell of row.cells) {
      const chip = cell.chips.find((one) => stateId(one) === condition)
      if (chip) return { journey, row, cell, chip }
    }
    const cell = row.cells.find((one) => one.condition === condition)
    return cell && { journey, row, cell, chip: worstFirst(cell.chips)[0] }
  }
  return undefined
}

/** Of several ways that share a cell, the one to show: what plays now, else what nobody has decided, else the first. */
export function facing(
  chips: readonly StateChip[],
  situation: Situation | null,
): StateChip | undefined {
  return chips.find((chip) => isPlaying(chip, situation)) ?? worstFirst(chips)[0]
}

/** The route that the app beside the matrix is shown at: of what is selected, else of what plays. */
export function framedScreen(
  { journeys }: StatesMatrix,
  chosen: ChosenState | undefined,
  situation: Situation | null,
): string | undefined {
  if (chosen) return chosen.row.screen
  return journeys
    .flatMap(({ steps }) => steps)
    .find(({ cells }) =>
      cells.some(({ chips }) => chips.some((chip) => isPlaying(chip, situation))),
    )?.screen
}

export function isPlaying(chip: StateChip, situation: Situation | null): boolean {
  return situation !== null && chip.scenario === situation.scenario
}

const order = ['missing', 'designed', 'inherited', 'cannot-happen'] as const

/** What nobody has decided first; what people themselves typed wrongly after what went wrong without them. */
function worstFirst(chips: readonly StateChip[]): readonly StateChip[] {
  const place = ({ status, condition }: StateChip): number =>
    order.indexOf(status) + (condition === 'invalid' && status !== 'missing' ? order.length : 0)
  return chips.toSorted((one, other) => place(one) - place(other))
}
