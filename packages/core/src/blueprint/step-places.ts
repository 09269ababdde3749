import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import type { DataCaller } from './data-map.ts'
import { journeyLine, stepsOf } from './journey-line.ts'
import { stepAddress } from './studio-address.ts'

/** Each step of each journey by its name (`checkout/basket`): what people call it, who goes through it, where the studio shows it. */
export function stepPlaces(graph: Graph): ReadonlyMap<string, DataCaller> {
  const places = new Map<string, DataCaller>()
  for (const journey of graph.journeys) {
    const persona = nodeOf(graph, 'persona', journey.persona)
    const who = persona?.declaration.title ?? persona?.name
    for (const step of stepsOf(graph, journey))
      places.set(step.name, {
        step: step.name,
        title: step.title,
        journey: journey.title,
        ...(who !== undefined && { persona: who }),
        line: journeyLine(graph, journey),
        url: stepAddress(step),
      })
  }
  return places
}
