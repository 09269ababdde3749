import type { Place, Position, Range } from './origin.ts'

/** UTF-16 offsets into a text; `end` is exclusive. */
export interface Offsets {
  readonly start: number
  readonly end: number
}

/** Where a value stands, its key, and what is below it. Children are found by key, or by index written as a string. */
export interface PositionNode {
  readonly value: Offsets
  readonly key?: Offsets | undefined
  readonly children?: ReadonlyMap<string, PositionNode> | undefined
}

/** The offsets of a place in a position tree; those of its nearest existing ancestor where the path ends early. */
export function offsetsIn(root: PositionNode, place: Place): Offsets {
  if (place.kind === 'offsets') return place
  let here = root
  for (const key of place.path) {
    const next = here.children?.get(String(key))
    if (next === undefined) return here.value
    here = next
  }
  return place.kind === 'key' ? (here.key ?? here.value) : here.value
}

/** Lines and columns of many offsets, in one pass over the line ends. Offsets outside the text are moved inside. */
export function rangesAt(text: string, spans: readonly Offsets[]): readonly Range[] {
  const inside = (offset: number): number => Math.min(Math.max(offset, 0), text.length)
  const wanted = new Set<number>()
  for (const { start, end } of spans) wanted.add(inside(start)).add(inside(Math.max(start, end)))
  const positions = new Map<number, Position>()
  let line = 1
  let lineStart = 0
  let lineEnd = text.indexOf('\n')
  for (const offset of [...wanted].toSorted((a, b) => a - b)) {
    while (lineEnd !== -1 && lineEnd < offset) {
      line++
      lineStart = lineEnd + 1
      lineEnd = text.indexOf('\n', lineStart)
    }
    positions.set(offset, { line, column: offset - lineStart + 1 })
  }
  return spans.map(({ start, end }) => ({
    start: positions.get(inside(start))!,
    end: positions.get(inside(Math.max(start, end)))!,
  }))
}
