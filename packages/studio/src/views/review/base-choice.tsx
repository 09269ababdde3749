import type { ChangeReview } from '@throughline/core'
import { useState } from 'react'
import type { ChangeSearch, ReviewSearch } from './review-address.ts'
import { words } from './words.ts'

/** The earlier version that the files are held against: one of the usual ones, or any that Git knows. */
export function BaseChoice({
  review: { base, bases },
  search,
  change,
}: {
  readonly review: ChangeReview
  readonly search: ReviewSearch
  readonly change: ChangeSearch
}) {
  const [typing, setTyping] = useState(false)
  const known = bases.some(({ revision }) => revision === base.revision)
  const nameOf = ({ revision, kind }: ChangeReview['bases'][number]): string =>
    kind === 'branch'
      ? words.base.branch(revision)
      : revision === 'HEAD'
        ? words.base.head
        : revision === 'HEAD~1'
          ? words.base.before
          : revision
  return (
    <div className="review-base">
      {typing ? (
        <form
          className="review-base-form"
          onSubmit={(event) => {
            event.preventDefault()
            const typed = new FormData(event.currentTarget).get('base')
            const next = typeof typed === 'string' ? typed.trim() : ''
            setTyping(false)
            if (next !== '') change({ base: next, change: undefined })
          }}
        >
          <label>
            <span>{words.base.label}</span>
            <input
              name="base"
              className="input mono"
              defaultValue={search.base}
              placeholder={words.base.otherHint}
              autoComplete="off"
              spellCheck={false}
              maxLength={250}
              ref={(input) => input?.focus()}
            />
          </label>
          <button type="submit" className="button primary">
            {words.base.open}
          </button>
          <button type="button" className="button" onClick={() => setTyping(false)}>
            {words.me.cancel}
          </button>
        </form>
      ) : (
        <label>
          <span>{words.base.label}</span>
          <select
            className="input"
            value={base.revision}
            onChange={({ currentTarget: { value } }) => {
              if (value === '') setTyping(true)
              else
                change({
                  base: value === bases[0]?.revision ? undefined : value,
                  change: undefined,
                })
            }}
          >
            {!known && <option value={base.revision}>{base.revision}</option>}
            {bases.map((one) => (
              <option key={one.revision} value={one.revision}>
                {nameOf(one)}
              </option>
            ))}
            <option value="">{words.base.other}…</option>
          </select>
        </label>
      )}
      <p className="review-base-words">
        <code>{base.commit.slice(0, 8)}</code> <b>{base.subject}</b>{' '}
        <span>{words.base.is(base.by, words.day(base.at))}</span>
      </p>
    </div>
  )
}
