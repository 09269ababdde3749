import './review.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { HistoryEntry } from '@throughline/core'
import { ApiProblem, studio } from '../../api.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { Prose } from '../../ui/prose.tsx'
import { strings } from '../../strings.ts'
import { ToneGlyph } from './effect-tag.tsx'
import { StepLink } from './step-link.tsx'
import { words } from './words.ts'

const say = words.history

/** What commits did to an operation or a journey, the newest first; older ones when somebody asks. */
export function HistoryView({
  of,
}: {
  readonly of: { readonly operation: string } | { readonly journey: string }
}) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery({
      queryKey: ['history', of],
      queryFn: ({ pageParam, signal }) => studio.getHistory({ ...of, from: pageParam }, { signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next,
      retry: false,
    })
  if (isPending)
    return (
      <div role="status" aria-label={strings.loading} className="past-bones">
        <span className="bone wide" />
        <span className="bone wide" />
      </div>
    )
  if (error)
    return error instanceof ApiProblem && error.status === 409 ? (
      <p className="quiet">
        {say.noGit} {say.noGitHint}
      </p>
    ) : (
      <p role="alert" className="edit-problem">
        {strings.failed.text(error.message)}
      </p>
    )
  const entries = data.pages.flatMap((page) => page.entries)
  const looked = data.pages.reduce((sum, page) => sum + page.looked, 0)
  return (
    <div className="past">
      <p className="quiet">{say.lead}</p>
      {entries.length === 0 && <p>{hasNextPage ? say.noneSo(looked) : say.none}</p>}
      <ol className="past-list" aria-label={say.title}>
        {entries.map((entry) => (
          <li key={entry.commit?.commit ?? 'now'}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <button
          type="button"
          className="button small"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {say.older}
        </button>
      )}
      {looked > 0 && <p className="quiet">{say.looked(looked)}</p>}
    </div>
  )
}

const tones = { breaking: 'bad', warning: 'warn', info: 'ok' } as const

function Entry({ entry: { commit, begins, changes, more } }: { readonly entry: HistoryEntry }) {
  const worst = changes[0]?.level
  return (
    <article className="past-entry">
      <ToneGlyph tone={worst === undefined ? 'plain' : tones[worst]} />
      <div>
        <p className="past-title">{commit === undefined ? say.now : commit.subject}</p>
        <p className="quiet">
          {commit === undefined ? (
            say.nowHint
          ) : (
            <>
              {commit.by}, <time dateTime={commit.at}>{words.day(commit.at)}</time>{' '}
              <DataLink url={`/review?base=${commit.commit.slice(0, 12)}`} className="inline-link">
                <code>{commit.commit.slice(0, 8)}</code>
                <span className="sr"> {say.compare}</span>
              </DataLink>
            </>
          )}
        </p>
        {begins && changes.length === 0 && <p>{say.begins}</p>}
        {changes.length > 0 && (
          <ul>
            {changes.map(({ fingerprint, message, level, steps }) => (
              <li key={fingerprint}>
                <span className={`effect-tag ${tones[level]}`}>{say.levels[level]}</span>
                <span>
                  <Prose text={message} />{' '}
                  {steps.map((step) => (
                    <StepLink key={step} step={step} />
                  ))}
                </span>
              </li>
            ))}
            {more > 0 && <li className="quiet">{say.more(more)}</li>}
          </ul>
        )}
      </div>
    </article>
  )
}
