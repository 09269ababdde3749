import type { Document } from '../text/site.ts'

/**
 * Whether the text of a document may write an id, an anchor or a dynamic reference (`$id`, `$anchor`, `$dynamicRef`...), which give
 * references another meaning from place to place. Most contracts write none: one look at each `$` tells, once for each document.
 */
export function writesIds(document: Document): boolean {
  let known = remembered.get(document)
  if (known === undefined) remembered.set(document, (known = found(document.file.text)))
  return known
}

const remembered = new WeakMap<Document, boolean>()

function found(text: string): boolean {
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at + 1)) {
    // Nearly every `$` is that of `$ref`.
    if (text.charCodeAt(at + 1) === letterR) continue
    if (words.some((word) => text.startsWith(word, at + 1))) return true
  }
  return false
}

const letterR = 114
const words = ['id', 'anchor', 'dynamic']
