import type { Choices } from './choices.ts'

/**
 * Makes a text that a regular expression is likely to match: groups, alternatives, classes, quantifiers, escapes,
 * `\p{...}` by its simplest letters. Look-arounds and back references are left out, so the caller checks the result.
 * `undefined` where the expression is beyond this. `most` is about
 * how long it may get; with `aim`, open-ended quantifiers repeat that often.
 */
export function textMatching(
  source: string,
  choices: Choices,
  most = 200,
  aim = 0,
): string | undefined {
  try {
    const alternatives = new Reader(source.replace(/^\(\?[ims]+\)/, '')).alternatives()
    const text = written(alternatives, choices, {
      left: most,
      steps: 20_000,
      aim,
      groups: new Map(),
    })
    return text.length <= most * 4 ? text : text.slice(0, most)
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return undefined
    throw error
  }
}

type Part =
  | { readonly kind: 'letters'; readonly from: readonly Span[]; readonly not: boolean }
  | { readonly kind: 'group'; readonly alternatives: readonly Part[][]; readonly number: number }
  | { readonly kind: 'again'; readonly group: number }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number }
  | { readonly kind: 'nothing' }
/** Code points, both ends included. */
type Span = readonly [number, number]

class Unreadable extends Error {}

interface Writing {
  left: number
  /** Bounds what quantifiers inside quantifiers can ask for. */
  steps: number
  /** How often an open-ended quantifier repeats; 0 leaves it to chance. */
  readonly aim: number
  readonly groups: Map<number, string>
}

function written(alternatives: readonly Part[][], choices: Choices, writing: Writing): string {
  let text = ''
  for (const part of choices.pick(alternatives)) text += writtenPart(part, choices, writing)
  return text
}

function writtenPart(part: Part, choices: Choices, writing: Writing): string {
  if (writing.steps-- <= 0) throw new Unreadable()
  switch (part.kind) {
    case 'nothing':
      return ''
    case 'letters': {
      writing.left--
      return letterFrom(part.not ? without(part.from) : part.from, choices)
    }
    case 'again':
      return writing.groups.get(part.group) ?? ''
    case 'group': {
      const text = written(part.alternatives, choices, writing)
      writing.groups.set(part.number, text)
      return text
    }
    case 'repeat': {
      const most = Math.min(part.most, part.least + Math.max(0, Math.min(8, writing.left)))
      const open = writing.aim > 0 && part.most - part.least > 8
      const aimed = Math.min(part.most, Math.max(part.least, writing.aim))
      const times = open ? aimed : choices.integer(part.least, most)
      let text = ''
      for (let time = 0; time < times && (time < part.least || writing.left > 0); time++)
        text += writtenPart(part.part, choices, writing)
      return text
    }
  }
}

function letterFrom(spans: readonly Span[], choices: Choices): string {
  const readable = spans.flatMap((span) => plain.flatMap((other) => overlap(span, other)))
  const from = readable.length > 0 ? readable : spans
  if (from.length === 0) throw new Unreadable()
  const size = from.reduce((sum, [low, high]) => sum + high - low + 1, 0)
  let at = choices.integer(0, size - 1)
  for (const [low, high] of from) {
    if (at <= high - low) return String.fromCodePoint(low + at)
    at -= high - low + 1
  }
  throw new Unreadable()
}

function overlap([low, high]: Span, [otherLow, otherHigh]: Span): readonly Span[] {
  const [from, to] = [Math.max(low, otherLow), Math.min(high, otherHigh)]
  return from <= to ? [[from, to]] : []
}

function without(spans: readonly Span[]): readonly Span[] {
  const left: Span[] = []
  let from = 32
  for (const [low, high] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (low > from) left.push([from, Math.min(low - 1, 126)])
    from = Math.max(from, high + 1)
  }
  if (from <= 126) left.push([from, 126])
  const kept = left.filter(([low, high]) => low <= high)
  return kept.length > 0 ? kept : [[0x4e00, 0x4eff]]
}

const digits: readonly Span[] = [[48, 57]]
const word: readonly Span[] = [
  [97, 122],
  [65, 90],
  [48, 57],
  [95, 95],
]
const space: readonly Span[] = [[32, 32]]
const plain: readonly Span[] = [
  [97, 122],
  [48, 57],
  [65, 90],
]
const any: readonly Span[] = [
  [97, 122],
  [48, 57],
]

/** Reads the syntax of ECMA-262 patterns, recursive descent. */
class Reader {
  readonly #source: string
  #at = 0
  #groups = 0
  #depth = 0
  constructor(source: string) {
    this.#source = source
  }

  alternatives(): Part[][] {
    if (++this.#depth > 50) throw new Unreadable()
    const found: Part[][] = [[]]
    while (this.#at < this.#source.length && this.#source[this.#at] !== ')') {
      if (this.#take('|')) found.push([])
      else found.at(-1)!.push(this.#quantified())
    }
    this.#depth--
    return found
  }

  #quantified(): Part {
    const part = this.#part()
    const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})[?+]?/.exec(
      this.#source.slice(this.#at, this.#at + 24),
    )
    if (found === null) return part
    this.#at += found[0].length
    if (part.kind === 'nothing') return part
    const sign = found[0][0]
    const least = sign === '*' || sign === '?' ? 0 : sign === '+' ? 1 : Number(found[1])
    const most =
      sign === '?'
        ? 1
        : sign === '*' || sign === '+'
          ? Infinity
          : found[2] === undefined
            ? least
            : found[3]
              ? Number(found[3])
              : Infinity
    return { kind: 'repeat', part, least, most }
  }

