import type { Situation, StateChip, StatesCell, StatesMatrix, StatesRow } from '@throughline/core'
import { Play as PlayIcon, Plus } from 'lucide-react'
import { Fragment, useMemo, useRef } from 'react'
import type { StateProof } from '../../client/studio-client.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { fitting } from '../../ui/fitting.ts'
import { ConditionGlyph, LineDash } from '../../ui/glyph.tsx'
import { enterPanel } from '../../ui/panel.tsx'
import { useRowWindow } from '../../ui/use-row-window.ts'
import { useGridKeys } from '../../ui/use-grid-keys.ts'
import { Wireframe } from '../../ui/wireframe.tsx'
import { strings } from '../../strings.ts'
import { stateId } from '../journey/in-journey.ts'
import { chipWord } from '../journey/states-cell.tsx'
import { facing, isPlaying, type ChosenState, type StatesJourney } from './in-states.ts'
import { pictureOf, proofsOf } from './state-proofs.ts'
import { words } from './words.ts'

interface Doing {
  /** What a browser saw. */
  readonly proofs: readonly StateProof[]
  readonly chosen: ChosenState | undefined
  readonly situation: Situation | null
  readonly pending: boolean
  readonly onSelect: (step: string, condition: string) => void
  readonly onPlay: (scenario: string | null) => void
}

/** Every step beside every way it can go: what people see then, and Play. */
export function StatesGrid({
  journeys,
  columns,
  ...doing
}: Doing & {
  readonly journeys: readonly StatesJourney[]
  readonly columns: StatesMatrix['columns']
}) {
  const grid = useRef<HTMLDivElement>(null)
  const fit: Readonly<Record<`--${string}`, number>> = fitting(1240)
  const body = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => journeys.flatMap((journey) => [journey, ...journey.steps]), [journeys])
  const ids = useMemo(() => rows.map((row) => ('step' in row ? row.step : row.name)), [rows])
  const { from, to, room, topOf } = useRowWindow(body, {
    ids,
    guess: (row) => heights['step' in rows[row]! ? 'step' : 'journey'],
    whole: rows.length * columns.length <= mostCells,
  })
  const { chosen } = doing
  const keys = useGridKeys(grid, {
    rows: rows.length,
    start: {
      row: chosen ? rows.findIndex((row) => 'step' in row && row.step === chosen.row.step) : -1,
      column: chosen ? chosen.row.cells.indexOf(chosen.cell) + 1 : 0,
    },
    height: heights.step,
    topOf,
    open: () => undefined,
  })
  // The row of the tab stop is always there.
  const drawn = [
    ...new Set([...Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at), keys.row]),
  ]
    .filter((index) => index >= 0 && index < rows.length)
    .toSorted((one, other) => one - other)
  const after = room((drawn.at(-1) ?? -1) + 1, rows.length)
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={words.grid}
      aria-describedby="states-instructions"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      className="states-grid"
      style={fit}
      {...keys.handlers}
    >
      <p id="states-instructions" hidden>
        {words.instructions}
      </p>
      <div role="row" aria-rowindex={1} className="states-row states-heads">
        <span role="columnheader" className="states-corner">
          <span className="sr">{words.step}</span>
        </span>
        {columns.map((column) => (
          <span key={column.condition} role="columnheader" className="states-column">
            <ConditionGlyph condition={column.condition} />
            <span>
              <b>{column.label}</b>
              <span>{column.hint}</span>
            </span>
          </span>
        ))}
      </div>
      <div ref={body} role="presentation">
        {drawn.map((index, place) => {
          const row = rows[index]!
          const gap = room(place === 0 ? 0 : drawn[place - 1]! + 1, index)
          return (
            <Fragment key={ids[index]}>
              {gap > 0 && <div role="presentation" style={{ height: gap }} />}
              {'step' in row ? (
                <StepRow
                  row={row}
                  index={index}
                  columns={columns.length}
                  last={index === rows.length - 1}
                  {...doing}
                />
              ) : (
                <div
                  role="row"
                  aria-rowindex={index + 2}
                  data-row={index}
                  className={`states-row states-journey line-${row.line}`}
                >
                  <span role="rowheader" className="states-line">
                    <DataLink
                      url={`/journeys/${encodeURIComponent(row.name)}`}
                      tabIndex={-1}
                      data-column={0}
                    >
                      <LineDash line={row.line} />
                      {row.title}
                    </DataLink>
                  </span>
                </div>
              )}
            </Fragment>
          )
        })}
        {after > 0 && <div role="presentation" style={{ height: after }} />}
      </div>
    </div>
  )
}

/** About how high a row is before it has been drawn, pixels. */
const heights = { journey: 32, step: 152 }
/** More cells than this, and only those around the screen are drawn. */
const mostCells = 240

function StepRow({
  row,
  index,
  columns,
  last,
  ...doing
}: Doing & {
  readonly row: StatesRow
  readonly index: number
  readonly columns: number
  readonly last: boolean
}) {
  const holes = row.cells.filter(({ status }) => status === 'missing').length
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      className={last ? 'states-row last' : 'states-row'}
    >
      {/* Its label is the text of the link. */}
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
      <span role="rowheader" className="state-step">
        <DataLink url={row.url} tabIndex={-1} data-column={0}>
          <span className="picture">
            <Wireframe kind={row.wireframe} />
          </span>
          <span className="state-step-words">
            <b>{row.title}</b>
            {row.screen !== undefined && <code>{row.screen}</code>}
            {holes > 0 && <span className="sr">, {words.shown(1, holes)}</span>}
          </span>
        </DataLink>
      </span>
      {row.cells.length === 0 ? (
        <span role="gridcell" aria-colspan={columns} className="state-cell none across">
          {words.noCalls}
        </span>
      ) : (
        row.cells.map((cell, place) => (
          <Cell key={cell.condition} row={row} cell={cell} place={place + 1} {...doing} />
        ))
      )}
    </div>
  )
}

