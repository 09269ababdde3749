import { ConditionGlyph, NeedGlyph, SeverityGlyph } from '../../ui/glyph.tsx'
import { strings } from '../../strings.ts'
import type { Selected } from './in-journey.ts'

/** The head of the inspector: what kind of thing is selected and how it stands. */
export function SelectedKind({ selected }: { readonly selected: Selected }) {
  switch (selected.kind) {
    case 'need':
      return (
        <p className={`kind ${selected.need.status}`}>
          <NeedGlyph status={selected.need.status} />
          <b aria-hidden="true">{strings.need[selected.need.status]}</b>
        </p>
      )
    case 'state':
      return (
        <p className={`kind state-${selected.state.status}`}>
          <ConditionGlyph condition={selected.state.condition} />
          <b>{strings.state[selected.state.status]}</b>
        </p>
      )
    case 'problem':
      return (
        <p className={`kind ${selected.problem.severity}`}>
          <SeverityGlyph severity={selected.problem.severity} />
          <b aria-hidden="true">{strings.severity[selected.problem.severity]}</b>
          <code>{selected.problem.code}</code>
        </p>
      )
    case 'call':
      return (
        <p className="kind">
          <b>{strings.inspector.call}</b>
        </p>
      )
    case 'step':
      return (
        <p className="kind">
          <span className="step-number num">{selected.step.number}</span>
          <b>{strings.inspector.step}</b>
        </p>
      )
  }
}
