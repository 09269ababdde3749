import { useEffect, useRef, useState, type ReactNode } from 'react'

/** A button that opens a form in its own place; when that closes, the focus is back on the button. */
export function Disclosed({
  words,
  icon,
  children,
}: {
  readonly words: string
  readonly icon?: ReactNode
  readonly children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !open) button.current?.focus()
    wasOpen.current = open
  }, [open])
  if (open) return children(() => setOpen(false))
  return (
    <button
      ref={button}
      type="button"
      className="button small"
      aria-expanded={false}
      onClick={() => setOpen(true)}
    >
      {icon}
      {words}
    </button>
  )
}
