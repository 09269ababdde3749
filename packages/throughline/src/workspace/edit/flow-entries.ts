import { isMap } from 'yaml'
import {
  commentAfter,
  entriesOf,
  isCollection,
  lineEnd,
  lineStart,
  type Collection,
  type Entry,
  type Layout,
} from './layout.ts'
import type { Plain } from './plain.ts'
import type { Quoting } from './scalar-text.ts'
import type { Splice } from './splice.ts'
import { siblingQuoting } from './style.ts'
import { flowText, jsonLines } from './value-text.ts'

/** A value inside brackets: on one line, or in JSON that is spread over lines as its neighbours are. */
export function inFlow(
  layout: Layout,
  parent: Collection,
  value: Plain,
  quoting: Quoting | undefined,
): string {
  const { text, manner } = layout
  const isBig = value !== null && typeof value === 'object' && Object.keys(value).length > 0
  if (!manner.json || !isBig || !isSpread(text, parent))
    return flowText(value, manner, quoting ?? siblingQuoting(parent))
  const siblings = entriesOf(parent)
    .map((one) => one.value)
    .filter((one) => isCollection(one) && one.items.length > 0)
  if (siblings.length > 0 && siblings.every((one) => !isSpread(text, one as Collection)))
    return flowText(value, manner)
  const indent =
    /^[ \t]*/.exec(text.slice(lineStart(text, entriesOf(parent)[0]?.start ?? 0)))?.[0] ?? ''
  return jsonLines(value, manner)
    .map((line, at) => (at === 0 ? line : indent + line))
    .join(manner.eol)
}

/** Puts a pair or an item between brackets. */
export function insertInFlow(
  layout: Layout,
  parent: Collection,
  entries: readonly Entry[],
  at: number,
  written: string,
): readonly Splice[] {
  const { text, manner } = layout
  const [open, close] = parent.range ?? [0, 0]
  if (entries.length === 0) {
    const pad = isMap(parent) ? manner.inBraces : manner.inBrackets
    return [{ start: open + 1, end: close - 1, text: `${pad}${written}${pad}` }]
  }
  const next = entries[at]
  const startsLine = (entry: Entry): boolean =>
    text.slice(lineStart(text, entry.start), entry.start).trim() === ''
  if (next !== undefined) {
    if (!startsLine(next)) return [{ start: next.start, end: next.start, text: `${written}, ` }]
    const indent = text.slice(lineStart(text, next.start), next.start)
    return [{ start: next.start, end: next.start, text: `${written},${manner.eol}${indent}` }]
  }
  const last = entries.at(-1)!
  if (!startsLine(last) || !isSpread(text, parent))
    return [{ start: last.end, end: last.end, text: `, ${written}` }]
  const indent = text.slice(lineStart(text, last.start), last.start)
  const comma = /^\s*,/.exec(text.slice(last.end, close))
  const after = commentAfter(text, last.end + (comma?.[0].length ?? 0))
  // The bracket may close in the line of the last item.
  const lineHolds = text.slice(last.end + (comma?.[0].length ?? 0), after).trim()
  if (lineHolds !== '' && !lineHolds.startsWith('#'))
    return [{ start: last.end, end: last.end, text: `, ${written}` }]
  return [
    ...(comma === null ? [{ start: last.end, end: last.end, text: ',' }] : []),
    {
      start: after,
      end: after,
      text: `${manner.eol}${indent}${written}${comma === null ? '' : ','}`,
    },
  ]
}

/** Takes entries out from between brackets, with their commas. */
export function removeFromFlow(
  { text }: Layout,
  parent: Collection,
  entries: readonly Entry[],
  from: number,
  to: number,
): readonly Splice[] {
  const first = entries[from]!
  const last = entries[to]!
  const next = entries[to + 1]
  const before = entries[from - 1]
  const line = lineStart(text, first.start)
  const lineEnds = lineEnd(text, last.end)
  const ownLines =
    text.slice(line, first.start).trim() === '' &&
    /^\s*,?\s*(#.*)?$/.test(text.slice(last.end, lineEnds).trimEnd())
  if (ownLines && isSpread(text, parent)) {
    const lines: Splice = { start: line, end: lineEnds, text: '' }
    if (next !== undefined || before === undefined) return [lines]
    const comma = text.indexOf(',', before.end)
    const hadTrailingComma = /^\s*,/.test(text.slice(last.end))
    return hadTrailingComma ? [lines] : [{ start: comma, end: comma + 1, text: '' }, lines]
  }
  if (next !== undefined) return [{ start: first.start, end: next.start, text: '' }]
  return [{ start: before!.end, end: last.end, text: '' }]
}

/** Whether a collection in brackets goes over several lines. */
function isSpread(text: string, node: Collection): boolean {
  const [start, end] = node.range ?? [0, 0]
  return text.slice(start, end).includes('\n')
}
