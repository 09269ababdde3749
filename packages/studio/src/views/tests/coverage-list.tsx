import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { workspaceQuery } from '../../api.ts'
import type { TestJourney, TestPart, TestRun } from '../../client/studio-client.ts'
import { LineDash } from '../../ui/glyph.tsx'
import type { TestsSearch } from './tests-address.ts'
import type { Change } from './tests-page.tsx'
import { words } from './words.ts'

const said = words.coverage
const kinds = ['operations', 'needs', 'statuses', 'states'] as const

/** What a run reached of what each journey promises, and what stood in the way of the rest. */
export function CoverageList({
  test,
  search,
  change,
}: {
  readonly test: TestRun
  readonly search: TestsSearch
  readonly change: Change
}) {
  const { data: overview } = useQuery(workspaceQuery)
  if (test.run.outcome === 'running')
    return <p className="quiet tests-note">{words.running.coverage}</p>
  return (
    <ul className="card tests-list" aria-label={said.list}>
      {test.journeys.map((journey) => {
        const known = overview?.journeys.find(({ name }) => name === journey.name)
        const open = search.open === journey.name
        return (
          <li key={journey.name}>
            <button
              type="button"
              className="tests-journey"
              aria-expanded={open}
              onClick={() => change({ open: open ? undefined : journey.name })}
            >
              <span className="tests-journey-title">
                {known && <LineDash line={known.line} />}
                <b>{known?.title ?? journey.name}</b>
                <span className="quiet">
                  {journey.missing.length === 0 ? said.all : said.missing(journey.missing.length)}
                </span>
                <ChevronRight size={14} aria-hidden="true" />
              </span>
              <Parts parts={journey} />
            </button>
            {open && <Missing journey={journey} />}
          </li>
        )
      })}
      <li className="tests-journey tests-whole">
        <span className="tests-journey-title">
          <b>{said.whole}</b>
        </span>
        <Parts parts={test.coverage} />
      </li>
    </ul>
  )
}

function Parts({ parts }: { readonly parts: Readonly<Record<(typeof kinds)[number], TestPart>> }) {
  return (
    <span className="tests-parts">
      {kinds.map((kind) => {
        const { reached, total } = parts[kind]
        const share = total === 0 ? 0 : reached / total
        return (
          <span key={kind} className={total === 0 ? 'tests-part none' : 'tests-part'}>
            <span className="tests-part-words">
              <span>{said.parts[kind]}</span>
              <span className="num">{total === 0 ? said.none : said.of(reached, total)}</span>
            </span>
            <span className="tests-bar" aria-hidden="true">
              <span
                className={share === 1 ? 'whole' : undefined}
                style={{ width: `${share * 100}%` }}
              />
            </span>
          </span>
        )
      })}
    </span>
  )
}

function Missing({ journey: { missing } }: { readonly journey: TestJourney }) {
  if (missing.length === 0) return <p className="tests-detail quiet">{said.all}.</p>
  return (
    <div className="tests-detail tests-missing">
      {kinds.map((kind) => {
        const those = missing.filter((one) => one.kind === kind)
        return those.length === 0 ? null : (
          <section key={kind}>
            <h3 className="caps">{said.parts[kind]}</h3>
            <ul>
              {those.map(({ name, why, before }) => (
                <li key={name}>
                  <code>{name}</code>
                  <span className="quiet">{why}</span>
                  {before === true && <span className="tag">{said.before}</span>}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