  #part(): Part {
    const letter = String.fromCodePoint(this.#source.codePointAt(this.#at)!)
    this.#at += letter.length
    switch (letter) {
      case '^':
      case '$':
        return { kind: 'nothing' }
      case '.':
        return { kind: 'letters', from: any, not: false }
      case '(':
        return this.#group()
      case '[':
        return this.#class()
      case '\\':
        return this.#escape()
      default:
        return exactly(letter)
    }
  }

  #group(): Part {
    const opening = /^\?(?:[=!]|<[=!]|:|P?<\w+>|[ims]*:)/.exec(
      this.#source.slice(this.#at, this.#at + 80),
    )?.[0]
    this.#at += opening?.length ?? 0
    const number = opening === undefined || /<\w/.test(opening) ? ++this.#groups : 0
    const alternatives = this.alternatives()
    if (!this.#take(')')) throw new Unreadable()
    return opening !== undefined && /[=!]/.test(opening)
      ? { kind: 'nothing' }
      : { kind: 'group', alternatives, number }
  }

  #class(): Part {
    const not = this.#take('^')
    const spans: Span[] = []
    while (!this.#take(']')) {
      if (this.#at >= this.#source.length) throw new Unreadable()
      const from = this.#classLetter()
      if (
        this.#source[this.#at] === '-' &&
        this.#source[this.#at + 1] !== ']' &&
        typeof from === 'number'
      ) {
        this.#at++
        const to = this.#classLetter()
        if (typeof to === 'number') spans.push([from, to])
        else spans.push([from, from], [45, 45], ...to)
      } else spans.push(...(typeof from === 'number' ? [[from, from] as const] : from))
    }
    return { kind: 'letters', from: spans, not }
  }

  #classLetter(): number | readonly Span[] {
    const letter = String.fromCodePoint(this.#source.codePointAt(this.#at)!)
    this.#at += letter.length
    if (letter !== '\\') return letter.codePointAt(0)!
    if (this.#source[this.#at] === 'b') {
      this.#at++
      return 8
    }
    const part = this.#escape()
    if (part.kind !== 'letters') throw new Unreadable()
    const [only, second] = part.from
    return !part.not && only !== undefined && second === undefined && only[0] === only[1]
      ? only[0]
      : part.not
        ? without(part.from)
        : part.from
  }

  #escape(): Part {
    const letter = this.#source[this.#at++]
    switch (letter) {
      case 'd':
      case 'D':
        return { kind: 'letters', from: digits, not: letter === 'D' }
      case 'w':
      case 'W':
        return { kind: 'letters', from: word, not: letter === 'W' }
      case 's':
      case 'S':
        return { kind: 'letters', from: space, not: letter === 'S' }
      case 'b':
      case 'B':
      case 'A':
      case 'Z':
      case 'z':
        return { kind: 'nothing' }
      case 'n':
      case 't':
      case 'r':
      case 'f':
      case 'v':
        return exactly({ n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' }[letter])
      case 'p':
      case 'P': {
        const found = /^\{([^}]*)\}/.exec(this.#source.slice(this.#at))
        if (found === null) throw new Unreadable()
        this.#at += found[0].length
        return { kind: 'letters', from: propertySpans(found[1]!), not: letter === 'P' }
      }
      case 'u':
      case 'x': {
        const found = /^(?:\{([0-9a-f]+)\}|([0-9a-f]{4})|([0-9a-f]{2}))/i.exec(
          this.#source.slice(this.#at),
        )
        const code =
          letter === 'x'
            ? /^[0-9a-f]{2}/i.exec(this.#source.slice(this.#at))?.[0]
            : (found?.[1] ?? found?.[2])
        if (code === undefined) throw new Unreadable()
        this.#at += letter === 'x' ? 2 : found![0].length
        return exactly(String.fromCodePoint(Number.parseInt(code, 16)))
      }
      case undefined:
        throw new Unreadable()
      default: {
        if (!/[1-9]/.test(letter)) return exactly(letter)
        return { kind: 'again', group: Number(letter) }
      }
    }
  }

  #take(letter: string): boolean {
    if (this.#source[this.#at] !== letter) return false
    this.#at++
    return true
  }
}

function exactly(letter: string): Part {
  const code = letter.codePointAt(0)!
  return { kind: 'letters', from: [[code, code]], not: false }
}

function propertySpans(name: string): readonly Span[] {
  if (/^(L|Letter|Alphabetic|L[ul]|Ll)$/.test(name)) return name === 'Lu' ? [[65, 90]] : [[97, 122]]
  if (/^(N|Nd|Number)/.test(name)) return digits
  if (/^(Z|White_Space|Zs)/.test(name)) return space
  if (/^(P|Punctuation|S|Symbol)/.test(name))
    return [
      [33, 33],
      [43, 43],
      [45, 46],
    ]
  throw new Unreadable()
}
