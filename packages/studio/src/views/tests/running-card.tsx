import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Square } from 'lucide-react'
import { studio } from '../../api.ts'
import type { TestProgress } from '../../client/studio-client.ts'
import { testsQuery } from './tests-data.ts'
import { words } from './words.ts'

const said = words.running

/** How far the run is that goes on, and the way to end it. */
export function RunningCard({
  running,
  readOnly,
}: {
  readonly running: TestProgress
  readonly readOnly: boolean
}) {
  const queries = useQueryClient()
  const stop = useMutation({
    mutationFn: () => studio.stopTest(),
    onSettled: () => queries.invalidateQueries({ queryKey: testsQuery.queryKey }),
  })
  const { target, phase, phases, cases, rate, part, findings, secondsLeft, stopping } = running
  const isStopping = stopping || stop.isPending
  return (
    <section className="card tests-card tests-running" aria-label={said.title(target)}>
      <div className="tests-running-head">
        <h2>
          <span className="pulse ok" aria-hidden="true" />
          {said.title(target)}
        </h2>
        {!readOnly && (
          <button
            type="button"
            className="button"
            disabled={isStopping}
            onClick={() => stop.mutate()}
          >
            <Square size={12} aria-hidden="true" />
            {isStopping ? said.stopping : said.stop}
          </button>
        )}
      </div>
      <progress className="tests-progress" max={1} value={part} aria-label={said.part} />
      <p className="tests-figures num">
        <span>{said.figures(cases, rate)}</span>
        <span className={findings > 0 ? 'bad' : undefined}>{said.findings(findings)}</span>
        {secondsLeft !== undefined && !isStopping && <span>{said.left(secondsLeft)}</span>}
      </p>
      <ol className="tests-track" aria-label={words.start.phases}>
        {phases.map((one) => (
          <li key={one} aria-current={one === phase ? 'step' : undefined}>
            {one}
          </li>
        ))}
      </ol>
      {stop.error && (
        <p role="alert" className="bad">
          {said.failed(stop.error.message)}
        </p>
      )}
    </section>
  )
}
