/** A file as it should be, what of it could not be said, and whether it is so already. */
export interface Written {
  readonly text: string
  /** What the other tool cannot be told, a line each. */
  readonly leftOut: readonly string[]
}
