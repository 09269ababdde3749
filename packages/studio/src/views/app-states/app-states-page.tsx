import '../edit/lists.css'
import { useQuery } from '@tanstack/react-query'
import type { SetupState } from '@throughline/core'
import { workspaceQuery } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { strings } from '../../strings.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { designRow } from '../../ui/design-row.tsx'
import { ConditionGlyph, LineDash } from '../../ui/glyph.tsx'
import { Facts } from '../../ui/panel.tsx'
import { MatrixSkeleton } from '../../ui/matrix-skeleton.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AddAppState, EditAppState } from '../edit/app-state-form.tsx'
import { setupQuery } from '../edit/edit-api.ts'
import { WhyNot } from '../edit/why-not.tsx'
import { words } from '../edit/words.ts'

const said = words.appStates
const mostShown = 6

/** What the whole app shows when something goes wrong, and which steps count on it. */
export function AppStatesPage() {
  const { data: overview } = useQuery(workspaceQuery)
  const { data: setup, error, refetch } = useQuery(setupQuery)
  useTitle(said.title, overview?.name)
  if (!setup && error) return <Failed problem={error} again={() => void refetch()} />
  if (!setup) return <MatrixSkeleton title={said.title} lead={said.lead} />
  const { file, states } = setup
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <div className="page-head journeys-head">
        <div>
          <h1>{said.title}</h1>
          <p className="lead">{said.lead}</p>
          {file !== undefined && <WhyNot file={file} />}
        </div>
        {file !== undefined && <AddAppState file={file} states={states} />}
      </div>
      {file === undefined ? (
        <div className="empty-card">
          <p>
            <Prose text={said.noWorkspace} />
          </p>
        </div>
      ) : (
        <ul className="app-states">
          {states.map((state) => (
            <State key={state.condition} state={state} states={states} file={file} />
          ))}
        </ul>
      )}
    </main>
  )
}

function State({
  state,
  states,
  file,
}: {
  readonly state: SetupState
  readonly states: readonly SetupState[]
  readonly file: string
}) {
  const { written, steps } = state
  const shownBy = states.find(({ condition }) => condition === written?.same)
  return (
    <li id={state.condition} className={written ? 'card app-state' : 'card app-state unwritten'}>
      <h2>
        <ConditionGlyph condition={state.condition} /> {state.label}
        <code>{state.condition}</code>
      </h2>
      {written === undefined ? (
        <p className={steps.length > 0 ? 'gap-text' : 'quiet'}>{said.none}</p>
      ) : (
        <p>
          {written.same === undefined ? (
            <Prose text={written.show ?? ''} />
          ) : (
            words.state.sameAs(shownBy?.label ?? written.same)
          )}
        </p>
      )}
      {written && (
        <Facts
          rows={[
            written.recover === undefined
              ? undefined
              : [strings.inspector.recover, written.recover],
            written.test === undefined
              ? undefined
              : [strings.inspector.test, <code key="test">{written.test}</code>],
            designRow(written.design),
          ]}
        />
      )}
      <div className="app-state-steps">
        <p className="quiet">{written ? said.shows(steps.length) : said.lacks(steps.length)}</p>
        <ul>
          {steps.slice(0, mostShown).map((step) => (
            <li key={step.name}>
              <DataLink url={step.url} className="walks">
                <LineDash line={step.line} /> {step.title}
              </DataLink>
            </li>
          ))}
          {steps.length > mostShown && (
            <li className="quiet">{said.more(steps.length - mostShown)}</li>
          )}
        </ul>
      </div>
      <EditAppState state={state} states={states} file={file} />
    </li>
  )
}
