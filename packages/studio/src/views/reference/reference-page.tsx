import './reference.css'
import { useQuery } from '@tanstack/react-query'
import type { ReferenceIndex } from '@throughline/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import { lensOf, searchOf, type Lens } from '../../address.ts'
import { Failed } from '../../shell/trouble.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { Method } from '../../ui/method.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { OperationPage } from './operation-page.tsx'
import { OperationsList } from './operations-list.tsx'
import { operationsQuery, typeQuery } from './reference-api.ts'
import { SchemaTree } from './schema-tree.tsx'
import { referenceSearchOf, type ReferenceSearch } from './search.ts'
import { words } from './words.ts'
import { specification } from '../../ui/specification.ts'

/** Every operation of every contract, and the one that is open; field, answer and filter stand in the address. */
export function ReferencePage() {
  const { data: index, error, refetch } = useQuery(operationsQuery)
  const { operation, place, lens, onPlace, onFind } = useReferencePlace()
  if (!index) {
    if (error && !(error instanceof ApiProblem && error.status === 0))
      return <Failed problem={error} again={() => void refetch()} />
    return <Waiting />
  }
  if (index.apis.length === 0) return <NoContract />
  const opened = operation !== undefined || place.type !== undefined
  return (
    <div className={opened ? 'reference opened' : 'reference'}>
      <OperationsList
        index={index}
        open={operation}
        find={place.find ?? ''}
        lens={lens}
        onFind={onFind}
      />
      <div className="reference-scroller" key={operation ?? place.type ?? ''}>
        {operation !== undefined ? (
          <OperationPage id={operation} lens={lens} place={place} onPlace={onPlace} />
        ) : place.type !== undefined ? (
          <TypePage id={place.type} lens={lens} place={place} onPlace={onPlace} />
        ) : (
          <Landing index={index} onFind={onFind} />
        )}
      </div>
    </div>
  )
}

/** Before anything is open: what there is. */
function Landing({
  index,
  onFind,
}: {
  readonly index: ReferenceIndex
  readonly onFind: (find: string) => void
}) {
  const { data: overview } = useQuery(workspaceQuery)
  useTitle(words.title, overview?.name)
  const all = index.apis.reduce((sum, { operations }) => sum + operations, 0)
  return (
    <main id="page" tabIndex={-1} className="operation-page reference-landing">
      <div className="page-head">
        <h1>{words.title}</h1>
        <p className="lead">{words.pick.lead(all, index.apis.length)}</p>
      </div>
      {index.apis.map((api) => (
        <section key={api.name} className="part" aria-label={api.title ?? api.name}>
          <header className="part-head">
            <h2>{api.title ?? api.name}</h2>
            <span className="quiet">
              {specification(api.version)} · {words.pick.operations(api.operations)}
              {api.owner !== undefined && ` · ${words.owner(api.owner)}`}
            </span>
          </header>
          <ul className="card landing-groups">
            {api.groups.map((group) => (
              <li key={group.name}>
                <button type="button" onClick={() => onFind(group.name)}>
                  <b>{group.name}</b>
                  <span>{group.description?.split('\n', 1)[0]}</span>
                  <span className="num">{group.operations.length}</span>
                </button>
              </li>
            ))}
          </ul>
          {api.types.length > 0 && (
            <details className="landing-types">
              <summary>
                {words.pick.types} <span className="num quiet">{api.types.length}</span>
              </summary>
              <ul>
                {api.types.slice(0, mostTypes).map((name) => (
                  <li key={name}>
                    <DataLink
                      url={`/reference?type=${encodeURIComponent(`${api.name}.${name}`)}`}
                      className="tag mono"
                    >
                      {name}
                    </DataLink>
                  </li>
                ))}
                {api.types.length > mostTypes && (
                  <li className="quiet">{words.pick.more(api.types.length - mostTypes)}</li>
                )}
              </ul>
            </details>
          )}
        </section>
      ))}
    </main>
  )
}

