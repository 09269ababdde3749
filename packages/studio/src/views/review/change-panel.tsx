import { useQuery } from '@tanstack/react-query'
import type { ReviewedChange } from '@throughline/core'
import { useState } from 'react'
import { studio } from '../../api.ts'
import { CodeText } from '../../ui/code-text.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { Panel, PanelTitle } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { strings } from '../../strings.ts'
import { Comments, ReadOnly } from './comments.tsx'
import { effectOf, ToneGlyph } from './effect-tag.tsx'
import { changesQuery, decisionsQuery, planQuery } from './review-data.ts'
import { SayForm } from './say-form.tsx'
import { useSay } from './use-say.ts'
import { words } from './words.ts'

/** What can be done about a change: ask for a way that breaks nobody, accept it for a while, or talk about it. */
export function ChangePanel({
  fingerprint,
  base,
  onClose,
}: {
  readonly fingerprint: string
  readonly base: string | undefined
  readonly onClose: () => void
}) {
  const { data: review, isPending } = useQuery(changesQuery(base))
  const { data: board } = useQuery(decisionsQuery)
  const change = review?.changes.find((one) => one.fingerprint === fingerprint)
  if (isPending) return null
  if (change === undefined)
    return (
      <Panel
        kind={
          <p className="kind">
            <b>{words.panel.kind}</b>
          </p>
        }
        onClose={onClose}
      >
        <PanelTitle>{words.panel.gone}</PanelTitle>
        <p className="lead-text">{words.panel.goneHint}</p>
      </Panel>
    )
  const effect = effectOf(change)
  return (
    <Panel
      kind={
        <p className="kind">
          <ToneGlyph tone={effect.tone} />
          <b>{effect.words}</b>
        </p>
      }
      onClose={onClose}
    >
      <PanelTitle>
        <Prose text={change.message} />
      </PanelTitle>
      {change.level === 'breaking' && change.accepted === undefined && (
        <Way change={change} base={base} readOnly={board?.readOnly !== false} />
      )}
      {change.accepted === undefined &&
        change.level !== 'info' &&
        (board?.readOnly === false ? <Accept change={change} /> : <ReadOnly />)}
      <Comments key={fingerprint} on={`change:${fingerprint}`} />
    </Panel>
  )
}

function Way({
  change: { fingerprint, message },
  base,
  readOnly,
}: {
  readonly change: ReviewedChange
  readonly base: string | undefined
  readonly readOnly: boolean
}) {
  const { data: plan, isPending } = useQuery(planQuery(fingerprint, base))
  const kept = plan?.compatibility
  const propose = useSay((_: void, by) =>
    studio.propose({
      title: words.panel.keepTitle(message),
      on: [`change:${fingerprint}`],
      overlays: kept === undefined ? [] : [kept],
      ...by,
    }),
  )
  if (isPending)
    return (
      <div role="status" aria-label={words.panel.planLoading}>
        <span className="bone wide" />
      </div>
    )
  if (plan === undefined || plan.steps.length === 0) return null
  const proposed = propose.data?.thread
  return (
    <section className="change-way">
      <h3 className="caps">{words.panel.way}</h3>
      <ol>
        {plan.steps.map(({ phase, text }) => (
          <li key={phase}>
            <b>{words.panel.phases[phase]}</b> <Prose text={text} />
          </li>
        ))}
      </ol>
      {kept === undefined ? (
        <p className="quiet">{words.panel.noOverlay}</p>
      ) : proposed === undefined ? (
        <>
          <details>
            <summary>{words.propose.change}</summary>
            <CodeText text={kept.text} label={kept.file} json />
          </details>
          {!readOnly && (
            <button
              type="button"
              className="button small"
              disabled={propose.isPending}
              onClick={() => propose.mutate()}
            >
              {words.panel.ask}
            </button>
          )}
        </>
      ) : (
        <p role="status">
          {words.panel.asked}.{' '}
          <DataLink url={proposed.url} className="inline-link">
            {words.panel.seeProposal}
          </DataLink>
        </p>
      )}
      {propose.error && (
        <p role="alert" className="edit-problem">
          {words.comments.failed(propose.error.message)}
        </p>
      )}
    </section>
  )
}

function Accept({ change: { code, fingerprint } }: { readonly change: ReviewedChange }) {
  const [until, setUntil] = useState(() => inThreeMonths(new Date()))
  const [open, setOpen] = useState(false)
  const accept = useSay((reason: string, by) =>
    studio.acceptChange({
      rule: `diff/${code}`,
      fingerprint,
      reason,
      ...(until !== '' && { expires: until }),
      ...by,
    }),
  )
  if (!open)
    return (
      <button type="button" className="button small" onClick={() => setOpen(true)}>
        {words.panel.accept}
      </button>
    )
  return (
    <section className="change-accept" aria-label={words.panel.accept}>
      <h3 className="caps">{words.panel.accept}</h3>
      <p className="quiet">
        <Prose text={words.panel.acceptLead} />
      </p>
      <SayForm
        label={words.panel.reason}
        placeholder={words.panel.reasonHint}
        pending={accept.isPending}
        problem={accept.error}
        onSay={(reason) => accept.mutateAsync(reason)}
      >
        {(text) => (
          <>
            <label className="until">
              <span>{words.panel.expires}</span>
              <input
                type="date"
                className="input"
                value={until}
                onChange={({ currentTarget: { value } }) => setUntil(value)}
              />
            </label>
            <button
              type="submit"
              className="button primary small"
              aria-disabled={text === '' || undefined}
            >
              {accept.isPending ? words.comments.sending : words.panel.doAccept}
            </button>
            <button type="button" className="button small" onClick={() => setOpen(false)}>
              {strings.inspector.close}
            </button>
          </>
        )}
      </SayForm>
    </section>
  )
}

/** `2027-02-24` */
function inThreeMonths(now: Date): string {
  const then = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 3, 1))
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate()
  then.setUTCDate(Math.min(now.getUTCDate(), last))
  return then.toISOString().slice(0, 10)
}
