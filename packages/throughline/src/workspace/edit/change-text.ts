import { located, parsedText, type SourceFile } from '@throughline/core'
import { isMap, isScalar, isSeq } from 'yaml'
import type { Node } from 'yaml'
import {
  columnOf,
  continuation,
  entriesOf,
  isCollection,
  isFlow,
  layoutOf,
  lineEnd,
  lineStart,
  mustStand,
  nodeAt,
  type Collection,
  type Entry,
  type Layout,
  type Path,
} from './layout.ts'
import { changedValue } from './change-value.ts'
import { same, type Plain } from './plain.ts'
import { Refusal } from './refusal.ts'
import { scalarText, type Quoting } from './scalar-text.ts'
import {
  blockLines,
  flowText,
  indented,
  itemLines,
  jsonLines,
  keyText,
  pairLines,
} from './value-text.ts'

/** A change of the value that a file holds. Paths lead through maps by key and through lists by number. */
export type Change =
  /** Gives a key or an item a value. A new key stands after those that come before it in `order`. */
  | {
      readonly kind: 'set'
      readonly path: Path
      readonly value: Plain
      readonly order?: readonly string[]
    }
  /** Takes a key or an item away; a list or map that would be empty goes too, but for those that must stand there. */
  | { readonly kind: 'remove'; readonly path: Path }
  /** Puts an item into a list, which is made where there is none. */
  | {
      readonly kind: 'insert'
      readonly path: Path
      readonly at: number
      readonly value: Plain
      readonly order?: readonly string[]
    }
  /** Moves an item of a list; `to` is its number afterwards. */
  | { readonly kind: 'move'; readonly path: Path; readonly from: number; readonly to: number }
  /** Puts a copy of an item, as it is written, after it. */
  | { readonly kind: 'copy'; readonly path: Path; readonly from: number }

/**
 * Changes the value that a YAML or JSON text holds and leaves every character alone that the change is not about: comments,
 * empty lines, order, quotes, line ends. What comes out is read again and compared with what was meant, with the parser that
 * the rest of the house uses; where a text can't be changed safely (anchors), it refuses. Throws `Refusal`.
 */
export function changedText(file: SourceFile, change: Change): string {
  const before = readValue(file)
  const layout = layoutOf(file.text, file.path)
  const splices = splicesFor(layout, change)
  const text = spliced(file.text, splices)
  const after = parsedText({ path: file.path, text })
  if (after.diagnostics.length > 0 || !same(after.value, changedValue(before, change, layout)))
    throw new Refusal(
      409,
      `${file.path} can't be changed here without changing more than was asked`,
      'This place shares its value with another one (an anchor `&` and its `*`), or is written in a rare way. Change it in an editor.',
    )
  return text
}

/** The value of a file that can be read. */
function readValue(file: SourceFile): Plain {
  const { value, diagnostics } = parsedText(file)
  if (diagnostics.length > 0)
    throw new Refusal(409, `${file.path} can't be read`, 'Mend it in an editor first.', {
      diagnostics: located(diagnostics),
    })
  return value as Plain
}

interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

function spliced(text: string, splices: readonly Splice[]): string {
  let result = ''
  let at = 0
  for (const one of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, one.start) + one.text
    at = one.end
  }
  return result + text.slice(at)
}

function splicesFor(layout: Layout, change: Change): readonly Splice[] {
  switch (change.kind) {
    case 'set':
      return setAt(layout, change.path, change.value, change.order ?? [])
    case 'remove':
      return removeAt(layout, change.path)
    case 'insert': {
      const list = nodeAt(layout, change.path)
      if (!isSeq(list) || list.items.length === 0)
        return setAt(layout, change.path, [change.value], change.order ?? [])
      return insertIn(layout, list as Collection, change.at, change.value)
    }
    case 'move':
      return moveIn(layout, listAt(layout, change.path), change.from, change.to)
    case 'copy':
      return copyIn(layout, listAt(layout, change.path), change.from)
  }
}

function listAt(layout: Layout, path: Path): Collection {
  const list = nodeAt(layout, path)
  if (!isSeq(list)) throw shared(path)
  return list as Collection
}

function shared(path: Path): Refusal {
  return new Refusal(
    409,
    `\`${path.join('.')}\` can't be changed here`,
    'It is no list or map of its own: an alias (`*`) perhaps. Change it in an editor.',
  )
}

