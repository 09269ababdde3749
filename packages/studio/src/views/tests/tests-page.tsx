import '../../ui/matrix.css'
import './tests.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import type { TestOverview, TestRun } from '../../client/studio-client.ts'
import { Failed } from '../../shell/trouble.tsx'
import { strings } from '../../strings.ts'
import { Choice } from '../../ui/choice.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { Note } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { CoverageList } from './coverage-list.tsx'
import { FindingsList } from './findings-list.tsx'
import { RunningCard } from './running-card.tsx'
import { RunsList } from './runs-list.tsx'
import { StartForm } from './start-form.tsx'
import type { TestsSearch } from './tests-address.ts'
import { testQuery, testsQuery } from './tests-data.ts'
import { words } from './words.ts'

/** Puts something into the address, or takes it out. */
export type Change = (to: {
  readonly [Key in keyof TestsSearch]?: TestsSearch[Key] | undefined
}) => void

/** Test runs: started, watched and read; what is open stands in the address. */
export function TestsPage() {
  const { data: overview } = useQuery(workspaceQuery)
  const { data: tests, error, refetch } = useQuery(testsQuery)
  useTitle(words.title, overview?.name)
  if (tests) return <Tests tests={tests} />
  if (error && !(error instanceof ApiProblem && error.status === 0))
    return <Failed problem={error} again={() => void refetch()} />
  return (
    <main id="page" tabIndex={-1} className="scroller tests-page">
      <div className="page-head" role="status" aria-label={strings.loading}>
        <h1>{words.title}</h1>
      </div>
      <div className="card tests-card">
        <span className="bone wide" />
        <span className="bone wide" />
      </div>
    </main>
  )
}

function Tests({ tests }: { readonly tests: TestOverview }) {
  const search = useSearch({ from: '/tests' })
  const navigate = useNavigate()
  const change: Change = (to) => {
    void navigate({
      to: '/tests',
      search: (before) => withoutNothing({ ...before, ...to }),
      replace: !('run' in to),
      resetScroll: false,
    })
  }
  const open = search.run ?? tests.running?.id ?? tests.runs[0]?.id
  return (
    <main id="page" tabIndex={-1} className="scroller tests-page">
      <div className="page-head">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </div>
      {tests.running === undefined ? (
        <StartForm tests={tests} search={search} change={change} />
      ) : (
        <RunningCard running={tests.running} readOnly={tests.readOnly} />
      )}
      {open === undefined ? (
        <section className="empty-card card">
          <h2>{words.empty.title}</h2>
          <p>{words.empty.text}</p>
          <Copyable text={words.empty.command} />
        </section>
      ) : (
        <div className="tests-columns">
          <OpenRun id={open} tests={tests} search={search} change={change} />
          <RunsList tests={tests} open={open} change={change} />
        </div>
      )}
    </main>
  )
}

function OpenRun({
  id,
  tests,
  search,
  change,
}: {
  readonly id: string
  readonly tests: TestOverview
  readonly search: TestsSearch
  readonly change: Change
}) {
  const { data: test, error } = useQuery({
    ...testQuery(id),
    placeholderData: (before) => (before?.run.id === id ? before : undefined),
  })
  if (test !== undefined)
    return (
      <section className="tests-run" aria-label={words.run.target(test.run.target)}>
        <RunHead test={test} />
        <Choice
          label={words.tabs.label}
          value={search.part ?? 'findings'}
          options={[
            { value: 'findings', words: words.tabs.findings, count: test.findings.length },
            { value: 'coverage', words: words.tabs.coverage },
          ]}
          onChoose={(value) =>
            change({ part: value === 'findings' ? undefined : value, open: undefined })
          }
        />
        {search.part === 'coverage' ? (
          <CoverageList test={test} search={search} change={change} />
        ) : (
          <FindingsList test={test} search={search} change={change} />
        )}
        {test.leftOut.length > 0 && (
          <p className="quiet tests-note">{words.run.leftOut(test.leftOut.join(', '))}</p>
        )}
      </section>
    )
  if (error instanceof ApiProblem && error.status === 404)
    return (
      <section className="empty-card card">
        <h2>{words.run.gone}</h2>
        <p>{words.run.goneHint}</p>
        {tests.runs.length > 0 && (
          <button type="button" className="button" onClick={() => change({ run: undefined })}>
            {words.run.newest}
          </button>
        )}
      </section>
    )
  if (error)
    return (
      <p role="alert" className="card tests-card bad">
        {error.message}
      </p>
    )
  return (
    <div className="card tests-card" role="status" aria-label={strings.loading}>
      <span className="bone wide" />
      <span className="bone wide" />
    </div>
  )
}

function RunHead({ test: { run } }: { readonly test: TestRun }) {
  const parts = [
    words.run.at(run.started),
    ...(run.outcome === 'running' ? [] : [words.run.took(run.ms), words.run.cases(run.cases)]),
    words.runs.by[run.by],
    ...(run.readOnly ? [words.run.reads] : []),
    ...(run.narrowed === undefined ? [] : [words.run.narrowed(run.narrowed)]),
  ]
  return (
    <header className="tests-run-head">
      <h2>{words.run.target(run.target)}</h2>
      <p className="quiet">{parts.join(' · ')}</p>
      {run.outcome === 'stopped' && (
        <Note title={words.run.stopped.title} tone="warn">
          {words.run.stopped.text}
        </Note>
      )}
      {run.outcome === 'ended' && (
        <Note title={words.run.ended.title} tone="warn">
          {sentence(run.ended ?? '')} {words.run.ended.text}
        </Note>
      )}
    </header>
  )
}

function sentence(text: string): string {
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`
}

/** An address says only what is set. */
function withoutNothing(search: Readonly<Record<string, string | undefined>>): TestsSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
