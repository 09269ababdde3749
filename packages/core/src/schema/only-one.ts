import { resolve } from '../1-parse/reference.ts'
import { isObject, type Site } from '../text/site.ts'
import { demandOf } from './demand.ts'
import { normalised, parts } from './dialect.ts'

/**
 * An object that several alternatives of a `oneOf` accept, with one property more that only one of them can bear: a name
 * that another alternative describes, with a value that it refuses. `undefined` where that does not help either.
 */
export function forOnlyOne(
  value: unknown,
  schemas: readonly Site[],
  accepts: (value: unknown) => boolean,
): unknown {
  if (!isObject(value)) return undefined
  const names = [...new Set(schemas.flatMap((schema) => namesOfSome(schema, 0)))]
  // What stands there already says something, so that it is given up last.
  const ordered = names.toSorted(
    (one, other) => Number(Object.hasOwn(value, one)) - Number(Object.hasOwn(value, other)),
  )
  for (const name of ordered.slice(0, mostNames))
    for (const strange of [null, false, '']) {
      const next = { ...value, [name]: strange }
      if (accepts(next)) return next
    }
  return undefined
}

const mostNames = 40

/** The properties that some alternatives describe and others do not. */
function namesOfSome(schema: Site, depth: number): readonly string[] {
  if (depth > 5) return []
  const target = resolve(schema)
  const view = normalised(target)
  const described = parts(view, 'oneOf').map(
    (one) => new Set(demandOf([one], { branch: () => 0 }).properties.keys()),
  )
  const all = [...new Set(described.flatMap((names) => [...names]))]
  return [
    ...all.filter((name) => described.some((names) => !names.has(name)) && name !== '__proto__'),
    ...parts(view, 'allOf').flatMap((one) => namesOfSome(one, depth + 1)),
  ]
}
