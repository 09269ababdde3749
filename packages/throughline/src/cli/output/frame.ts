import type { Range } from '@throughline/core'
import type { Colours } from '../colours.ts'

/**
 * The line of a place in a file and its neighbours, with the place underlined. Long lines are cut around it. Tabs and
 * control characters become blanks and marks of one column, so that a file can neither move the cursor nor shift the underline.
 */
export function frame(
  text: string,
  { start, end }: Range,
  { red, dim }: Colours,
  width: number,
): readonly string[] {
  const first = Math.max(1, start.line - 1)
  const lines = linesOf(text, first, start.line + 1)
  const marked = lines[start.line - first] ?? ''
  const gutter = String(first + lines.length - 1).length
  const room = Math.max(20, width - gutter - 5)

  const from = Math.min(start.column - 1, marked.length)
  const to =
    end.line === start.line ? Math.max(from + 1, end.column - 1) : Math.max(from + 1, marked.length)
  // The same piece is shown of the neighbours, or the columns would not stand below each other.
  const offset = offsetFor(marked, from, to, room)

  const drawn: string[] = []
  lines.forEach((line, index) => {
    const number = first + index
    if (number !== start.line && line.trim() === '') return
    drawn.push(
      `${dim(`${String(number).padStart(gutter)} |`)} ${piece(line, offset, room)}`.trimEnd(),
    )
    if (number !== start.line) return
    const lead = offset > 0 ? 1 : 0
    const indent = columnsOf(visible(marked.slice(offset + lead, from))) + lead
    const size = Math.max(1, Math.min(columnsOf(visible(marked.slice(from, to))), room - indent))
    drawn.push(`${dim(`${' '.repeat(gutter)} |`)} ${' '.repeat(indent)}${red('^'.repeat(size))}`)
  })
  return drawn
}

/** Lines `first` to `last` (from 1), as far as there are any; costs no more than the text up to there. */
function linesOf(text: string, first: number, last: number): readonly string[] {
  const lines: string[] = []
  let start = 0
  for (let number = 1; number <= last; number++) {
    const end = nextBreak(text, start)
    if (number >= first) lines.push(text.slice(start, end))
    if (end === text.length) break
    start = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1)
  }
  return lines
}

function nextBreak(text: string, start: number): number {
  const feed = text.indexOf('\n', start)
  if (feed === -1) return text.length
  return feed > start && text[feed - 1] === '\r' ? feed - 1 : feed
}

/** Where the shown piece of a line begins: 0 if the place fits, else a little before the place. */
function offsetFor(line: string, from: number, to: number, room: number): number {
  if (columnsOf(visible(line.slice(0, Math.min(to, from + room)))) <= room) return 0
  return Math.max(0, from - Math.floor(room / 3))
}

function piece(line: string, offset: number, room: number): string {
  const lead = offset > 0 ? '…' : ''
  if (offset >= line.length) return ''
  let shown = ''
  let columns = lead.length
  for (const character of visible(line.slice(offset + lead.length, offset + room * 2))) {
    const size = columnsOf(character)
    if (columns + size > room) return `${lead}${shown.slice(0, -1)}…`
    shown += character
    columns += size
  }
  return lead + shown
}

/** What a terminal may be sent: tabs as two blanks, other control characters as a mark. */
export function visible(text: string): string {
  return text
    .replace(/\t/g, '  ')
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1faff}\u{20000}-\u{3fffd}]/u
const zero = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Columns that a terminal takes for a text: two for a CJK character or an emoji, none for a combining mark. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let columns = 0
  for (const character of text) columns += zero.test(character) ? 0 : wide.test(character) ? 2 : 1
  return columns
}
