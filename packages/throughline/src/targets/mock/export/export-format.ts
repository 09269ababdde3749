import type { Graph } from '@throughline/core'

/** What a mock does, written down for another tool. */
export interface Exported {
  readonly text: string
  /** What the other tool cannot be told, a line each. */
  readonly leftOut: readonly string[]
}

export interface ExportOptions {
  /** `declined-card`, `checkout/basket/timeout`; the good day where nothing is said. */
  readonly scenario?: string
  readonly seed?: string
  /** A built-in data set, or a file of the workspace. */
  readonly dataset?: string
  readonly readFile?: (path: string) => Uint8Array | undefined
}

/** One way to write it down. */
export interface ExportFormat {
  readonly name: string
  /** One line for `--help`. */
  readonly summary: string
  /** Such as `handlers.ts`. */
  readonly fileName: string
  readonly write: (graph: Graph, options: ExportOptions) => Exported
}
