/** A JSONPath query (RFC 9535), parsed. */
export interface Query {
  /** Begins at the document (`$`) and not at the value a filter looks at (`@`). */
  readonly absolute: boolean
  readonly segments: readonly Segment[]
}

interface Segment {
  /** `..`: the value itself and everything below it. */
  readonly descendant: boolean
  readonly selectors: readonly Selector[]
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly index: number }
  | {
      readonly kind: 'slice'
      readonly start: number | undefined
      readonly end: number | undefined
      readonly step: number
    }
  | { readonly kind: 'filter'; readonly test: Test }

/** What a filter asks of each value. */
export type Test =
  | { readonly kind: 'any'; readonly of: readonly Test[] }
  | { readonly kind: 'all'; readonly of: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'exists'; readonly query: Query }
  | { readonly kind: 'call'; readonly call: Call }
  | {
      readonly kind: 'compare'
      readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>='
      readonly left: Operand
      readonly right: Operand
    }

/** One side of a comparison, or what a function is given. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'call'; readonly call: Call }

export interface Call {
  readonly name: keyof typeof functions
  readonly operands: readonly Operand[]
}

type Type = 'value' | 'nodes' | 'logical'

/** RFC 9535, section 2.4: what each function takes and gives. */
const functions = {
  length: { takes: ['value'], gives: 'value' },
  count: { takes: ['nodes'], gives: 'value' },
  value: { takes: ['nodes'], gives: 'value' },
  match: { takes: ['value', 'value'], gives: 'logical' },
  search: { takes: ['value', 'value'], gives: 'logical' },
} as const satisfies Record<string, { takes: readonly Type[]; gives: Type }>

/** What is wrong with a JSONPath, and after how many characters. */
export interface WrongPath {
  readonly problem: string
  readonly at: number
}

/** Longer queries, and deeper ones, are nobody's. */
const longest = 10_000
const deepest = 100

/** Reads a JSONPath query as RFC 9535 writes it; what is wrong with it where it is none. */
export function parseJsonPath(text: string): Query | WrongPath {
  if (text.length > longest) return { problem: `is longer than ${longest} characters`, at: longest }
  const reader: Reader = { text, at: 0, depth: 0 }
  try {
    if (text[0] !== '$') throw wrong(reader, 'must begin with `$`')
    const query = readQuery(reader)
    if (reader.at < text.length) throw wrong(reader, `has ${shownAt(reader)} where it should end`)
    return query
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.message, at: error.at }
    throw error
  }
}

interface Reader {
  readonly text: string
  at: number
  depth: number
}

class Wrong extends Error {
  readonly at: number
  constructor(problem: string, at: number) {
    super(problem)
    this.at = at
  }
}

function wrong({ at }: Reader, problem: string): Wrong {
  return new Wrong(problem, at)
}

function shownAt({ text, at }: Reader): string {
  const found = text.codePointAt(at)
  return found === undefined ? 'its end' : `\`${String.fromCodePoint(found)}\``
}

/** From the `$` or `@` on. */
function readQuery(reader: Reader): Query {
  const absolute = reader.text[reader.at] === '$'
  reader.at += 1
  const segments: Segment[] = []
  for (;;) {
    const before = reader.at
    skipSpace(reader)
    const segment = readSegment(reader)
    if (segment === undefined) {
      reader.at = before
      return { absolute, segments }
    }
    segments.push(segment)
  }
}

function readSegment(reader: Reader): Segment | undefined {
  if (reader.text[reader.at] === '[') return { descendant: false, selectors: readBrackets(reader) }
  if (!taken(reader, '.')) return undefined
  const descendant = taken(reader, '.')
  if (descendant && reader.text[reader.at] === '[')
    return { descendant, selectors: readBrackets(reader) }
  if (taken(reader, '*')) return { descendant, selectors: [{ kind: 'wildcard' }] }
  const name = /[A-Za-z_\u0080-\ud7ff\ue000-\u{10ffff}][\w\u0080-\ud7ff\ue000-\u{10ffff}]*/uy
  name.lastIndex = reader.at
  const found = name.exec(reader.text)?.[0]
  if (found === undefined)
    throw wrong(
      reader,
      `has ${shownAt(reader)} where a name should be (names with other signs stand in brackets: \`['/basket']\`)`,
    )
  reader.at += found.length
  return { descendant, selectors: [{ kind: 'name', name: found }] }
}

