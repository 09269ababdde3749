import type { WorkspaceOverview } from '@throughline/core'
import { Link } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { LineDash, Mark } from '../ui/glyph.tsx'
import { strings } from '../strings.ts'
import { MockCard } from './mock-card.tsx'
import { useHere } from './use-here.ts'

/** The rail: the journeys of the workspace as lines, and the mock at its foot. */
export function Rail({ overview }: { readonly overview: WorkspaceOverview | undefined }) {
  const { search, journey: open } = useHere()
  const keep = search.as === undefined ? {} : { as: search.as }
  return (
    <aside className="rail" aria-label={strings.rail.workspace}>
      <div className="brand">
        <Mark />
        <span className="brand-words">
          <b>{strings.product}</b>
          <span>{overview?.name}</span>
        </span>
      </div>
      <nav aria-label={strings.rail.label}>
        <Link
          to="/journeys"
          search={keep}
          className="nav-item"
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
          title={strings.rail.journeys}
        >
          <Waypoints size={16} aria-hidden="true" />
          <span className="nav-words">{strings.rail.journeys}</span>
          <span className="nav-count num">{overview?.journeys.length}</span>
        </Link>
        {overview && overview.journeys.length > 0 && (
          <ul className="nav-lines" aria-label={strings.rail.lines}>
            {overview.journeys.map(({ name, title, line, totals }) => {
              const problems = totals.errors + totals.warnings
              return (
                <li key={name}>
                  <Link
                    to="/journeys/$name"
                    params={{ name }}
                    search={keep}
                    className="nav-item"
                    activeOptions={{ includeSearch: false }}
                    aria-current={open === name ? 'page' : undefined}
                    title={title}
                  >
                    <LineDash line={line} />
                    <span className="nav-words">{title}</span>
                    {problems > 0 && (
                      <span className={`nav-count num ${totals.errors > 0 ? 'bad' : 'warn'}`}>
                        {problems}
                        <span className="sr"> {problems === 1 ? 'problem' : 'problems'}</span>
                      </span>
                    )}
                  </Link>
                </li>
              )
            })}
          </ul>
        )}
      </nav>
      {overview && <MockCard overview={overview} />}
    </aside>
  )
}
