import type { ReactNode } from 'react'
import type { TestOverview, TestRunHead } from '../../client/studio-client.ts'
import type { Change } from './tests-page.tsx'
import { words } from './words.ts'

const said = words.runs

/** The runs that are kept, newest first; the one that goes on before them. */
export function RunsList({
  tests: { runs, running },
  open,
  change,
}: {
  readonly tests: TestOverview
  readonly open: string | undefined
  readonly change: Change
}) {
  const choose = (run: string | undefined) => () => change({ run, open: undefined })
  return (
    <nav className="tests-runs" aria-label={said.label}>
      <h2 className="caps">{said.title}</h2>
      <ul>
        {running !== undefined && (
          <li>
            <button
              type="button"
              aria-current={open === running.id ? 'true' : undefined}
              onClick={choose(undefined)}
            >
              <RunWords tone="now" target={running.target}>
                {said.now}
              </RunWords>
            </button>
          </li>
        )}
        {runs.map((run, index) => (
          <li key={run.id}>
            <button
              type="button"
              aria-current={open === run.id ? 'true' : undefined}
              onClick={choose(index === 0 && running === undefined ? undefined : run.id)}
            >
              <RunWords tone={toneOf(run)} target={run.target}>
                <time dateTime={run.started}>{words.run.at(run.started)}</time>, {wordOf(run)}
              </RunWords>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function RunWords({
  tone,
  target,
  children,
}: {
  readonly tone: 'ok' | 'warn' | 'bad' | 'now'
  readonly target: string
  readonly children: ReactNode
}) {
  return (
    <>
      <span className={`tests-run-dot ${tone}`} aria-hidden="true" />
      <span>
        <b>{words.run.target(target)}</b>
        <span>{children}</span>
      </span>
    </>
  )
}

function wordOf({ outcome, counts: { error, warning, info } }: TestRunHead): string {
  if (outcome !== 'done') return said.outcome[outcome]
  const all = error + warning + info
  return all === 0 ? said.clean : said.problems(all)
}

function toneOf({ outcome, counts: { error, warning } }: TestRunHead): 'ok' | 'warn' | 'bad' {
  if (error > 0) return 'bad'
  return warning > 0 || outcome !== 'done' ? 'warn' : 'ok'
}
