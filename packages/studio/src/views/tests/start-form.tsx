import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { studio } from '../../api.ts'
import type { TestOverview, TestPhase } from '../../client/studio-client.ts'
import type { Change } from './tests-page.tsx'
import type { TestsSearch } from './tests-address.ts'
import { testsQuery } from './tests-data.ts'
import { words } from './words.ts'

const said = words.start

/** What is asked of which backend; all of it stands in the address. */
export function StartForm({
  tests,
  search,
  change,
}: {
  readonly tests: TestOverview
  readonly search: TestsSearch
  readonly change: Change
}) {
  const queries = useQueryClient()
  const target =
    tests.environments.find(({ name }) => name === search.target) ?? tests.environments[0]
  const phases = chosenPhases(search.phases, tests.phases)
  const isMock = target?.name === 'mock'
  const writes = search.writes === 'yes' && target?.production !== true
  const start = useMutation({
    mutationFn: () =>
      studio.startTest({ environment: target?.name ?? 'mock', phases, writes: !isMock && writes }),
    onSuccess() {
      change({ run: undefined, show: undefined, step: undefined, open: undefined, part: undefined })
    },
    // A short run has ended before this answer comes: the server is asked what goes on.
    onSettled: () => queries.invalidateQueries({ queryKey: testsQuery.queryKey }),
  })
  if (tests.readOnly) return <p className="card tests-card quiet">{said.readOnly}</p>
  return (
    <form
      className="card tests-card tests-start"
      aria-label={said.title}
      onSubmit={(event) => {
        event.preventDefault()
        if (phases.length > 0) start.mutate()
      }}
    >
      <fieldset className="tests-targets">
        <legend className="caps">{said.target}</legend>
        {tests.environments.map(({ name, apis }) => (
          <label key={name} className="tests-target">
            <input
              type="radio"
              name="target"
              checked={name === target?.name}
              onChange={() => change({ target: name })}
            />
            <span>
              <b>{name === 'mock' ? said.mock : name}</b>
              {/* A path may differ for each API: their common beginning says which machine it is. */}
              <code>
                {[...new Set(apis.map(({ address }) => new URL(address).host))].join(', ')}
              </code>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className="tests-phases">
        <legend className="caps">{said.phases}</legend>
        {tests.phases.map((phase) => (
          <label key={phase} title={said.phaseHints[phase]}>
            <input
              type="checkbox"
              checked={phases.includes(phase)}
              onChange={() => {
                const next = tests.phases.filter((one) =>
                  one === phase ? !phases.includes(one) : phases.includes(one),
                )
                change({
                  phases:
                    next.length === tests.phases.length ? undefined : next.join(',') || 'none',
                })
              }}
            />
            <span>{phase}</span>
          </label>
        ))}
      </fieldset>
      <div className="tests-go">
        <div>
          {target !== undefined && !isMock && !target.production && (
            <label className="tests-writes">
              <input
                type="checkbox"
                checked={writes}
                onChange={() => change({ writes: writes ? undefined : 'yes' })}
              />
              {said.writes}
            </label>
          )}
          <p className="quiet">
            {phases.length === 0
              ? said.noPhase
              : isMock
                ? said.always
                : target?.production
                  ? said.production(target.name)
                  : writes
                    ? said.writesToo
                    : said.readsOnly}
          </p>
        </div>
        <button
          type="submit"
          className="button primary"
          disabled={phases.length === 0 || start.isPending || target === undefined}
        >
          <FlaskConical size={14} aria-hidden="true" />
          {said.button}
        </button>
      </div>
      {start.error && (
        <p role="alert" className="bad">
          {said.failed(start.error.message)}
        </p>
      )}
    </form>
  )
}

/** `none` is what the address says when the last one was taken away. */
function chosenPhases(text: string | undefined, all: readonly TestPhase[]): readonly TestPhase[] {
  if (text === undefined) return all
  const named = text.split(',')
  return all.filter((phase) => named.includes(phase))
}
