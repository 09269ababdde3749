import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react'
import { enterPanel } from './panel.tsx'

interface Place {
  readonly row: number
  readonly column: number
}

/**
 * The ARIA grid pattern over rows that may not all be drawn: one tab stop, arrows, Home and End along a row, with Ctrl
 * to the corners, Page up and down by a screen, Enter and Space open. A row carries `data-row` (lines from 0,
 * heads -1 and less), whatever can have the focus in it `data-column`. The row of the tab stop must be drawn: it is `row`.
 */
export function useGridKeys(
  grid: RefObject<HTMLElement | null>,
  {
    rows,
    heads = 0,
    start,
    height,
    topOf = (row) => row * height,
    open,
  }: {
    readonly rows: number
    /** How many rows of the head can have the focus. */
    readonly heads?: number
    /** Where the tab stop is at first, and moves when it changes; a negative row for nowhere. */
    readonly start: Place
    readonly height: number
    /** Where a row starts, pixels from the first, where they are of different heights. */
    readonly topOf?: (row: number) => number
    readonly open: (row: number, column: number) => void
  },
) {
  const [at, setAt] = useState<Place>({ row: Math.max(0, start.row), column: start.column })
  const goes = useRef(false)
  const row = Math.min(at.row, rows - 1)

  useLayoutEffect(() => {
    const element = grid.current
    if (!element) return
    for (const other of element.querySelectorAll('[data-column][tabindex="0"]'))
      other.setAttribute('tabindex', '-1')
    const stop = itemAt(element, row, at.column)
    stop?.setAttribute('tabindex', '0')
    if (!goes.current || !stop) return
    goes.current = false
    stop.focus({ preventScroll: true })
    stop.scrollIntoView({ block: 'nearest', inline: at.column === 0 ? 'start' : 'nearest' })
  })

  // An address that names a cell leads to it, wherever it stands in the list.
  useEffect(() => {
    if (start.row < 0 || !grid.current) return
    setAt({ row: start.row, column: start.column })
    const stop = itemAt(grid.current, start.row, start.column)
    if (stop) stop.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    else
      grid.current
        .closest('.scroller')
        ?.scrollTo({ top: grid.current.offsetTop + topOf(start.row) - 200 })
    // The list may change around a selected cell without taking the reader along.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [start.row, start.column])

  function placeOf(target: EventTarget): Place | undefined {
    if (!(target instanceof Element)) return undefined
    const item = target.closest<HTMLElement>('[data-column]')
    const line = item?.closest<HTMLElement>('[data-row]')
    if (!item || !line) return undefined
    return { row: Number(line.dataset['row']), column: Number(item.dataset['column']) }
  }

  return {
    row,
    handlers: {
      onFocus: ({ target }: FocusEvent) => {
        const place = placeOf(target)
        if (place && (place.row !== at.row || place.column !== at.column)) setAt(place)
      },
      onClick: (event: MouseEvent) => {
        const place = placeOf(event.target)
        if (place && !isActive(event.target)) open(place.row, place.column)
      },
      onKeyDown: (event: KeyboardEvent) => {
        const place = placeOf(event.target)
        if (!place || !grid.current || event.altKey || event.metaKey || event.shiftKey) return
        if (event.key === 'Enter' || event.key === ' ') {
          if (isActive(event.target)) return
          event.preventDefault()
          open(place.row, place.column)
          return enterPanel()
        }
        const next = nextPlace(grid.current, place, event, { rows, heads, height })
        if (!next) return
        event.preventDefault()
        goes.current = true
        setAt({ ...next })
      },
    },
  }
}

/** Links and buttons do their own thing. */
function isActive(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button') !== null
}

function nextPlace(
  grid: HTMLElement,
  { row, column }: Place,
  { key, ctrlKey }: KeyboardEvent,
  {
    rows,
    heads,
    height,
  }: { readonly rows: number; readonly heads: number; readonly height: number },
): Place | undefined {
  const within = (to: number): Place => ({ row: Math.min(Math.max(to, -heads), rows - 1), column })
  const page = Math.max(1, Math.floor((grid.closest('.scroller')?.clientHeight ?? 0) / height) - 5)
  if (ctrlKey) {
    if (key === 'Home') return { row: 0, column: 0 }
    return key === 'End' ? { row: rows - 1, column: Number.MAX_SAFE_INTEGER } : undefined
  }
  switch (key) {
    case 'ArrowDown':
      return within(row + 1)
    case 'ArrowUp':
      return within(row - 1)
    case 'PageDown':
      return within(row + page)
    case 'PageUp':
      return within(Math.max(row - page, Math.min(row, 0)))
    case 'ArrowRight':
    case 'ArrowLeft': {
      const columns = itemsIn(grid, row).map((item) => Number(item.dataset['column']))
      const to = columns[columns.indexOf(column) + (key === 'ArrowRight' ? 1 : -1)]
      return to === undefined ? { row, column } : { row, column: to }
    }
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: Number.MAX_SAFE_INTEGER }
    default:
      return undefined
  }
}

function itemsIn(grid: HTMLElement, row: number): readonly HTMLElement[] {
  return [...grid.querySelectorAll<HTMLElement>(`[data-row="${row}"] [data-column]`)]
}

/** The cell of a column, or the one that reaches over it. */
function itemAt(grid: HTMLElement, row: number, column: number): HTMLElement | undefined {
  const items = itemsIn(grid, row)
  return items.findLast((item) => Number(item.dataset['column']) <= column) ?? items[0]
}
