import type { ReviewedChange, ReviewedImpact, SourceExcerpt } from '@throughline/core'
import { ArrowRight, MessageSquare } from 'lucide-react'
import { Fragment } from 'react'
import { DataLink } from '../../ui/data-link.tsx'
import { Method } from '../../ui/method.tsx'
import { Facts } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { CommentCount } from './comment-count.tsx'
import { EffectTag } from './effect-tag.tsx'
import type { Reading } from './review-address.ts'
import { StepLink } from './step-link.tsx'
import { words } from './words.ts'

/** One change, in plain words, by its fields, or as both files say it. */
export function ChangeCard({
  change,
  read,
  open,
  onOpen,
}: {
  readonly change: ReviewedChange
  readonly read: Reading
  readonly open: boolean
  readonly onOpen: () => void
}) {
  const { message, operation, owner, fingerprint, accepted } = change
  return (
    <article
      className={open ? 'card change-card open' : 'card change-card'}
      id={`change-${fingerprint}`}
    >
      <header>
        <h3>
          <Prose text={message} />
        </h3>
        <EffectTag change={change} />
      </header>
      {accepted !== undefined && (
        <p className="change-accepted">
          {accepted.expires !== undefined &&
            `${words.card.acceptedUntil(words.day(accepted.expires))}: `}
          {accepted.reason}
          {accepted.by !== undefined && ` (${nameIn(accepted.by)})`}
        </p>
      )}
      {read === 'words' && <InWords change={change} />}
      {read === 'fields' && <InFields change={change} />}
      {read === 'raw' && <Raw change={change} />}
      <footer>
        {operation !== undefined && (
          <span className="change-place">
            <Method method={operation.method} />
            {operation.url === undefined ? (
              <code>{operation.path}</code>
            ) : (
              <DataLink url={operation.url}>
                <code>{operation.path}</code>
              </DataLink>
            )}
          </span>
        )}
        {owner !== undefined && <span className="tag">{owner}</span>}
        <CommentCount on={`change:${fingerprint}`} />
        <button
          type="button"
          className="button small"
          aria-label={words.card.openHint(message)}
          aria-expanded={open}
          onClick={onOpen}
        >
          <MessageSquare size={13} aria-hidden="true" />
          {words.card.open}
        </button>
      </footer>
    </article>
  )
}

/** `Ada Lovelace <ada@example.com>` -> `Ada Lovelace` */
export function nameIn(person: string): string {
  return person.replace(/\s*<[^<>]*>\s*$/, '') || person
}

const mostSteps = 6

function InWords({ change: { impact, from, to, decidedBy } }: { readonly change: ReviewedChange }) {
  const shown = impact.slice(0, mostSteps)
  const why = words.card.decidedBy[decidedBy]
  return (
    <>
      {impact.length === 0 ? (
        <p className="quiet">{words.card.unused}</p>
      ) : (
        <ul className="change-impact">
          {shown.map((one) => (
            <li key={`${one.step} ${one.need?.path ?? ''} ${one.severity} ${one.client ?? ''}`}>
              <StepLink step={one.step} /> <span>{impactWords(one)}</span>
            </li>
          ))}
          {impact.length > shown.length && (
            <li className="quiet">{words.card.moreSteps(impact.length - shown.length)}</li>
          )}
        </ul>
      )}
      {(from !== undefined || to !== undefined) && <Values from={from} to={to} />}
      {why !== undefined && <p className="change-why">{why}</p>}
    </>
  )
}

function impactWords({ severity, need, fallback, client }: ReviewedImpact): string {
  const says =
    severity === 'degrades'
      ? words.card.inWords.degrades(need?.label, fallback)
      : words.card.inWords[severity](need?.label)
  return client === undefined ? says : `${says} (${words.card.client(client)})`
}

function Values({
  from,
  to,
}: {
  readonly from: string | undefined
  readonly to: string | undefined
}) {
  return (
    <p className="change-values">
      {from !== undefined && (
        <del>
          <span className="sr">{words.card.was} </span>
          <code>{from}</code>
        </del>
      )}
      {from !== undefined && to !== undefined && <ArrowRight size={13} aria-hidden="true" />}
      {to !== undefined && (
        <ins>
          <span className="sr">{words.card.is} </span>
          <code>{to}</code>
        </ins>
      )}
    </p>
  )
}

const mostFields = 8

function InFields({ change }: { readonly change: ReviewedChange }) {
  const { location, code, from, to, reach, promise, owner, component } = change
  const { operations, fields, steps } = reach.counts
  const shown = reach.fields.slice(0, mostFields)
  return (
    <Facts
      rows={[
        [
          words.card.where,
          <code key="where" className="wrap">
            {component ?? location}
          </code>,
        ],
        from === undefined
          ? undefined
          : [
              words.card.was,
              <code key="was" className="wrap">
                {from}
              </code>,
            ],
        to === undefined
          ? undefined
          : [
              words.card.is,
              <code key="is" className="wrap">
                {to}
              </code>,
            ],
        [words.card.rule, <code key="rule">{code}</code>],
        [words.card.promise, `${promise}: ${words.card.promises[promise]}`],
        [words.card.contract, words.card.classes[change.class]],
        owner === undefined ? undefined : [words.card.owner, owner],
        [
          words.card.reach,
          <Fragment key="reach">
            {words.card.reached(operations, fields, steps)}
            {shown.length > 0 && (
              <ul className="change-fields">
                {shown.map((field) => (
                  <li key={field}>
                    <code className="wrap">{field}</code>
                  </li>
                ))}
                {fields > shown.length && (
                  <li className="quiet">{words.card.moreFields(fields - shown.length)}</li>
                )}
              </ul>
            )}
          </Fragment>,
        ],
      ]}
    />
  )
}

function Raw({ change: { before, after } }: { readonly change: ReviewedChange }) {
  return (
    <div className="change-sides">
      <Side side="before" excerpt={before} />
      <Side side="after" excerpt={after} />
    </div>
  )
}

function Side({
  side,
  excerpt,
}: {
  readonly side: 'before' | 'after'
  readonly excerpt: SourceExcerpt | undefined
}) {
  const title = words.card.side[side]
  if (excerpt === undefined)
    return (
      <figure className={`source-frame ${side}`}>
        <figcaption>{title}</figcaption>
        <p className="quiet">{words.card.noSource}</p>
      </figure>
    )
  const { file, line, firstLine, lines } = excerpt
  return (
    <figure className={`source-frame ${side}`}>
      <figcaption>
        {title}{' '}
        <code>
          {file}:{line}
        </code>
      </figcaption>
      {/* A long line scrolls by itself: a scrollable area must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="group" aria-label={`${title}: ${file}`}>
        {lines.map((text, index) => {
          const number = firstLine + index
          return (
            <span key={number} className={number === line ? 'frame-line here' : 'frame-line'}>
              <span className="frame-number">{number}</span>
              <span className="frame-text">{text || ' '}</span>
            </span>
          )
        })}
      </pre>
    </figure>
  )
}
