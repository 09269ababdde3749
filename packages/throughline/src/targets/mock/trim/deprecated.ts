import { fieldsOf } from '@throughline/core'
import type { Field, Operation } from '@throughline/core'

/** The paths of the fields in an operation's success answer that the contract calls deprecated; not those below one. */
export function deprecatedIn(operation: Operation): readonly string[] {
  let paths = remembered.get(operation)
  if (paths === undefined)
    remembered.set(operation, (paths = [...deprecatedBelow(fieldsOf(operation), new Set(), 0)]))
  return paths
}

const remembered = new WeakMap<Operation, readonly string[]>()
const deepest = 12

function* deprecatedBelow(
  field: Field,
  above: ReadonlySet<unknown>,
  depth: number,
): Generator<string> {
  const schema = field.schema?.value
  if (depth > deepest || (schema !== undefined && above.has(schema))) return
  const within = new Set([...above, schema])
  for (const child of field.children()) {
    if (child.path.startsWith('header:')) continue
    if (child.deprecated) yield child.path
    else yield* deprecatedBelow(child, within, depth + 1)
  }
}
