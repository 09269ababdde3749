import { nameOf, nodeOf } from '../2-link/ask.ts'
import type { CallNode, Graph, NeedNode } from '../2-link/graph.ts'

/** Where a need looks: in which operation's answer, at which path, in the contract's words. */
export interface NeedPlace {
  /** `store.getBasket`; as the journey says it where no contract has the operation. */
  readonly operation: string
  /** Any item of a list stands for all; a GraphQL alias is followed. */
  readonly path: string
}

/** Where a need looks, also when there is nothing: the place in which the field is missing. */
export function needPlace(graph: Graph, call: CallNode, need: NeedNode): NeedPlace {
  const field = nodeOf(graph, 'field', need.field)
  if (field !== undefined) return { operation: nameOf(field.operation), path: anyItem(field.path) }
  if (call.operation === undefined) return { operation: call.name, path: anyItem(need.path) }
  const { document } = call
  if (document !== undefined && document.fields.length > 1) {
    // Under a document with several top-level fields, a path begins with the field it is under.
    const [, first = '', rest = ''] = /^([^.[{]*)\.?(.*)$/s.exec(need.path) ?? []
    const asked = document.selected.find((one) => one.path.split(/[.[{]/, 1)[0] === first)
    const operation = asked && operationAsked(graph, call, asked.operation)
    if (operation !== undefined) return { operation, path: anyItem(rest) }
  }
  return { operation: nameOf(call.operation), path: anyItem(need.path) }
}

function operationAsked(graph: Graph, call: CallNode, field: string): string | undefined {
  for (const edge of graph.outgoing.get(call.id) ?? []) {
    const operation = edge.kind === 'calls' ? nodeOf(graph, 'operation', edge.to) : undefined
    if (operation?.path === field) return nameOf(operation.id)
  }
  return undefined
}

function anyItem(path: string): string {
  return path.replace(/\[\d+\]/g, '[]')
}
