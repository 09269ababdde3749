import '../../ui/matrix.css'
import './performance.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { EvidenceReport } from '@throughline/core'
import { useMemo } from 'react'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { useKeys } from '../../shell/use-keys.ts'
import { Choice } from '../../ui/choice.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { MatrixSkeleton } from '../../ui/matrix-skeleton.tsx'
import { PageTools } from '../../ui/page-tools.tsx'
import { csvFile } from '../../ui/picture-files.ts'
import { useTitle } from '../../ui/use-title.ts'
import { longestWait } from '../../ui/wait-bar.tsx'
import { AdviceList } from './advice-list.tsx'
import { Experiments } from './experiments.tsx'
import { FiguresTable } from './figures-table.tsx'
import { Hours } from './hours.tsx'
import { JourneyFunnel } from './journey-funnel.tsx'
import { periods, type PerformanceSearch } from './performance-address.ts'
import {
  adviceCsv,
  experimentsCsv,
  hoursCsv,
  performanceCsv,
  surveysCsv,
} from './performance-csv.ts'
import { choicesQuery, evidenceQuery } from './performance-data.ts'
import { StepPanel } from './step-panel.tsx'
import { SurveyResults } from './survey-results.tsx'
import { words } from './words.ts'

type Change = (to: {
  readonly [Key in keyof PerformanceSearch]?: PerformanceSearch[Key] | undefined
}) => void

/** What really happened: each journey as a funnel with its waits, what slow answers cost, and what to change. */
export function PerformancePage() {
  const search = useSearch({ from: '/performance' })
  const { data: overview } = useQuery(workspaceQuery)
  // What stood there stays until the new figures have come.
  const {
    data: report,
    error,
    refetch,
    isPlaceholderData,
  } = useQuery({ ...evidenceQuery(search), placeholderData: keepPreviousData })
  useTitle(words.title, overview?.name)
  if (report && !(error && isPlaceholderData))
    return <Evidence report={report} search={search} late={isPlaceholderData} />
  if (error && !(error instanceof ApiProblem && error.status === 0))
    return <Failed problem={error} again={() => void refetch()} />
  return <MatrixSkeleton title={words.title} lead={words.lead} />
}

function Evidence({
  report,
  search,
  late,
}: {
  readonly report: EvidenceReport
  readonly search: PerformanceSearch
  /** It is the answer to what was asked before. */
  readonly late: boolean
}) {
  const { data: overview } = useQuery(workspaceQuery)
  const navigate = useNavigate()
  const { journeys, totals, advice, surveys, experiments, least } = report
  const longest = useMemo(
    () => longestWait(journeys.flatMap(({ steps }) => steps.map(({ wait }) => wait))),
    [journeys],
  )
  const inJourney = journeys.find(({ steps }) => steps.some(({ name }) => name === search.step))
  const chosen = inJourney?.steps.find(({ name }) => name === search.step)
  const change: Change = (to) => {
    void navigate({
      to: '/performance',
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...to }).filter(
            ([, value]) => value !== undefined && value !== '',
          ),
        ),
      replace: true,
      resetScroll: false,
    })
  }
  function openStep(step: string): void {
    change({ step })
  }
  function close(): void {
    change({ step: undefined })
    const rows = document.querySelectorAll<HTMLElement>('[data-step]')
    ;[...rows].find(({ dataset }) => dataset['step'] === search.step)?.focus()
  }
  useKeys({
    Escape: () => {
      if (chosen) close()
    },
  })
  const lineOf = (name: string): 1 | 2 | 3 | 4 =>
    overview?.journeys.find((one) => one.name === name)?.line ?? 1
  const titleOf = (step: string): string =>
    journeys.flatMap(({ steps }) => steps).find(({ name }) => name === step)?.title ?? step
  // Where people were seen comes first; a journey without anybody is one line.
  const shown = journeys.toSorted((a, b) => Number(b.sessions > 0) - Number(a.sessions > 0))

  return (
    <div className="with-inspector">
      <main
        id="page"
        tabIndex={-1}
        className="scroller performance-page"
        aria-busy={late || undefined}
      >
        <div className="page-head matrix-head">
          <div>
            <h1>{words.title}</h1>
            <p className="lead">{words.lead}</p>
          </div>
          <PageTools
            files={[
              csvFile('performance', () => performanceCsv(report)),
              csvFile('advice', () => adviceCsv(report)),
              ...(report.operations.some(({ hours }) => hours.length > 0)
                ? [csvFile('hours', () => hoursCsv(report))]
                : []),
              ...(experiments.length > 0
                ? [csvFile('experiments', () => experimentsCsv(report))]
                : []),
              ...(surveys.length > 0 ? [csvFile('surveys', () => surveysCsv(report))] : []),
            ]}
          />
        </div>
        <Pickers search={search} change={change} />
        {totals.events === 0 ? (
          <Nobody search={search} change={change} />
        ) : (
          <>
            <p className="performance-seen num" role="status">
              <b>{words.seen(totals.sessions, totals.views, totals.calls)}</b>,{' '}
              {words.between(dayOf(totals.first), dayOf(totals.last))}.{' '}
              {words.least(least.percentile)}
            </p>
            {shown.map((journey) =>
              search.show === 'table' ? (
                <FiguresTable
                  key={journey.name}
                  journey={journey}
                  open={chosen?.name}
                  onOpen={openStep}
                />
              ) : (
                <JourneyFunnel
                  key={journey.name}
                  journey={journey}
                  line={lineOf(journey.name)}
                  least={least}
                  longest={longest}
                  open={chosen?.name}
                  onOpen={openStep}
                />
              ),
            )}
            <Hours
              report={report}
              chosen={search.hours}
              asTable={search.show === 'table'}
              onChoose={(hours) => change({ hours })}
            />
            {experiments.length > 0 && (
              <section className="performance-surveys" aria-labelledby="experiments">
                <h2 id="experiments">{words.experiment.title}</h2>
                <Experiments experiments={experiments} titleOf={titleOf} />
              </section>
            )}
            {surveys.length > 0 && (
              <section className="performance-surveys" aria-labelledby="surveys">
                <h2 id="surveys">{words.survey.title}</h2>
                <SurveyResults surveys={surveys} titleOf={titleOf} />
              </section>
            )}
            <section className="performance-advice" aria-labelledby="advice">
              <h2 id="advice">
                {words.advice.title} <span className="quiet num">{advice.length}</span>
              </h2>
              <AdviceList advice={advice} overview={overview} />
            </section>
          </>
        )}
      </main>
      {inJourney && chosen && (
        <StepPanel
          key={chosen.name}
          report={report}
          journey={inJourney}
          step={chosen}
          line={lineOf(inJourney.name)}
          overview={overview}
          onClose={close}
        />
      )}
    </div>
  )
}

