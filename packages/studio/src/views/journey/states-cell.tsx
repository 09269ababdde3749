import type { Situation, StepColumn } from '@throughline/core'
import { localName, type Selection } from '../../address.ts'
import { ConditionGlyph } from '../../ui/glyph.tsx'
import { strings } from '../../strings.ts'
import { Item } from './cell.tsx'
import { stateId, type Selected } from './in-journey.ts'

/** Every way a step can go wrong, as a chip that says whether somebody has decided what people see then. */
export function StatesCell({
  step,
  selected,
  situation,
  onSelect,
}: {
  readonly step: StepColumn
  readonly selected: Selected | undefined
  readonly situation: Situation | null
  readonly onSelect: (selection: Selection) => void
}) {
  if (step.states.length === 0) return <p className="nothing">{strings.journey.nothing.states}</p>
  const column = localName(step.name)
  return (
    <ul className="chips">
      {step.states.map((state) => {
        const id = stateId(state)
        const playing = situation !== null && situation.scenario === state.scenario
        return (
          <li key={id}>
            <Item
              lane="states"
              column={column}
              className={`chip ${state.status} ${playing ? 'playing' : ''}`}
              current={
                selected?.kind === 'state' &&
                stateId(selected.state) === id &&
                selected.step === step
              }
              disabled={state.status === 'cannot-happen'}
              onOpen={() => onSelect({ kind: 'state', step: column, state: id })}
            >
              <ConditionGlyph condition={state.condition} />
              <span className="chip-word">{chipWord(state.condition)}</span>
              <span className="sr">
                , {state.label}: {strings.state[state.status]}
              </span>
              {playing && <span className="chip-playing">{strings.journey.onTheMock}</span>}
            </Item>
          </li>
        )
      })}
    </ul>
  )
}

/** What fits on a chip: the end of a problem's type, everything else as written. */
export function chipWord(condition: string): string {
  if (!condition.startsWith('problem:')) return condition
  const type = condition.slice('problem:'.length).trim().replace(/\/+$/, '')
  return (
    type.slice(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':'), type.lastIndexOf('#')) + 1) ||
    type
  )
}
