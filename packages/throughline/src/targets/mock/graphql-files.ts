import { partsOf } from '@throughline/core'
import { isRecord } from './graphql-response.ts'
import { jsonIn } from './request-json.ts'

/**
 * What stands in `operations` of a form, with the name of a file at each place that `map` gives it to (the GraphQL multipart
 * request specification); a text that says what is wrong with it.
 */
export function operationsWithFiles(
  body: Uint8Array,
  contentType: string,
): { readonly operations: unknown } | string {
  const parts = partsOf(body, contentType)
  if (typeof parts === 'string') return `The form has ${parts}`
  const jsonOf = (name: string): unknown => jsonIn(parts.find((one) => one.name === name)?.bytes)
  const [operations, map] = [jsonOf('operations'), jsonOf('map')]
  if (operations === undefined) return 'A part `operations` with JSON is missing'
  if (!isRecord(map)) return 'A part `map` with JSON is missing'
  for (const [name, places] of Object.entries(map)) {
    const file = parts.find((one) => one.name === name)
    if (file === undefined) return `\`map\` names a part that is missing: ${name}`
    if (!Array.isArray(places)) return `\`map\` has no list of places for ${name}`
    for (const place of places)
      if (!placed(operations, String(place).split('.'), file.filename ?? name))
        return `\`operations\` has no null at ${place} for the file ${name}`
  }
  return { operations }
}

/** Whether there was a null to put a value in the place of. */
function placed(root: unknown, place: readonly string[], value: string): boolean {
  let holder = root
  for (const [index, step] of place.entries()) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step)) return false
    const next: unknown = Reflect.get(holder, step)
    if (index === place.length - 1) return next === null && Reflect.set(holder, step, value)
    holder = next
  }
  return false
}
