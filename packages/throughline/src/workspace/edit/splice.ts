import type { Layout, Path } from './layout.ts'
import { Refusal } from './refusal.ts'

/** Text that comes in the place of a part of another. Offsets count UTF-16 units. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text after all splices, which must not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = ''
  let at = 0
  for (const one of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, one.start) + one.text
    at = one.end
  }
  return result + text.slice(at)
}

/** Whole lines before the line that begins at an offset. */
export function insertLines(
  { text, manner }: Layout,
  at: number,
  lines: readonly string[],
): readonly Splice[] {
  const written = lines.join(manner.eol)
  const atEnd = at === text.length && at > 0 && text[at - 1] !== '\n'
  return [{ start: at, end: at, text: atEnd ? manner.eol + written : written + manner.eol }]
}

/** Why a place that is no list or map of its own is left alone. */
export function shared(path: Path): Refusal {
  return new Refusal(
    409,
    `\`${path.join('.')}\` can't be changed here`,
    'It is no list or map of its own: an alias (`*`) perhaps. Change it in an editor.',
  )
}
