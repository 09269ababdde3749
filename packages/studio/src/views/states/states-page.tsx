import '../../ui/matrix.css'
import './states.css'
import { useQuery } from '@tanstack/react-query'
import type { StatesMatrix } from '@throughline/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { PanelRightOpen, Undo2 } from 'lucide-react'
import { useMemo } from 'react'
import { workspaceQuery } from '../../api.ts'
import type { StateProof } from '../../client/studio-client.ts'
import { AppFrame } from '../../shell/app-frame.tsx'
import { Failed } from '../../shell/trouble.tsx'
import { useHere } from '../../shell/use-here.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { usePlay } from '../../shell/use-play.ts'
import { ShareBar } from '../../ui/bars.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { MatrixSkeleton } from '../../ui/matrix-skeleton.tsx'
import { MatrixTools } from '../../ui/matrix-tools.tsx'
import { PageTools } from '../../ui/page-tools.tsx'
import { csvFile, pictureFiles } from '../../ui/picture-files.ts'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { chosenIn, decidedIn, framedScreen, shownIn } from './in-states.ts'
import { StatePanel } from './state-panel.tsx'
import type { StatesSearch } from './states-address.ts'
import { proofsOf, proofsQuery } from './state-proofs.ts'
import { statesCsv } from './states-csv.ts'
import { statesQuery } from './states-data.ts'
import { StatesGrid } from './states-grid.tsx'
import { statesPicture } from './states-picture.ts'
import { words } from './words.ts'

/** What people see on every step when it goes another way. */
export function StatesPage() {
  const { data: overview } = useQuery(workspaceQuery)
  const { data: matrix, error, refetch } = useQuery(statesQuery)
  useTitle(words.title, overview?.name)
  if (matrix) return <States matrix={matrix} />
  if (error) return <Failed problem={error} again={() => void refetch()} />
  return <MatrixSkeleton title={words.title} lead={words.lead} />
}

