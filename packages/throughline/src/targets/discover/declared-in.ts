import { nodesOfKind, type Declared, type Graph } from '@throughline/core'

/** Screens and operations that a workspace names already. */
export function declaredIn(graph: Graph): Declared {
  return {
    screens: [...nodesOfKind(graph, 'step')].flatMap((one) => one.screen ?? []),
    operations: [...nodesOfKind(graph, 'operation')],
  }
}
