import { nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { StepId } from '../2-link/graph.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { Check } from './check-kind.ts'

/** TL2007: a step that no way through its journey leads to. A journey begins at its first step. */
export const unreachableStep: Check = function* (graph) {
  const reached = new Set<StepId>()
  const ahead = graph.journeys.flatMap((journey) => journey.steps.slice(0, 1))
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    ahead.push(...(nodeOf(graph, 'step', id)?.next ?? []))
  }
  for (const step of nodesOfKind(graph, 'step')) {
    if (reached.has(step.id)) continue
    yield diagnostic('TL2007', step.origin, { step: quoted(step.name) }, { subject: step.name })
  }
}
