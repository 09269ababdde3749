import type { EvidenceReport, JourneyReport, StepReport } from '@throughline/core'
import { ArrowRight, TriangleAlert } from 'lucide-react'
import { ms, percent } from '../../ui/amounts.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { enterPanel } from '../../ui/panel.tsx'
import { WaitBar, waitLevel } from '../../ui/wait-bar.tsx'
import { Cost } from './cost.tsx'
import { words } from './words.ts'

export type Line = 1 | 2 | 3 | 4

/** One journey as a funnel: a row for each step, from how many came to what they saw. A row opens its step. */
export function JourneyFunnel({
  journey,
  line,
  least,
  longest,
  open,
  onOpen,
}: {
  readonly journey: JourneyReport
  readonly line: Line
  readonly least: EvidenceReport['least']
  /** The longest wait that bars are drawn for, milliseconds. */
  readonly longest: number
  readonly open: string | undefined
  readonly onOpen: (step: string) => void
}) {
  const { name, title, steps, sessions, finished } = journey
  const most = Math.max(1, ...steps.map((step) => step.sessions))
  const costs = steps.filter(({ cost }) => cost?.kind === 'estimate')
  return (
    <section className={`card funnel line-${line}`} aria-labelledby={`funnel-${name}`}>
      <header>
        <h2 id={`funnel-${name}`}>
          <LineDash line={line} />
          {title}
        </h2>
        {sessions >= least.percentile && (
          <p className="num">
            <b>{percent(finished / sessions)}</b> {words.journey.finished(finished, sessions)}
          </p>
        )}
        <DataLink url={`/journeys/${encodeURIComponent(name)}`} className="button small">
          {words.journey.open}
          <span className="sr"> {title}</span>
          <ArrowRight size={13} aria-hidden="true" />
        </DataLink>
      </header>
      {sessions === 0 ? (
        <p className="quiet funnel-none">{words.noJourney}</p>
      ) : (
        <>
          <div className="funnel-row funnel-heads" aria-hidden="true">
            <span>{words.column.step}</span>
            <span>{words.column.came}</span>
            <span>{words.column.left}</span>
            <span>{words.column.waited}</span>
            <span>{words.column.saw}</span>
          </div>
          <ol aria-label={words.journey.funnel(title)}>
            {steps.map((step, index) => (
              <li key={step.name}>
                <button
                  type="button"
                  className="funnel-row"
                  data-step={step.name}
                  aria-current={step.name === open ? 'true' : undefined}
                  onClick={({ detail }) => {
                    onOpen(step.name)
                    // Opened by keyboard: the reader goes along into the panel.
                    if (detail === 0) enterPanel()
                  }}
                >
                  <span className="funnel-step">
                    <span
                      className={isTrouble(step) ? 'station gap' : 'station'}
                      aria-hidden="true"
                    />
                    <span>
                      <span className="sr">{index + 1}. </span>
                      {step.title}
                    </span>
                  </span>
                  <Came step={step} most={most} last={index === steps.length - 1} />
                  <Left step={step} least={least.percentile} last={index === steps.length - 1} />
                  <Waited step={step} least={least.percentile} longest={longest} />
                  <Saw step={step} />
                </button>
              </li>
            ))}
          </ol>
          {costs.length > 0 && (
            <div className="funnel-costs">
              <h3>{words.cost.title}</h3>
              {costs.map((step) => (
                <Cost key={step.name} step={step} />
              ))}
            </div>
          )}
        </>
      )}
    </section>
  )
}

/** A step that keeps people waiting longer than was promised. */
function isTrouble({ wait }: StepReport): boolean {
  return wait !== undefined && waitLevel(wait) === 'bad'
}

function Came({
  step,
  most,
  last,
}: {
  readonly step: StepReport
  readonly most: number
  readonly last: boolean
}) {
  const wentOn = last || step.sessions === 0 ? 1 : step.wentOn / step.sessions
  return (
    <span className="funnel-came">
      <span className="came-bar" aria-hidden="true">
        <span style={{ width: `${(step.sessions / most) * 100}%` }}>
          <span style={{ width: `${wentOn * 100}%` }} />
        </span>
      </span>
      <span className="num">{words.step.came(step.sessions)}</span>
    </span>
  )
}

function Left({
  step: { dropOff, sessions },
  least,
  last,
}: {
  readonly step: StepReport
  readonly least: number
  readonly last: boolean
}) {
  return (
    <span className="funnel-left num">
      {dropOff !== undefined ? (
        <>
          <b>{percent(dropOff)}</b>
          <span className="sr"> {words.column.left}</span>
        </>
      ) : last ? (
        <span className="quiet">{words.step.end}</span>
      ) : (
        <span className="quiet">{words.step.few(sessions, least)}</span>
      )}
    </span>
  )
}

function Waited({
  step: { wait, sessions },
  least,
  longest,
}: {
  readonly step: StepReport
  readonly least: number
  readonly longest: number
}) {
  if (wait === undefined)
    return (
      <span className="funnel-waited quiet">{sessions < least ? '' : words.step.notMeasured}</span>
    )
  const level = waitLevel(wait)
  return (
    <span className="funnel-waited">
      <span className="budget-words num">
        <b className={level === 'bad' ? 'bad' : undefined}>{ms(wait.p75)}</b>
        <span>{wait.budget === undefined ? words.step.noBudget : `of ${ms(wait.budget)}`}</span>
        {wait.over !== undefined && wait.over > 0 && (
          <span className={level === 'bad' ? 'over' : 'over mild'}>{percent(wait.over)} over</span>
        )}
      </span>
      <WaitBar wait={wait} longest={longest} />
      <small className="quiet num">{words.step.waits(wait.p50, wait.p95)}</small>
    </span>
  )
}

const mostShown = 3

function Saw({ step: { shown, errors, sessions } }: { readonly step: StepReport }) {
  const failures = errors.reduce((sum, { times }) => sum + times, 0)
  if (shown.length === 0 && failures === 0)
    return <span className="funnel-saw quiet">{sessions === 0 ? '' : words.step.asPlanned}</span>
  return (
    <span className="funnel-saw">
      {shown.slice(0, mostShown).map(({ condition, sessions: of, show, seen }) => (
        <span
          key={`${condition} ${String(seen)}`}
          className={`saw num ${show === undefined ? 'undecided' : ''}`}
          title={show ?? words.panel.undecided}
        >
          {words.step.sawTimes(condition, percent(of / Math.max(1, sessions)))}
        </span>
      ))}
      {shown.length > mostShown && (
        <span className="quiet">{words.step.moreSeen(shown.length - mostShown)}</span>
      )}
      {failures > 0 && (
        <span className="saw failing num">
          <TriangleAlert size={12} aria-hidden="true" />
          {words.step.errors(failures)}
        </span>
      )}
    </span>
  )
}
