import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import { History as HistoryIcon, Lock, Redo2, Undo2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import { historyQuery } from './edit-api.ts'
import { useEdit } from './edit-context.ts'
import { words } from './words.ts'

const said = words.history

const HistoryDialog = lazyRouteComponent(() => import('./history-dialog.tsx'), 'HistoryDialog')

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
      <Suspense>
        {open && (
          <HistoryDialog undone={data.redo} done={data.undo} onClose={() => setOpen(false)} />
        )}
      </Suspense>
    </span>
  )
}
