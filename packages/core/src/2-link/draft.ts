import type { Declarations } from '../1-parse/declarations.ts'
import type { ParsedWorkspace } from '../1-parse/workspace.ts'
import type { Contract } from '../operation/api.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'
import { originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import type { ApiNode, Edge, Node, NodeId } from './graph.ts'

/** A graph while it is being linked. Only `link` and its parts see one. */
export interface Draft {
  readonly declarations: Declarations
  readonly contracts: ReadonlyMap<string, Contract>
  readonly nodes: Map<NodeId, Node>
  readonly edges: Edge[]
  readonly apis: ApiNode[]
  readonly diagnostics: Diagnostic[]
}

export function newDraft(parsed: ParsedWorkspace): Draft {
  return {
    declarations: parsed.declarations,
    contracts: parsed.contracts,
    nodes: new Map(),
    edges: [],
    apis: [],
    diagnostics: [],
  }
}

/** Adds a node, or reports that its id is taken and says no. `name` is the id as people wrote it. */
export function added(draft: Draft, node: Node, name: string): boolean {
  const first = draft.nodes.get(node.id)
  if (first === undefined) {
    draft.nodes.set(node.id, node)
    return true
  }
  draft.diagnostics.push(
    diagnostic(
      'TL2006',
      originOfNode(node),
      { id: quoted(name) },
      {
        subject: name,
        related: [{ origin: originOfNode(first), message: 'the first one is here' }],
      },
    ),
  )
  return false
}

export function joined(draft: Draft, kind: Edge['kind'], from: NodeId, to: NodeId): void {
  draft.edges.push({ kind, from, to })
}

/** An `owned-by` edge, or a diagnostic when no team has that name. */
export function ownedBy(
  draft: Draft,
  from: NodeId,
  team: string,
  origin: Origin,
  subject: string,
): void {
  const id: NodeId = `team:${team}`
  if (draft.nodes.has(id)) return joined(draft, 'owned-by', from, id)
  const known = draft.declarations.workspace.teams.map((one) => one.id)
  draft.diagnostics.push(
    diagnostic(
      'TL2004',
      origin,
      { team: quoted(team), suggestion: suggestion(team, known) },
      { subject },
    ),
  )
}

/** An `owned-by` edge where the team is known: other tools know teams that are nobody's business here. */
export function joinedToTeam(draft: Draft, from: NodeId, team: string | undefined): void {
  if (team !== undefined && draft.nodes.has(`team:${team}`))
    joined(draft, 'owned-by', from, `team:${team}`)
}

function originOfNode(node: Node): Origin {
  return node.kind === 'operation' ? originOf(node.site, 'key') : node.origin
}
