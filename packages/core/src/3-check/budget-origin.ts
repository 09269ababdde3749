import type { CallNode, StepNode } from '../2-link/graph.ts'
import type { Budget } from '../1-parse/declarations.ts'
import type { Origin } from '../text/origin.ts'
import { child, originOf } from '../text/site.ts'

/** Where a promise of a budget is written; the step or call itself where it has none. */
export function originOfBudget(
  node: StepNode | CallNode,
  promise: keyof Omit<Budget, 'site'>,
): Origin {
  const site = node.budget?.site
  return site === undefined ? node.origin : originOf(child(site, promise) ?? site)
}
