import { useQuery } from '@tanstack/react-query'
import type { DoneEdit } from '@throughline/core'
import { History as HistoryIcon, Lock, Redo2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Modal } from '../../ui/modal.tsx'
import { historyQuery } from './edit-api.ts'
import { useEdit } from './edit-context.ts'
import { words } from './words.ts'

const said = words.history

/** Undo, do again, and the list of all that was edited; in a studio that only shows, a word about that. */
export function EditHistoryTools() {
  const { undo, redo } = useEdit()
  const { data } = useQuery(historyQuery)
  const [open, setOpen] = useState(false)
  const [pending, setPending] = useState(false)
  if (data === undefined) return null
  if (data.readOnly)
    return (
      <span className="only-shown tip" title={said.onlyShownHint}>
        <Lock size={13} aria-hidden="true" />
        {said.onlyShown}
      </span>
    )
  const [last] = data.undo
  const [next] = data.redo
  /** One at a time: until it is done, the button still speaks of the edit before. */
  const take = async (step: () => Promise<boolean>): Promise<void> => {
    setPending(true)
    await step()
    setPending(false)
  }
  return (
    <span className="history-tools" role="group" aria-label={said.open}>
      <button
        type="button"
        className="icon-button tip"
        aria-label={last ? said.undoThis(last.title) : said.undo}
        title={last ? said.undoThis(last.title) : said.nothingUndo}
        aria-disabled={last === undefined || pending || undefined}
        onClick={() => last && !pending && void take(() => undo(last.id))}
      >
        <Undo2 size={16} />
      </button>
      <button
        type="button"
        className="icon-button tip"
        aria-label={next ? said.redoThis(next.title) : said.redo}
        title={next ? said.redoThis(next.title) : said.nothingRedo}
        aria-disabled={next === undefined || pending || undefined}
        onClick={() => next && !pending && void take(() => redo(next.id))}
      >
        <Redo2 size={16} />
      </button>
      <button
        type="button"
        className="icon-button tip history-open"
        aria-label={said.open}
        title={said.open}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <HistoryIcon size={16} />
      </button>
      {open && <HistoryDialog undone={data.redo} done={data.undo} onClose={() => setOpen(false)} />}
    </span>
  )
}

function HistoryDialog({
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
