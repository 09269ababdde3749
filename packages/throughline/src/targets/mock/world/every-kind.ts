import type { Field, Operation } from '@throughline/core'
import { isEntity } from './entity.ts'
import type { Entity } from './entity.ts'

/**
 * More things for a list, so that whoever filters it by one of a few values finds something: a pet that is sold, a product that is not
 * in stock. `more` makes things up, others each time.
 */
export function ofEveryKind(
  rows: readonly unknown[],
  operation: Operation,
  item: Field,
  more: (batch: number) => readonly unknown[],
): readonly Entity[] {
  const missing = new Map<string, Set<unknown>>()
  for (const [name, words] of choicesIn(operation, item)) {
    const unseen = new Set(words)
    for (const row of rows) if (isEntity(row)) unseen.delete(row[name])
    if (unseen.size > 0) missing.set(name, unseen)
  }
  const found: Entity[] = []
  for (let batch = 0; missing.size > 0 && batch < MOST_BATCHES; batch++)
    for (const row of more(batch)) {
      if (!isEntity(row)) continue
      let isNew = false
      for (const [name, unseen] of missing) {
        if (unseen.delete(row[name])) isNew = true
        if (unseen.size === 0) missing.delete(name)
      }
      if (isNew) found.push(row)
    }
  return found
}

const MOST_BATCHES = 3
const MOST_WORDS = 8

/** The properties with a few values to choose from that the list can be asked for. */
function choicesIn(
  operation: Operation,
  item: Field,
): readonly (readonly [string, readonly unknown[]])[] {
  const asked = new Set(
    operation.parameters().flatMap((one) => (one.in === 'query' ? [one.name] : [])),
  )
  if (asked.size === 0) return []
  return item.children().flatMap(({ name, schema, types }) => {
    const value = asked.has(name) ? schema?.value : undefined
    const words: unknown = isEntity(value)
      ? types.includes('boolean')
        ? [true, false]
        : value['enum']
      : undefined
    return Array.isArray(words) && words.length > 1 && words.length <= MOST_WORDS
      ? [[name, words] as const]
      : []
  })
}
