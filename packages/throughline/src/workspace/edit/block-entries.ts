import { columnOf, lineEnd, lineStart, type Entry, type Layout } from './layout.ts'
import { insertLines, shared, type Splice } from './splice.ts'

/** An entry of a list or map that is written on lines: whole lines belong to it. */
export interface Block {
  /** The first line, with the comments right above that are about this entry. */
  readonly start: number
  /** After its last line, with the comments below that are indented further than it. */
  readonly end: number
  /** Its key does not begin a line: it stands after a dash. */
  readonly inline: boolean
}

/**
 * Which lines belong to which entry. Comments above the first one are about the whole list; empty lines, and comments between
 * empty lines, belong to nobody.
 */
export function blocksOf(text: string, entries: readonly Entry[]): readonly Block[] {
  const blocks: Block[] = []
  const column = columnOf(text, entries[0]?.start ?? 0)
  for (const entry of entries) {
    const line = lineStart(text, entry.start)
    const inline = columnOf(text, entry.start) > 0 && text.slice(line, entry.start).trim() !== ''
    const above = blocks.at(-1)?.end ?? line
    blocks.push({
      start: inline ? entry.start : withCommentsAbove(text, line, above),
      end: withCommentsBelow(text, lineEnd(text, entry.end), column),
      inline,
    })
  }
  return blocks
}

function withCommentsAbove(text: string, line: number, limit: number): number {
  let start = line
  while (start > limit) {
    const previous = lineStart(text, start - 1)
    if (previous < limit || !/^[ \t]*#/.test(text.slice(previous, start))) break
    start = previous
  }
  return start
}

/** `column` is where the entry begins: what is indented further is still about it. */
function withCommentsBelow(text: string, from: number, column: number): number {
  let end = from
  for (let at = from; at < text.length; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at))
    const content = line.trimStart()
    if (content === '') continue
    if (!content.startsWith('#') || line.length - content.length <= column) break
    end = lineEnd(text, at)
  }
  return end
}

/** Puts lines before the entry of a number, with an empty line between where all others have one. */
export function insertBlock(
  layout: Layout,
  entries: readonly Entry[],
  at: number,
  lines: readonly string[],
): readonly Splice[] {
  const { text } = layout
  const blocks = blocksOf(text, entries)
  const isSpaced =
    blocks.length > 1
      ? blocks
          .slice(1)
          .every(
            (one, index) =>
              /^[ \t]*\r?$/m.test(text.slice(blocks[index]!.end, one.start)) &&
              one.start > blocks[index]!.end,
          )
      : lines[0]?.trimStart().startsWith('- step:') === true
  const next = blocks[at]
  if (next === undefined)
    return insertLines(layout, blocks.at(-1)!.end, isSpaced ? ['', ...lines] : lines)
  if (next.inline) throw shared(['-'])
  return insertLines(layout, next.start, isSpaced ? [...lines, ''] : lines)
}

/** Takes an entry out with its lines, and one of two empty lines around it. */
export function removeBlock(
  { text }: Layout,
  entries: readonly Entry[],
  at: number,
): readonly Splice[] {
  const blocks = blocksOf(text, entries)
  const { start, end, inline } = blocks[at]!
  if (inline) {
    const next = entries[at + 1]
    const between = text.slice(entries[at]!.end, next?.start)
    // The next key moves up behind the dash, unless a comment stands between them.
    if (next !== undefined && between.trim() === '') return [{ start, end: next.start, text: '' }]
    return [{ start: entries[at]!.start, end: entries[at]!.end, text: '' }]
  }
  if (at === entries.length - 1) {
    const above = blankLinesBefore(text, start, blocks[at - 1]?.end ?? start)
    return [{ start: above, end, text: '' }]
  }
  const hasGapAbove = at === 0 || blankLinesBefore(text, start, blocks[at - 1]!.end) < start
  return [{ start, end: hasGapAbove ? blankLinesAfter(text, end) : end, text: '' }]
}

function blankLinesBefore(text: string, at: number, limit: number): number {
  let start = at
  while (start > limit) {
    const line = lineStart(text, start - 1)
    if (line < limit || text.slice(line, start).trim() !== '') break
    start = line
  }
  return start
}

function blankLinesAfter(text: string, at: number): number {
  let end = at
  while (end < text.length && text.slice(end, lineEnd(text, end)).trim() === '')
    end = lineEnd(text, end)
  return end
}
