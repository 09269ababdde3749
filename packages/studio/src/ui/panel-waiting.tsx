import { strings } from '../strings.ts'

/** The place of a panel whose parts are still on their way: as wide as the panel will be, so that nothing beside it moves. */
export function PanelWaiting() {
  return (
    <aside className="inspector" aria-label={strings.inspector.label} aria-busy="true">
      <div className="inspector-body" role="status" aria-label={strings.loading}>
        <span className="bone wide" />
        <span className="bone" />
      </div>
    </aside>
  )
}
