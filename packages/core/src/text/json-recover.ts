import { deepest, mostProblems } from './limits.ts'
import type { Offsets, PositionNode } from './positions.ts'
import type { DuplicateKey, Problem } from './problem.ts'

export interface RecoveredJson {
  readonly value: unknown
  readonly problems: readonly Problem[]
  readonly duplicates: readonly DuplicateKey[]
  readonly positions: PositionNode
}

/**
 * Reads JSON as far as it goes: tells every problem (comments, missing or extra commas, unclosed brackets ...) and
 * every duplicate key, and still gives the value that was meant. Slower than `JSON.parse`; never throws.
 */
export function recoverJson(text: string): RecoveredJson {
  const reader: Reader = {
    text,
    at: 0,
    depth: 0,
    ended: false,
    open: [],
    problems: [],
    duplicates: [],
  }
  skipSpace(reader)
  if (reader.at >= text.length) {
    problem(reader, 0, text.length, 'The file is empty. Write a JSON value, such as {}.')
    return {
      value: null,
      problems: reader.problems,
      duplicates: [],
      positions: { value: { start: 0, end: text.length } },
    }
  }
  const { value, node } = readValue(reader, undefined)
  skipSpace(reader)
  if (reader.at < text.length) {
    problem(
      reader,
      reader.at,
      lineEnd(text, reader.at),
      'Something follows after the end of the JSON value. Remove it, or check for a bracket that closes too early.',
    )
  }
  const problems = reader.problems.toSorted((a, b) => a.start - b.start)
  return { value, problems, duplicates: reader.duplicates, positions: node }
}

interface Reader {
  readonly text: string
  at: number
  depth: number
  /** Set when the text ended inside brackets: that is told once. */
  ended: boolean
  /** Closing brackets that are awaited, innermost last. */
  readonly open: string[]
  readonly problems: Problem[]
  readonly duplicates: DuplicateKey[]
}
interface Read {
  readonly value: unknown
  readonly node: PositionNode
}

function readValue(reader: Reader, key: Offsets | undefined): Read {
  const { text, at: start } = reader
  const first = text[start]
  if (first === '{' || first === '[') {
    if (reader.depth >= deepest) return tooDeep(reader, key)
    reader.depth++
    const read = first === '{' ? readObject(reader, key) : readArray(reader, key)
    reader.depth--
    return read
  }
  const value = first === '"' || first === "'" ? readString(reader) : readLiteral(reader)
  return { value, node: { value: { start, end: reader.at }, key } }
}

