import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml'
import { deepest, mostAliasedValues, mostProblems } from './limits.ts'
import type { Offsets, PositionNode } from './positions.ts'
import type { Problem } from './problem.ts'
import type { YamlValue } from './yaml-value.ts'

export interface RecoveredYaml extends YamlValue {
  readonly positions: PositionNode
}

/**
 * Reads YAML that is not well-formed as far as it goes: every problem in plain words, and the value that was meant.
 * Slow (seconds for ten megabytes): only for texts that the fast parser refused. `undefined` where nothing can be made of it.
 */
export function recoverYaml(text: string): RecoveredYaml | undefined {
  try {
    const parsed = parseDocument(text, {
      prettyErrors: false,
      uniqueKeys: false,
      merge: true,
      logLevel: 'silent',
    })
    const reader: Reader = {
      text,
      parsed,
      problems: [],
      unclosed: [],
      references: new Set(),
      values: 0,
      within: [],
    }
    const { value, positions } = read(reader, parsed.contents, undefined, 0)
    const problems = [
      ...reader.problems,
      ...parsed.errors.map((error) => inPlainWords(reader, error)),
    ]
    return {
      value,
      positions,
      problems: onePerLine(text, problems),
      duplicates: [],
      references: reader.references,
    }
  } catch {
    // Nested too deep for a recursive parser, or an anchor that it will not follow.
    return undefined
  }
}

interface Reader {
  readonly text: string
  readonly parsed: Document.Parsed
  readonly problems: Problem[]
  /** Quotes and brackets that nothing closes. */
  readonly unclosed: Offsets[]
  readonly references: Set<string>
  /** Values read so far; aliases count each time. */
  values: number
  /** Collections that are open now, to see cycles. */
  readonly within: unknown[]
}
interface Read {
  readonly value: unknown
  readonly positions: PositionNode
}

function read(reader: Reader, node: unknown, key: Offsets | undefined, depth: number): Read {
  const at = offsetsOf(reader, node) ?? key ?? { start: 0, end: 0 }
  reader.values++
  const nothing: Read = { value: null, positions: { value: at, key } }
  if (isScalar(node)) {
    if (
      (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') &&
      !/["']$/.test(reader.text.slice(at.start + 1, at.end))
    ) {
      reader.unclosed.push({ start: at.start, end: lineEnd(reader.text, at.start) })
    }
    const { value } = node
    const isPlain =
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    return { value: isPlain ? value : (node.source ?? ''), positions: { value: at, key } }
  }
  if (depth >= deepest || reader.within.includes(node)) {
    reader.problems.push({
      ...at,
      problem: `Values are nested deeper than ${deepest} here. The rest is left out; flatten it.`,
    })
    return nothing
  }
  if (isAlias(node)) {
    const target = node.resolve(reader.parsed)
    if (target === undefined) {
      reader.problems.push({
        ...at,
        problem: `The alias \`${node.source}\` names no anchor above it. Put & and this name before the value it stands for.`,
      })
      return nothing
    }
    if (reader.values > mostAliasedValues + reader.text.length) return nothing
    const { value, positions } = read(reader, target, undefined, depth + 1)
    return { value, positions: { value: at, key, children: positions.children } }
  }
  if (!isMap(node) && !isSeq(node)) return nothing
  reader.within.push(node)
  if (node.flow === true && !/[\]}]$/.test(reader.text.slice(at.start + 1, at.end)))
    reader.unclosed.push({ start: at.start, end: at.start + 1 })
  const result = isMap(node)
    ? readMap(reader, node.items, at, key, depth)
    : readList(reader, node.items, at, key, depth)
  reader.within.pop()
  return result
}

function readList(
  reader: Reader,
  items: readonly unknown[],
  at: Offsets,
  key: Offsets | undefined,
  depth: number,
): Read {
  const value: unknown[] = []
  const children = new Map<string, PositionNode>()
  for (const item of items) {
    const inner = isPair(item)
      ? readMap(reader, [item], offsetsOf(reader, item.key) ?? at, undefined, depth + 1)
      : read(reader, item, undefined, depth + 1)
    children.set(String(value.length), inner.positions)
    value.push(inner.value)
  }
  return { value, positions: { value: at, key, children } }
}

