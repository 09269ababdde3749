import './review.css'
import { useQuery } from '@tanstack/react-query'
import type { DecisionBoard } from '@throughline/core'
import { MessageSquare } from 'lucide-react'
import { decisionsQuery } from './review-data.ts'
import { words } from './words.ts'

/** A bubble with how much was said about something; nothing where nobody has. All bubbles of a page ask once. */
export function CommentCount({ on }: { readonly on: string }) {
  const { data: board } = useQuery(decisionsQuery)
  const count = board === undefined ? 0 : (countsIn(board).get(on) ?? 0)
  if (count === 0) return null
  return (
    <span className="comment-count num" title={words.comments.count(count)}>
      <MessageSquare size={11} aria-hidden="true" />
      {count}
      <span className="sr"> {words.comments.named(count)}</span>
    </span>
  )
}

const counted = new WeakMap<DecisionBoard, ReadonlyMap<string, number>>()

/** Comments in open threads, by what they are about. */
function countsIn(board: DecisionBoard): ReadonlyMap<string, number> {
  const known = counted.get(board)
  if (known !== undefined) return known
  const counts = new Map<string, number>()
  for (const { about, comments, state } of board.threads)
    if (state === 'open' || state === 'approved')
      for (const { id } of about) counts.set(id, (counts.get(id) ?? 0) + comments)
  counted.set(board, counts)
  return counts
}
