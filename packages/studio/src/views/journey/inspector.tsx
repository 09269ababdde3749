import type { Blueprint, WorkspaceOverview } from '@throughline/core'
import { Panel } from '../../ui/panel.tsx'
import { Comments } from '../review/comments.tsx'
import { CallPart } from './call-part.tsx'
import type { Selected } from './in-journey.ts'
import type { InspectorPart } from './inspector-part.ts'
import { NeedPart } from './need-part.tsx'
import { ProblemPart } from './problem-part.tsx'
import { SelectedKind } from './selected-kind.tsx'
import { StatePart } from './state-part.tsx'
import { StepPart } from './step-part.tsx'

/** The panel beside the blueprint: all that is known about the selected need, state, call, problem or step. */
export function Inspector({
  blueprint,
  selected,
  app,
  onSelect,
  onFrame,
  onClose,
}: InspectorPart & {
  readonly selected: Selected
  readonly app: WorkspaceOverview['app']
  /** Shows the app beside the blueprint; absent while it is there. */
  readonly onFrame: (() => void) | undefined
  readonly onClose: () => void
}) {
  const part = { blueprint, onSelect }
  return (
    <Panel kind={<SelectedKind selected={selected} />} onClose={onClose}>
      {selected.kind === 'need' && <NeedPart {...part} step={selected.step} need={selected.need} />}
      {selected.kind === 'state' && (
        <StatePart
          {...part}
          step={selected.step}
          state={selected.state}
          app={app}
          onFrame={onFrame}
        />
      )}
      {selected.kind === 'call' && <CallPart {...part} step={selected.step} call={selected.call} />}
      {selected.kind === 'step' && <StepPart {...part} step={selected.step} />}
      {selected.kind === 'problem' && (
        <ProblemPart problem={selected.problem} step={selected.step} />
      )}
      <Talk blueprint={blueprint} selected={selected} />
    </Panel>
  )
}

/** What people say about what is selected; about a problem they talk where it stands. */
function Talk({
  blueprint,
  selected,
}: {
  readonly blueprint: Blueprint
  readonly selected: Selected
}) {
  const on = nodeOf(blueprint, selected)
  return on === undefined ? null : <Comments key={on} on={on} />
}

function nodeOf({ journey }: Blueprint, selected: Selected): string | undefined {
  switch (selected.kind) {
    case 'need':
      return selected.need.id
    case 'state':
      // What nobody has written yet is talked about where it would stand.
      return selected.state.on === undefined
        ? `step:${selected.step.name}`
        : `state:${selected.state.on}/${selected.state.condition}`
    case 'call':
      return selected.call.id
    case 'step':
      return `step:${selected.step.name}`
    case 'problem':
      return selected.step === undefined ? `journey:${journey.name}` : `step:${selected.step.name}`
  }
}
