import {
  useEffect,
  useLayoutEffect,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react'

/**
 * Arrow keys inside the blueprint (one tab stop, the ARIA grid pattern): up and down within a step, left and right to
 * the same lane of the next step, Home and End to the ends of a lane. Chips stand side by side, so there left and
 * right go chip by chip.
 */
export function useRoving(grid: RefObject<HTMLElement | null>, selectedColumn: string | undefined) {
  useLayoutEffect(() => {
    if (grid.current && !grid.current.querySelector('[data-item][tabindex="0"]')) {
      grid.current.querySelector<HTMLElement>('[data-item]')?.setAttribute('tabindex', '0')
    }
  })
  useEffect(() => {
    if (selectedColumn === undefined) return
    const head = grid.current?.querySelector<HTMLElement>(
      `[data-lane=head][data-column="${CSS.escape(selectedColumn)}"]`,
    )
    if (head) showColumn(head)
  }, [grid, selectedColumn])

  return {
    onFocus: ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target.dataset['item'] === undefined) return
      for (const other of grid.current?.querySelectorAll('[data-item][tabindex="0"]') ?? [])
        other.setAttribute('tabindex', '-1')
      target.setAttribute('tabindex', '0')
    },
    onKeyDown: (event: KeyboardEvent) => {
      const from = event.target
      if (!(from instanceof HTMLElement) || from.dataset['item'] === undefined || !grid.current)
        return
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      const to = next(
        [...grid.current.querySelectorAll<HTMLElement>('[data-item]')],
        from,
        event.key,
      )
      if (to === undefined) return
      event.preventDefault()
      to?.focus({ preventScroll: true })
      if (to) {
        to.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        showColumn(to)
      }
    },
  }
}

/** The item that a key leads to, `null` at an edge; `undefined` for a key that means nothing here. */
function next(
  items: readonly HTMLElement[],
  from: HTMLElement,
  key: string,
): HTMLElement | null | undefined {
  const { lane, column } = from.dataset
  const inColumn = items.filter((item) => item.dataset['column'] === column)
  const inLane = items.filter((item) => item.dataset['lane'] === lane)
  const inCell = inLane.filter((item) => item.dataset['column'] === column)
  const sideBySide = lane === 'states'
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp': {
      const by = key === 'ArrowDown' ? 1 : -1
      const start = sideBySide ? inCell.at(by === 1 ? -1 : 0)! : from
      return inColumn[inColumn.indexOf(start) + by] ?? null
    }
    case 'ArrowRight':
    case 'ArrowLeft': {
      const by = key === 'ArrowRight' ? 1 : -1
      if (sideBySide) return inLane[inLane.indexOf(from) + by] ?? null
      const columns = [...new Set(inLane.map((item) => item.dataset['column']))]
      const to = columns[columns.indexOf(column) + by]
      if (to === undefined) return null
      const there = inLane.filter((item) => item.dataset['column'] === to)
      return there[Math.min(inCell.indexOf(from), there.length - 1)] ?? null
    }
    case 'Home':
      return inLane[0] ?? null
    case 'End':
      return inLane.at(-1) ?? null
    default:
      return undefined
  }
}

/** Scrolls sideways until the whole column stands free of the sticky first one. */
function showColumn(item: HTMLElement): void {
  const cell = item.closest<HTMLElement>('[role=gridcell], [role=columnheader]')
  const scroller = item.closest<HTMLElement>('.scroller')
  const label = scroller?.querySelector('.lane-head')
  if (!cell || !scroller || !label) return
  const box = cell.getBoundingClientRect()
  const view = scroller.getBoundingClientRect()
  const wide = label.getBoundingClientRect().width
  // On a narrow page the lane's name stands above its cells, not beside them.
  const left = view.left + (wide < view.width / 2 ? wide : 0)
  if (box.left < left) scroller.scrollBy({ left: box.left - left - 8 })
  else if (box.right > view.right) scroller.scrollBy({ left: box.right - view.right + 24 })
}
