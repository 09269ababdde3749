import type { StepColumn } from '@throughline/core'
import { localName, type Lens, type Selection } from '../../address.ts'
import { NeedGlyph } from '../../ui/glyph.tsx'
import { strings } from '../../strings.ts'
import { Item } from './cell.tsx'
import type { Selected } from './in-journey.ts'

/** What the screen shows or decides on: labels for UX, response paths for the frontend, paths and types for the backend. */
export function NeedsCell({
  step,
  lens,
  selected,
  onSelect,
}: {
  readonly step: StepColumn
  readonly lens: Lens
  readonly selected: Selected | undefined
  readonly onSelect: (selection: Selection) => void
}) {
  if (step.needs.length === 0) return <p className="nothing">{strings.journey.nothing.needs}</p>
  const column = localName(step.name)
  return (
    <ul className="needs">
      {step.needs.map((need) => {
        const tag = strings.needTag[need.status]
        return (
          <li key={need.id}>
            <Item
              lane="needs"
              column={column}
              className={`need ${need.status}`}
              current={selected?.kind === 'need' && selected.need.id === need.id}
              onOpen={() => onSelect({ kind: 'need', step: column, need: need.id })}
            >
              <NeedGlyph status={need.status} />
              {lens === 'ux' ? (
                <span className="need-name" title={need.label}>
                  {need.label}
                </span>
              ) : (
                <code className="need-name tail" title={need.path}>
                  <bdi dir="ltr">{need.path}</bdi>
                </code>
              )}
              {lens === 'backend' ? (
                <code className="need-type">{need.type ?? '–'}</code>
              ) : (
                tag !== undefined && <span className="need-tag">{tag}</span>
              )}
            </Item>
          </li>
        )
      })}
    </ul>
  )
}
