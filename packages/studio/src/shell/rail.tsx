import type { WorkspaceOverview } from '@throughline/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Activity,
  ArrowLeftRight,
  Braces,
  CircleAlert,
  Fingerprint,
  FlaskConical,
  GitPullRequestArrow,
  Grid3x3,
  House,
  LifeBuoy,
  Radar,
  ShieldAlert,
  UserRound,
  Waypoints,
  type LucideIcon,
} from 'lucide-react'
import { LineDash, Mark } from '../ui/glyph.tsx'
import { strings } from '../strings.ts'
import { useMe } from '../views/review/me.ts'
import { waitingQuery } from '../views/review/review-data.ts'
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
        {overview?.discovering === true && (
          <Page to="/discover" icon={Radar} words={strings.rail.discover} />
        )}
        <Page to="/" icon={House} words={strings.rail.overview} />
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
        <Page
          to="/needs"
          icon={Grid3x3}
          words={strings.rail.needs}
          count={missingOf(overview, 'needs')}
          counts={strings.rail.missing}
          level="bad"
        />
        <Page
          to="/states"
          icon={ShieldAlert}
          words={strings.rail.states}
          count={missingOf(overview, 'states')}
          counts={strings.rail.undecided}
          level="bad"
        />
        <Page to="/data" icon={Fingerprint} words={strings.rail.data} />
        <Page to="/people" icon={UserRound} words={strings.rail.people} />
        <Page to="/app-states" icon={LifeBuoy} words={strings.rail.appStates} />
        <Page
          to="/reference"
          icon={Braces}
          words={strings.rail.reference}
          count={overview?.counts.operations}
        />
        <ReviewItem />
        <Page
          to="/diagnostics"
          icon={CircleAlert}
          words={strings.rail.diagnostics}
          count={overview && overview.counts.errors + overview.counts.warnings}
          level={overview && overview.counts.errors > 0 ? 'bad' : 'warn'}
        />
        <Page to="/performance" icon={Activity} words={strings.rail.performance} />
        <Page to="/traffic" icon={ArrowLeftRight} words={strings.rail.traffic} />
        <Page to="/tests" icon={FlaskConical} words={strings.rail.tests} />
      </nav>
      {overview && <MockCard overview={overview} />}
    </aside>
  )
}

/** The review, with what waits there for whoever reads. */
function ReviewItem() {
  const { data: waiting } = useQuery(waitingQuery(useMe()))
  const count =
    (waiting?.toSign.length ?? 0) + (waiting?.toApply.length ?? 0) + (waiting?.toAnswer.length ?? 0)
  return (
    <Page
      to="/review"
      icon={GitPullRequestArrow}
      words={strings.rail.review}
      count={count}
      counts={strings.rail.waiting}
      level="warn"
    />
  )
}

/** A page of the studio, with how much is on it. */
function Page({
  to,
  icon: Icon,
  words,
  count = 0,
  counts,
  level,
}: {
  readonly to:
    | '/'
    | '/needs'
    | '/states'
    | '/data'
    | '/reference'
    | '/diagnostics'
    | '/people'
    | '/app-states'
    | '/traffic'
    | '/performance'
    | '/tests'
    | '/review'
    | '/discover'
  readonly icon: LucideIcon
  readonly words: string
  readonly count?: number | undefined
  /** What the count counts, for those who do not see its place. */
  readonly counts?: string
  readonly level?: 'bad' | 'warn'
}) {
  const { search } = useHere()
  return (
    <Link
      to={to}
      search={search.as === undefined ? {} : { as: search.as }}
      className="nav-item"
      activeOptions={{ exact: to === '/', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
      title={words}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="nav-words">{words}</span>
      {count > 0 && (
        <span className={`nav-count num ${level ?? ''}`}>
          {count}
          {counts !== undefined && <span className="sr"> {counts}</span>}
        </span>
      )}
    </Link>
  )
}

/** How many needs no contract has, or states nobody has decided, over all journeys. */
function missingOf(overview: WorkspaceOverview | undefined, what: 'needs' | 'states'): number {
  return (overview?.journeys ?? []).reduce((sum, { totals }) => sum + totals[what].missing, 0)
}
