import type { Entity } from './entity.ts'

/** A thing that is another one with changes. */
export interface Copy {
  readonly value: Entity
  readonly before: Entity
  /** The properties that may differ. */
  readonly names: readonly string[]
  /** The schema, as it stands in its document, that it was found to fit. */
  readonly fits: unknown
}

/** Remembers a copy for a short while. Returns it. */
export function copied(
  value: Entity,
  before: Entity,
  names: readonly string[],
  fits: unknown,
): Entity {
  lately[copies++ % MOST] = { value, before, names, fits }
  return value
}

/** How a thing was made, where that was a moment ago. */
export function copyOf(value: Entity): Copy | undefined {
  for (let index = 0; index < lately.length; index++)
    if (lately[index]!.value === value) return lately[index]
  return undefined
}

/** Thousands of copies in a weak map cost more than they save: most are asked about once more, and at once. */
const lately: Copy[] = []
const MOST = 8
let copies = 0
