import type { NeedsRow } from '@throughline/core'
import { ChevronRight, ListFilter } from 'lucide-react'
import { memo, useRef, type PointerEvent } from 'react'
import type { Lens } from '../../address.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { fitting } from '../../ui/fitting.ts'
import { NeedGlyph } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { strings } from '../../strings.ts'
import { cellsIn, journeysOf, worstOf, type Column } from './columns.ts'
import type { Line } from './lines-of.ts'
import { useGridKeys } from '../../ui/use-grid-keys.ts'
import { useWindow } from './use-window.ts'
import { words } from './words.ts'

/** Pixels: what `.need-line` says too. */
const height = 31
/** More lines than this, or more cells, and only those on the screen are drawn. */
const most = { lines: 300, cells: 3000 }

export interface Spot {
  readonly operation: string
  readonly field: string
  readonly step?: string
}

/** Response fields beside the steps that need them: one tab stop, arrow keys between the cells. */
export function NeedsGrid({
  lines,
  columns,
  folds,
  lens,
  gaps,
  only,
  selected,
  onSelect,
  onToggle,
  onOnly,
}: {
  readonly lines: readonly Line[]
  readonly columns: readonly Column[]
  /** Whether journeys can be folded into one column. */
  readonly folds: boolean
  readonly lens: Lens
  /** Steps with a red station. */
  readonly gaps: ReadonlySet<string>
  readonly only: string | undefined
  readonly selected: Spot | undefined
  readonly onSelect: (spot: Spot) => void
  readonly onToggle: (journey: string) => void
  readonly onOnly: (operation: string | undefined) => void
}) {
  const grid = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const crosshair = useRef<HTMLDivElement>(null)
  const selectedLine = selected ? `${selected.operation} ${selected.field}` : undefined
  const whole = lines.length <= most.lines && lines.length * columns.length <= most.cells
  const { from, to } = useWindow(body, { count: lines.length, height, whole })

  const keys = useGridKeys(grid, {
    rows: lines.length,
    heads: 2,
    start: {
      row: lines.findIndex(({ id }) => id === selectedLine),
      column: columns.findIndex(({ id }) => id === selected?.step) + 1,
    },
    height,
    open: (row, column) => {
      const line = lines[row]
      if (line?.kind !== 'row') return
      const { operation } = line.group
      const field = line.row.path
      const chosen = columns[column - 1]
      if (chosen?.kind === 'journey') {
        const [only, ...others] = cellsIn(chosen, line.row.cells)
        if (only && others.length === 0) return onSelect({ operation, field, step: only.step })
        return onToggle(chosen.journey.name)
      }
      onSelect({ operation, field, ...(chosen && { step: chosen.id }) })
    },
  })
  const drawn = new Set(Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index))
  if (keys.row >= 0 && keys.row < lines.length) drawn.add(keys.row)

  /** The light column under the pointer; the row lights up by itself. */
  function follow(event: PointerEvent): void {
    const strip = crosshair.current
    const cell =
      event.target instanceof Element ? event.target.closest<HTMLElement>('.need-cell') : null
    if (!strip || event.pointerType === 'touch') return
    strip.hidden = cell === null
    if (!cell) return
    strip.style.left = `${cell.offsetLeft}px`
    strip.style.width = `${cell.offsetWidth}px`
  }

  const sizes: Readonly<Record<`--${string}`, number>> = {
    '--columns': columns.length,
    ...fitting(316 + columns.length * 76),
  }
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={words.grid}
      aria-describedby="needs-instructions"
      aria-rowcount={lines.length + 2}
      aria-colcount={columns.length + 1}
      className="needs-grid"
      style={sizes}
      onPointerOver={follow}
      onPointerLeave={() => {
        if (crosshair.current) crosshair.current.hidden = true
      }}
      {...keys.handlers}
    >
      <p id="needs-instructions" hidden>
        {words.instructions}
      </p>
      <div ref={crosshair} className="crosshair" hidden />
      <Head columns={columns} folds={folds} gaps={gaps} onToggle={onToggle} />
      <div
        ref={body}
        role="rowgroup"
        className="needs-body"
        style={{ height: lines.length * height }}
      >
        {[...drawn]
          .filter((index) => index < lines.length)
          .toSorted((one, other) => one - other)
          .map((index) => {
            const line = lines[index]!
            return line.kind === 'row' ? (
              <FieldLine
                key={line.id}
                index={index}
                row={line.row}
                columns={columns}
                lens={lens}
                selected={
                  line.id === selectedLine
                    ? columns.findIndex(({ id }) => id === selected?.step) + 1
                    : undefined
                }
              />
            ) : (
              <GroupLine
                key={line.id}
                index={index}
                line={line}
                wide={columns.length + 1}
                only={only}
                onOnly={onOnly}
              />
            )
          })}
      </div>
    </div>
  )
}

