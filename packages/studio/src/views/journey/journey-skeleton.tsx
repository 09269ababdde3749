import { strings } from '../../strings.ts'

/** The shape of a blueprint before its data is there. */
export function JourneySkeleton() {
  return (
    <main id="page" tabIndex={-1} className="scroller">
      <div role="status" aria-label={strings.loading}>
        <div className="page-head">
          <span className="bone" />
          <span className="bone title" />
          <span className="bone wide" />
        </div>
        <div className="totals">
          {[0, 1, 2, 3].map((card) => (
            <div key={card} className="total">
              <span className="bone" />
              <span className="bone title" />
              <span className="bone wide" />
            </div>
          ))}
        </div>
        <div className="bone-grid">
          {Array.from({ length: 24 }, (_, cell) => (
            <span key={cell} className="bone wide" />
          ))}
        </div>
      </div>
    </main>
  )
}
