import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { Check } from './check-kind.ts'

/** TL4005: an API or a journey that no team owns. Silent for a contract that is looked at alone. */
export const unowned: Check = function* (graph) {
  if (graph.journeys.length === 0 && graph.declarations.workspace.teams.length === 0) return
  for (const { name, owner, origin } of [...graph.apis, ...graph.journeys]) {
    if (owner !== undefined) continue
    yield diagnostic('TL4005', origin, { subject: quoted(name) }, { subject: name })
  }
}
