import { useQuery } from '@tanstack/react-query'
import type { SignOff, ThreadView } from '@throughline/core'
import { Check, Clock3, MessageSquare } from 'lucide-react'
import { studio } from '../../api.ts'
import { AskedFirst } from '../edit/asked-first.tsx'
import { nameIn } from './change-card.tsx'
import { ReadOnly } from './comments.tsx'
import { useMe } from './me.ts'
import { decisionsQuery, waitingQuery } from './review-data.ts'
import { Face } from './said-list.tsx'
import { SayForm } from './say-form.tsx'
import { useSay } from './use-say.ts'
import { WhoAmI } from './who.tsx'
import { words } from './words.ts'

const say = words.proposal

/** Who must agree and who has, with what the reader can do now. */
export function SignOffs({ thread }: { readonly thread: ThreadView }) {
  const { signOffs, state, proposal } = thread
  const me = useMe()
  const { data: board } = useQuery(decisionsQuery)
  const { data: waiting } = useQuery(waitingQuery(me))
  const mine = waiting?.teams ?? []
  const given = signOffs.filter((one) => one.status === 'approved').length
  return (
    <section className="card sign-offs">
      {proposal && (
        <>
          <header>
            <h2>{say.signOff}</h2>
            {signOffs.length > 0 && (
              <span className="num">{say.signed(given, signOffs.length)}</span>
            )}
          </header>
          {signOffs.length === 0 && <p className="quiet">{say.noTeam}</p>}
          <ul>
            {signOffs.map((one) => (
              <li
                key={one.team}
                className={isTurn(one, mine) && state === 'open' ? 'turn' : undefined}
              >
                <Face person={one.by ?? one.team} />
                <div>
                  <b>{one.team}</b>
                  <span className="quiet">
                    {one.by === undefined ? say.because(one.because) : nameIn(one.by)}
                  </span>
                </div>
                <Status of={one} turn={isTurn(one, mine) && state === 'open'} />
                {one.text !== undefined && <p>{one.text}</p>}
              </li>
            ))}
          </ul>
        </>
      )}
      {board?.readOnly === false ? <Actions thread={thread} mine={mine} /> : board && <ReadOnly />}
    </section>
  )
}

function isTurn({ team, status }: SignOff, mine: readonly string[]): boolean {
  return mine.includes(team) && status !== 'approved'
}

function Status({ of, turn }: { readonly of: SignOff; readonly turn: boolean }) {
  const { status } = of
  return (
    <span className={`sign-status ${turn ? 'turn' : status}`}>
      {turn && status === 'waiting' ? say.yourTurn : say.status[status]}
      {status === 'approved' ? (
        <Check size={14} aria-hidden="true" />
      ) : status === 'objected' ? (
        <MessageSquare size={14} aria-hidden="true" />
      ) : (
        <Clock3 size={14} aria-hidden="true" />
      )}
    </span>
  )
}

function Actions({
  thread,
  mine,
}: {
  readonly thread: ThreadView
  readonly mine: readonly string[]
}) {
  const { id, state, proposal, signOffs } = thread
  const revision = proposal?.revision
  const comment = useSay((text: string, by) => studio.comment({ id }, { text, ...by }))
  const sign = useSay(
    (
      { says, text, team }: { says: 'approve' | 'object'; text: string; team: string | undefined },
      by,
    ) =>
      studio.sign(
        { id },
        {
          says,
          ...(revision !== undefined && { revision }),
          ...(text !== '' && { text }),
          ...(team !== undefined && { team }),
          ...by,
        },
      ),
  )
  const end = useSay(
    (
      { decision, reason }: { decision: 'declined' | 'resolved' | 'reopened'; reason?: string },
      by,
    ) =>
      studio.endDecision(
        { id },
        { decision, ...(reason !== undefined && reason !== '' && { reason }), ...by },
      ),
  )
  const apply = useSay((_: void, by) => studio.applyProposal({ id }, by))
  const pending = [comment, sign, end, apply].some((one) => one.isPending)
  const problem = comment.error ?? sign.error ?? end.error ?? apply.error
  const isOpen = state === 'open' || state === 'approved'
  // Who belongs to one of the teams signs for it; the server knows whether they may.
  const turns = signOffs.filter((one) => isTurn(one, mine)).map((one) => one.team)
  const team = turns[0] ?? signOffs.find((one) => mine.includes(one.team))?.team
  const notCommitted = [comment, sign, end, apply]
    .map((one) => one.data?.committed?.problem)
    .find((one) => one !== undefined)
  return (
    <>
      <SayForm
        label={say.why}
        pending={pending}
        problem={problem}
        onSay={(text) => comment.mutateAsync(text)}
      >
        {(text) => (
          <>
            {proposal && state === 'open' && (
              <>
                <button
                  type="button"
                  className="button primary small"
                  disabled={pending}
                  onClick={() => sign.mutate({ says: 'approve', text, team })}
                >
                  <Check size={13} aria-hidden="true" />
                  {say.approve}
                </button>
                {signOffs.length > 0 && (
                  <button
                    type="button"
                    className="button small"
                    disabled={pending}
                    onClick={() => sign.mutate({ says: 'object', text, team })}
                  >
                    {say.object}
                  </button>
                )}
              </>
            )}
            {proposal && state === 'approved' && (
              <AskedFirst
                words={say.apply}
                title={say.applyTitle}
                text={say.applyText}
                yes={say.applyYes}
                no={say.no}
                className="button primary small"
                onYes={() => apply.mutate()}
              />
            )}
            <button type="submit" className="button small" aria-disabled={text === '' || undefined}>
              {words.comments.send}
            </button>
            {isOpen && proposal && (
              <AskedFirst
                words={say.decline}
                title={say.declineTitle}
                text={say.declineText}
                yes={say.declineYes}
                no={say.no}
                onYes={() => end.mutate({ decision: 'declined', reason: text })}
              />
            )}
            {isOpen && !proposal && (
              <button
                type="button"
                className="button small"
                onClick={() => end.mutate({ decision: 'resolved', reason: text })}
              >
                {words.comments.resolve}
              </button>
            )}
            {(state === 'declined' || state === 'resolved') && (
              <button
                type="button"
                className="button small"
                onClick={() => end.mutate({ decision: 'reopened', reason: text })}
              >
                {say.reopen}
              </button>
            )}
          </>
        )}
      </SayForm>
      <WhoAmI />
      {state === 'applied' && (
        <p role="status" className="ok">
          {say.applied}
        </p>
      )}
      {notCommitted !== undefined && (
        <p className="quiet">{words.comments.notCommitted(notCommitted)}</p>
      )}
    </>
  )
}
