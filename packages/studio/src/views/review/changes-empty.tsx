import type { ChangeReview } from '@throughline/core'
import { Copyable } from '../../ui/copyable.tsx'
import { Prose } from '../../ui/prose.tsx'
import { words } from './words.ts'

/** Nothing differs from the version it is held against. */
export function NothingChanged({ review: { base } }: { readonly review: ChangeReview }) {
  return (
    <section className="empty-card card">
      <svg className="broken-line" viewBox="0 0 200 44" aria-hidden="true">
        <path d="M4 30c30 0 44-16 96-16s66 16 96 16" />
        <circle cx="100" cy="14" r="9" />
      </svg>
      <h2>{words.empty.nothing}</h2>
      <p>{words.empty.nothingSince(base.subject)}</p>
      <p className="quiet">{words.empty.nothingHint}</p>
    </section>
  )
}

/** A folder without Git has no earlier version. */
export function NoGit() {
  return (
    <section className="empty-card card">
      <svg className="broken-line" viewBox="0 0 200 44" aria-hidden="true">
        <path d="M4 30c30 0 44-16 96-16s66 16 96 16" className="rest" />
        <circle cx="100" cy="14" r="9" />
      </svg>
      <h2>{words.empty.noGit}</h2>
      <p>{words.empty.noGitHint}</p>
      <Copyable text={words.empty.noGitCommand} />
    </section>
  )
}

/** Git does not know the version that was asked for. */
export function NoRevision({
  detail,
  back,
}: {
  readonly detail: string
  readonly back: () => void
}) {
  return (
    <section className="empty-card card" role="alert">
      <h2>{words.empty.noRevision}</h2>
      <p>
        <Prose text={detail} />
      </p>
      <button type="button" className="button" onClick={back}>
        {words.empty.back}
      </button>
    </section>
  )
}
