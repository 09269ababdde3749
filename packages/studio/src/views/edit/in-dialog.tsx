import { Suspense, useState, type ReactNode } from 'react'
import { Modal } from '../../ui/modal.tsx'

/** A button that opens a form in a dialog. */
export function InDialog({
  words: label,
  title,
  icon,
  className = 'button',
  children,
}: {
  readonly words: string
  readonly title: string
  readonly icon?: ReactNode
  readonly className?: string
  readonly children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={className} onClick={() => setOpen(true)}>
        {icon}
        {label}
      </button>
      {/* Opens when all of it is there: the browser then finds the first field to go to. */}
      <Suspense>
        {open && (
          <Modal label={title} className="edit-dialog" onClose={() => setOpen(false)}>
            <h2>{title}</h2>
            {children(() => setOpen(false))}
          </Modal>
        )}
      </Suspense>
    </>
  )
}
