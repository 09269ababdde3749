import type { NeedStatus } from '../blueprint/blueprint.ts'

/** `GET /api/search-index`: everything that can be found, most wanted first. */
export interface SearchIndex {
  readonly version: number
  readonly entries: readonly SearchEntry[]
  /** How many there are besides the first 5,000. */
  readonly leftOut: number
}

export interface SearchEntry {
  readonly kind:
    | 'page'
    | 'journey'
    | 'persona'
    | 'step'
    | 'screen'
    | 'need'
    | 'state'
    | 'operation'
    | 'field'
    | 'type'
    | 'rule'
  readonly label: string
  /** One line below the label. */
  readonly hint?: string
  /** A path of the studio, with its query. */
  readonly url: string
  /** The line colour of its journey, where it has one. */
  readonly line?: 1 | 2 | 3 | 4
  /** Of a need. */
  readonly status?: NeedStatus
  /** Other words that find it: paths, names, methods. */
  readonly words?: string
}
