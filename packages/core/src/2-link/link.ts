import { once } from '../1-parse/openapi/own.ts'
import type { ParsedWorkspace } from '../1-parse/workspace.ts'
import type { StateDeclaration } from '../1-parse/declarations.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Edge, Graph, NodeId } from './graph.ts'
import { linkDecisions } from './link-decisions.ts'
import { linkExperiments } from './link-experiments.ts'
import { linkJourneys } from './link-journeys.ts'
import { linkAuth } from './link-auth.ts'
import { linkMonitors } from './link-monitors.ts'
import { linkPolicy } from './link-policy.ts'
import { linkScenarios } from './link-scenarios.ts'
import { linkSurveys } from './link-surveys.ts'
import { linkWorkspace } from './link-workspace.ts'
import { newDraft, type Draft } from './draft.ts'
import { linkStates } from './states.ts'

/**
 * All declarations become one graph: names are resolved, `same` is followed, defaults are filled in.
 * Whatever does not link is left out or marked as a gap, and reported; nothing throws.
 */
export function link(parsed: ParsedWorkspace): Graph {
  const { declarations } = parsed
  const draft = newDraft(parsed)
  const app = linkStates(declarations.workspace.states, [], undefined)
  draft.diagnostics.push(...app.diagnostics)
  linkWorkspace(draft)
  linkPolicy(draft)
  linkJourneys(draft, app.states)
  linkScenarios(draft)
  linkMonitors(draft)
  linkAuth(draft)
  linkSurveys(draft)
  linkExperiments(draft)
  linkDecisions(draft)
  return graphOf(
    draft,
    new Map([...app.states].map(([condition, state]) => [condition, state.shown])),
    // What is wrong with the references of a contract costs a look at each: only who asks pays.
    once(() => [...parsed.diagnostics, ...draft.diagnostics]),
  )
}

function graphOf(
  draft: Draft,
  appStates: ReadonlyMap<string, StateDeclaration>,
  diagnostics: () => readonly Diagnostic[],
): Graph {
  const outgoing = new Map<NodeId, Edge[]>()
  const incoming = new Map<NodeId, Edge[]>()
  for (const edge of draft.edges) {
    listIn(outgoing, edge.from).push(edge)
    listIn(incoming, edge.to).push(edge)
  }
  return {
    name: draft.declarations.workspace.name,
    nodes: draft.nodes,
    outgoing,
    incoming,
    apis: draft.apis,
    journeys: [...draft.nodes.values()].filter((node) => node.kind === 'journey'),
    appStates,
    declarations: draft.declarations,
    get diagnostics() {
      return diagnostics()
    },
  }
}

function listIn(lists: Map<NodeId, Edge[]>, id: NodeId): Edge[] {
  let list = lists.get(id)
  if (list === undefined) lists.set(id, (list = []))
  return list
}
