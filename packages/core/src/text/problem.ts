import type { Offsets } from './positions.ts'

/** Something wrong in a text, in plain words that end with what to do. */
export interface Problem extends Offsets {
  readonly problem: string
}

/** A key that stands twice in one map. */
export interface DuplicateKey {
  readonly key: string
  readonly first: Offsets
  readonly second: Offsets
}
