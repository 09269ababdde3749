import { useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { studio } from '../../api.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { Prose } from '../../ui/prose.tsx'
import { decisionsQuery, threadQuery } from './review-data.ts'
import { SaidList } from './said-list.tsx'
import { SayForm } from './say-form.tsx'
import { useSay } from './use-say.ts'
import { WhoAmI } from './who.tsx'
import { words } from './words.ts'
import './review.css'

/** What was said about something of the graph, what is proposed for it, and room to say more. Others' words appear by themselves. */
export function Comments({ on }: { readonly on: string }) {
  const { data: found } = useQuery(threadQuery(on))
  const { data: board } = useQuery(decisionsQuery)
  const say = useSay((text: string, by) => studio.commentOn({ on, text, ...by }))
  const end = useSay((decision: 'resolved' | 'reopened', by) =>
    studio.endDecision({ id: found?.thread?.id ?? '' }, { decision, ...by }),
  )
  if (board === undefined || found === undefined) return null
  const { thread, proposals } = found
  const comments = thread?.entries ?? []
  const isResolved = thread?.state === 'resolved'
  return (
    <section className="comments" aria-label={words.comments.title}>
      <h3 className="caps">
        {words.comments.title}
        {comments.length > 0 && <span className="num"> {comments.length}</span>}
      </h3>
      {proposals.length > 0 && (
        <ul className="comments-proposals" aria-label={words.comments.proposals}>
          {proposals.map((one) => (
            <li key={one.id}>
              <DataLink url={one.url}>
                <Prose text={one.title} />
              </DataLink>{' '}
              <span className={`tag state-${one.state}`}>
                {words.proposals.stateWords[one.state]}
              </span>
            </li>
          ))}
        </ul>
      )}
      {comments.length > 0 && <SaidList entries={comments} label={words.comments.title} />}
      {board.readOnly ? (
        <ReadOnly />
      ) : (
        <>
          <SayForm
            label={words.comments.label}
            placeholder={words.comments.placeholder}
            pending={say.isPending || end.isPending}
            problem={say.error ?? end.error}
            onSay={(text) => say.mutateAsync(text)}
          >
            {(text) => (
              <>
                <button
                  type="submit"
                  className="button small"
                  aria-disabled={text === '' || undefined}
                >
                  {say.isPending ? words.comments.sending : words.comments.send}
                </button>
                {thread && (
                  <button
                    type="button"
                    className="button small"
                    onClick={() => end.mutate(isResolved ? 'reopened' : 'resolved')}
                  >
                    {isResolved ? words.comments.reopen : words.comments.resolve}
                  </button>
                )}
              </>
            )}
          </SayForm>
          <WhoAmI />
          {say.data?.committed?.problem !== undefined && (
            <p className="quiet">{words.comments.notCommitted(say.data.committed.problem)}</p>
          )}
        </>
      )}
    </section>
  )
}

export function ReadOnly() {
  return (
    <p className="why-not">
      <Lock size={13} aria-hidden="true" />
      {words.comments.readOnly}
    </p>
  )
}