// Setting

function setAt(
  layout: Layout,
  path: Path,
  value: Plain,
  order: readonly string[],
): readonly Splice[] {
  const key = path.at(-1)
  const above = path.slice(0, -1)
  if (key === undefined) throw shared(path)
  const parent = nodeAt(layout, above)
  if (parent === undefined || parent === null) return setAt(layout, above, { [key]: value }, order)
  if (!isCollection(parent)) throw shared(above)
  const entries = entriesOf(parent)
  const at = isSeq(parent) ? Number(key) : entries.findIndex((one) => one.key === String(key))
  const entry = entries[at]
  if (entry !== undefined) return replace(layout, parent, entries, at, value)
  if (!isMap(parent)) throw shared(path)
  return addPair(layout, parent, entries, String(key), value, order)
}

function replace(
  layout: Layout,
  parent: Collection,
  entries: readonly Entry[],
  at: number,
  value: Plain,
): readonly Splice[] {
  const { text, manner } = layout
  const entry = entries[at]!
  const rest = isMap(parent) && isFlow(parent) ? continuation(layout, entries, at) : 0
  const end = entries[at + rest]!.end
  const old = entry.value
  const needsSpace =
    entry.valueStart === entry.marked && entry.value === null && !(isSeq(parent) && isFlow(parent))
  if (isFlow(parent)) {
    const colon = isMap(parent) && text[entry.marked - 1] !== ':' ? ':' : ''
    const written = inFlow(layout, parent, value, quotingOf(old))
    return [
      {
        start: needsSpace ? end : entry.valueStart,
        end,
        text: `${needsSpace ? `${colon} ` : ''}${written}`,
      },
    ]
  }
  const isSimple = value === null || typeof value !== 'object'
  if (isSimple || (isCollection(old) && isFlow(old) && !wantsLines(entry.key, value))) {
    const column = columnOf(text, entry.start)
    const written =
      typeof value === 'object' && value !== null
        ? flowText(value, manner)
        : (literal(value, old, column, manner.eol, manner.mapIndent) ??
          scalarText(value, { flow: false, json: manner.json }, quotingOf(old) ?? manner.quoting))
    // A list or map on lines of its own begins below its key: all from the colon on goes.
    if (isCollection(old) && !isFlow(old))
      return [{ start: entry.marked, end, text: ` ${written}` }]
    return [{ start: entry.valueStart, end, text: needsSpace ? ` ${written}` : written }]
  }
  return replaceByCollection(layout, parent, entries, at, value)
}

/** A text in a block list becomes a map that keeps it, or a value becomes a list or map. */
function replaceByCollection(
  layout: Layout,
  parent: Collection,
  entries: readonly Entry[],
  at: number,
  value: Plain,
): readonly Splice[] {
  const { text, manner } = layout
  const entry = entries[at]!
  const column = columnOf(text, entry.start)
  const after = commentAfter(text, entry.end)
  if (isSeq(parent)) {
    const [first = '', ...rest] = itemLines(value, manner, styleOf(entries, value))
    const lines = indented(rest, column)
    return [
      { start: entry.valueStart, end: entry.end, text: first.slice(2) },
      ...(lines.length === 0
        ? []
        : [{ start: after, end: after, text: lines.map((line) => manner.eol + line).join('') }]),
    ]
  }
  const style = styleOf(
    entries.filter((_, index) => index !== at),
    value,
  )
  const lines =
    style === 'braces'
      ? [`: ${flowText(value, manner)}`]
      : pairLines(entry.key ?? '', value, manner)
  if (lines.length === 1) {
    const written = lines[0]!.slice(lines[0]!.indexOf(': ') + 2)
    const bare = entry.value === null || (isCollection(entry.value) && !isFlow(entry.value))
    return [
      {
        start: bare ? entry.marked : entry.valueStart,
        end: entry.end,
        text: bare ? ` ${written}` : written,
      },
    ]
  }
  const below = indented(lines.slice(1), column)
    .map((line) => manner.eol + line)
    .join('')
  // The comment beside a key stays there.
  if (entry.value === null || isFlow(entry.value) || !isCollection(entry.value))
    return [
      { start: entry.marked, end: entry.end, text: '' },
      { start: after, end: after, text: below },
    ]
  return [{ start: entry.marked, end: entry.end, text: below }]
}

