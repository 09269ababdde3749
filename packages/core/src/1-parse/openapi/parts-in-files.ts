import { childrenOf, isObject, rootOf, type Document, type Site } from '../../text/site.ts'
import { isData, resolveReference } from '../reference.ts'
import { partAt } from './part-at.ts'
import type { Part } from './specification.ts'

/** What a contract refers to in its other files, and what it should be by the place that refers to it. Each once. */
export function partsInFiles(
  documents: readonly Document[],
): readonly { readonly site: Site; readonly part: Part }[] {
  const parts = new Map<unknown, { readonly site: Site; readonly part: Part }>()
  const visit = (site: Site): void => {
    for (const inner of childrenOf(site)) {
      if (inner.value === null || typeof inner.value !== 'object' || isData(inner)) continue
      const reference =
        isObject(inner.value) && Object.hasOwn(inner.value, '$ref')
          ? inner.value['$ref']
          : undefined
      if (typeof reference === 'string' && !reference.startsWith('#')) add(inner, reference)
      visit(inner)
    }
  }
  const add = (from: Site, reference: string): void => {
    const part = partAt(from)
    const target = resolveReference(from, reference)
    if (
      part === undefined ||
      target === undefined ||
      target.document === from.document ||
      parts.has(target.value)
    )
      return
    // A reference to a reference is followed from there.
    if (isObject(target.value) && typeof target.value['$ref'] === 'string') return
    parts.set(target.value, { site: target, part })
  }
  for (const document of documents) visit(rootOf(document))
  return [...parts.values()]
}