function Pickers({
  search,
  change,
}: {
  readonly search: PerformanceSearch
  readonly change: Change
}) {
  const { data: choices } = useQuery(choicesQuery)
  const { data: overview } = useQuery(workspaceQuery)
  const { pick } = words
  const { period = '30d', from, to } = search
  return (
    <div className="matrix-tools performance-tools">
      <select
        className="select"
        aria-label={pick.period}
        value={period}
        onChange={({ currentTarget: { value } }) =>
          change({
            period: value === '30d' ? undefined : periods.find((one) => one === value),
            ...(value !== 'dates' && { from: undefined, to: undefined }),
          })
        }
      >
        {periods.map((one) => (
          <option key={one} value={one}>
            {pick.periods[one]}
          </option>
        ))}
      </select>
      {period === 'dates' &&
        (['from', 'to'] as const).map((end) => (
          <label key={end} className="date-field">
            {pick[end]}
            <input
              type="date"
              value={(end === 'from' ? from : to) ?? ''}
              onChange={({ currentTarget: { value } }) => change({ [end]: value })}
            />
          </label>
        ))}
      <Among
        label={pick.environment}
        all={pick.anyEnvironment}
        value={search.environment}
        values={choices?.environments}
        onChoose={(environment) => change({ environment })}
      />
      <Among
        label={pick.release}
        all={pick.anyRelease}
        value={search.release}
        values={choices?.releases}
        onChoose={(release) => change({ release })}
      />
      <Among
        label={pick.device}
        all={pick.anyDevice}
        value={search.device}
        values={choices?.devices}
        onChoose={(device) => change({ device })}
      />
      <Among
        label={pick.journey}
        all={pick.anyJourney}
        value={search.journey}
        values={overview?.journeys.map(({ name }) => name)}
        titleOf={(name) => overview?.journeys.find((one) => one.name === name)?.title ?? name}
        onChoose={(journey) => change({ journey, step: undefined })}
      />
      <Choice
        label={pick.show}
        value={search.show ?? 'bars'}
        options={[
          { value: 'bars', words: pick.bars },
          { value: 'table', words: pick.table },
        ]}
        onChoose={(value) => change({ show: value === 'table' ? 'table' : undefined })}
      />
    </div>
  )
}

/** One of what there is, or all of it. What the address names stays choosable, even where nothing is known of it. */
function Among({
  label,
  all,
  value,
  values = [],
  titleOf = (one) => one,
  onChoose,
}: {
  readonly label: string
  readonly all: string
  readonly value: string | undefined
  readonly values: readonly string[] | undefined
  readonly titleOf?: (value: string) => string
  readonly onChoose: (value: string | undefined) => void
}) {
  const options = value === undefined || values.includes(value) ? values : [value, ...values]
  return (
    <select
      className="select"
      aria-label={label}
      value={value ?? ''}
      onChange={({ currentTarget }) =>
        onChoose(currentTarget.value === '' ? undefined : currentTarget.value)
      }
    >
      <option value="">{all}</option>
      {options.map((one) => (
        <option key={one} value={one}>
          {titleOf(one)}
        </option>
      ))}
    </select>
  )
}

/** Nobody was seen: with this choice, or at all. */
function Nobody({
  search: { period, environment, release, device },
  change,
}: {
  readonly search: PerformanceSearch
  readonly change: Change
}) {
  const isChosen = [period, environment, release, device].some((one) => one !== undefined)
  if (isChosen)
    return (
      <section className="empty-card card" role="status">
        <h2>{words.nothing.title}</h2>
        <p>{words.nothing.text}</p>
        <button
          type="button"
          className="button"
          onClick={() =>
            change({
              period: undefined,
              from: undefined,
              to: undefined,
              environment: undefined,
              release: undefined,
              device: undefined,
            })
          }
        >
          {words.pick.all}
        </button>
      </section>
    )
  return (
    <section className="empty-card card">
      <h2>{words.empty.title}</h2>
      <p>{words.empty.text}</p>
      <Copyable text={`<script src="${location.origin}/sdk.js"></script>`} />
      <p className="quiet">{words.empty.more}</p>
      <Copyable text={words.empty.command} />
    </section>
  )
}

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' })

function dayOf(time: number): string {
  return day.format(time)
}
