import { validatorOf } from '@throughline/core'
import type { Resource } from '@throughline/core'
import { childrenOf, isEntity } from './entity.ts'
import { freshId, idOf, takenIds } from './identity.ts'
import { questionOf } from './question.ts'

/** So many that no page should show them all at once. */
const VERY_MANY = 10_000
/** Bytes of a list that comes as a whole. */
const MOST_BYTES = 3_000_000

/** The rows again and again until there are very many, each with an id of its own. Rows share what stands in them. */
export function repeated(
  rows: readonly unknown[],
  { idProperty, item, list, name }: Resource,
  seed: string,
): readonly unknown[] {
  if (list === undefined || rows.length === 0) return rows
  const { size = list.most } = questionOf(list.operation, new Map(), rows, list.most)
  const length = size < Infinity ? VERY_MANY : affordable(rows)
  const field = idProperty === undefined ? undefined : childrenOf(item).children.get(idProperty)
  const schema = field?.written ?? field?.schema
  const taken = takenIds(rows.flatMap((row) => idOf(row, idProperty) ?? []))
  const all = [...rows]
  for (let index = 0; all.length < length; index++) {
    const row = rows[index % rows.length]
    if (idProperty === undefined || !isEntity(row) || !Object.hasOwn(row, idProperty)) {
      all.push(row)
      continue
    }
    const id = freshId(field, taken, name, `${seed} ${rows.length + index}`)
    // Ids that run out leave the list as long as it can be.
    if (taken.has(String(id)) || (schema !== undefined && !validatorOf(schema).test(id))) break
    taken.take(String(id))
    all.push({ ...row, [idProperty]: id })
  }
  return all
}

function affordable(rows: readonly unknown[]): number {
  const each = Math.ceil(JSON.stringify(rows).length / rows.length)
  return Math.min(VERY_MANY, Math.max(rows.length, Math.floor(MOST_BYTES / each)))
}
