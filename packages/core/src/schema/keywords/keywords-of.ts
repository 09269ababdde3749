import { isObject } from '../../text/site.ts'
import type { Keyword, SchemaNode } from '../node.ts'
import { arrayKeywords } from './arrays.ts'
import { branchKeywords } from './branches.ts'
import { kindKeywords } from './kinds.ts'
import { numberKeywords } from './numbers.ts'
import { objectKeywords } from './objects.ts'
import { referenceKeywords } from './references.ts'
import { stringKeywords } from './strings.ts'
import { unevaluatedKeywords } from './unevaluated.ts'

/**
 * The keywords of one normalised schema, cheap ones first. A keyword whose value is unusable (`minLength: "3"`,
 * a broken pattern, a reference to nowhere) is left out: judging contracts is the checker's business.
 */
export function keywordsOf(node: SchemaNode): readonly Keyword[] {
  const raw = node.site.value
  if (!isObject(raw)) return []
  const found: Keyword[] = []
  for (const name of Object.keys(raw)) {
    const family = families.get(name)
    if (family !== undefined && !found.some((one) => one.name === name))
      family(node, raw, name, found)
  }
  return found.toSorted((a, b) => (order[a.name] ?? 1) - (order[b.name] ?? 1))
}

/** Adds the keyword `name` of a schema to `found`, where it can be used. */
export type Family = (
  node: SchemaNode,
  raw: Readonly<Record<string, unknown>>,
  name: string,
  found: Keyword[],
) => void

const families = new Map<string, Family>(
  [
    kindKeywords,
    numberKeywords,
    stringKeywords,
    arrayKeywords,
    objectKeywords,
    branchKeywords,
    referenceKeywords,
    unevaluatedKeywords,
  ].flatMap((family) => Object.entries(family)),
)

const order: Readonly<Record<string, number>> = {
  type: 0,
  unevaluatedItems: 2,
  unevaluatedProperties: 2,
}