function Head({
  columns,
  folds,
  gaps,
  onToggle,
}: {
  readonly columns: readonly Column[]
  readonly folds: boolean
  readonly gaps: ReadonlySet<string>
  readonly onToggle: (journey: string) => void
}) {
  const journeys = journeysOf(columns)
  return (
    <div role="rowgroup" className="needs-head">
      <div role="row" aria-rowindex={1} className="need-row journeys-row" data-row={-2}>
        <span role="columnheader" className="field-corner">
          <span className="sr">{words.field}</span>
        </span>
        {journeys.map(({ journey, columns: its }) => {
          const folded = its[0]?.kind === 'journey'
          const first = columns.indexOf(its[0]!) + 1
          return (
            <span
              key={journey.name}
              role="columnheader"
              aria-colspan={its.length}
              className={`journey-head-cell line-${journey.line}`}
              style={{ gridColumn: `span ${its.length}` }}
            >
              {folds ? (
                <button
                  type="button"
                  tabIndex={-1}
                  data-column={first}
                  aria-expanded={!folded}
                  aria-label={(folded ? words.expand : words.collapse)(journey.title)}
                  title={journey.title}
                  onClick={() => onToggle(journey.name)}
                >
                  <ChevronRight size={13} aria-hidden="true" />
                  <span className="head-words">{journey.title}</span>
                </button>
              ) : (
                <DataLink
                  url={`/journeys/${encodeURIComponent(journey.name)}`}
                  tabIndex={-1}
                  data-column={first}
                  title={journey.title}
                >
                  <span className="head-words">{journey.title}</span>
                </DataLink>
              )}
            </span>
          )
        })}
      </div>
      <div role="row" aria-rowindex={2} className="need-row steps-row" data-row={-1}>
        <span role="columnheader" className="field-corner">
          <span>{words.field}</span>
          <span>{words.usedBy}</span>
        </span>
        {columns.map((column, index) => {
          const { journey } = column
          const place = [
            columns[index - 1]?.journey === journey ? '' : 'first',
            columns[index + 1]?.journey === journey ? '' : 'last',
          ].join(' ')
          if (column.kind === 'journey') {
            const gap = journey.steps.some(({ name }) => gaps.has(name))
            return (
              <span
                key={column.id}
                role="columnheader"
                className={`step-head-cell folded line-${journey.line} ${gap ? 'gap' : ''}`}
              >
                <button
                  type="button"
                  tabIndex={-1}
                  data-column={index + 1}
                  onClick={() => onToggle(journey.name)}
                >
                  <span className="station" />
                  <span className="head-words">{words.steps(journey.steps.length)}</span>
                  {gap && <span className="sr">, {strings.journey.stationGap}</span>}
                </button>
              </span>
            )
          }
          const gap = gaps.has(column.id)
          return (
            <span
              key={column.id}
              role="columnheader"
              className={`step-head-cell line-${journey.line} ${place} ${gap ? 'gap' : ''}`}
            >
              <DataLink
                url={column.step.url}
                tabIndex={-1}
                data-column={index + 1}
                title={column.step.title}
              >
                <span className="station" />
                <span className="head-words">{column.step.title}</span>
                {gap && <span className="sr">, {strings.journey.stationGap}</span>}
              </DataLink>
            </span>
          )
        })}
      </div>
    </div>
  )
}

