import './kit.css'
import { BudgetBar, BudgetWords, ShareBar } from '../../ui/bars.tsx'
import { ConditionGlyph, LineDash, NeedGlyph, SeverityGlyph } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { Wireframe, type WireframeKind } from '../../ui/wireframe.tsx'
import { strings } from '../../strings.ts'

const conditions = ['loading', 'empty', 'partial', 'timeout', 'offline', 'invalid', '404']
const kinds: readonly WireframeKind[] = [
  'home',
  'list',
  'detail',
  'grid',
  'form',
  'payment',
  'map',
  'confirmation',
]
const budgets = [
  { promised: 400, calls: 212, path: [{ operation: 'a', ms: 212 }], diagnostics: [] },
  {
    promised: 600,
    calls: 560,
    path: [
      { operation: 'a', ms: 352 },
      { operation: 'b', ms: 208 },
    ],
    diagnostics: [],
  },
  {
    promised: 500,
    calls: 738,
    path: [
      { operation: 'a', ms: 238 },
      { operation: 'b', ms: 500 },
    ],
    diagnostics: [],
  },
  { promised: 500, path: [], diagnostics: [] },
  { calls: 300, path: [{ operation: 'a', ms: 300 }], diagnostics: [] },
  { path: [], diagnostics: [] },
]

/** Every small part of the studio side by side, to look at in both themes. */
export function KitPage() {
  useTitle(strings.kit.title)
  return (
    <main id="page" tabIndex={-1} className="scroller kit">
      <div className="page-head">
        <h1>{strings.kit.title}</h1>
        <p className="lead">{strings.kit.lead}</p>
      </div>
      <section>
        {(['covered', 'planned-for', 'optional', 'missing'] as const).map((status) => (
          <span key={status} className={`need ${status}`}>
            <NeedGlyph status={status} />{' '}
            <span className="need-name" aria-hidden="true">
              {strings.need[status]}
            </span>
          </span>
        ))}
        {(['error', 'warning', 'info'] as const).map((severity) => (
          <span key={severity} className="need">
            <SeverityGlyph severity={severity} />{' '}
            <span aria-hidden="true">{strings.severity[severity]}</span>
          </span>
        ))}
      </section>
      {(['designed', 'inherited', 'missing', 'cannot-happen'] as const).map((status) => (
        <section key={status}>
          {conditions.map((condition) => (
            <button key={condition} type="button" disabled className={`chip ${status}`}>
              <ConditionGlyph condition={condition} />
              <span className="chip-word">{condition}</span>
            </button>
          ))}
          <span className="quiet">{strings.state[status]}</span>
        </section>
      ))}
      <section>
        {['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'QUERY', 'MUTATION', ''].map(
          (method) => (
            <Method key={method} method={method} />
          ),
        )}
        {([1, 2, 3, 4] as const).map((line) => (
          <LineDash key={line} line={line} />
        ))}
      </section>
      <section>
        <button type="button" className="button primary">
          {strings.inspector.play}
        </button>
        <button type="button" className="button">
          {strings.inspector.back}
        </button>
        <button type="button" className="button" disabled>
          {strings.inspector.back}
        </button>
        <button type="button" className="button small">
          {strings.mock.back}
        </button>
        <span className="tag">{strings.kit.hole}</span>
        <span className="avatar" aria-hidden="true">
          M
        </span>
        <span className="pulse ok" aria-hidden="true" />
        <span className="pulse warn" aria-hidden="true" />
        <span className="on-the-mock">
          <span className="pulse" aria-hidden="true" />
          {strings.inspector.playing}
        </span>
      </section>
      <section aria-label={strings.loading}>
        <span className="bone title" />
        <span className="bone" />
        <span className="bone wide" />
      </section>
      <section className="kit-budgets">
        {budgets.map((budget) => (
          <div key={JSON.stringify(budget)} className="budget-cell">
            <BudgetWords budget={budget} />
            <BudgetBar budget={budget} longest={750} />
          </div>
        ))}
        <ShareBar
          parts={[
            { kind: 'ok', count: 6 },
            { kind: 'planned', count: 3 },
            { kind: 'warn', count: 2 },
            { kind: 'draft', count: 1 },
            { kind: 'bad', count: 1 },
          ]}
        />
      </section>
      {[undefined, ...conditions.slice(0, 4), '5xx'].map((condition) => (
        <section key={condition ?? 'as it is'}>
          {kinds.map((kind) => (
            <div key={kind} className="picture">
              <Wireframe kind={kind} condition={condition} holes={[strings.kit.hole]} />
            </div>
          ))}
        </section>
      ))}
    </main>
  )
}
