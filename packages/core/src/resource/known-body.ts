import type { Field } from '../schema/field.ts'
import { bodyField } from '../schema/fields.ts'
import type { Site } from '../text/site.ts'

/** The body of a schema: as a field behind its references, and as one that is held to the whole schema, unions included. */
export interface KnownBody {
  readonly field: Field
  readonly whole: Field
}

/** Fields cost more than most answers, so they are looked up once. */
export function knownBody(schema: Site): KnownBody {
  let known = bodies.get(schema)
  if (known === undefined) {
    const field = bodyField(schema)
    bodies.set(schema, (known = { field, whole: { ...field, schema } }))
  }
  return known
}

const bodies = new WeakMap<Site, KnownBody>()
