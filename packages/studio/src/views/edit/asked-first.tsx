import type { ReactNode } from 'react'
import { InDialog } from './in-dialog.tsx'

/** A button for what takes something away: it says what goes with it before it does so. */
export function AskedFirst({
  words,
  icon,
  title,
  text,
  yes,
  no,
  className = 'button small',
  onYes,
}: {
  readonly words: string
  readonly icon?: ReactNode
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no: string
  readonly className?: string
  readonly onYes: () => void
}) {
  return (
    <InDialog words={words} title={title} icon={icon} className={className}>
      {(close) => (
        <>
          <p>{text}</p>
          <div className="edit-actions">
            <button
              type="button"
              className="button primary"
              onClick={() => {
                close()
                onYes()
              }}
            >
              {yes}
            </button>
            <button type="button" className="button" onClick={close}>
              {no}
            </button>
          </div>
        </>
      )}
    </InDialog>
  )
}
