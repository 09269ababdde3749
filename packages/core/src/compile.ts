import { check } from './3-check/check.ts'
import type { CheckOptions } from './3-check/check.ts'
import { link } from './2-link/link.ts'
import { parseWorkspace } from './1-parse/workspace.ts'
import type { Graph } from './2-link/graph.ts'
import type { Diagnostic } from './text/diagnostic.ts'
import type { Files } from './text/source.ts'

/** A linked workspace and all that is to be said about it. The checks run when somebody first asks for `diagnostics`. */
export interface Compilation {
  readonly graph: Graph
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Text in, graph and diagnostics out. Never throws on input.
 * `contracts` names contract files when there is no `throughline.yaml` (a bare contract is a workspace too).
 */
export function compile(
  files: Files,
  options: CheckOptions & { readonly contracts?: readonly string[] } = {},
): Compilation {
  const graph = link(parseWorkspace(files, options.contracts))
  let diagnostics: readonly Diagnostic[] | undefined
  return {
    graph,
    get diagnostics() {
      return (diagnostics ??= check(graph, options))
    },
  }
}
