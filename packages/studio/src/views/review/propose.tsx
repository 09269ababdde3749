import './review.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { studio } from '../../api.ts'
import { CodeText } from '../../ui/code-text.tsx'
import { Prose } from '../../ui/prose.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { InDialog } from '../edit/in-dialog.tsx'
import { operationQuery } from '../reference/reference-api.ts'
import { decisionsQuery } from './review-data.ts'
import { useSay } from './use-say.ts'
import { WhoAmI } from './who.tsx'
import { words } from './words.ts'

const say = words.propose

/** Asks the owners of an API for a field that a screen needs and no contract has: a draft to look at, then a proposal. */
export function ProposeField({
  need,
  field,
  operation,
}: {
  /** `need:checkout/basket/store.getBasket/eta` */
  readonly need: string
  /** As people call it. */
  readonly field: string
  /** `store.getBasket` */
  readonly operation: string
}) {
  const { data: board } = useQuery(decisionsQuery)
  const { data: described } = useQuery({ ...operationQuery(operation), retry: false })
  if (board === undefined || board.readOnly) return null
  const already = board.threads.find(
    (one) =>
      one.kind === 'proposal' &&
      (one.state === 'open' || one.state === 'approved') &&
      one.about.some(({ id }) => id === need),
  )
  if (already !== undefined)
    return (
      <p className="propose-already">
        {say.already}:{' '}
        <DataLink url={already.url}>
          <Prose text={already.title} />
        </DataLink>
      </p>
    )
  return (
    <InDialog
      words={say.button(described?.owner)}
      title={say.title(field)}
      className="button primary small propose-button"
    >
      {(close) => (
        <>
          <Draft need={need} onClose={close} />
          <WhoAmI />
        </>
      )}
    </InDialog>
  )
}

function Draft({ need, onClose }: { readonly need: string; readonly onClose: () => void }) {
  const id = useId()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data: draft, error } = useQuery({
    queryKey: ['draft', need],
    queryFn: () => studio.draftProposal({ need }),
    retry: false,
  })
  const propose = useSay(({ title, why }: { title: string; why: string }, by) =>
    studio.propose({
      title,
      on: draft?.on ?? [need],
      overlays: draft?.overlays ?? [],
      ...(why !== '' && { why }),
      ...by,
    }),
  )
  if (error)
    return (
      <>
        <p role="alert" className="edit-problem">
          <Prose text={error.message} />
        </p>
        <div className="edit-actions">
          <button type="button" className="button" onClick={onClose}>
            {words.me.cancel}
          </button>
        </div>
      </>
    )
  if (draft === undefined)
    return (
      <div role="status" aria-label={say.loading}>
        <span className="bone wide" />
      </div>
    )
  return (
    <form
      className="edit-form"
      onSubmit={(event) => {
        event.preventDefault()
        const data = new FormData(event.currentTarget)
        const text = (name: string): string => {
          const value = data.get(name)
          return typeof value === 'string' ? value.trim() : ''
        }
        if (propose.isPending || text('title') === '') return
        // The page is drawn anew while this waits, and this form is gone: it leads on all the same.
        void propose.mutateAsync({ title: text('title'), why: text('why') }).then(
          ({ thread }) => {
            queries.removeQueries({ queryKey: ['draft', need] })
            return navigate({ to: '/review/$thread', params: { thread: thread.id } })
          },
          () => undefined,
        )
      }}
    >
      <p>{say.lead}</p>
      <div className="edit-field">
        <label htmlFor={`${id}-title`}>{say.name}</label>
        <input
          id={`${id}-title`}
          name="title"
          className="input"
          defaultValue={draft.title}
          maxLength={200}
          required
        />
      </div>
      <div className="edit-field">
        <label htmlFor={`${id}-why`}>{say.why}</label>
        <textarea
          id={`${id}-why`}
          name="why"
          rows={2}
          className="input"
          defaultValue={draft.why}
          maxLength={20_000}
        />
      </div>
      {draft.notes.length > 0 && (
        <div className="note warn">
          <b>{say.guessed}</b>
          <ul>
            {draft.notes.map((note) => (
              <li key={note}>
                <Prose text={note} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <details>
        <summary>{say.change}</summary>
        {draft.overlays.map(({ file, text }) => (
          <CodeText key={file} text={text} label={file} json />
        ))}
      </details>
      {propose.error && (
        <p role="alert" className="edit-problem">
          <Prose text={words.comments.failed(propose.error.message)} />
        </p>
      )}
      <div className="edit-actions">
        <button
          type="submit"
          className="button primary"
          aria-disabled={propose.isPending || undefined}
        >
          {propose.isPending ? words.comments.sending : say.send}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {words.me.cancel}
        </button>
      </div>
    </form>
  )
}
