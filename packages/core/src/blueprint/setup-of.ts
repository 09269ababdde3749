import { nodesOfKind } from '../2-link/ask.ts'
import type { Graph, PersonaNode } from '../2-link/graph.ts'
import { conditionsOf } from '../3-check/conditions.ts'
import { originOf } from '../text/site.ts'
import { journeyLine, stepsOf } from './journey-line.ts'
import type { SetupPersona, SetupState, SetupUse, WorkspaceSetup } from './setup.ts'
import { labelOfCondition } from './state-chips.ts'
import { journeyAddress, stepAddress } from './studio-address.ts'

/** People, teams and app-wide states, each with the journeys or steps that they hold for. */
export function setupOf(graph: Graph): WorkspaceSetup {
  const { path } = graph.declarations.workspace.site.document.file
  // Where only contracts are open, one of them stands in for the workspace.
  const isWritten = /(^|\/)throughline\.(ya?ml|json)$/.test(path)
  return {
    ...(isWritten && { file: path }),
    personas: [...nodesOfKind(graph, 'persona')].map((persona) => personaOf(graph, persona)),
    teams: [...nodesOfKind(graph, 'team')].map(({ name, declaration: { role } }) => ({
      name,
      ...(role !== undefined && { role }),
    })),
    states: statesOf(graph),
  }
}

function personaOf(graph: Graph, { id, name, origin, declaration }: PersonaNode): SetupPersona {
  const { title, goal, context, devices, dataset } = declaration
  const walking = graph.journeys.filter((journey) => journey.persona === id)
  const inside = graph.declarations.journeys.find(({ persona }) => persona === declaration)
  return {
    name,
    title: title ?? name,
    devices,
    file: origin.source.file.path,
    line: origin.source.locate([origin.place])[0]!.start.line,
    journeys: walking.map((journey) => ({
      name: journey.name,
      title: journey.title,
      line: journeyLine(graph, journey),
      url: journeyAddress(journey),
    })),
    ...(goal !== undefined && { goal }),
    ...(context !== undefined && { context }),
    ...(dataset !== undefined && { dataset }),
    ...(inside !== undefined && { inside: inside.id }),
  }
}

/** Conditions that every app meets, whether or not somebody wrote them down. */
const usual = ['loading', 'empty', 'partial', 'invalid', '4xx', '5xx', 'timeout', 'offline']

function statesOf(graph: Graph): readonly SetupState[] {
  const users = usersOf(graph)
  const written = graph.declarations.workspace.states.map((state): SetupState => {
    const { condition, show, test, recover, design, same, site } = state
    const { source, place } = originOf(site)
    return {
      condition,
      label: labelOfCondition(condition),
      written: {
        line: source.locate([place])[0]!.start.line,
        ...(show !== undefined && { show }),
        ...(test !== undefined && { test }),
        ...(recover !== undefined && { recover }),
        ...(design !== undefined && { design }),
        ...(same !== undefined && { same }),
      },
      steps: users.showing.get(condition) ?? [],
    }
  })
  const unwritten = usual
    .filter((condition) => !written.some((state) => state.condition === condition))
    .map((condition) => ({
      condition,
      label: labelOfCondition(condition),
      steps: users.lacking.get(condition) ?? [],
    }))
  return [...written, ...unwritten]
}

/** Which steps show each app-wide state, and which have nothing to show under each condition. */
function usersOf(graph: Graph): {
  readonly showing: ReadonlyMap<string, readonly SetupUse[]>
  readonly lacking: ReadonlyMap<string, readonly SetupUse[]>
} {
  const showing = new Map<string, SetupUse[]>()
  const lacking = new Map<string, SetupUse[]>()
  for (const journey of graph.journeys) {
    for (const step of stepsOf(graph, journey)) {
      const use: SetupUse = {
        name: step.name,
        title: step.title,
        line: journeyLine(graph, journey),
        url: stepAddress(step),
      }
      for (const { condition, designed, inherited } of conditionsOf(graph, step)) {
        if (designed !== undefined) continue
        const named =
          inherited === undefined
            ? /^[45]\d\d$/.test(condition)
              ? `${condition[0]}xx`
              : condition
            : keyOf(graph, condition)
        const uses = inherited === undefined ? lacking : showing
        const known = uses.get(named)
        if (known === undefined) uses.set(named, [use])
        else if (known.at(-1)?.name !== use.name) known.push(use)
      }
    }
  }
  return { showing, lacking }
}

/** The name under which an app-wide state holds for a condition: itself, or its class. */
function keyOf(graph: Graph, condition: string): string {
  return graph.appStates.has(condition) ? condition : `${condition[0]}xx`
}
