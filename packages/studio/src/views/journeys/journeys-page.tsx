import { useQuery } from '@tanstack/react-query'
import type { WorkspaceOverview } from '@throughline/core'
import { Link } from '@tanstack/react-router'
import { ArrowLeftRight } from 'lucide-react'
import { workspaceQuery } from '../../api.ts'
import { localName } from '../../address.ts'
import { useHere } from '../../shell/use-here.ts'
import { ShareBar } from '../../ui/bars.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { LineDash, SeverityGlyph } from '../../ui/glyph.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { CreateJourney } from '../edit/create-journey.tsx'
import { specification } from '../../ui/specification.ts'

type Journey = WorkspaceOverview['journeys'][number]

/** Every journey of the workspace as a line with its stations. */
export function JourneysPage() {
  const { data: overview } = useQuery(workspaceQuery)
  const { search } = useHere()
  useTitle(strings.journeys.title, overview?.name)
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <div className="page-head journeys-head">
        <div>
          <h1>{strings.journeys.title}</h1>
          <p className="lead">{strings.journeys.lead}</p>
        </div>
        {overview && (
          <div className="edit-tools">
            {overview.journeys.length > 1 && (
              <Link
                to="/compare"
                search={{
                  ...(search.as && { as: search.as }),
                  ...(overview.journeys.length === 2 && {
                    left: overview.journeys[0]!.name,
                    right: overview.journeys[1]!.name,
                  }),
                }}
                className="button"
              >
                <ArrowLeftRight size={14} aria-hidden="true" />
                {strings.journeys.compare}
              </Link>
            )}
            <CreateJourney journeys={overview.journeys} />
          </div>
        )}
      </div>
      {overview === undefined ? (
        <div className="lines" role="status" aria-label={strings.loading}>
          {[0, 1, 2].map((row) => (
            <div key={row} className="line-card">
              <span className="bone" />
              <span className="bone wide" />
            </div>
          ))}
        </div>
      ) : overview.journeys.length === 0 ? (
        <NoJourneys overview={overview} />
      ) : (
        <ul className="lines">
          {overview.journeys.map((journey) => (
            <li key={journey.name}>
              <LineCard journey={journey} />
            </li>
          ))}
        </ul>
      )}
      {overview && overview.apis.length > 0 && <Contracts overview={overview} />}
    </main>
  )
}

function LineCard({ journey }: { readonly journey: Journey }) {
  const { search } = useHere()
  const { name, title, line, goal, persona, steps, totals } = journey
  const keep = search.as === undefined ? {} : { as: search.as }
  const { needs, states, worstBudget, errors, warnings } = totals
  const met = needs.covered + needs['planned-for']
  const all = met + needs.optional + needs.missing
  const designed = states.designed + states.inherited
  const spare = worstBudget && worstBudget.promised - worstBudget.calls
  return (
    <article className={`line-card line-${line}`}>
      <header>
        <div>
          <h2>
            <LineDash line={line} />
            <Link to="/journeys/$name" params={{ name }} search={keep}>
              {title}
            </Link>
          </h2>
          <p>
            <b>{persona ?? strings.journeys.noPersona}</b>
            {goal !== undefined && <span>{goal}</span>}
          </p>
        </div>
        <p className="line-problems">
          {errors + warnings > 0 && <SeverityGlyph severity={errors > 0 ? 'error' : 'warning'} />}
          <span>{strings.journeys.problems(errors + warnings)}</span>
        </p>
      </header>
      <ol
        className="stations"
        style={{ gridTemplateColumns: `repeat(${steps.length}, minmax(92px, 1fr))` }}
      >
        {steps.map((step) => (
          <li key={step.name} className={step.status}>
            <Link
              to="/journeys/$name"
              params={{ name }}
              search={{ ...keep, step: localName(step.name) }}
            >
              <span className="station" />
              <span className="station-name">{step.title}</span>
              {step.status === 'gap' && <span className="sr">: {strings.journey.stationGap}</span>}
            </Link>
          </li>
        ))}
      </ol>
      <footer className="num">
        <span>
          <ShareBar
            parts={[
              { kind: 'ok', count: needs.covered },
              { kind: 'planned', count: needs['planned-for'] },
              { kind: 'warn', count: needs.optional },
              { kind: 'bad', count: needs.missing },
            ]}
          />
          {strings.journeys.needs(met, all)}
        </span>
        <span>
          <ShareBar
            parts={[
              { kind: 'ok', count: states.designed },
              { kind: 'planned', count: states.inherited },
              { kind: 'bad', count: states.missing },
            ]}
          />
          {strings.journeys.states(designed, designed + states.missing)}
        </span>
        <span className={spare !== undefined && spare < 0 ? 'bad' : undefined}>
          {spare === undefined
            ? strings.journeys.noBudget
            : spare < 0
              ? strings.journeys.budgetOver(-spare)
              : strings.journeys.budgetIn(spare)}
        </span>
      </footer>
    </article>
  )
}

/** A bare contract: the next thing to do, not an empty table. */
function NoJourneys({ overview: { counts, apis } }: { readonly overview: WorkspaceOverview }) {
  const words = strings.journeys.empty
  return (
    <section className="empty-card">
      <svg className="broken-line" viewBox="0 0 200 44" aria-hidden="true">
        <path d="M4 30c30 0 44-16 96-16s66 16 96 16" className="rest" />
        <circle cx="52" cy="20.500" r="8" />
        <circle cx="148" cy="20.500" r="8" />
      </svg>
      <h2>{words.title}</h2>
      <p>{apis.length > 0 ? words.read(counts.operations, apis.length) : words.readNothing}</p>
      <p>
        <Prose text={words.action} />
      </p>
      <Copyable text={words.command} />
      <p>{words.demo}</p>
      <Copyable text={words.demoCommand} />
      <p className="quiet">{words.afterwards}</p>
    </section>
  )
}

function Contracts({ overview: { apis } }: { readonly overview: WorkspaceOverview }) {
  return (
    <section className="contracts" aria-label={strings.journeys.contracts}>
      <h2 className="caps">{strings.journeys.contracts}</h2>
      <ul>
        {apis.map((api) => (
          <li key={api.name}>
            <b>{api.name}</b>
            <span className="num">{specification(api.version)}</span>
            <span className="num">{strings.journeys.operations(api.operations)}</span>
            <code>{api.file}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
