import { lastWord, plain } from '@throughline/core'
import type { Field } from '@throughline/core'
import { isEntity } from './entity.ts'

/**
 * Of the things of a collection those that the last word of a path speaks of, where one of their properties knows the word:
 * `/products/featured` by `featured: true`, `/orders/open` by `status: open`. All of them otherwise.
 */
export function narrowed(rows: readonly unknown[], path: string, item: Field): readonly unknown[] {
  const word = plain(lastWord(path))
  for (const { name, types, schema } of item.children()) {
    if (types.includes('boolean') && [word, `is${word}`].includes(plain(name)))
      return rows.filter((one) => isEntity(one) && one[name] === true)
    const value = schema?.value
    const words: unknown = isEntity(value) ? value['enum'] : undefined
    const meant = Array.isArray(words)
      ? words.find((one) => typeof one === 'string' && plain(one) === word)
      : undefined
    if (meant !== undefined) return rows.filter((one) => isEntity(one) && one[name] === meant)
  }
  return rows
}
