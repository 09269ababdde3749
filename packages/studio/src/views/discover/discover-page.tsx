import './discover.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { ApiProblem, studio, workspaceQuery } from '../../api.ts'
import type { Discovery } from '../../client/studio-client.ts'
import { Failed } from '../../shell/trouble.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { MatrixSkeleton } from '../../ui/matrix-skeleton.tsx'
import { Method } from '../../ui/method.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { Disclosed } from '../edit/disclosed.tsx'
import { discoveryQuery, done, type Deed } from './discover-data.ts'
import { JourneyCard } from './journey-card.tsx'
import { NameForm } from './name-form.tsx'
import { words } from './words.ts'

/** An app while it is discovered: what was seen, what is missing, and what people make of it before it is written. */
export function DiscoverPage() {
  const { data: overview } = useQuery(workspaceQuery)
  const { data: discovery, error, refetch } = useQuery(discoveryQuery)
  useTitle(words.title, overview?.name)
  const queries = useQueryClient()
  const doing = useMutation({ mutationFn: (deed: Deed) => done(deed, queries) })
  const writing = useMutation({ mutationFn: () => studio.writeDiscovery() })
  if (writing.data !== undefined) return <Written files={writing.data.written} />
  if (!discovery && error instanceof ApiProblem && error.status === 404)
    return <NothingDiscovered />
  if (!discovery && error) return <Failed problem={error} again={() => void refetch()} />
  if (!discovery) return <MatrixSkeleton title={words.title} lead="" />
  // What went wrong stands above the columns.
  const act = (deed: Deed): Promise<void> => doing.mutateAsync(deed).catch(() => undefined)
  const problem = writing.error ?? doing.error
  const { journeys, last, writes } = discovery
  return (
    <main id="page" tabIndex={-1} className="scroller discover-page">
      <div className="page-head journeys-head">
        <div>
          <h1>{words.title}</h1>
          <p className="lead">
            {words.leadBefore}
            <b>{discovery.app}</b>
            {words.leadAfter}
          </p>
        </div>
        <div className="discover-tools">
          {last !== undefined && (
            <button type="button" className="button" onClick={() => void act({ kind: 'undo' })}>
              <Undo2 size={14} aria-hidden="true" />
              {words.undo(last.path)}
            </button>
          )}
          <Disclosed words={words.begin}>
            {(close) => (
              <NameForm
                label={words.beginTitle}
                submit={words.beginGo}
                onSave={(title) => void act({ kind: 'walk', title })}
                onClose={close}
              />
            )}
          </Disclosed>
          {writes && (
            <button
              type="button"
              className="button primary"
              aria-disabled={journeys.length === 0 || writing.isPending || undefined}
              onClick={() => {
                if (journeys.length > 0 && !writing.isPending) writing.mutate()
              }}
            >
              {writing.isPending ? words.writing : words.write}
            </button>
          )}
        </div>
      </div>
      {problem && (
        <p role="alert" className="edit-problem">
          {problem.message}
        </p>
      )}
      <div className="discover-columns">
        <div className="discover-journeys">
          {discovery.address !== undefined && (
            <p className="card discover-open">
              <a className="button" href={discovery.address} target="_blank" rel="noreferrer">
                {words.click}
              </a>
              <span>{words.clickHint}</span>
            </p>
          )}
          {journeys.length === 0 && (
            <section className="empty-card card">
              <h2>{words.nothingYet}</h2>
              <p>{words.nothingYetHint}</p>
            </section>
          )}
          {journeys.map((journey, index) => (
            <JourneyCard
              key={journey.walk}
              journey={journey}
              line={((index % 4) + 1) as 1 | 2 | 3 | 4}
              others={journeys.filter((one) => one.walk !== journey.walk)}
              operations={discovery.operations}
              onDeed={act}
            />
          ))}
        </div>
        <Aside discovery={discovery} />
      </div>
    </main>
  )
}

/** This studio shows a workspace, not an app that is recorded. */
function NothingDiscovered() {
  return (
    <main id="page" tabIndex={-1} className="scroller discover-page">
      <div className="page-head">
        <h1>{words.title}</h1>
        <p className="lead">{words.idle.lead}</p>
      </div>
      <section className="empty-card card">
        <h2>{words.idle.title}</h2>
        <p>{words.idle.text}</p>
        <Copyable text={words.idle.command} />
      </section>
    </main>
  )
}

function Written({ files }: { readonly files: readonly string[] }) {
  return (
    <main id="page" tabIndex={-1} className="scroller discover-page">
      <section className="empty-card card">
        <h1>{words.written.title}</h1>
        <p>{words.written.text(files.length)}</p>
        <Copyable text={words.written.command} />
        <Names title={words.files} all={files} />
      </section>
    </main>
  )
}

function Aside({ discovery }: { readonly discovery: Discovery }) {
  const { missing, operations, notes, differences, files, writes } = discovery
  const isAll = Object.values(missing).every((one) => one.length === 0)
  return (
    <aside className="discover-aside" aria-label={words.missing.title}>
      <section>
        <h2>{words.missing.title}</h2>
        {isAll && <p className="quiet">{words.missing.none}</p>}
        <Names title={words.missing.screens} all={missing.screens} />
        <Names title={words.missing.operations} all={missing.operations} />
        <Names title={words.missing.silent} all={missing.silent} />
        <Names title={words.missing.neverFailed} all={missing.neverFailed} />
      </section>
      {!writes && (
        <section>
          <h2>{words.differences}</h2>
          <p className="quiet">{words.readOnly}</p>
          {differences.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            <ul>
              {differences.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
        </section>
      )}
      {operations.length > 0 && (
        <section>
          <h2>{words.operations}</h2>
          <ul>
            {operations.map(({ name, method, path, screens }) => (
              <li key={name}>
                <Method method={method} /> <code>{path}</code>
                <span className="quiet"> {words.by(screens.join(', '))}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {notes.length > 0 && (
        <section>
          <h2>{words.notes}</h2>
          <ul>
            {notes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      )}
      {writes && files.length > 0 && (
        <section>
          <h2>{words.files}</h2>
          <Names all={files} />
        </section>
      )}
    </aside>
  )
}

const shown = 12

function Names({ title, all }: { readonly title?: string; readonly all: readonly string[] }) {
  if (all.length === 0) return null
  return (
    <>
      {title !== undefined && <h3 className="caps">{title}</h3>}
      <ul>
        {all.slice(0, shown).map((one) => (
          <li key={one}>
            <code>{one}</code>
          </li>
        ))}
        {all.length > shown && <li className="quiet">{words.more(all.length - shown)}</li>}
      </ul>
    </>
  )
}