/** After the comment that stands in the same line, before its line break. */
function commentAfter(text: string, from: number): number {
  const end = lineEnd(text, from)
  return end - (/\r?\n$/.exec(text.slice(from, end))?.[0].length ?? 0)
}

function quotingOf(node: Node | null): Quoting | undefined {
  if (!isScalar(node)) return undefined
  if (node.type === 'QUOTE_DOUBLE') return 'double'
  if (node.type === 'QUOTE_SINGLE') return 'single'
  return node.type === 'PLAIN' ? 'plain' : undefined
}

/** A text of several lines where one stood already: `|` stays `|`. */
function literal(
  value: Plain,
  old: Node | null,
  column: number,
  eol: string,
  step: number,
): string | undefined {
  if (!isScalar(old) || old.type !== 'BLOCK_LITERAL' || typeof value !== 'string') return undefined
  const lines = value.replace(/\n$/, '').split('\n')
  if (
    lines.length < 2 ||
    lines.some(
      (line) =>
        line !== line.trim() || line === '' || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line),
    )
  )
    return undefined
  return [value.endsWith('\n') ? '|' : '|-', ...indented(lines, column + step)].join(eol)
}

/** Whether the neighbours write a map in braces or on lines. */
function styleOf(entries: readonly Entry[], value: Plain): 'braces' | 'lines' | undefined {
  if (value === null || typeof value !== 'object') return undefined
  const maps = entries.map((one) => one.value).filter((one) => isMap(one))
  const nearest = maps.at(-1)
  return nearest === undefined ? undefined : isFlow(nearest) ? 'braces' : 'lines'
}

const keptOnLines = new Set(['steps', 'calls', 'needs', 'pains', 'states'])

function wantsLines(key: string | undefined, value: Plain): boolean {
  return key !== undefined && keptOnLines.has(key) && value !== null && typeof value === 'object'
}

