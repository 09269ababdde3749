import { csvOf } from '../../ui/csv.ts'
import { strings } from '../../strings.ts'
import type { StatesJourney } from './in-states.ts'
import { words } from './words.ts'

/** What is shown as a table: a row for each way that a step can go. */
export function statesCsv(journeys: readonly StatesJourney[]): string {
  return csvOf([
    Object.values(words.csv),
    ...journeys.flatMap((journey) =>
      journey.steps.flatMap((row) =>
        row.cells.flatMap((cell) =>
          cell.chips.map((chip) => [
            journey.title,
            row.title,
            row.screen,
            chip.condition,
            chip.label,
            strings.state[chip.status],
            chip.show,
            chip.recover,
            chip.test,
            chip.calls.join(' '),
            chip.scenario,
          ]),
        ),
      ),
    ),
  ])
}