function readBrackets(reader: Reader): readonly Selector[] {
  reader.at += 1
  const selectors: Selector[] = []
  do {
    skipSpace(reader)
    selectors.push(readSelector(reader))
    skipSpace(reader)
  } while (taken(reader, ','))
  demand(reader, ']')
  return selectors
}

function readSelector(reader: Reader): Selector {
  const sign = reader.text[reader.at]
  if (sign === "'" || sign === '"') return { kind: 'name', name: readString(reader) }
  if (taken(reader, '*')) return { kind: 'wildcard' }
  if (taken(reader, '?')) {
    skipSpace(reader)
    return { kind: 'filter', test: readAny(reader) }
  }
  const start = readInteger(reader)
  const afterStart = reader.at
  skipSpace(reader)
  if (!taken(reader, ':')) {
    if (start === undefined)
      throw wrong(reader, `has ${shownAt(reader)} where a name, a number, \`*\` or \`?\` should be`)
    reader.at = afterStart
    return { kind: 'index', index: start }
  }
  skipSpace(reader)
  const end = readInteger(reader)
  const afterEnd = reader.at
  skipSpace(reader)
  let step = 1
  if (taken(reader, ':')) {
    const afterColon = reader.at
    skipSpace(reader)
    const written = readInteger(reader)
    if (written === undefined) reader.at = afterColon
    step = written ?? 1
  } else {
    reader.at = afterEnd
  }
  return { kind: 'slice', start, end, step }
}

function readInteger(reader: Reader): number | undefined {
  const found = matched(reader, /-?\d+/y)
  if (found === undefined) return undefined
  const value = Number(found)
  if (!/^(0|-?[1-9]\d*)$/.test(found) || !Number.isSafeInteger(value)) {
    reader.at -= found.length
    throw wrong(reader, `has \`${found.slice(0, 30)}\`, which is no index`)
  }
  return value
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '/': '/',
  '\\': '\\',
}

function readString(reader: Reader): string {
  const { text } = reader
  const quote = text[reader.at]!
  reader.at += 1
  let result = ''
  for (;;) {
    const sign = text[reader.at]
    if (sign === undefined) throw wrong(reader, `has a text without its closing ${quote}`)
    if (sign < ' ') throw wrong(reader, 'has a control character in a text')
    reader.at += 1
    if (sign === quote) return result
    if (sign !== '\\') {
      result += sign
      continue
    }
    const escaped = text[reader.at] ?? ''
    if (escaped === 'u') result += readUnicode(reader)
    else if (escaped === quote || Object.hasOwn(escapes, escaped)) {
      result += escaped === quote ? quote : escapes[escaped]
      reader.at += 1
    } else throw wrong(reader, `has \`\\${escaped}\`, which means nothing`)
  }
}

