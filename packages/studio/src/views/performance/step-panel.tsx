import type {
  EvidenceReport,
  JourneyReport,
  StepReport,
  WorkspaceOverview,
} from '@throughline/core'
import { ArrowRight } from 'lucide-react'
import { localName } from '../../address.ts'
import { ms, percent } from '../../ui/amounts.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { Facts, Panel, PanelTitle } from '../../ui/panel.tsx'
import { AdviceList } from './advice-list.tsx'
import { Cost } from './cost.tsx'
import type { Line } from './journey-funnel.tsx'
import { PatienceCurve } from './patience-curve.tsx'
import { SurveyResults } from './survey-results.tsx'
import { words } from './words.ts'

const { panel } = words

/** All that is known about what happened on one step. */
export function StepPanel({
  report,
  journey,
  step,
  line,
  overview,
  onClose,
}: {
  readonly report: EvidenceReport
  readonly journey: JourneyReport
  readonly step: StepReport
  readonly line: Line
  readonly overview: WorkspaceOverview | undefined
  readonly onClose: () => void
}) {
  const { wait, later, shown, errors, calls, vitals, parts, cost, leaving, toNext } = step
  const advice = report.advice.filter(({ steps }) => steps.includes(step.name))
  const surveys = report.surveys.filter((one) => one.step === step.name)
  const place = `/journeys/${encodeURIComponent(journey.name)}?step=${encodeURIComponent(localName(step.name))}`
  return (
    <Panel
      onClose={onClose}
      kind={
        <p className="kind">
          <LineDash line={line} />
          <b>{panel.kind}</b>
        </p>
      }
    >
      <PanelTitle>{step.title}</PanelTitle>
      <p className="lead-text num">
        {step.sessions < report.least.percentile
          ? words.step.few(step.sessions, report.least.percentile)
          : step.dropOff === undefined
            ? words.step.came(step.sessions)
            : `${words.step.came(step.sessions)}, ${words.step.left(step.dropOff)}`}
      </p>
      {wait && (
        <section>
          <h3 className="caps">{panel.wait}</h3>
          <Facts
            rows={[
              [panel.half, ms(wait.p50)],
              [panel.most, ms(wait.p75)],
              [panel.almost, ms(wait.p95)],
              [panel.budget, wait.budget === undefined ? words.step.noBudget : ms(wait.budget)],
              wait.over === undefined ? undefined : [panel.over, percent(wait.over)],
              [panel.apdex, wait.apdex.toFixed(2)],
              [panel.leftWaiting, wait.leftWaiting.toLocaleString('en')],
              toNext && [panel.next, panel.nextOf(toNext.p50, toNext.p75)],
            ]}
          />
        </section>
      )}
      {later && (
        <section>
          <h3 className="caps">{panel.later}</h3>
          <Facts
            rows={[
              [panel.laterTimes, later.waits.toLocaleString('en')],
              [panel.half, ms(later.p50)],
              [panel.most, ms(later.p75)],
              [panel.almost, ms(later.p95)],
              [panel.leftWaiting, later.leftWaiting.toLocaleString('en')],
            ]}
          />
        </section>
      )}
      {leaving.length > 1 && leaving.some(({ left }) => left > 0) && (
        <section>
          <h3 className="caps">{panel.patience}</h3>
          <PatienceCurve leaving={leaving} budget={wait?.budget} />
        </section>
      )}
      {cost && (
        <section>
          <h3 className="caps">{words.cost.title}</h3>
          <Cost step={step} />
          {cost.kind === 'estimate' && <Checks cost={cost} />}
        </section>
      )}
      {shown.length > 0 && (
        <section>
          <h3 className="caps">{panel.shown}</h3>
          <ul className="said-list">
            {shown.map(({ condition, sessions, times, show, seen }) => (
              <li key={`${condition} ${String(seen)}`}>
                <b>{condition}</b>{' '}
                <span className="quiet num">{panel.seenAs(sessions, times)}</span>
                <p className={show === undefined ? 'bad' : undefined}>{show ?? panel.undecided}</p>
                {!seen && <p className="quiet">{panel.unseen}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {errors.length > 0 && (
        <section>
          <h3 className="caps">{panel.errors}</h3>
          <ul className="said-list">
            {errors.map(({ name, sessions, times }) => (
              <li key={name}>
                <code>{name}</code>{' '}
                <span className="quiet num">{panel.seenAs(sessions, times)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {surveys.length > 0 && (
        <section>
          <h3 className="caps">{words.survey.title}</h3>
          <SurveyResults surveys={surveys} />
        </section>
      )}
      {calls.length > 0 && (
        <section>
          <h3 className="caps">{panel.calls}</h3>
          <ul className="said-list">
            {calls.map((call) => (
              <li key={call.operation}>
                <DataLink
                  url={`/reference/${encodeURIComponent(call.operation)}`}
                  className="inline-link"
                >
                  <code>{call.operation}</code>
                </DataLink>
                <p className="num">
                  <span
                    className={
                      call.budget !== undefined && call.p75 > call.budget ? 'bad' : undefined
                    }
                  >
                    {ms(call.p75)}
                  </span>
                  {call.budget !== undefined && <> of {ms(call.budget)}</>}
                  {call.critical && <span className="quiet">, {panel.critical}</span>}
                </p>
                <p className="quiet num">{panel.callsOf(call.calls, call.failed)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {vitals.length > 0 && (
        <section>
          <h3 className="caps">{panel.vitals}</h3>
          <Facts
            rows={vitals.map(({ name, p75 }) => [
              name,
              <span key={name}>
                <span className="num">{name === 'CLS' ? p75.toFixed(2) : ms(p75)}</span>
                <VitalWord name={name} value={p75} />
              </span>,
            ])}
          />
        </section>
      )}
      {parts.length > 0 && (
        <section>
          <h3 className="caps">{panel.parts}</h3>
          <ul className="part-list">
            {parts.map(({ dimension, part, sessions, wentOn }) => (
              <li key={`${dimension} ${part}`}>
                <span>
                  {part} <small className="quiet">{dimension}</small>
                </span>
                <span className="part-bar" aria-hidden="true">
                  <span style={{ width: `${(wentOn / sessions) * 100}%` }} />
                </span>
                <span className="quiet num">{panel.partOf(wentOn, sessions)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {advice.length > 0 && (
        <section className="panel-advice">
          <h3 className="caps">{panel.advice}</h3>
          <AdviceList advice={advice} overview={overview} />
        </section>
      )}
      <nav className="panel-links" aria-label={panel.kind}>
        <DataLink url={place} className="button">
          {panel.blueprint}
          <ArrowRight size={14} aria-hidden="true" />
        </DataLink>
        <DataLink url={`/states?journey=${encodeURIComponent(journey.name)}`} className="button">
          {panel.states}
          <ArrowRight size={14} aria-hidden="true" />
        </DataLink>
      </nav>
    </Panel>
  )
}

/** What an estimate was made from and what it had to pass, where somebody wants to know. */
function Checks({
  cost: { checks, adjustedFor, because, dose, claimed },
}: {
  readonly cost: Extract<NonNullable<StepReport['cost']>, { readonly kind: 'estimate' }>
}) {
  const most = Math.max(...dose.map(({ left }) => left), 0.01)
  return (
    <>
      {dose.length > 0 && (
        <>
          <h4 className="caps">{words.cost.dose}</h4>
          <ul className="part-list">
            {dose.map(({ from, to, left }) => (
              <li key={from}>
                <span className="num">{words.cost.doseRow(from, to)}</span>
                <span className="part-bar leaving" aria-hidden="true">
                  <span style={{ width: `${(left / most) * 100}%` }} />
                </span>
                <span className="quiet num">{words.step.left(left)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <details className="cost-checks">
        <summary>{words.cost.checks}</summary>
        <ul className="said-list">
          <li>{claimed ? words.cost.stood : words.cost.fell}</li>
          <li>{words.cost.overlap(checks.overlap)}</li>
          {checks.placebo !== undefined && <li>{words.cost.placebo(checks.placebo)}</li>}
          {adjustedFor.length > 0 && (
            <li>
              {words.cost.adjusted}: {adjustedFor.join(', ')}
            </li>
          )}
          {because.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** What is good and what is poor, as web.dev says. */
const vitalLimits: Readonly<Record<string, readonly [number, number]>> = {
  LCP: [2500, 4000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  FCP: [1800, 3000],
  TTFB: [800, 1800],
}

function VitalWord({ name, value }: { readonly name: string; readonly value: number }) {
  const limits = Object.hasOwn(vitalLimits, name) ? vitalLimits[name] : undefined
  if (limits === undefined) return null
  const word = value <= limits[0] ? 'good' : value <= limits[1] ? 'middling' : 'poor'
  return <span className={`vital ${word}`}> {panel.vital[word]}</span>
}
