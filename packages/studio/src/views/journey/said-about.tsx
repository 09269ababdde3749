import { lazy, Suspense } from 'react'

const CommentCount = lazy(() =>
  import('../review/comment-count.tsx').then(({ CommentCount }) => ({ default: CommentCount })),
)

/** A bubble with how much was said about something; it comes after the blueprint. */
export function SaidAbout({ on }: { readonly on: string }) {
  return (
    <Suspense>
      <CommentCount on={on} />
    </Suspense>
  )
}
