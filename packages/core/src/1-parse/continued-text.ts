import { childrenOf, type Site } from '../text/site.ts'

/**
 * The values of a map. In a YAML flow map a comma ends a text, so that `{ show: A new, empty basket }` holds a key
 * `empty basket` without a value: such keys are read as what they were meant to be, the rest of the text before them.
 */
export function valuesOf(site: Site, isKnown: (key: string) => boolean): readonly Site[] {
  const values: Site[] = []
  for (const inner of childrenOf(site)) {
    const last = values.at(-1)
    const joined =
      inner.value === null && typeof last?.value === 'string' && !isKnown(String(inner.key))
        ? `${last.value}, ${inner.key}`
        : undefined
    if (joined !== undefined && last !== undefined && standsIn(site.document.file.text, joined)) {
      values[values.length - 1] = { ...last, value: joined }
    } else {
      values.push(inner)
    }
  }
  return values
}

/** UTF-16 units: nobody writes more than this by hand, and looking for texts costs the length of the file. */
const longest = 200_000

/** Whether the text is written in one piece and without a colon after it, as only a flow map can hold it. */
function standsIn(text: string, written: string): boolean {
  if (text.length > longest) return false
  const start = text.indexOf(written)
  return (
    start !== -1 &&
    /^\s*[,}]/.test(text.slice(start + written.length, start + written.length + 200))
  )
}
