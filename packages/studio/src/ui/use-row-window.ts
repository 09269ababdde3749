import { useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { rowsBetween, startsOf } from './row-window.ts'
import { usePrinting } from './use-printing.ts'

/** Pixels that are drawn above and below the screen. */
const beyond = 600

/**
 * Which rows of a long list to draw, where each is as high as what is in it: those on the screen and some around them.
 * Everything when `whole`, and on paper. A row that has been drawn is as high as it was, others are as high as `guess` says.
 * Drawn rows are children of `body` and carry `data-row`; `room` is how high those are that are not drawn between two rows.
 */
export function useRowWindow(
  body: RefObject<HTMLElement | null>,
  {
    ids,
    guess,
    whole,
  }: {
    readonly ids: readonly string[]
    readonly guess: (row: number) => number
    readonly whole: boolean
  },
) {
  const known = useRef(new Map<string, number>())
  const [measured, setMeasured] = useState(0)
  const printing = usePrinting()
  const starts = useMemo(
    () => startsOf(ids.map((id, row) => known.current.get(id) ?? guess(row))),
    // What has been measured since is in `known`.
    // oxlint-disable-next-line react/exhaustive-deps
    [ids, measured],
  )
  const [window, setWindow] = useState(() => rowsBetween(starts, 0, 1200, beyond))

  useLayoutEffect(() => {
    const scroller = body.current?.closest('.scroller')
    if (whole || !scroller) return
    const look = (): void => {
      const list = body.current
      if (!list) return
      const above = scroller.getBoundingClientRect().top - list.getBoundingClientRect().top
      const next = rowsBetween(starts, above, above + scroller.clientHeight, beyond)
      setWindow((before) => (before.from === next.from && before.to === next.to ? before : next))
    }
    look()
    scroller.addEventListener('scroll', look, { passive: true })
    const sizes = new ResizeObserver(look)
    sizes.observe(scroller)
    return () => {
      scroller.removeEventListener('scroll', look)
      sizes.disconnect()
    }
  }, [body, starts, whole])

  useLayoutEffect(() => {
    if (whole || printing || !body.current) return
    let changed = false
    for (const row of body.current.querySelectorAll<HTMLElement>(':scope > [data-row]')) {
      const id = ids[Number(row.dataset['row'])]
      const height = row.offsetHeight
      if (id === undefined || height === 0 || known.current.get(id) === height) continue
      known.current.set(id, height)
      changed = true
    }
    if (changed) setMeasured((times) => times + 1)
  }, [body, ids, window, whole, printing])

  const all = whole || printing
  return {
    from: all ? 0 : Math.min(window.from, ids.length),
    to: all ? ids.length : Math.min(window.to, ids.length),
    /** Where a row starts, pixels from the first. */
    topOf: (row: number): number => starts[row] ?? 0,
    /** How high the rows are from the one to before the other. */
    room: (from: number, to: number): number => (starts[to] ?? 0) - (starts[from] ?? 0),
  }
}