/** A value inside brackets: on one line, or in JSON that is spread over lines as its neighbours are. */
function inFlow(
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

/** The quotes that all texts beside a new one have. */
function siblingQuoting(parent: Collection): Quoting {
  const all = isSeq(parent) ? entriesOf(parent).map((one) => quotingOf(one.value)) : []
  const [first] = all
  return all.length > 1 && first !== undefined && all.every((one) => one === first)
    ? first
    : 'plain'
}

/** Whether a collection in brackets goes over several lines. */
function isSpread(text: string, node: Collection): boolean {
  const [start, end] = node.range ?? [0, 0]
  return text.slice(start, end).includes('\n')
}

function addPair(
  layout: Layout,
  parent: Collection,
  entries: readonly Entry[],
  key: string,
  value: Plain,
  order: readonly string[],
): readonly Splice[] {
  const place = order.indexOf(key)
  const before = entries.findLastIndex(
    (one) => place === -1 || order.indexOf(one.key ?? '') < place,
  )
  const { text, manner } = layout
  if (isFlow(parent)) {
    const pair = `${keyText(key, { flow: true, json: manner.json })}: ${inFlow(layout, parent, value, undefined)}`
    const rest = before === -1 ? 0 : continuation(layout, entries, before)
    return insertInFlow(layout, parent, entries, before + 1 + rest, pair)
  }
  const first = entries[0]
  if (first === undefined) throw shared([key])
  const column = columnOf(text, first.start)
  const style = styleOf(entries, value)
  const lines =
    style === 'braces' && !keptOnLines.has(key)
      ? [`${keyText(key, { flow: false, json: manner.json })}: ${flowText(value, manner)}`]
      : pairLines(key, value, manner)
  if (before === -1) {
    const written = indented(lines, column).join(manner.eol).slice(column)
    return [
      {
        start: first.start,
        end: first.start,
        text: `${written}${manner.eol}${' '.repeat(column)}`,
      },
    ]
  }
  return insertLines(layout, blocksOf(text, parent, entries)[before]!.end, indented(lines, column))
}

/** Whole lines before the line that begins at an offset. */
function insertLines(
  { text, manner }: Layout,
  at: number,
  lines: readonly string[],
): readonly Splice[] {
  const written = lines.join(manner.eol)
  const atEnd = at === text.length && at > 0 && text[at - 1] !== '\n'
  return [{ start: at, end: at, text: atEnd ? manner.eol + written : written + manner.eol }]
}

// Block lists and maps: entries are whole lines

interface Block {
  /** The first line, with the comments right above that are about this entry. */
  readonly start: number
  /** After its last line, with the comments below that are indented further than it. */
  readonly end: number
  /** Its key does not begin a line: it stands after a dash. */
  readonly inline: boolean
}

function blocksOf(
  text: string,
  collection: Collection,
  entries: readonly Entry[],
): readonly Block[] {
  const blocks: Block[] = []
  const column = columnOf(text, entries[0]?.start ?? 0)
  for (const [index, entry] of entries.entries()) {
    const line = lineStart(text, entry.start)
    const inline =
      text
        .slice(line, entry.start)
        .replace(/^\ufeff/, '')
        .trim() !== ''
    let end = lineEnd(text, entry.end)
    for (let at = end; at < text.length; at = lineEnd(text, at)) {
      const found = /^([ \t]*)(#?)[^\r\n]*/.exec(text.slice(at, lineEnd(text, at)))
      if (found === null || (found[2] === '' && found[0].trim() !== '')) break
      if (found[2] === '#') {
        if (found[1]!.length <= column) break
        end = lineEnd(text, at)
      }
    }
    let start = inline ? entry.start : line
    const above = blocks[index - 1]?.end
    while (above !== undefined && !inline && start > above) {
      const previous = lineStart(text, start - 1)
      if (previous < above || !/^[ \t]*#/.test(text.slice(previous, start))) break
      start = previous
    }
    blocks.push({ start, end, inline })
  }
  return blocks
}

function insertIn(layout: Layout, list: Collection, at: number, value: Plain): readonly Splice[] {
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
  return insertBlock(layout, list, entries, at, lines)
}

function insertBlock(
  layout: Layout,
  list: Collection,
  entries: readonly Entry[],
  at: number,
  lines: readonly string[],
): readonly Splice[] {
  const { text } = layout
  const blocks = blocksOf(text, list, entries)
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

function copyIn(layout: Layout, list: Collection, from: number): readonly Splice[] {
  const { text } = layout
  const entries = entriesOf(list)
  const entry = entries[from]
  if (entry === undefined) throw shared([from])
  if (isFlow(list))
    return insertInFlow(layout, list, entries, from + 1, text.slice(entry.valueStart, entry.end))
  const block = blocksOf(text, list, entries)[from]!
  const lines = text
    .slice(lineStart(text, entry.start), block.end)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  return insertBlock(layout, list, entries, from + 1, lines)
}

function moveIn(layout: Layout, list: Collection, from: number, to: number): readonly Splice[] {
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
  const blocks = blocksOf(text, list, entries)
  if (blocks.some((one) => one.inline)) throw shared(['-'])
  const written = blocks.map(({ start, end }) => text.slice(start, end))
  const endsOpen = !/\n$/.test(written.at(-1)!)
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

// Removing

function removeAt(layout: Layout, path: Path): readonly Splice[] {
  const key = path.at(-1)
  const above = path.slice(0, -1)
  const parent = nodeAt(layout, above)
  if (key === undefined || !isCollection(parent)) throw shared(path)
  const entries = entriesOf(parent)
  const at = isSeq(parent) ? Number(key) : entries.findIndex((one) => one.key === String(key))
  const entry = entries[at]
  if (entry === undefined) throw shared(path)
  const rest = isMap(parent) && isFlow(parent) ? continuation(layout, entries, at) : 0
  if (entries.length === 1 + rest) {
    const holder = above.at(-1)
    if (typeof holder === 'string' && !mustStand.has(holder)) return removeAt(layout, above)
    return holder === undefined ? [] : setAt(layout, above, isSeq(parent) ? [] : {}, [])
  }
  if (isFlow(parent)) return removeFromFlow(layout, parent, entries, at, at + rest)
  return removeBlock(layout, parent, entries, at)
}

function removeBlock(
  { text }: Layout,
  parent: Collection,
  entries: readonly Entry[],
  at: number,
): readonly Splice[] {
  const blocks = blocksOf(text, parent, entries)
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

function removeFromFlow(
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

/** Puts a pair or an item between brackets. */
function insertInFlow(
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

export function valueText(value: Plain, path: string, like = ''): string {
  const { manner } = layoutOf(like, path)
  return `${blockLines(value, manner).join(manner.eol)}${manner.eol}`
}
