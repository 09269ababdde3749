import { nodesOfKind } from '../2-link/ask.ts'
import type { Graph, StepNode } from '../2-link/graph.ts'
import { conditionsOf } from '../3-check/conditions.ts'
import { criticalPath } from '../3-check/critical-path.ts'
import { needStatus } from './need-status.ts'
import type { OpenEnds } from './open-ends.ts'
import { diagnosticsAddress, needsAddress, statesAddress, stepAddress } from './studio-address.ts'

/** What a workspace still has to decide, counted, each with the page that shows it. */
export function openEndsOf(graph: Graph): OpenEnds {
  const steps = [...nodesOfKind(graph, 'step')]
  const statuses = [...nodesOfKind(graph, 'need')].map((need) => needStatus(graph, need))
  const over = steps.filter((step) => isOver(graph, step))
  return {
    gaps: {
      count: statuses.filter((one) => one === 'missing').length,
      url: needsAddress({ show: 'gaps' }),
    },
    undecided: {
      count: steps.reduce((sum, step) => sum + undecidedIn(graph, step), 0),
      url: statesAddress({ show: 'undecided' }),
    },
    unplanned: {
      count: statuses.filter((one) => one === 'optional').length,
      url: needsAddress({ show: 'unplanned' }),
    },
    overBudget: {
      count: over.length,
      url: over.length === 1 ? stepAddress(over[0]!) : diagnosticsAddress({ code: 'TL3006' }),
    },
    unowned: { count: unowned(graph), url: diagnosticsAddress({ code: 'TL4005' }) },
  }
}

/** Conditions of a step that nobody has designed, each once however many calls can go that way. */
function undecidedIn(graph: Graph, step: StepNode): number {
  const open = conditionsOf(graph, step).filter(
    (one) => one.designed === undefined && one.inherited === undefined,
  )
  return new Set(open.map((one) => one.condition)).size
}

function isOver(graph: Graph, step: StepNode): boolean {
  const promised = step.budget?.p75
  return promised !== undefined && criticalPath(graph, step).ms > promised
}

/** As the rule says it: nothing is asked of a contract that is looked at alone. */
function unowned(graph: Graph): number {
  if (graph.journeys.length === 0 && graph.declarations.workspace.teams.length === 0) return 0
  return [...graph.apis, ...graph.journeys].filter(({ owner }) => owner === undefined).length
}
