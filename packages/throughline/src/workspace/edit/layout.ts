import { CST, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import type { Manner } from './value-text.ts'
import { Refusal } from './refusal.ts'

export type Path = readonly (string | number)[]

/** A text with the places of all that stands in it. Offsets count UTF-16 units. */
export interface Layout {
  readonly text: string
  readonly root: Node | null
  readonly manner: Manner
}

export type Collection = YAMLMap<Node, Node | null> | YAMLSeq<Node>

/** A pair of a map or an item of a list, as it lies in the text. */
export interface Entry {
  /** The key of a pair. */
  readonly key: string | undefined
  readonly value: Node | null
  /** Where the key or the dash begins; in brackets, where the item does. */
  readonly start: number
  /** Where the value begins, with its anchor and tag; after the `:` or the dash where there is none. */
  readonly valueStart: number
  /** After the last character of the value. */
  readonly end: number
  /** After the `:` or the dash. */
  readonly marked: number
}

/** How long a file may be that is edited here: the slow parser takes a second for each million characters. */
const longest = 2_000_000

export function layoutOf(text: string, path: string): Layout {
  if (text.length > longest)
    throw new Refusal(
      409,
      `${path} is too long to be edited here`,
      'Change it in an editor, or split it.',
    )
  const document = parseDocument<Node>(text, {
    keepSourceTokens: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const root = document.contents
  return { text, root, manner: mannerOf(text, path, root) }
}

/** The value at a path; `undefined` where there is none, `null` where a key has no value. */
export function nodeAt(layout: Layout, path: Path): Node | null | undefined {
  let here: Node | null | undefined = layout.root
  for (const key of path) {
    if (!isMap(here) && !isSeq(here)) return undefined
    const entries: readonly Entry[] = entriesOf(here as Collection)
    const entry: Entry | undefined = isSeq(here)
      ? entries[Number(key)]
      : entries.find((one) => one.key === String(key))
    if (entry === undefined) return undefined
    here = entry.value
  }
  return here
}

export function entriesOf(collection: Collection): readonly Entry[] {
  const token = collection.srcToken
  if (token === undefined || !('items' in token)) return []
  const items: readonly CST.CollectionItem[] = token.items
  if (isMap(collection)) return collection.items.map((pair) => pairEntry(pair))
  const written = items.filter(
    (item) =>
      item.value !== undefined ||
      item.key !== undefined ||
      item.sep !== undefined ||
      item.start.some(({ type }) => type === 'seq-item-ind' || type === 'anchor' || type === 'tag'),
  )
  return collection.items.map((value, at) => itemEntry(value, written[at]))
}

function pairEntry(pair: Pair<Node, Node | null>): Entry {
  const token = pair.srcToken
  const key = pair.key
  const keyEnd = key.range?.[1] ?? 0
  const start = firstOf(token?.start, key.range?.[0] ?? 0)
  let marked = keyEnd
  let valueStart: number | undefined
  let end = keyEnd
  for (const { type, offset, source } of (token?.sep ?? []) as readonly CST.SourceToken[]) {
    if (type === 'map-value-ind') marked = end = offset + source.length
    if (type === 'anchor' || type === 'tag') {
      valueStart ??= offset
      end = offset + source.length
    }
  }
  const value = pair.value ?? null
  const isEmpty = value === null || isEmptyScalar(value)
  return {
    key: isScalar(key) ? String(key.source ?? key.value) : undefined,
    value: isEmpty ? null : value,
    start,
    marked,
    valueStart: valueStart ?? (isEmpty ? marked : (value.range?.[0] ?? marked)),
    end: isEmpty ? end : contentEnd(value),
  }
}

function itemEntry(value: Node, token: CST.CollectionItem | undefined): Entry {
  const begins = token?.start.find(({ type }) => type === 'seq-item-ind')
  const isEmpty = isEmptyScalar(value)
  const from = value.range?.[0] ?? 0
  const valueStart = firstOf(token?.start, from)
  const marked = begins === undefined ? valueStart : begins.offset + begins.source.length
  return {
    key: undefined,
    value: isEmpty ? null : value,
    start: begins?.offset ?? valueStart,
    marked,
    valueStart: isEmpty ? marked : valueStart,
    end: isEmpty ? marked : contentEnd(value),
  }
}

/** Where an anchor or a tag before a node begins, else the node. */
function firstOf(tokens: readonly CST.SourceToken[] | undefined, otherwise: number): number {
  const first = tokens?.find(
    ({ type }) => type === 'anchor' || type === 'tag' || type === 'explicit-key-ind',
  )
  return first?.offset ?? otherwise
}

function isEmptyScalar(node: Node): boolean {
  return (
    isScalar(node) &&
    node.range !== undefined &&
    node.range !== null &&
    node.range[0] === node.range[1]
  )
}

/** After the last character that belongs to a value: without comments and empty lines that follow. */
function contentEnd(node: Node): number {
  const end = node.range?.[1] ?? 0
  if (isFlow(node) || (!isMap(node) && !isSeq(node))) {
    if (!isScalar(node) || (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED'))
      return end
    const source = node.srcToken?.type === 'block-scalar' ? node.srcToken.source : ''
    const header = node.srcToken?.type === 'block-scalar' ? node.srcToken.props : []
    const keeps = header.some((one) => 'source' in one && /^[|>]\d?\+/.test(one.source))
    return keeps
      ? end - (/\r?\n$/.exec(source)?.[0].length ?? 0)
      : end - (/\s*$/.exec(source)?.[0].length ?? 0)
  }
  const last = entriesOf(node as Collection).at(-1)
  return last?.end ?? node.range?.[0] ?? 0
}

export function isFlow(node: Node | null | undefined): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true
}

export function isCollection(node: unknown): node is Collection {
  return isMap(node) || isSeq(node)
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

/** After the line break of the line, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

/** After the comment that stands in the same line, before its line break. */
export function commentAfter(text: string, from: number): number {
  const end = lineEnd(text, from)
  return end - (/\r?\n$/.exec(text.slice(from, end))?.[0].length ?? 0)
}

/** How many characters stand before a place in its line; a byte order mark is none of them. */
export function columnOf(text: string, at: number): number {
  const start = lineStart(text, at)
  return at - start - (text.charCodeAt(start) === 0xfeff ? 1 : 0)
}

/** Counts how the file is written, so that new text looks like the old. */
function mannerOf(text: string, path: string, root: Node | null): Manner {
  const json = /\.json$/i.test(path) || isFlow(root)
  let listIndent: number | undefined
  let mapIndent: number | undefined
  let tight = 0
  let braces = 0
  let tightBrackets = 0
  let brackets = 0
  const quotes = { single: 0, double: 0 }
  let plain = 0
  const visit = (node: Node | null, column: number, depth: number): void => {
    if (depth > 60) return
    if (isScalar(node)) {
      if (node.type === 'QUOTE_DOUBLE') quotes.double++
      if (node.type === 'QUOTE_SINGLE') quotes.single++
      if (node.type === 'PLAIN' && typeof node.value === 'string') plain++
      return
    }
    if (!isCollection(node)) return
    if (isFlow(node) && node.items.length > 0 && node.range) {
      const gap = /\s/.test(text[node.range[0] + 1] ?? '')
      if (isMap(node)) {
        braces++
        if (!gap) tight++
      } else {
        brackets++
        if (!gap) tightBrackets++
      }
    }
    const entries = entriesOf(node)
    const here = isFlow(node) ? column : columnOf(text, entries[0]?.start ?? 0)
    for (const { value } of entries) {
      if (isMap(node) && !isFlow(node) && isCollection(value) && !isFlow(value)) {
        const inner = columnOf(text, entriesOf(value)[0]?.start ?? 0)
        if (isSeq(value)) listIndent ??= inner - here
        else mapIndent ??= inner - here
      }
      visit(value, here, depth + 1)
    }
  }
  visit(root, 0, 0)
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  '
  const quoted = quotes.single + quotes.double
  return {
    json,
    eol: /\r\n/.test(text) ? '\r\n' : '\n',
    inBraces: json ? (braces > 0 && tight < braces ? ' ' : '') : tight * 2 > braces ? '' : ' ',
    inBrackets: brackets > 0 && tightBrackets * 2 < brackets ? ' ' : '',
    listIndent: Math.max(0, listIndent ?? 2),
    mapIndent: Math.max(1, mapIndent ?? 2),
    unit,
    // A team that quotes every text, as some style guides ask, gets quotes; others only where YAML wants them.
    quoting: json
      ? 'double'
      : quoted > plain * 4 && quoted > 4
        ? quotes.single > quotes.double
          ? 'single'
          : 'double'
        : 'plain',
  }
}

/** Lists that a file must have, even when they are empty. */
export const mustStand = new Set(['steps', 'next'])

/** Keys that can stand in one of our maps. Anything else without a `:` in a flow map is the rest of a text with a comma. */
const words = new Set(
  'show test recover same path why absent label score quote from p50 p75 p95 size operation after needs sends budget states'.split(
    ' ',
  ),
)

/** How many pairs after this one are the rest of its text: `{ show: A new, empty basket }`. */
export function continuation(layout: Layout, entries: readonly Entry[], at: number): number {
  const first = entries[at]
  if (!isScalar(first?.value) || first.value.type !== 'PLAIN') return 0
  let count = 0
  for (const next of entries.slice(at + 1)) {
    const bare = next.value === null && layout.text[next.marked - 1] !== ':'
    if (!bare || words.has(next.key ?? '')) break
    count++
  }
  return count
}