function States({ matrix }: { readonly matrix: StatesMatrix }) {
  const { data: overview } = useQuery(workspaceQuery)
  const proofs = useQuery(proofsQuery).data?.proofs ?? noProofs
  const search = useSearch({ from: '/states' })
  const navigate = useNavigate()
  const playing = usePlay()
  const { showApp } = useHere()
  const app = overview?.app
  const framed = search.frame === 'app' && app !== undefined
  const onFrame = framed ? undefined : () => showApp(true)
  const { show, journey } = search
  const journeys = useMemo(() => shownIn(matrix, { show, journey }), [matrix, show, journey])
  const chosen = useMemo(() => chosenIn(matrix, search), [matrix, search])
  const inView = useMemo(() => decidedIn(shownIn(matrix, { journey })), [matrix, journey])
  const decided = inView.designed + inView.inherited
  const undecided = inView.missing

  function change(
    to: Partial<Record<keyof StatesSearch, string | undefined>>,
    replace = true,
  ): void {
    void navigate({
      to: '/states',
      search: (before) => withoutNothing({ ...before, ...to }),
      replace,
      resetScroll: false,
    })
  }
  const nowhere = { step: undefined, condition: undefined }

  useKeys({
    m: () => {
      const focused = document.activeElement?.closest('.state-cell')
      const pill = focused?.querySelector<HTMLElement>('.pill:not(.decide, .on)')
      if (pill) pill.click()
      else if (chosen?.chip?.scenario !== undefined) playing.play(chosen.chip.scenario)
    },
    Escape: () => {
      if (!chosen) return
      change(nowhere, false)
      document.querySelector<HTMLElement>('.states-grid [tabindex="0"]')?.focus()
    },
  })

  if (matrix.journeys.every(({ steps }) => steps.length === 0)) return <NoStates />
  return (
    <div className="with-inspector">
      <main id="page" tabIndex={-1} className="scroller states-page">
        <div className="page-head matrix-head">
          <div>
            <h1>{words.title}</h1>
            <p className="lead">{words.lead}</p>
          </div>
          <div className="decided">
            <p className="num">
              <b>{decided}</b> {words.decided(decided, decided + undecided).rest}
            </p>
            <ShareBar
              parts={[
                { kind: 'ok', count: inView.designed },
                { kind: 'planned', count: inView.inherited },
                { kind: 'bad', count: undecided },
              ]}
            />
            <button
              type="button"
              className="button"
              disabled={playing.situation === null || playing.pending}
              onClick={() => playing.play(null)}
            >
              <Undo2 size={14} aria-hidden="true" />
              {strings.mock.back}
            </button>
            {app && onFrame && (
              <button type="button" className="button" onClick={onFrame}>
                <PanelRightOpen size={14} aria-hidden="true" />
                {strings.inspector.frame}
              </button>
            )}
            <PageTools
              files={[
                csvFile('states', () => statesCsv(journeys)),
                ...pictureFiles('states', () => statesPicture(journeys, matrix.columns)),
              ]}
            />
          </div>
        </div>
        <MatrixTools
          filter={{
            label: words.filter,
            value: show ?? 'all',
            options: [
              { value: 'all', words: words.all },
              { value: 'undecided', words: words.undecided, count: undecided },
            ],
            onChoose: (value) => change({ show: value === 'all' ? undefined : value }),
          }}
          among={{
            label: words.journey,
            all: words.allJourneys,
            value: journey,
            options: matrix.journeys.map(({ name, title }) => ({ value: name, words: title })),
            onChoose: (value) => change({ ...nowhere, journey: value }),
          }}
        >
          {playing.problem !== undefined && (
            <p role="alert" className="bad">
              {strings.mock.failed(playing.problem)}
            </p>
          )}
        </MatrixTools>
        {journeys.length === 0 ? (
          <div className="empty-card" role="status">
            <p>
              {show === 'undecided'
                ? words.nothing.undecided
                : words.nothing.journey(journey ?? '')}
            </p>
            <button
              type="button"
              className="button"
              onClick={() => change({ ...nowhere, show: undefined, journey: undefined })}
            >
              {words.clear}
            </button>
          </div>
        ) : (
          <StatesGrid
            journeys={journeys}
            columns={matrix.columns}
            proofs={proofs}
            chosen={chosen}
            situation={playing.situation}
            pending={playing.pending}
            onSelect={(step, condition) => change({ step, condition }, chosen !== undefined)}
            onPlay={playing.play}
          />
        )}
        <p className="sr" role="status">
          {words.shown(
            journeys.reduce((sum, { steps }) => sum + steps.length, 0),
            undecided,
          )}
        </p>
      </main>
      {chosen && (
        <StatePanel
          chosen={chosen}
          column={
            matrix.columns.find(({ condition }) => condition === chosen.cell.condition)?.label ??
            chosen.cell.condition
          }
          diagnostics={matrix.diagnostics}
          app={app}
          proofs={
            chosen.chip === undefined ? noProofs : proofsOf(proofs, chosen.row.step, chosen.chip)
          }
          playing={playing}
          onSelect={(condition) => change({ condition })}
          onFrame={onFrame}
          onClose={() => change(nowhere, false)}
        />
      )}
      {framed && (
        <AppFrame
          app={app}
          screen={framedScreen(matrix, chosen, playing.situation)}
          situation={playing.situation}
          onClose={() => showApp(false)}
        />
      )}
    </div>
  )
}

const noProofs: readonly StateProof[] = []

function NoStates() {
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <div className="page-head">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </div>
      <section className="empty-card">
        <h2>{words.empty.title}</h2>
        <p>{words.empty.text}</p>
        <p>{words.empty.action}</p>
        <Copyable text={words.empty.command} />
      </section>
    </main>
  )
}

/** An address says only what is set. */
function withoutNothing(search: Readonly<Record<string, string | undefined>>): StatesSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  )
}
