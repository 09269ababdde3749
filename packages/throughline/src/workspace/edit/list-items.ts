import { isSeq } from 'yaml'
import { blocksOf, insertBlock } from './block-entries.ts'
import { inFlow, insertInFlow } from './flow-entries.ts'
import {
  columnOf,
  entriesOf,
  isFlow,
  lineStart,
  nodeAt,
  type Collection,
  type Layout,
  type Path,
} from './layout.ts'
import type { Plain } from './plain.ts'
import { shared, type Splice } from './splice.ts'
import { siblingQuoting, styleOf } from './style.ts'
import { indented, itemLines } from './value-text.ts'

/** The list at a path, which must be one of its own and no alias. */
export function listAt(layout: Layout, path: Path): Collection {
  const list = nodeAt(layout, path)
  if (!isSeq(list)) throw shared(path)
  return list as Collection
}

/** Puts a new item into a list that has some, written as they are. */
export function insertIn(
  layout: Layout,
  list: Collection,
  at: number,
  value: Plain,
): readonly Splice[] {
  const { text, manner } = layout
  const entries = entriesOf(list)
  if (isFlow(list))
    return insertInFlow(layout, list, entries, at, inFlow(layout, list, value, undefined))
  const column = columnOf(text, entries[0]!.start)
  const quoting = siblingQuoting(list)
  const lines = indented(
    itemLines(
      value,
      manner,
      styleOf(entries, value),
      quoting === 'plain' ? manner.quoting : quoting,
    ),
    column,
  )
  return insertBlock(layout, entries, at, lines)
}

/** Moves an item of a list; empty lines between items stay where they are. */
export function moveIn(
  layout: Layout,
  list: Collection,
  from: number,
  to: number,
): readonly Splice[] {
  const { text } = layout
  const entries = entriesOf(list)
  const order = entries.map((_, index) => index)
  order.splice(to, 0, ...order.splice(from, 1))
  if (isFlow(list)) {
    return entries.map((entry, index) => {
      const other = entries[order[index]!]!
      return {
        start: entry.valueStart,
        end: entry.end,
        text: text.slice(other.valueStart, other.end),
      }
    })
  }
  const blocks = blocksOf(text, entries)
  if (blocks.some((one) => one.inline)) throw shared(['-'])
  const written = blocks.map(({ start, end }) => text.slice(start, end))
  const endsOpen = !written.at(-1)!.endsWith('\n')
  return blocks.map(({ start, end }, index) => {
    const chunk = written[order[index]!]!
    const isLast = index === blocks.length - 1
    if (!endsOpen) return { start, end, text: chunk }
    return {
      start,
      end,
      text: isLast
        ? chunk.replace(/\r?\n$/, '')
        : chunk.endsWith('\n')
          ? chunk
          : chunk + layout.manner.eol,
    }
  })
}

/** Puts a copy of an item after it, letter by letter. */
export function copyIn(layout: Layout, list: Collection, from: number): readonly Splice[] {
  const { text } = layout
  const entries = entriesOf(list)
  const entry = entries[from]
  if (entry === undefined) throw shared([from])
  if (isFlow(list))
    return insertInFlow(layout, list, entries, from + 1, text.slice(entry.valueStart, entry.end))
  const block = blocksOf(text, entries)[from]!
  const lines = text
    .slice(lineStart(text, entry.start), block.end)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  return insertBlock(layout, entries, from + 1, lines)
}
