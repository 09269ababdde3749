/** `GET /api/needs/close-matches`: the fields that somebody may have meant. */
export interface CloseMatches {
  readonly operation: string
  readonly path: string
  /** Whether the operation returns exactly this. */
  readonly exists: boolean
  /** Nearest first, at most 8. */
  readonly matches: readonly CloseMatch[]
  /** Other operations of all contracts that return a field of that name, those that some step calls first; at most 12. */
  readonly elsewhere: readonly FieldElsewhere[]
}

export interface CloseMatch {
  readonly path: string
  readonly label: string
  readonly type: string
  readonly description?: string
  /** 0: the same name in another place. 1 and more: how many letters differ, or how far the words are apart. */
  readonly distance: number
  /** `the same name, elsewhere in the answer`, `spelled nearly the same`, `says the same in other words` */
  readonly because: string
  /** Steps that need it already. */
  readonly usedBy: number
}

export interface FieldElsewhere {
  /** `store.getOrder` */
  readonly operation: string
  readonly method: string
  readonly operationPath: string
  readonly title?: string
  /** Where in its answer. */
  readonly path: string
  readonly type: string
  readonly owner?: string
  /** Whether the step that was asked about calls it already. */
  readonly called: boolean
  readonly url: string
}
