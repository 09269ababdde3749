import type { DoneEdit } from '@throughline/core'
import { useState } from 'react'
import { Modal } from '../../ui/modal.tsx'
import { useEdit } from './edit-context.ts'
import { words } from './words.ts'

const said = words.history

/** All that was edited since the studio started, newest first, and the way back to any of it. */
export function HistoryDialog({
  undone,
  done,
  onClose,
}: {
  readonly undone: readonly DoneEdit[]
  readonly done: readonly DoneEdit[]
  readonly onClose: () => void
}) {
  const { undo, redo } = useEdit()
  const [pending, setPending] = useState(false)
  /** One after another, until that one is done too or something stands in the way. */
  const all = async (
    edits: readonly DoneEdit[],
    one: (id: number) => Promise<boolean>,
  ): Promise<void> => {
    setPending(true)
    for (const { id } of edits) if (!(await one(id))) break
    setPending(false)
  }
  return (
    <Modal label={said.title} className="edit-dialog" onClose={onClose}>
      <h2>{said.title}</h2>
      {done.length + undone.length === 0 ? (
        <p>{said.none}</p>
      ) : (
        <>
          <p className="edit-hint">{said.lead}</p>
          <ol className="history-list" aria-busy={pending}>
            {undone
              .map((edit, index) => (
                <li key={edit.id} className="undone">
                  <span>
                    {edit.title}
                    <small>{said.undone}</small>
                  </span>
                  <button
                    type="button"
                    className="button small"
                    disabled={pending}
                    aria-label={said.redoThis(edit.title)}
                    onClick={() => void all(undone.slice(0, index + 1), redo)}
                  >
                    {said.redo}
                  </button>
                </li>
              ))
              .toReversed()}
            {done.map((edit, index) => (
              <li key={edit.id}>
                <span>
                  {edit.title}
                  <small>{edit.files.join(', ')}</small>
                </span>
                <button
                  type="button"
                  className="button small"
                  disabled={pending}
                  aria-label={said.backTo(edit.title)}
                  onClick={() => void all(done.slice(0, index + 1), undo)}
                >
                  {index === 0 ? said.undo : said.back}
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
      <div className="edit-actions">
        <button type="button" className="button" onClick={onClose}>
          {said.close}
        </button>
      </div>
    </Modal>
  )
}
