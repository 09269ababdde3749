import { afterSpace, afterString } from './json-positions.ts'

/**
 * How many keys a valid JSON text writes, found by hopping from quote to quote. More than the parsed value has
 * means that a key stands twice somewhere: the cheap way to know that no slower look is needed.
 */
export function writtenKeys(text: string): number {
  let count = 0
  for (let quote = text.indexOf('"'); quote !== -1;) {
    const end = afterString(text, quote)
    if (text.charCodeAt(afterSpace(text, end)) === 58) count++
    quote = text.indexOf('"', end)
  }
  return count
}
