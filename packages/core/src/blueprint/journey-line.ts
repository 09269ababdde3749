import { nodeOf } from '../2-link/ask.ts'
import type { Graph, JourneyNode, StepNode } from '../2-link/graph.ts'

/** Which of the four line colours a journey has: by its place in the workspace. */
export function journeyLine(graph: Graph, journey: JourneyNode): 1 | 2 | 3 | 4 {
  return ((graph.journeys.indexOf(journey) % 4) + 1) as 1 | 2 | 3 | 4
}

/** Steps of a journey in the order people wrote them. */
export function stepsOf(graph: Graph, journey: JourneyNode): readonly StepNode[] {
  return journey.steps.map((id) => nodeOf(graph, 'step', id)).filter((step) => step !== undefined)
}