const mostTypes = 300

/** A schema that a contract declares, and which called operations answer with it. */
function TypePage({
  id,
  lens,
  place,
  onPlace,
}: {
  readonly id: string
  readonly lens: Lens
  readonly place: ReferenceSearch
  readonly onPlace: (place: ReferenceSearch) => void
}) {
  const { data: overview } = useQuery(workspaceQuery)
  const { data: type, error } = useQuery(typeQuery(id))
  useTitle(type?.name ?? id, overview?.name)
  return (
    <main id="page" tabIndex={-1} className="operation-page">
      <DataLink url="/reference" className="to-list">
        <ChevronLeft size={14} aria-hidden="true" />
        {words.toList}
      </DataLink>
      {type ? (
        <>
          <header className="operation-head">
            <p className="crumbs">
              {type.api} / {words.type}
            </p>
            <h1>{type.name}</h1>
            <p className="operation-facts">
              <code className="quiet">{type.file}</code>
            </p>
          </header>
          <section className="part" aria-label={type.name}>
            <SchemaTree
              root={type.root}
              api={type.api}
              lens={lens}
              asked={false}
              selected={place.field}
              onSelect={(field) => onPlace({ type: id, ...(field !== undefined && { field }) })}
            />
          </section>
          <section className="part" aria-label={words.answeredBy}>
            <header className="part-head">
              <h2>{words.answeredBy}</h2>
            </header>
            {type.answeredBy.length === 0 ? (
              <p className="quiet">{words.answeredByNone}</p>
            ) : (
              <ul className="card callers">
                {type.answeredBy.map((one) => (
                  <li key={one.id}>
                    <DataLink url={one.url}>
                      <Method method={one.method} />
                      <b>{one.title ?? one.id}</b>
                    </DataLink>
                    <code className="quiet">{one.path}</code>
                  </li>
                ))}
              </ul>
            )}
          </section>
        </>
      ) : error ? (
        <div className="empty-card" role="alert">
          <h1>
            <Prose text={words.gone.title(id)} />
          </h1>
          <p>{words.gone.text}</p>
        </div>
      ) : (
        <div role="status" aria-label={strings.loading} className="reference-bones">
          <span className="bone title" />
          <span className="bone wide" />
        </div>
      )}
    </main>
  )
}

function NoContract() {
  const { data: overview } = useQuery(workspaceQuery)
  useTitle(words.title, overview?.name)
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <div className="empty-card card">
        <h1>{words.empty.title}</h1>
        <p>{words.empty.text}</p>
      </div>
    </main>
  )
}

function Waiting() {
  return (
    <div className="reference">
      <div className="operations" role="status" aria-label={strings.loading}>
        {[0, 1, 2, 3, 4, 5, 6, 7].map((row) => (
          <span key={row} className="bone" />
        ))}
      </div>
      <main id="page" tabIndex={-1} className="operation-page">
        <span className="bone title" />
      </main>
    </div>
  )
}

interface Place {
  readonly operation: string | undefined
  readonly place: ReferenceSearch
  readonly lens: Lens
  readonly onPlace: (place: ReferenceSearch) => void
  readonly onFind: (find: string) => void
}

function useReferencePlace(): Place {
  const raw = useSearch({ strict: false })
  const { operation } = useParams({ strict: false })
  const navigate = useNavigate()
  const search = searchOf(raw)
  const place = referenceSearchOf(raw)
  const goTo = (next: ReferenceSearch): void => {
    const { as } = search
    void navigate({
      to: '.',
      search: { ...(as !== undefined && { as }), ...next },
      replace: true,
      resetScroll: false,
    })
  }
  return {
    operation,
    place,
    lens: lensOf(search),
    onPlace: (next) => goTo({ ...(place.find !== undefined && { find: place.find }), ...next }),
    onFind: (find) => {
      const { find: _, ...rest } = place
      goTo(find === '' ? rest : { ...rest, find })
    },
  }
}