function readMap(
  reader: Reader,
  items: readonly { key: unknown; value: unknown }[],
  at: Offsets,
  key: Offsets | undefined,
  depth: number,
): Read {
  const value: Record<string, unknown> = {}
  const children = new Map<string, PositionNode>()
  const own = (name: string, inner: Read): void => {
    Object.defineProperty(value, name, {
      value: inner.value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
    children.set(name, inner.positions)
  }
  for (const pair of items) {
    const nameAt = offsetsOf(reader, pair.key) ?? at
    const inner = read(reader, pair.value, nameAt, depth + 1)
    const name = isScalar(pair.key)
      ? String(pair.key.source ?? pair.key.value)
      : reader.text.slice(nameAt.start, nameAt.end)
    if (name === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
      for (const [inherited, position] of inner.positions.children ?? []) {
        if (position.key !== undefined && !Object.hasOwn(value, inherited)) {
          own(inherited, {
            value: (inner.value as Record<string, unknown>)[inherited],
            positions: position,
          })
        }
      }
    } else {
      if (name === '$ref' && typeof inner.value === 'string') reader.references.add(inner.value)
      own(name, inner)
    }
  }
  return { value, positions: { value: at, key, children } }
}

function offsetsOf(reader: Reader, node: unknown): Offsets | undefined {
  const range = (node as Node | null | undefined)?.range
  if (!Array.isArray(range)) return undefined
  const [start, valueEnd] = range as readonly [number, number, number]
  let end = Math.max(start, valueEnd)
  while (end > start && /\s/.test(reader.text[end - 1] ?? '')) end--
  return { start, end }
}

function inPlainWords(reader: Reader, { code, message, pos }: YAMLError): Problem {
  const [from, to] = pos
  const isQuote = message.startsWith('Missing closing')
  const isFlow = message.startsWith('Flow ')
  if (isQuote || isFlow) {
    const openings = reader.unclosed.filter(
      (one) => one.start <= from && /^["']/.test(reader.text.slice(one.start)) === isQuote,
    )
    const opening = openings.at(-1)
    if (opening !== undefined) {
      reader.unclosed.splice(reader.unclosed.indexOf(opening), 1)
      const problem = isQuote
        ? 'This quote is never closed. Close it at the end of the text.'
        : 'This bracket is never closed, or what is inside is not indented. Close it.'
      return { ...opening, problem }
    }
  }
  const line = reader.text.slice(reader.text.lastIndexOf('\n', from - 1) + 1, from)
  // A line that begins where nothing can begin makes a key of more than one line.
  const isLineStart = code === 'BLOCK_AS_IMPLICIT_KEY' && line.trim() === ''
  return { start: from, end: to, problem: wordsOf(isLineStart ? 'BAD_INDENT' : code, message) }
}

function wordsOf(code: YAMLError['code'], message: string): string {
  const advice = advices[code]
  if (advice !== undefined) return advice
  return `${message.replace(/\.$/, '')}. Check indentation, quotes and brackets around here.`
}

const advices: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'A tab indents this line, which YAML forbids. Use spaces.',
  BAD_INDENT: 'This line is not indented like the ones it belongs to. Line them up.',
  BAD_SCALAR_START: 'A text cannot start with this character. Put the text in quotes.',
  BAD_DQ_ESCAPE:
    'There is no such escape in double quotes. Write \\\\ for a backslash, or use single quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'There are two `: ` in one entry. Put the text in quotes, or start a new line for the inner key.',
  MULTILINE_IMPLICIT_KEY:
    'A key goes over more than one line here. Is a `:` missing on the line above?',
  BLOCK_IN_FLOW:
    'A list with dashes or an indented map cannot stand inside brackets. Use [a, b] or {a: b} there.',
  KEY_OVER_1024_CHARS:
    'A key is longer than 1,024 characters here. Is a quote or a colon missing above?',
  BAD_ALIAS:
    'An anchor or alias has no name, or an unusual one. Put the text in quotes if no alias was meant.',
  MULTIPLE_DOCS:
    'A second YAML document starts here (after ---), and only the first is read. Put it into a file of its own.',
  UNEXPECTED_TOKEN:
    'This does not belong here. Check the indentation of the line, and quotes or brackets before it.',
  MISSING_CHAR: 'Something is missing here: a `:` after a key, or a space after a `:` or a `-`.',
}

/** One broken line is one mistake, whatever follows from it. */
function onePerLine(text: string, problems: readonly Problem[]): readonly Problem[] {
  const kept: Problem[] = []
  let end = -1
  for (const problem of problems.toSorted((a, b) => a.start - b.start)) {
    if (problem.start < end || kept.length >= mostProblems) continue
    kept.push(problem)
    end = lineEnd(text, problem.start) + 1
  }
  return kept
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}
