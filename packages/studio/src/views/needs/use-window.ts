import { useLayoutEffect, useState, type RefObject } from 'react'
import { usePrinting } from '../../ui/use-printing.ts'

export interface Window {
  readonly from: number
  /** The first line that is not drawn. */
  readonly to: number
}

/** Lines move in and out in parcels, so that most scroll events draw nothing. */
const parcel = 4
const beyond = 12

/**
 * Which lines of a long list to draw: those on the screen and some around them. Everything when `whole`, and on paper.
 * `body` starts where the first line does; all lines are `height` pixels high.
 */
export function useWindow(
  body: RefObject<HTMLElement | null>,
  {
    count,
    height,
    whole,
  }: { readonly count: number; readonly height: number; readonly whole: boolean },
): Window {
  const [window, setWindow] = useState<Window>({ from: 0, to: 40 })
  const printing = usePrinting()
  useLayoutEffect(() => {
    const scroller = body.current?.closest('.scroller')
    if (whole || !scroller) return
    const look = (): void => {
      const list = body.current
      if (!list) return
      const above = scroller.getBoundingClientRect().top - list.getBoundingClientRect().top
      const next = windowOf(above, scroller.clientHeight, height)
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
  }, [body, height, whole])
  return whole || printing
    ? { from: 0, to: count }
    : { from: Math.min(window.from, count), to: Math.min(window.to, count) }
}

/** `above`: pixels of the list that are scrolled away. */
export function windowOf(above: number, visible: number, height: number): Window {
  const first = Math.floor(Math.max(0, above) / height)
  const last = Math.ceil((above + visible) / height)
  return {
    from: Math.max(0, Math.floor((first - beyond) / parcel) * parcel),
    to: Math.max(0, Math.ceil((last + beyond) / parcel) * parcel),
  }
}
