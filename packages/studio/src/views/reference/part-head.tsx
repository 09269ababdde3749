import type { ReactNode } from 'react'

/** The heading of a part of the page, with what chooses in it beside it. */
export function PartHead({
  children,
  beside,
}: {
  readonly children: ReactNode
  readonly beside?: ReactNode
}) {
  return (
    <header className="part-head">
      <h2>{children}</h2>
      {beside}
    </header>
  )
}
