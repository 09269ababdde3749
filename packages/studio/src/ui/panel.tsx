import { X } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { strings } from '../strings.ts'

/** The panel beside a page: all that is known about what is selected. `kind` says in its head what that is. */
export function Panel({
  kind,
  onClose,
  children,
}: {
  readonly kind: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  return (
    <aside className="inspector" aria-label={strings.inspector.label}>
      <header>
        {kind}
        <button
          type="button"
          className="icon-button"
          aria-label={strings.inspector.close}
          onClick={onClose}
        >
          <X size={16} />
        </button>
      </header>
      <div className="inspector-body">{children}</div>
    </aside>
  )
}

/** The panel's heading; who opens the panel by keyboard is taken here. */
export function PanelTitle({ children }: { readonly children: ReactNode }) {
  useEffect(() => {
    if (!awaited) return
    awaited = false
    document.querySelector<HTMLElement>('#inspector-title')?.focus()
  }, [])
  return (
    <h2 id="inspector-title" tabIndex={-1}>
      {children}
    </h2>
  )
}

/** A panel was entered whose parts were still on their way. */
let awaited = false

/** Takes a reader who works by keyboard into the panel that has just been opened. */
export function enterPanel(): void {
  requestAnimationFrame(() => {
    const title = document.querySelector<HTMLElement>('#inspector-title')
    awaited = title === null
    title?.focus()
  })
}

export function Facts({
  rows,
}: {
  readonly rows: readonly (readonly [string, ReactNode] | undefined)[]
}) {
  return (
    <dl className="facts">
      {rows.flatMap((row) =>
        row
          ? [
              <div key={row[0]}>
                <dt>{row[0]}</dt>
                <dd>{row[1]}</dd>
              </div>,
            ]
          : [],
      )}
    </dl>
  )
}

export function Note({
  title,
  tone,
  children,
}: {
  readonly title: string
  readonly tone: 'plain' | 'warn' | 'accent'
  readonly children: ReactNode
}) {
  return (
    <div className={`note ${tone}`}>
      <b>{title}</b>
      <p>{children}</p>
    </div>
  )
}
