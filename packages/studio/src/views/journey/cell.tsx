import { useEffect, useRef, type ReactNode } from 'react'
import { enterPanel } from '../../ui/panel.tsx'

/** One step in one lane. When its data changes under the reader, it lights up softly for a moment. */
export function Cell({
  lane,
  selected,
  changes,
  children,
}: {
  readonly lane: string
  readonly selected: boolean
  /** What it shows: a new value lights the cell. */
  readonly changes: unknown
  readonly children: ReactNode
}) {
  const cell = useRef<HTMLDivElement>(null)
  const now = JSON.stringify(changes, withoutIndexes)
  const before = useRef(now)
  useEffect(() => {
    if (before.current === now) return
    before.current = now
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const tint = { backgroundColor: 'var(--accent-tint)' }
    // 140 ms in, long enough to be noticed, 140 ms out.
    cell.current?.animate([{}, { ...tint, offset: 0.14 }, { ...tint, offset: 0.86 }, {}], {
      duration: 1000,
    })
  }, [now])
  return (
    <div
      ref={cell}
      role="gridcell"
      className={`cell in-${lane}`}
      data-selected={selected || undefined}
    >
      {children}
    </div>
  )
}

/** Indexes into the list of problems shift when another problem is mended: they are no change of this cell. */
function withoutIndexes(key: string, value: unknown): unknown {
  return key === 'diagnostics' ? undefined : value
}

/** A part of the blueprint that can be opened. The whole blueprint is one tab stop; arrow keys move between items. */
export function Item({
  lane,
  column,
  className,
  current,
  disabled = false,
  onOpen,
  children,
}: {
  readonly lane: string
  readonly column: string
  readonly className: string
  readonly current: boolean
  readonly disabled?: boolean
  readonly onOpen: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={className}
      data-item=""
      data-lane={lane}
      data-column={column}
      aria-current={current || undefined}
      aria-disabled={disabled || undefined}
      onClick={(event) => {
        onOpen()
        // Opened by keyboard: the reader goes along into the panel.
        if (event.detail === 0) enterPanel()
      }}
    >
      {children}
    </button>
  )
}
