import type { ReferenceOperation } from '@throughline/core'
import { Link, useSearch } from '@tanstack/react-router'
import { Comments } from '../review/comments.tsx'
import { HistoryView } from '../review/history-view.tsx'
import { PartHead } from './part-head.tsx'
import { words } from './words.ts'

/** What was said about it, and what happened to it when somebody wants to know. */
export function OperationPast({ operation: { id } }: { readonly operation: ReferenceOperation }) {
  const { as, history, ...rest } = useSearch({ from: '/reference' })
  return (
    <>
      <section className="part" aria-label={words.history}>
        <PartHead>{words.history}</PartHead>
        {history === 'open' ? (
          <HistoryView of={{ operation: id }} />
        ) : (
          <p>
            <Link
              to="/reference/$operation"
              params={{ operation: id }}
              search={{ ...rest, ...(as !== undefined && { as }), history: 'open' }}
              resetScroll={false}
              replace
              className="button small"
            >
              {words.showHistory}
            </Link>
          </p>
        )}
      </section>
      <section className="part">
        <Comments key={id} on={`op:${id}`} />
      </section>
    </>
  )
}
