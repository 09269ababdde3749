import { fieldsOf } from '../operation/fields-of.ts'
import type { Field } from '../schema/field.ts'
import type { Graph } from '../2-link/graph.ts'
import { nodeOf, nodesOfKind } from '../2-link/ask.ts'

/** Operations and fields of each that a page is told: those of journeys, and no contract's whole depth. */
const mostOperations = 300
const mostFields = 400
const deepest = 6

/**
 * The fields of the answers that the journeys' screens get, by operation: `items[].price.amount`, `nutrition{}.unit`. A page that
 * records what is read tells these paths and no others.
 */
export function pageFields(graph: Graph): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const call of nodesOfKind(graph, 'call')) {
    const operation = nodeOf(graph, 'operation', call.operation)
    if (operation === undefined || found.size >= mostOperations) continue
    const name = `${operation.api}.${operation.name}`
    if (!found.has(name)) found.set(name, [...leaves(fieldsOf(operation))])
  }
  return Object.fromEntries(found)
}

function* leaves(root: Field, depth = 0, left = { fields: mostFields }): Generator<string> {
  for (const child of root.children()) {
    if (child.path.startsWith('header:') || (left.fields -= 1) < 0) continue
    const inner = depth < deepest ? child.children() : []
    if (inner.length === 0) yield child.path
    else yield* leaves(child, depth + 1, left)
  }
}
