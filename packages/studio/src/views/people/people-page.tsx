import '../edit/lists.css'
import { useQuery } from '@tanstack/react-query'
import { workspaceQuery } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { MatrixSkeleton } from '../../ui/matrix-skeleton.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { setupQuery } from '../edit/edit-api.ts'
import { CreatePerson, EditPerson } from '../edit/person-form.tsx'
import { words } from '../edit/words.ts'

const said = words.personas

/** Everybody that journeys are about, and which journeys those are. */
export function PeoplePage() {
  const { data: overview } = useQuery(workspaceQuery)
  const { data: setup, error, refetch } = useQuery(setupQuery)
  useTitle(said.title, overview?.name)
  if (!setup && error) return <Failed problem={error} again={() => void refetch()} />
  if (!setup) return <MatrixSkeleton title={said.title} lead={said.lead} />
  const people = setup.personas
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <div className="page-head journeys-head">
        <div>
          <h1>{said.title}</h1>
          <p className="lead">{said.lead}</p>
        </div>
        <CreatePerson people={people} />
      </div>
      {people.length === 0 ? (
        <div className="empty-card">
          <p>{said.none}</p>
        </div>
      ) : (
        <ul className="people">
          {people.map((person) => (
            <li key={`${person.file} ${person.name}`} id={person.name} className="card person">
              <div className="person-head">
                <span className="avatar" aria-hidden="true">
                  {person.title.slice(0, 1).toUpperCase()}
                </span>
                <h2>{person.title}</h2>
              </div>
              {person.context !== undefined && <p>{person.context}</p>}
              {person.goal !== undefined && (
                <p>
                  <b className="caps">{said.goal}</b>
                  {person.goal}
                </p>
              )}
              {person.devices.length > 0 && (
                <p className="tags">
                  {person.devices.map((device) => (
                    <span key={device} className="tag">
                      {device}
                    </span>
                  ))}
                </p>
              )}
              {person.journeys.length === 0 ? (
                <p className="quiet">{said.nowhere}</p>
              ) : (
                <div>
                  <b className="caps">{said.walks}</b>
                  <ul>
                    {person.journeys.map((journey) => (
                      <li key={journey.name}>
                        <DataLink url={journey.url} className="walks">
                          <LineDash line={journey.line} /> {journey.title}
                        </DataLink>
                      </li>
                    ))}
                  </ul>
                </div>
              )}
              {person.inside !== undefined && <p className="quiet">{said.inside(person.inside)}</p>}
              <EditPerson person={person} people={people} />
              <Copyable text={`${person.file}:${person.line}`} />
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}
