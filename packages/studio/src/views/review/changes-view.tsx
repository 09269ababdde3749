import { useQuery } from '@tanstack/react-query'
import { ApiProblem } from '../../api.ts'
import { Failed } from '../../shell/trouble.tsx'
import { strings } from '../../strings.ts'
import { BaseChoice } from './base-choice.tsx'
import { NoGit, NoRevision, NothingChanged } from './changes-empty.tsx'
import { ChangesList } from './changes-list.tsx'
import type { ChangeSearch, ReviewSearch } from './review-address.ts'
import { changesQuery } from './review-data.ts'

/** What differs from an earlier version: the verdict, the screens that are touched, and each change in the way that is chosen. */
export function ChangesView({
  search,
  change,
  onOpen,
}: {
  readonly search: ReviewSearch
  readonly change: ChangeSearch
  readonly onOpen: (fingerprint: string) => void
}) {
  const { data: review, error, isPlaceholderData, refetch } = useQuery(changesQuery(search.base))
  if (error instanceof ApiProblem && error.status === 409) return <NoGit />
  if (error instanceof ApiProblem && error.status === 404)
    return <NoRevision detail={error.message} back={() => change({ base: undefined })} />
  if (!review) {
    if (error && !(error instanceof ApiProblem && error.status === 0))
      return <Failed problem={error} again={() => void refetch()} />
    return <Waiting />
  }
  return (
    <div className="review-changes" aria-busy={isPlaceholderData}>
      <BaseChoice key={review.base.revision} review={review} search={search} change={change} />
      {review.total === 0 ? (
        <NothingChanged review={review} />
      ) : (
        <ChangesList review={review} search={search} change={change} onOpen={onOpen} />
      )}
    </div>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={strings.loading} className="card waiting-rows">
      {[0, 1, 2, 3].map((row) => (
        <span key={row} className="bone wide" />
      ))}
    </div>
  )
}