/** `\uD83D\uDE00`: halves of a pair count only together. */
function readUnicode(reader: Reader): string {
  const found = matched(
    reader,
    /u(?:[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(?![dD][89a-fA-F])[\da-fA-F]{4})/y,
  )
  if (found === undefined) throw wrong(reader, 'has a `\\u` that names no character')
  return found.replace(/\\?u([\da-fA-F]{4})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
}

function readAny(reader: Reader): Test {
  return chain(reader, '||', 'any', () => chain(reader, '&&', 'all', () => readBasic(reader)))
}

function chain(reader: Reader, operator: string, kind: 'any' | 'all', read: () => Test): Test {
  const of = [read()]
  for (;;) {
    const before = reader.at
    skipSpace(reader)
    if (!taken(reader, operator)) {
      reader.at = before
      return of.length === 1 ? of[0]! : { kind, of }
    }
    skipSpace(reader)
    of.push(read())
  }
}

function readBasic(reader: Reader): Test {
  if (taken(reader, '!')) {
    skipSpace(reader)
    if (reader.text[reader.at] === '(') return { kind: 'not', test: readParentheses(reader) }
    return { kind: 'not', test: asTest(readOperand(reader), reader.at) }
  }
  if (reader.text[reader.at] === '(') return readParentheses(reader)
  const start = reader.at
  const left = readOperand(reader)
  const before = reader.at
  skipSpace(reader)
  const operator = matched(reader, /==|!=|<=|>=|<|>/y)
  if (operator === undefined) {
    reader.at = before
    return asTest(left, start)
  }
  const comparable = (operand: Operand, at: number): Operand => {
    if (operand.kind === 'query' && !isSingular(operand.query))
      throw new Wrong('compares a query that may select several values', at)
    if (operand.kind === 'call' && functions[operand.call.name].gives !== 'value')
      throw new Wrong(`compares ${operand.call.name}(), which is no value`, at)
    return operand
  }
  skipSpace(reader)
  const at = reader.at
  return {
    kind: 'compare',
    operator: operator as '==',
    left: comparable(left, start),
    right: comparable(readOperand(reader), at),
  }
}

function readParentheses(reader: Reader): Test {
  reader.at += 1
  if (++reader.depth > deepest) throw wrong(reader, 'is nested too deeply')
  skipSpace(reader)
  const test = readAny(reader)
  skipSpace(reader)
  demand(reader, ')')
  reader.depth -= 1
  return test
}

function asTest(operand: Operand, at: number): Test {
  if (operand.kind === 'query') return { kind: 'exists', query: operand.query }
  if (operand.kind === 'call' && functions[operand.call.name].gives === 'logical')
    return { kind: 'call', call: operand.call }
  throw new Wrong('has a value where a question should be: compare it with something', at)
}

/** A literal, a query or a function call. */
function readOperand(reader: Reader): Operand {
  const sign = reader.text[reader.at]
  if (sign === "'" || sign === '"') return { kind: 'literal', value: readString(reader) }
  if (sign === '$' || sign === '@') {
    if (++reader.depth > deepest) throw wrong(reader, 'is nested too deeply')
    const query = readQuery(reader)
    reader.depth -= 1
    return { kind: 'query', query }
  }
  const number = matched(reader, /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y)
  if (number !== undefined) return { kind: 'literal', value: Number(number) }
  const start = reader.at
  const word = matched(reader, /[a-z][a-z_\d]*/y)
  if (word !== undefined && reader.text[reader.at] === '(') return readCall(reader, word, start)
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' }
  if (word === 'null') return { kind: 'literal', value: null }
  reader.at = start
  throw wrong(reader, `has ${shownAt(reader)} where a value should be`)
}

function readCall(reader: Reader, name: string, start: number): Operand {
  if (!isFunction(name)) throw new Wrong(`calls ${name}(), which there is not`, start)
  if (++reader.depth > deepest) throw wrong(reader, 'is nested too deeply')
  reader.at += 1
  const takes: readonly Type[] = functions[name].takes
  const operands: Operand[] = []
  for (const type of takes) {
    if (operands.length > 0) demand(reader, ',')
    skipSpace(reader)
    operands.push(readArgument(reader, type, name))
    skipSpace(reader)
  }
  demand(reader, ')')
  reader.depth -= 1
  return { kind: 'call', call: { name, operands } }
}

function readArgument(reader: Reader, type: Type, name: string): Operand {
  const at = reader.at
  const operand = readOperand(reader)
  const fits =
    operand.kind === 'query'
      ? type === 'nodes' || isSingular(operand.query)
      : operand.kind === 'literal'
        ? type === 'value'
        : operand.kind === 'call' && functions[operand.call.name].gives === type
  if (!fits)
    throw new Wrong(
      type === 'nodes'
        ? `gives ${name}() something else than a query`
        : `gives ${name}() something else than one value`,
      at,
    )
  return operand
}

function isFunction(name: string): name is keyof typeof functions {
  return Object.hasOwn(functions, name)
}

/** Selects one value at most: names and indexes only. */
function isSingular({ segments }: Query): boolean {
  return segments.every(
    ({ descendant, selectors }) =>
      !descendant &&
      selectors.length === 1 &&
      (selectors[0]!.kind === 'name' || selectors[0]!.kind === 'index'),
  )
}

function skipSpace(reader: Reader): void {
  while (/[ \t\n\r]/.test(reader.text[reader.at] ?? '')) reader.at += 1
}

function taken(reader: Reader, sign: string): boolean {
  if (!reader.text.startsWith(sign, reader.at)) return false
  reader.at += sign.length
  return true
}

function demand(reader: Reader, sign: string): void {
  if (!taken(reader, sign))
    throw wrong(reader, `has ${shownAt(reader)} where \`${sign}\` should be`)
}

function matched(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)?.[0]
  if (found !== undefined) reader.at += found.length
  return found
}
