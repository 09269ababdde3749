import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent, useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import type { Blueprint, WorkspaceOverview } from '@throughline/core'
import { ApiProblem, journeyQuery, studio, workspaceQuery } from '../../api.ts'
import { selectionOf } from '../../address.ts'
import { Failed, NoSuchJourney } from '../../shell/trouble.tsx'
import { useHere, type Here } from '../../shell/use-here.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { usePlay } from '../../shell/use-play.ts'
import { PageTools, type PageFile } from '../../ui/page-tools.tsx'
import { pictureFiles } from '../../ui/picture-files.ts'
import { toolWords } from '../../ui/tool-words.ts'
import { useTitle } from '../../ui/use-title.ts'
import { PanelWaiting } from '../../ui/panel-waiting.tsx'
import { whenIdle } from '../../ui/when-idle.ts'
import { strings } from '../../strings.ts'
import { BlueprintGrid } from './blueprint-grid.tsx'
import { neighbour, selectedIn } from './in-journey.ts'
import { JourneyHeader } from './journey-header.tsx'
import { JourneySkeleton } from './journey-skeleton.tsx'
import { Totals } from './totals.tsx'
import { ViewTabs } from './view-tabs.tsx'

const FlowView = lazyRouteComponent(() => import('../flow/flow-view.tsx'), 'FlowView')
const HistoryView = lazyRouteComponent(() => import('../review/history-view.tsx'), 'HistoryView')
const Inspector = lazyRouteComponent(() => import('./inspector.tsx'), 'Inspector')
const AppFrame = lazyRouteComponent(() => import('../../shell/app-frame.tsx'), 'AppFrame')
const AddFirstStep = lazyRouteComponent(() => import('../edit/step-form.tsx'), 'AddFirstStep')

/** One journey as a service blueprint, with the selected part in a panel beside it. */
export function JourneyPage() {
  const { name } = useParams({ from: '/journeys/$name' })
  const { data: blueprint, error, refetch } = useQuery(journeyQuery(name))
  if (blueprint) {
    if (error instanceof ApiProblem && error.status === 404) return <NoSuchJourney name={name} />
    return <JourneyOf key={name} blueprint={blueprint} />
  }
  if (error instanceof ApiProblem && error.status === 404) return <NoSuchJourney name={name} />
  if (error) return <Failed problem={error} again={() => void refetch()} />
  return <JourneySkeleton />
}

function JourneyOf({ blueprint }: { readonly blueprint: Blueprint }) {
  const { data: overview } = useQuery(workspaceQuery)
  const here = useHere()
  const { situation, play } = usePlay()
  const selected = selectedIn(blueprint, selectionOf(here.search))
  const framed = here.search.frame === 'app' && overview?.app !== undefined
  useEffect(() => whenIdle(() => void Inspector.preload?.()), [])
  useTitle(blueprint.journey.title, overview?.name)

  const step = (by: 1 | -1): void => {
    const name = neighbour(blueprint.steps, selected?.step, by)
    if (name !== undefined) here.select({ kind: 'step', step: name })
  }
  useKeys({
    '[': () => step(-1),
    ']': () => step(1),
    m: () => {
      const scenario = selected?.kind === 'state' ? selected.state.scenario : undefined
      if (scenario !== undefined) play(scenario)
    },
    Escape: () => {
      if (!selected) return
      here.select({ kind: 'nothing' })
      document.querySelector<HTMLElement>(':is([data-item], [data-card])[tabindex="0"]')?.focus()
    },
  })

  return (
    <div className="with-inspector">
      <main id="page" tabIndex={-1} className="scroller">
        <JourneyHeader
          blueprint={blueprint}
          app={overview?.app}
          onFrame={framed ? undefined : () => here.showApp(true)}
        />
        <Totals blueprint={blueprint} onSelect={here.select} />
        <ViewTabs blueprint={blueprint} search={here.search}>
          <PageTools files={filesOf(blueprint, overview, here)} />
        </ViewTabs>
        {blueprint.steps.length === 0 ? (
          <div className="empty-card">
            <p>{strings.journey.noSteps}</p>
            <Suspense>
              <AddFirstStep blueprint={blueprint} onSelect={here.select} />
            </Suspense>
          </div>
        ) : here.search.view === 'history' ? (
          <Suspense fallback={<p role="status">{strings.loading}</p>}>
            <HistoryView of={{ journey: blueprint.journey.name }} />
          </Suspense>
        ) : here.search.view === 'flow' ? (
          <Suspense
            fallback={
              <div className="flow-loading bone" role="status" aria-label={strings.loading} />
            }
          >
            <FlowView
              blueprint={blueprint}
              selected={selected?.step?.name}
              as={here.search.as}
              onSelect={here.select}
            />
          </Suspense>
        ) : (
          <BlueprintGrid
            blueprint={blueprint}
            lens={here.lens}
            selected={selected}
            situation={situation}
            onSelect={here.select}
          />
        )}
        <Announcer blueprint={blueprint} />
      </main>
      {selected && (
        <Suspense fallback={<PanelWaiting />}>
          <Inspector
            blueprint={blueprint}
            selected={selected}
            app={overview?.app}
            onSelect={here.select}
            onFrame={framed ? undefined : () => here.showApp(true)}
            onClose={() => here.select({ kind: 'nothing' })}
          />
        </Suspense>
      )}
      {framed && overview?.app && (
        <Suspense fallback={<aside className="app-frame" aria-busy="true" />}>
          <AppFrame
            app={overview.app}
            screen={selected?.step?.screen}
            situation={situation}
            onClose={() => here.showApp(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

/** What is drawn, as files. The drawing of pictures is only loaded when somebody wants one. */
function filesOf(
  blueprint: Blueprint,
  overview: WorkspaceOverview | undefined,
  { search: { view }, lens }: Here,
): readonly PageFile[] {
  const { name } = blueprint.journey
  return view === 'flow'
    ? pictureFiles(`${name}-flow`, async () => {
        const { flowPicture } = await import('../flow/flow-picture.ts')
        return flowPicture(blueprint, overview)
      })
    : [
        ...pictureFiles(`${name}-blueprint`, async () => {
          const { blueprintPicture } = await import('./blueprint-picture.ts')
          return blueprintPicture(blueprint, lens)
        }),
        {
          name: `${name}-blueprint.csv`,
          label: toolWords.csv,
          make: async () => {
            const { csv } = await studio.getJourneyFiles({ name })
            return new Blob([csv], { type: 'text/csv;charset=utf-8' })
          },
        },
        {
          name: `${name}-blueprint.html`,
          label: toolWords.html,
          make: async () => {
            const { html } = await studio.getJourneyFiles({ name })
            return new Blob([html], { type: 'text/html;charset=utf-8' })
          },
        },
      ]
}

/** Says, for those who do not see it, that a saved file changed the page. */
function Announcer({ blueprint }: { readonly blueprint: Blueprint }) {
  const first = useRef(blueprint)
  const [words, setWords] = useState('')
  useEffect(() => {
    if (first.current !== blueprint) setWords(strings.journey.changed(blueprint.diagnostics.length))
  }, [blueprint])
  return (
    <p className="sr" role="status">
      {words}
    </p>
  )
}
