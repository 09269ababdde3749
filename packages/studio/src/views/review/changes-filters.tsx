import type { ChangeReview } from '@throughline/core'
import { verdicts, type ChangeSearch, type ReviewSearch, type Verdict } from './review-address.ts'
import { teamsIn, verdictOf } from './shown-changes.ts'
import { words } from './words.ts'

/** Which changes are shown: of a journey, of a team, of an effect. */
export function ChangesFilters({
  review,
  search,
  change,
}: {
  readonly review: ChangeReview
  readonly search: ReviewSearch
  readonly change: ChangeSearch
}) {
  const teams = teamsIn(review)
  const there = new Set(review.changes.map(verdictOf))
  const choice = (
    key: 'journey' | 'team' | 'verdict',
    options: readonly (readonly [string, string])[],
  ) =>
    options.length < 2 && search[key] === undefined ? null : (
      <label>
        <span>{words.filters[key]}</span>
        <select
          className="input"
          value={search[key] ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({ [key]: value === '' ? undefined : (value as Verdict) })
          }
        >
          <option value="">{words.filters.all}</option>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
    )
  return (
    <div className="review-filters" role="search" aria-label={words.filters.label}>
      {choice(
        'journey',
        review.journeys.map(({ name, title }) => [name, title]),
      )}
      {choice(
        'team',
        teams.map((team) => [team, team]),
      )}
      {choice(
        'verdict',
        verdicts.filter((one) => there.has(one)).map((one) => [one, words.verdicts[one]]),
      )}
    </div>
  )
}
