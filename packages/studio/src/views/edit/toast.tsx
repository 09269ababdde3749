import type { EditAnswer, EditProblem } from '@throughline/core'
import { Check, TriangleAlert, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { words } from './words.ts'

export type Said =
  | {
      readonly kind: 'saved' | 'undone' | 'redone'
      readonly title: string
      readonly files: readonly string[]
      readonly answer: EditAnswer
    }
  | { readonly kind: 'refused'; readonly problem: EditProblem }

/** How long a word about a saved edit stays, milliseconds; Ctrl-Z works for longer. */
const stays = 12_000

/** A quiet word at the foot of the page: what was written, and the way back. */
export function Toast({
  said,
  onClose,
  onUndo,
  onRedo,
}: {
  readonly said: Said | undefined
  readonly onClose: () => void
  readonly onUndo: (id?: number) => void
  readonly onRedo: (id?: number) => void
}) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (said === undefined || said.kind === 'refused' || held) return undefined
    const timer = setTimeout(onClose, stays)
    return () => clearTimeout(timer)
  })
  if (said === undefined) return null
  const { undo, redo } = said.kind === 'refused' ? { undo: [], redo: [] } : said.answer.history
  return (
    // It stays while somebody points at it or is inside it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={`toast ${said.kind}`}
      aria-label={words.toast.label}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {said.kind === 'refused' ? (
        <TriangleAlert size={15} aria-hidden="true" />
      ) : (
        <Check size={15} aria-hidden="true" />
      )}
      <p>{words.toast.says(said)}</p>
      {said.kind !== 'refused' && said.kind !== 'undone' && undo[0] && (
        <button type="button" className="button small" onClick={() => onUndo(undo[0]?.id)}>
          {words.toast.undo}
        </button>
      )}
      {said.kind === 'undone' && redo[0] && (
        <button type="button" className="button small" onClick={() => onRedo(redo[0]?.id)}>
          {words.toast.redo}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={words.toast.close}
        onClick={onClose}
      >
        <X size={15} />
      </button>
    </section>
  )
}