function readObject(reader: Reader, key: Offsets | undefined): Read {
  const { text, at: start } = reader
  const object: Record<string, unknown> = {}
  const children = new Map<string, PositionNode>()
  reader.at++
  reader.open.push('}')
  let needsComma = false
  for (;;) {
    if (separate(reader, '}', needsComma, start)) break
    const before = reader.at
    const nameStart = reader.at
    const name =
      text[nameStart] === '"' || text[nameStart] === "'" ? readString(reader) : readBareKey(reader)
    const nameAt = { start: nameStart, end: reader.at }
    skipSpace(reader)
    if (text[reader.at] === ':') reader.at++
    else
      problem(
        reader,
        nameAt.start,
        nameAt.end,
        `A colon is missing after the key ${shown(name)}. Write "key": value.`,
      )
    skipSpace(reader)
    let inner: Read
    if (reader.at >= text.length || isCloser(text[reader.at]) || text[reader.at] === ',') {
      problem(
        reader,
        nameAt.start,
        nameAt.end,
        `The key ${shown(name)} has no value. Give it one, or remove the key.`,
      )
      inner = { value: null, node: { value: nameAt, key: nameAt } }
    } else inner = readValue(reader, nameAt)
    const earlier = children.get(name)
    if (earlier !== undefined && reader.duplicates.length < mostProblems) {
      reader.duplicates.push({ key: name, first: earlier.key!, second: nameAt })
    }
    Object.defineProperty(object, name, {
      value: inner.value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
    children.set(name, inner.node)
    needsComma = true
    if (reader.at === before) reader.at++
  }
  reader.open.pop()
  return { value: object, node: { value: { start, end: reader.at }, key, children } }
}

function readArray(reader: Reader, key: Offsets | undefined): Read {
  const { text, at: start } = reader
  const items: unknown[] = []
  const children = new Map<string, PositionNode>()
  reader.at++
  reader.open.push(']')
  let needsComma = false
  for (;;) {
    if (separate(reader, ']', needsComma, start)) break
    const before = reader.at
    const inner = readValue(reader, undefined)
    if (text[reader.at] === ':' && typeof inner.value === 'string') {
      problem(
        reader,
        before,
        reader.at + 1,
        'A key stands in a list. Put it in braces: { "key": value }.',
      )
      reader.at++
      skipSpace(reader)
    }
    children.set(String(items.length), inner.node)
    items.push(inner.value)
    needsComma = true
    if (reader.at === before) reader.at++
  }
  reader.open.pop()
  return { value: items, node: { value: { start, end: reader.at }, key, children } }
}

/** Moves to the next entry, telling commas that are missing or too many. True at the end of the list or map. */
function separate(
  reader: Reader,
  closer: '}' | ']',
  needsComma: boolean,
  openedAt: number,
): boolean {
  const { text } = reader
  skipSpace(reader)
  let comma = -1
  while (text[reader.at] === ',') {
    if (comma !== -1 || !needsComma)
      problem(reader, reader.at, reader.at + 1, 'There is a comma too many. Remove it.')
    comma = reader.at++
    skipSpace(reader)
  }
  const here = text[reader.at]
  if (here === closer) {
    if (comma !== -1 && needsComma)
      problem(reader, comma, comma + 1, 'JSON allows no comma before a closing bracket. Remove it.')
    reader.at++
    return true
  }
  const word = closer === '}' ? 'map' : 'list'
  if (here === undefined) {
    if (!reader.ended)
      problem(
        reader,
        openedAt,
        openedAt + 1,
        `This ${word} is never closed. Add ${closer} where it ends.`,
      )
    reader.ended = true
    return true
  }
  if (isCloser(here)) {
    problem(
      reader,
      openedAt,
      openedAt + 1,
      `This ${word} is closed by ${here} further down. Add ${closer} before it, or remove what is too many.`,
    )
    // An outer bracket may be waiting for this one; otherwise it belongs to nobody.
    if (!reader.open.slice(0, -1).includes(here)) reader.at++
    return true
  }
  if (needsComma && comma === -1) {
    problem(
      reader,
      reader.at,
      reader.at + 1,
      'A comma is missing before this. Separate entries with commas.',
    )
  }
  return false
}

function readString(reader: Reader): string {
  const { text, at: start } = reader
  const quote = text[start]!
  let at = start + 1
  let raw = ''
  let from = at
  if (quote === "'")
    problem(
      reader,
      start,
      start + 1,
      'JSON knows only double quotes. Write "..." instead of \'...\'.',
    )
  for (;;) {
    const char = text[at]
    if (char === undefined || char === '\n') {
      problem(
        reader,
        start,
        at,
        'This text has no closing quote on its line. Close it, and write \\n for a line break inside.',
      )
      break
    }
    if (char === quote) break
    if (char === '\\') {
      const escape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at, at + 6))
      if (escape === null) {
        problem(reader, at, at + 2, 'JSON has no such escape. Write \\\\ for a backslash.')
        raw += `${text.slice(from, at)}\\\\`
        at++
      } else {
        raw += text.slice(from, at) + escape[0]
        at += escape[0].length
      }
      from = at
    } else if (char < ' ') {
      problem(
        reader,
        at,
        at + 1,
        'A control character stands in a text. Write it as an escape, such as \\t.',
      )
      raw += text.slice(from, at) + (char === '\t' ? '\\t' : '\ufffd')
      from = ++at
    } else if (char === '"') {
      raw += `${text.slice(from, at)}\\"`
      from = ++at
    } else at++
  }
  raw += text.slice(from, at)
  reader.at = text[at] === quote ? at + 1 : at
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    return raw
  }
}

