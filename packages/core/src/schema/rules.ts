import { isObject, type Document, type Site } from '../text/site.ts'

/** What is asked of values beside what their own schemas say: a policy's rules. */
export interface Rules {
  /** More schemas for a value that these describe, as they are written where the value stands; `undefined` for most. */
  readonly askedOf: (schemas: readonly Site[]) => readonly Site[] | undefined
}

/** Rules by the schemas that they are about: each is a schema as it is written at its place, and what it is asked. */
export function rulesFrom(pairs: Iterable<readonly [written: Site, asked: Site]>): Rules {
  const asked = new WeakMap<object, Site[]>()
  for (const [{ value }, schema] of pairs) {
    if (!isObject(value)) continue
    const known = asked.get(value)
    if (known === undefined) asked.set(value, [schema])
    else if (!known.some((one) => one.value === schema.value)) known.push(schema)
  }
  return {
    askedOf: (schemas) => {
      let found: readonly Site[] | undefined
      for (const { value } of schemas) {
        const own = isObject(value) ? asked.get(value) : undefined
        if (own !== undefined) found = found === undefined ? own : [...found, ...own]
      }
      return found
    },
  }
}

/** From now on, values made for the schemas of a document keep to these rules as well; to none without them. */
export function holdTo(document: Document, rules: Rules | undefined): void {
  if (rules === undefined) held.delete(document)
  else held.set(document, rules)
}

export function heldTo(document: Document): Rules | undefined {
  return held.get(document)
}

const held = new WeakMap<Document, Rules>()
