import { nodeOf } from '../2-link/ask.ts'
import type { Graph, NeedNode } from '../2-link/graph.ts'
import type { NeedStatus } from './blueprint.ts'

/** How far the contract and the journey together meet a need. */
export function needStatus(graph: Graph, need: NeedNode): NeedStatus {
  const found = nodeOf(graph, 'field', need.field)?.found
  if (found === undefined) return 'missing'
  if (found.absence.length === 0) return 'covered'
  return need.absent === undefined ? 'optional' : 'planned-for'
}
