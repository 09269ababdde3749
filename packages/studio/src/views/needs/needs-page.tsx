import '../../ui/matrix.css'
import './needs.css'
import { useQuery } from '@tanstack/react-query'
import type { NeedsMatrix } from '@throughline/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { workspaceQuery } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { useHere } from '../../shell/use-here.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { Copyable } from '../../ui/copyable.tsx'
import { NeedGlyph } from '../../ui/glyph.tsx'
import { MatrixSkeleton } from '../../ui/matrix-skeleton.tsx'
import { MatrixTools } from '../../ui/matrix-tools.tsx'
import { PageTools } from '../../ui/page-tools.tsx'
import { csvFile, pictureFiles } from '../../ui/picture-files.ts'
import { Prose } from '../../ui/prose.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { columnsOf, foldable, stepsWithGaps } from './columns.ts'
import { countsOf, linesOf } from './lines-of.ts'
import { NeedPanel } from './need-panel.tsx'
import { chosenIn } from './chosen-in.ts'
import type { NeedsSearch } from './needs-address.ts'
import { needsCsv } from './needs-csv.ts'
import { needsQuery } from './needs-data.ts'
import { NeedsGrid, type Spot } from './needs-grid.tsx'
import { needsPicture } from './needs-picture.ts'
import { words } from './words.ts'

/** Every response field beside every step that needs it. */
export function NeedsPage() {
  const { data: overview } = useQuery(workspaceQuery)
  const { data: matrix, error, refetch } = useQuery(needsQuery)
  useTitle(words.title, overview?.name)
  if (matrix) return <Needs matrix={matrix} />
  if (error) return <Failed problem={error} again={() => void refetch()} />
  return <MatrixSkeleton title={words.title} lead={words.lead} />
}

function Needs({ matrix }: { readonly matrix: NeedsMatrix }) {
  const search = useSearch({ from: '/needs' })
  const navigate = useNavigate()
  const { lens } = useHere()
  const { show, only, q, open } = search
  const lines = useMemo(() => linesOf(matrix, { show, only, q }), [matrix, show, only, q])
  const counts = useMemo(() => countsOf(matrix), [matrix])
  const gaps = useMemo(() => stepsWithGaps(matrix), [matrix])
  const chosen = useMemo(() => chosenIn(matrix, search), [matrix, search])
  const chosenJourney = matrix.journeys.find((one) =>
    one.steps.some(({ name }) => name === search.step),
  )?.name
  const columns = useMemo(() => {
    const names = new Set((open ?? '').split(','))
    if (chosenJourney !== undefined) names.add(chosenJourney)
    return columnsOf(matrix, names)
  }, [matrix, open, chosenJourney])

  function change(
    to: Partial<Record<keyof NeedsSearch, string | undefined>>,
    replace = true,
  ): void {
    void navigate({
      to: '/needs',
      search: (before) => withoutNothing({ ...before, ...to }),
      replace,
      resetScroll: false,
    })
  }
  const nowhere = { operation: undefined, field: undefined, step: undefined }
  function select(spot: Spot): void {
    change({ ...nowhere, ...spot }, chosen !== undefined)
  }
  function toggle(journey: string): void {
    const names = new Set((open ?? '').split(',').filter(Boolean))
    if (columns.some((column) => column.kind === 'journey' && column.id === journey))
      names.add(journey)
    else names.delete(journey)
    change({
      open: [...names].join(','),
      ...(journey === chosenJourney && { step: undefined }),
    })
  }

  useKeys({
    Escape: () => {
      if (!chosen) return
      change(nowhere, false)
      document.querySelector<HTMLElement>('.needs-grid [tabindex="0"]')?.focus()
    },
  })

  if (matrix.operations.length === 0) return <NoNeeds />
  return (
    <div className="with-inspector">
      <main id="page" tabIndex={-1} className="scroller needs-page">
        <div className="page-head matrix-head">
          <div>
            <h1>{words.title}</h1>
            <p className="lead">{words.lead}</p>
          </div>
          <PageTools
            files={[
              csvFile('needs', () => needsCsv(lines, columns)),
              ...pictureFiles('needs', () => needsPicture(lines, columns, lens)),
            ]}
          />
        </div>
        <MatrixTools
          filter={{
            label: words.filter,
            value: show ?? 'all',
            options: [
              { value: 'all', words: words.all, count: counts.all },
              { value: 'gaps', words: words.gaps, count: counts.gaps },
              { value: 'unused', words: words.unusedRows, count: counts.unused },
            ],
            onChoose: (value) => change({ show: value === 'all' ? undefined : value }),
          }}
          among={{
            label: words.operation,
            all: words.allOperations,
            value: only,
            options: matrix.operations.map((one) => ({
              value: one.operation,
              words: `${one.method} ${one.path}`.trim(),
            })),
            onChoose: (value) => change({ ...nowhere, only: value }),
          }}
          find={{ label: words.find, value: q, onChange: (value) => change({ q: value }) }}
        >
          <Legend />
        </MatrixTools>
        {lines.length === 0 ? (
          <div className="empty-card" role="status">
            <p>
              {q !== undefined
                ? words.nothing.found(q)
                : show !== undefined
                  ? words.nothing[show]
                  : words.nothing.operation(only ?? '')}
            </p>
            <button
              type="button"
              className="button"
              onClick={() => change({ ...nowhere, show: undefined, only: undefined, q: undefined })}
            >
              {words.clear}
            </button>
          </div>
        ) : (
          <NeedsGrid
            lines={lines}
            columns={columns}
            folds={foldable(matrix)}
            lens={lens}
            gaps={gaps}
            only={only}
            selected={
              chosen && {
                operation: chosen.group.operation,
                field: chosen.row.path,
                ...(chosen.step && { step: chosen.step.name }),
              }
            }
            onSelect={select}
            onToggle={toggle}
            onOnly={(operation) => change({ ...nowhere, only: operation })}
          />
        )}
        <p className="sr" role="status">
          {words.shown(lines.filter(({ kind }) => kind === 'row').length, counts.all)}
        </p>
      </main>
      {chosen && (
        <NeedPanel
          key={`${chosen.group.operation} ${chosen.row.path}`}
          chosen={chosen}
          journeys={matrix.journeys}
          onStep={(step) => change({ step })}
          onClose={() => change(nowhere, false)}
        />
      )}
    </div>
  )
}

function Legend() {
  return (
    <ul className="legend" aria-hidden="true">
      {(['covered', 'planned-for', 'optional', 'missing'] as const).map((status) => (
        <li key={status}>
          <NeedGlyph status={status} />
          {strings.need[status]}
        </li>
      ))}
    </ul>
  )
}

function NoNeeds() {
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <div className="page-head">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </div>
      <section className="empty-card">
        <h2>{words.empty.title}</h2>
        <p>{words.empty.text}</p>
        <p>
          <Prose text={words.empty.action} />
        </p>
        <Copyable text={words.empty.command} />
      </section>
    </main>
  )
}

/** An address says only what is set. */
function withoutNothing(search: Readonly<Record<string, string | undefined>>): NeedsSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  )
}
