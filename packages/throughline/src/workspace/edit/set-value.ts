import { isMap, isScalar, isSeq, type Node } from 'yaml'
import { blocksOf } from './block-entries.ts'
import { inFlow, insertInFlow } from './flow-entries.ts'
import {
  columnOf,
  commentAfter,
  continuation,
  entriesOf,
  isCollection,
  isFlow,
  nodeAt,
  type Collection,
  type Entry,
  type Layout,
  type Path,
} from './layout.ts'
import type { Plain } from './plain.ts'
import { scalarText } from './scalar-text.ts'
import { insertLines, shared, type Splice } from './splice.ts'
import { quotingOf, styleOf } from './style.ts'
import {
  flowText,
  indented,
  isTooLong,
  itemLines,
  keyText,
  pairLines,
  onLines,
} from './value-text.ts'

/** Gives a key or an item a value; the maps on the way are made where there are none. */
export function setAt(
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
    style === 'braces' && !onLines.has(key) && !isTooLong(key, value, manner)
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
  return insertLines(layout, blocksOf(text, entries)[before]!.end, indented(lines, column))
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

function wantsLines(key: string | undefined, value: Plain): boolean {
  return key !== undefined && onLines.has(key) && value !== null && typeof value === 'object'
}
