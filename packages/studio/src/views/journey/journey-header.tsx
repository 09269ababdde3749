import { Link } from '@tanstack/react-router'
import type { Blueprint, WorkspaceOverview } from '@throughline/core'
import { ArrowUpRight, Frown, PanelRightOpen } from 'lucide-react'
import { useHere } from '../../shell/use-here.ts'
import { LineDash } from '../../ui/glyph.tsx'
import { strings } from '../../strings.ts'
import { EditJourney } from '../edit/edit-journey.tsx'
import { WhyNot } from '../edit/why-not.tsx'

/** Whose journey it is, what they want, and what hurts them today. */
export function JourneyHeader({
  blueprint: { journey, steps },
  app,
  onFrame,
}: {
  readonly blueprint: Blueprint
  readonly app: WorkspaceOverview['app']
  /** Shows the app beside the blueprint; absent while it is there. */
  readonly onFrame: (() => void) | undefined
}) {
  const { search } = useHere()
  const { persona, goal, owner, ownerFrom, pains } = journey
  return (
    <div className={`page-head journey-head line-${journey.line}`}>
      <div className="journey-words">
        <nav className="crumbs" aria-label={strings.journey.back}>
          <Link to="/journeys" search={search.as === undefined ? {} : { as: search.as }}>
            {strings.journey.back}
          </Link>
          <span aria-hidden="true">/</span>
          <LineDash line={journey.line} />
          <span>{strings.journey.line(journey.line)}</span>
          {owner !== undefined && <span className="quiet">{strings.journey.owner(owner)}</span>}
          {ownerFrom && (
            <span className="quiet">
              {strings.journey.ownerFrom(ownerFrom.file, ownerFrom.line)}
            </span>
          )}
        </nav>
        <h1>{journey.title}</h1>
        <div className="persona">
          {persona && (
            <span className="persona-who">
              <span className="avatar" aria-hidden="true">
                {initialOf(persona.title)}
              </span>
              <b>{persona.title}</b>{' '}
              {persona.context !== undefined && <span>{persona.context}</span>}{' '}
              {persona.devices.length > 0 && (
                <span className="quiet">{persona.devices.join(', ')}</span>
              )}
            </span>
          )}
          {goal !== undefined && <span className="goal">{goal}</span>}
        </div>
        {pains.length > 0 && (
          <ul className="pains" aria-label={strings.journey.pains}>
            {pains.map((pain) => (
              <li key={pain}>
                <Frown size={13} aria-hidden="true" />
                {pain}
              </li>
            ))}
          </ul>
        )}
        <WhyNot file={journey.file} />
      </div>
      <div className="edit-tools">
        <EditJourney journey={journey} steps={steps.length} />
        {app && onFrame && (
          <button type="button" className="button" onClick={onFrame}>
            <PanelRightOpen size={14} aria-hidden="true" />
            {strings.inspector.frame}
          </button>
        )}
        {app && (
          <a className="button primary" href={app.url} target="_blank" rel="noreferrer">
            {strings.mock.openApp}
            <ArrowUpRight size={15} aria-hidden="true" />
          </a>
        )}
      </div>
    </div>
  )
}

/** The first letter as people see it, accents and all. */
function initialOf(name: string): string | undefined {
  const [first] = new Intl.Segmenter().segment(name)
  return first?.segment.toUpperCase()
}