const mostChips = 5

function Cell({
  row,
  cell,
  place,
  proofs,
  chosen,
  situation,
  pending,
  onSelect,
  onPlay,
}: Doing & { readonly row: StatesRow; readonly cell: StatesCell; readonly place: number }) {
  const selected = chosen?.row.step === row.step && chosen.cell.condition === cell.condition
  const chip = facing(cell.chips, situation)
  const open = (condition: string, byKey: boolean): void => {
    onSelect(row.step, condition)
    if (byKey) enterPanel()
  }
  if (!chip) {
    const why = cell.status === 'not-asked' ? words.notAsked : words.cannot
    return (
      // Its label is the text of the button.
      // oxlint-disable-next-line jsx-a11y/control-has-associated-label
      <div
        role="gridcell"
        className={`state-cell ${cell.status}`}
        aria-selected={selected || undefined}
      >
        <button
          type="button"
          tabIndex={-1}
          data-column={place}
          className="state-open"
          onClick={({ detail }) => open(cell.condition, detail === 0)}
        >
          <span className="state-quiet">{why}</span>
        </button>
      </div>
    )
  }
  const playing = isPlaying(chip, situation)
  const [proof] = proofsOf(proofs, row.step, chip)
  const picture = pictureOf(proof)
  const others = cell.chips.filter((one) => one !== chip)
  const missing = chip.status === 'missing'
  return (
    <div
      role="gridcell"
      className={`state-cell ${chip.status} ${playing ? 'playing' : ''}`}
      aria-selected={selected || undefined}
    >
      <button
        type="button"
        tabIndex={-1}
        data-column={place}
        className="state-open"
        onClick={({ detail }) => open(stateId(chip), detail === 0)}
      >
        {missing ? (
          <span className="state-hole">
            <b>{strings.state.missing}</b>
            {cell.condition === 'error' && <span>{chip.label}</span>}
          </span>
        ) : (
          <>
            <span className="picture" aria-hidden="true">
              {picture === undefined ? (
                <Wireframe kind={row.wireframe} condition={chip.condition} />
              ) : (
                <img src={picture} alt="" loading="lazy" />
              )}
            </span>
            {proof !== undefined && proof.verdict !== 'untested' && (
              <span className={`state-proven ${proof.verdict}`}>
                <span aria-hidden="true">{proof.verdict === 'proven' ? '✓' : '✕'}</span>{' '}
                {words.proof[proof.verdict]}
              </span>
            )}
            <span className="sr">
              {chip.label}, {strings.state[chip.status]}:{' '}
            </span>
            <span className="state-says">{chip.show ?? chip.label}</span>
            {chip.status === 'inherited' && <span className="state-from">{words.inherited}</span>}
          </>
        )}
      </button>
      <div className="state-foot">
        <PlayButton
          chip={chip}
          row={row}
          playing={playing}
          pending={pending}
          onPlay={onPlay}
          onDecide={(byKey) => open(stateId(chip), byKey)}
        />
        {cell.condition === 'error' && (cell.chips.length > 1 || !missing) && (
          <ul className="state-others">
            {!missing && (
              <li aria-hidden="true">
                <span className="state-code facing">{chipWord(chip.condition)}</span>
              </li>
            )}
            {others.slice(0, mostChips).map((one) => (
              <li key={stateId(one)}>
                <button
                  type="button"
                  tabIndex={-1}
                  className={`state-code ${one.status}`}
                  title={`${one.label}: ${strings.state[one.status]}`}
                  onClick={({ detail }) => open(stateId(one), detail === 0)}
                >
                  {chipWord(one.condition)}
                  <span className="sr">
                    , {one.label}: {strings.state[one.status]}
                  </span>
                </button>
              </li>
            ))}
            {others.length > mostChips && (
              <li className="quiet">{words.more(others.length - mostChips)}</li>
            )}
          </ul>
        )}
      </div>
    </div>
  )
}

function PlayButton({
  chip,
  row,
  playing,
  pending,
  onPlay,
  onDecide,
}: {
  readonly chip: StateChip
  readonly row: StatesRow
  readonly playing: boolean
  readonly pending: boolean
  readonly onPlay: (scenario: string | null) => void
  readonly onDecide: (byKey: boolean) => void
}) {
  const { scenario } = chip
  if (playing) {
    return (
      <button
        type="button"
        tabIndex={-1}
        className="pill on"
        aria-pressed="true"
        title={strings.mock.back}
        disabled={pending}
        onClick={() => onPlay(null)}
      >
        <span className="pulse" aria-hidden="true" />
        {words.playing}
      </button>
    )
  }
  if (chip.status === 'missing') {
    return (
      <button
        type="button"
        tabIndex={-1}
        className="pill decide"
        aria-label={words.decideOf(chip.label, row.title)}
        onClick={({ detail }) => onDecide(detail === 0)}
      >
        <Plus size={12} aria-hidden="true" />
        {words.decide}
      </button>
    )
  }
  if (scenario === undefined) return null
  return (
    <button
      type="button"
      tabIndex={-1}
      className="pill"
      aria-label={words.playOf(chip.label, row.title)}
      disabled={pending}
      onClick={() => onPlay(scenario)}
    >
      <PlayIcon size={10} aria-hidden="true" fill="currentColor" />
      {words.play}
    </button>
  )
}