function GroupLine({
  index,
  line,
  wide,
  only,
  onOnly,
}: {
  readonly index: number
  readonly line: Exclude<Line, { readonly kind: 'row' }>
  /** Columns of the grid. */
  readonly wide: number
  readonly only: string | undefined
  readonly onOnly: (operation: string | undefined) => void
}) {
  const { group } = line
  const alone = only === group.operation
  return (
    <div
      role="row"
      aria-rowindex={index + 3}
      data-row={index}
      className={`need-row need-line ${line.kind}`}
      style={{ top: index * height }}
    >
      <span role="gridcell" aria-colspan={wide} className="group-cell">
        {line.kind === 'group' ? (
          <button
            type="button"
            tabIndex={-1}
            data-column={0}
            title={alone ? words.showAll : words.onlyThis(group.operation)}
            aria-pressed={alone}
            onClick={() => onOnly(alone ? undefined : group.operation)}
          >
            <Method method={group.method} />
            <code className={group.deprecated ? 'struck' : undefined}>{group.path}</code>
            <span className="quiet">
              {group.method === '' ? words.unknownOperation : words.fields(line.rows)}
            </span>
            {group.deprecated && <span className="tag warn">{words.deprecated}</span>}
            <ListFilter size={13} aria-hidden="true" />
          </button>
        ) : (
          <span tabIndex={-1} data-column={0} className="quiet">
            {words.leftOut(group.leftOut.fields, group.leftOut.more)}
          </span>
        )}
      </span>
    </div>
  )
}

const FieldLine = memo(function FieldLine({
  index,
  row,
  columns,
  lens,
  selected,
}: {
  readonly index: number
  readonly row: NeedsRow
  readonly columns: readonly Column[]
  readonly lens: Lens
  /** The selected column of this line: 0 for the whole line. */
  readonly selected: number | undefined
}) {
  return (
    <div
      role="row"
      aria-rowindex={index + 3}
      data-row={index}
      className={`need-row need-line row ${row.unused ? 'unused' : ''}`}
      data-selected={selected === undefined ? undefined : ''}
      style={{ top: index * height }}
    >
      <div
        role="rowheader"
        tabIndex={-1}
        data-column={0}
        className="field-head"
        aria-selected={selected === 0 || undefined}
      >
        {lens === 'ux' ? (
          <span className="field-name" title={`${row.label} (${row.path})`}>
            {row.label}
          </span>
        ) : (
          <code className="field-name tail" title={row.path}>
            <bdi dir="ltr">{row.path}</bdi>
          </code>
        )}
        {lens !== 'frontend' && (
          <code className="field-note tail" aria-hidden={lens === 'ux' || undefined}>
            <bdi dir="ltr">{lens === 'ux' ? row.path : (row.type ?? '–')}</bdi>
          </code>
        )}
        {row.unused ? (
          <span className="tag">{words.unused}</span>
        ) : (
          <span className="field-used num">
            {row.usedBy}
            <span className="sr"> {words.steps(row.usedBy).replace(/^\S+/, '')}</span>
          </span>
        )}
      </div>
      {columns.map((column, place) => {
        const cells = cellsIn(column, row.cells)
        const status = worstOf(cells)
        const last = columns[place + 1]?.journey !== column.journey
        return (
          <div
            key={column.id}
            role="gridcell"
            tabIndex={-1}
            data-column={place + 1}
            className={`need-cell ${status ?? 'none'} ${last ? 'last' : ''}`}
            aria-selected={selected === place + 1 || undefined}
            aria-label={status === undefined ? words.notNeeded : undefined}
          >
            {status !== undefined && <NeedGlyph status={status} />}
            {column.kind === 'journey' && cells.length > 1 && (
              <span className="num">
                {cells.length}
                <span className="sr"> {strings.need[status!]}</span>
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
})
