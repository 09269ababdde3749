import type { EvidenceReport, StepColumn, StepReport } from '@throughline/core'
import { useNavigate } from '@tanstack/react-router'
import { localName } from '../../address.ts'
import { useHere } from '../../shell/use-here.ts'
import { percent } from '../../ui/amounts.ts'
import { WaitBar, waitLevel } from '../../ui/wait-bar.tsx'
import { strings } from '../../strings.ts'
import { Item } from './cell.tsx'

const words = strings.journey.happened

/** What really happened on a step: the wait against the budget, and how many left. It opens the step's performance. */
export function EvidenceCell({
  step,
  seen,
  least,
  longest,
}: {
  readonly step: StepColumn
  /** What was seen of it. */
  readonly seen: StepReport
  readonly least: EvidenceReport['least']
  /** The longest wait that bars of the lane are drawn for, milliseconds. */
  readonly longest: number
}) {
  const { search } = useHere()
  const navigate = useNavigate()
  const { wait, sessions, dropOff } = seen
  if (sessions === 0) return <p className="quiet">{words.nobody}</p>
  const level = wait && waitLevel(wait)
  return (
    <Item
      lane="evidence"
      column={localName(step.name)}
      className="happened"
      current={false}
      onOpen={() =>
        void navigate({
          to: '/performance',
          search: { ...(search.as !== undefined && { as: search.as }), step: step.name },
        })
      }
    >
      {wait && (
        <>
          <span className="budget-words num">
            <b className={level === 'bad' ? 'bad' : undefined}>
              {strings.journey.plain(Math.round(wait.p75))}
            </b>
            <span>
              {wait.budget === undefined
                ? words.noBudget
                : `${strings.journey.of} ${strings.journey.ms(wait.budget)}`}
            </span>
            {wait.budget !== undefined && wait.p75 > wait.budget && (
              <span className="over">
                {strings.journey.over(Math.round(wait.p75 - wait.budget))}
              </span>
            )}
          </span>
          <WaitBar wait={wait} longest={longest} />
        </>
      )}
      <span className="happened-left num">
        {sessions < least.percentile ? (
          words.few(least.percentile - sessions)
        ) : dropOff === undefined ? (
          words.came(sessions)
        ) : (
          <>
            <b>{percent(dropOff)}</b> {words.left(sessions)}
          </>
        )}
      </span>
    </Item>
  )
}
