import type { Edge, Graph, Node, NodeId, NodeOfKind } from './graph.ts'

/** Every node of one kind, in the order people wrote them. */
export function* nodesOfKind<Kind extends Node['kind']>(
  graph: Graph,
  kind: Kind,
): Generator<NodeOfKind<Kind>> {
  for (const node of graph.nodes.values()) if (isOfKind(node, kind)) yield node
}

/** The node of an id, told apart by the id's own kind; `undefined` where the graph has none. */
export function nodeOf<Kind extends Node['kind']>(
  graph: Graph,
  kind: Kind,
  id: NodeId | undefined,
): NodeOfKind<Kind> | undefined {
  const node = id === undefined ? undefined : graph.nodes.get(id)
  return node !== undefined && isOfKind(node, kind) ? node : undefined
}

export function edgesInto(graph: Graph, id: NodeId, kind: Edge['kind']): readonly Edge[] {
  return (graph.incoming.get(id) ?? []).filter((edge) => edge.kind === kind)
}

/** `store.getBasket`, `checkout/basket`: a node's id without its kind, as people say it. */
export function nameOf(id: NodeId): string {
  return id.slice(id.indexOf(':') + 1)
}

function isOfKind<Kind extends Node['kind']>(node: Node, kind: Kind): node is NodeOfKind<Kind> {
  return node.kind === kind
}
