import type { NeedRow, StepColumn } from '@throughline/core'
import { localName, type Lens, type Selection } from '../../address.ts'
import { NeedGlyph } from '../../ui/glyph.tsx'
import { strings } from '../../strings.ts'
import { Item } from './cell.tsx'
import { SaidAbout } from './said-about.tsx'
import type { Selected } from './in-journey.ts'

/** What the screen shows or decides on: labels for UX, response paths for the frontend, paths and types for the backend. */
export function NeedsCell({
  step,
  lens,
  selected,
  onSelect,
  unfolded,
  onUnfold,
}: {
  readonly step: StepColumn
  readonly lens: Lens
  readonly selected: Selected | undefined
  readonly onSelect: (selection: Selection) => void
  /** Whether the lane shows every need, however many. */
  readonly unfolded: boolean
  readonly onUnfold: (unfolded: boolean) => void
}) {
  if (step.needs.length === 0) return <p className="nothing">{strings.journey.nothing.needs}</p>
  const column = localName(step.name)
  const chosen = selected?.kind === 'need' ? selected.need.id : undefined
  const folded = foldedNeeds(step.needs, chosen)
  const shown = unfolded ? gapsFirst(step.needs) : folded
  return (
    <ul className="needs">
      {shown.map((need) => {
        const tag = strings.needTag[need.status]
        return (
          <li key={need.id}>
            <Item
              lane="needs"
              column={column}
              className={`need ${need.status}`}
              current={need.id === chosen}
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
              <SaidAbout on={need.id} />
            </Item>
          </li>
        )
      })}
      {folded.length < step.needs.length && (
        <li>
          <Item
            lane="needs"
            column={column}
            className="need more"
            current={false}
            onOpen={() => onUnfold(!unfolded)}
          >
            {unfolded
              ? strings.journey.fewer
              : strings.journey.moreMet(step.needs.length - folded.length)}
          </Item>
        </li>
      )}
    </ul>
  )
}

const most = 9

/** What a long list shows at first: every gap, the chosen need, and of the others as many as fit. */
export function foldedNeeds(
  needs: readonly NeedRow[],
  chosen: string | undefined,
): readonly NeedRow[] {
  const sorted = gapsFirst(needs)
  if (sorted.length <= most + 1) return sorted
  return sorted.filter((need, index) => index < most || isGap(need) || need.id === chosen)
}

/** Gaps before what is met, each in the order people wrote. */
export function gapsFirst(needs: readonly NeedRow[]): readonly NeedRow[] {
  return [...needs.filter(isGap), ...needs.filter((need) => !isGap(need))]
}

function isGap({ status }: NeedRow): boolean {
  return status === 'missing' || status === 'optional'
}