function readBareKey(reader: Reader): string {
  const { text, at: start } = reader
  const found = /^[^\s:,{}[\]"']+/.exec(text.slice(start, start + 200))
  if (found === null) {
    problem(reader, start, start + 1, 'A key was expected here. Write "key": value.')
    reader.at++
    return text[start]!
  }
  reader.at += found[0].length
  problem(
    reader,
    start,
    reader.at,
    `The key ${shown(found[0])} has no quotes. Write ${JSON.stringify(found[0])}.`,
  )
  return found[0]
}

function readLiteral(reader: Reader): unknown {
  const { text, at: start } = reader
  const token = /^[^\s,:{}[\]"']+/.exec(text.slice(start, start + 400))?.[0] ?? text[start]!
  reader.at += token.length
  try {
    const value = JSON.parse(token) as unknown
    if (value === null || typeof value !== 'object') return value
  } catch {
    // told below
  }
  const meant = meanings.get(token)
  if (meant !== undefined) {
    problem(
      reader,
      start,
      reader.at,
      `JSON does not know ${shown(token)}. Write ${JSON.stringify(meant)}.`,
    )
    return meant
  }
  if (/^[+.\d-]/.test(token) && Number.isFinite(Number(token))) {
    problem(
      reader,
      start,
      reader.at,
      `${shown(token)} is no JSON number. Write ${String(Number(token))}, or put it in quotes.`,
    )
    return Number(token)
  }
  problem(
    reader,
    start,
    reader.at,
    `${shown(token)} is no JSON value. Put it in double quotes if it is a text.`,
  )
  return token
}

const meanings: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['TRUE', true],
  ['False', false],
  ['FALSE', false],
  ['None', null],
  ['nil', null],
  ['Null', null],
  ['NULL', null],
  ['undefined', null],
  ['NaN', null],
])

/** Leaves out what is nested too deep, without recursion. */
function tooDeep(reader: Reader, key: Offsets | undefined): Read {
  const { text, at: start } = reader
  let depth = 0
  for (; reader.at < text.length; reader.at++) {
    const char = text[reader.at]
    if (char === '"') {
      const end = text.indexOf('"', reader.at + 1)
      if (end === -1) break
      reader.at = end
    } else if (char === '{' || char === '[') depth++
    else if (isCloser(char) && --depth === 0) {
      reader.at++
      break
    }
  }
  problem(
    reader,
    start,
    start + 1,
    `Values are nested deeper than ${deepest} here. The rest is left out; flatten it.`,
  )
  return { value: null, node: { value: { start, end: reader.at }, key } }
}

function skipSpace(reader: Reader): void {
  const { text } = reader
  for (;;) {
    const code = text.charCodeAt(reader.at)
    if (code <= 32 || code === 0xa0 || code === 0xfeff) reader.at++
    else if (
      code === 35 ||
      (code === 47 && (text[reader.at + 1] === '/' || text[reader.at + 1] === '*'))
    ) {
      const start = reader.at
      if (text[start + 1] === '*') {
        const end = text.indexOf('*/', start + 2)
        reader.at = end === -1 ? text.length : end + 2
      } else reader.at = lineEnd(text, start)
      problem(
        reader,
        start,
        reader.at,
        'JSON has no comments. Remove it, or save the file as YAML.',
      )
    } else return
  }
}

function problem(reader: Reader, start: number, end: number, words: string): void {
  if (reader.problems.length < mostProblems) reader.problems.push({ start, end, problem: words })
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

function isCloser(char: string | undefined): char is '}' | ']' {
  return char === '}' || char === ']'
}

function shown(name: string): string {
  return '`' + (name.length > 40 ? `${name.slice(0, 37)}...` : name) + '`'
}
