import type { Site } from '../text/site.ts'

/**
 * One field of a response or request, found under a path such as `items[].price.amount` (FORMATS, section 2).
 * Its children are expanded only when asked; a `$ref` cycle is followed as far as somebody asks and no further.
 */
export interface Field {
  /** From the body's root: `items[].price.amount`; `''` is the body itself. */
  readonly path: string
  /** The last segment as people say it: `amount`; `[]` and `{}` for items and map values. */
  readonly name: string
  /** JSON types it can have, `null` apart: `['string']`. Empty where the schema allows anything. */
  readonly types: readonly string[]
  readonly nullable: boolean
  /** Whether its parent always has it. `[]` and `{}` count as required. */
  readonly required: boolean
  readonly deprecated: boolean
  readonly description?: string
  readonly format?: string
  readonly readOnly: boolean
  readonly writeOnly: boolean
  /** The schema after `$ref`s; undefined where anything goes. */
  readonly schema: Site | undefined
  /** The schema as it is written at this very place, before `$ref`s; none where several describe it together. */
  readonly written?: Site
  /** The schemas as they are written where several describe it together. */
  readonly writtenTogether?: readonly Site[]
  /** The schema's name where it came through a reference: `Money`. */
  readonly typeName?: string
  /** `x-data-classification`, `x-sensitive-data`, `x-pii` as written. */
  readonly classification?: unknown
  readonly children: () => readonly Field[]
}

/** What following a path found. */
export interface FoundField {
  readonly field: Field
  /** Why it may be missing in a valid answer, from the root on: `eta is optional`, `items[].price can be null`. */
  readonly absence: readonly {
    readonly path: string
    readonly reason: 'optional' | 'nullable' | 'one-of'
  }[]
}
