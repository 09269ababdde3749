import type { Blueprint, Situation, StepColumn } from '@throughline/core'
import type { ReactNode } from 'react'
import type { Lens, Selection } from '../../address.ts'
import type { Selected } from './in-journey.ts'

/** What every lane of a blueprint can draw from. */
export interface LaneProps {
  readonly blueprint: Blueprint
  readonly lens: Lens
  readonly selected: Selected | undefined
  readonly situation: Situation | null
  readonly onSelect: (selection: Selection) => void
  /** All steps of the journey, where the blueprint is a part of it: a page of paper. */
  readonly among?: readonly StepColumn[] | undefined
}

/** One row of the blueprint: a question, and a cell for each step. */
export function Lane({
  name,
  note,
  children,
}: {
  readonly name: string
  readonly note?: string
  readonly children: ReactNode
}) {
  return (
    <div role="row" className="lane">
      <div role="rowheader" className="lane-head">
        <span className="lane-words">
          <b>{name}</b>
          {note !== undefined && <span>{note}</span>}
        </span>
      </div>
      {children}
    </div>
  )
}
