import './matrix.css'
import { strings } from '../strings.ts'

/** The shape of a matrix before its data is there. */
export function MatrixSkeleton({ title, lead }: { readonly title: string; readonly lead: string }) {
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <div className="page-head">
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
      </div>
      <div role="status" aria-label={strings.loading} className="matrix-bones">
        {Array.from({ length: 60 }, (_, cell) => (
          <span key={cell} className="bone wide" />
        ))}
      </div>
    </main>
  )
}
