import { isListValue, isMapValue, type Plain } from './plain.ts'
import { scalarText, type Quoting, type ScalarPlace } from './scalar-text.ts'

/** How the file is written in general; new text follows it. */
export interface Manner {
  readonly json: boolean
  readonly eol: string
  /** Between a brace and what stands in it: a space or nothing. */
  readonly inBraces: string
  readonly inBrackets: string
  /** How far a list is indented below its key, and a map below its own. */
  readonly listIndent: number
  readonly mapIndent: number
  /** JSON that is spread over lines: one level of indentation. */
  readonly unit: string
  readonly quoting: Quoting
}

/** Lists and maps under these keys stand on lines of their own, as people write them; all others on one line. */
export const onLines = new Set(['steps', 'calls', 'needs', 'pains', 'states'])
/** A map in a list is written in braces while it is shorter than this. */
const longestInBraces = 110

/** A value on one line: `{ path: eta, label: Date }`. */
export function flowText(value: Plain, manner: Manner, quoting: Quoting = 'plain'): string {
  const place: ScalarPlace = { flow: true, json: manner.json }
  if (isListValue(value)) {
    if (value.length === 0) return '[]'
    const inner = value.map((one) => flowText(one, manner, quoting)).join(', ')
    return `[${manner.inBrackets}${inner}${manner.inBrackets}]`
  }
  if (isMapValue(value)) {
    const entries = Object.entries(value)
    if (entries.length === 0) return '{}'
    const inner = entries.map(
      ([key, one]) => `${keyText(key, place)}: ${flowText(one, manner, quoting)}`,
    )
    return `{${manner.inBraces}${inner.join(', ')}${manner.inBraces}}`
  }
  return scalarText(value, place, quoting)
}

/** A key. Statuses stand plain, as people write them. */
export function keyText(key: string, place: ScalarPlace): string {
  if (!place.json && /^[1-5]\d\d$/.test(key)) return key
  return scalarText(key, place)
}

/** A pair of a block map, as lines without the indentation of the map itself. */
export function pairLines(key: string, value: Plain, manner: Manner): readonly string[] {
  const place: ScalarPlace = { flow: false, json: manner.json }
  const head = `${keyText(key, place)}:`
  if (isBlock(key, value, manner)) {
    const step = isListValue(value) ? manner.listIndent : manner.mapIndent
    return [head, ...indented(blockLines(value, manner), step)]
  }
  return [
    isListValue(value) || isMapValue(value)
      ? `${head} ${flowText(value, manner)}`
      : `${head} ${scalarText(value, place, manner.quoting)}`,
  ]
}

/** A list or map over several lines. */
export function blockLines(value: Plain, manner: Manner): readonly string[] {
  if (isListValue(value)) return value.flatMap((one) => itemLines(one, manner))
  if (isMapValue(value))
    return Object.entries(value).flatMap(([key, one]) => pairLines(key, one, manner))
  return [scalarText(value, { flow: false, json: manner.json }, manner.quoting)]
}

/** An item of a block list, with its dash. `wanted` is how its neighbours write a map. */
export function itemLines(
  value: Plain,
  manner: Manner,
  wanted?: 'braces' | 'lines',
  quoting: Quoting = manner.quoting,
): readonly string[] {
  if (isMapValue(value) && Object.keys(value).length > 0) {
    const onOwnLines = wanted === undefined ? !fitsInBraces(value, manner) : wanted === 'lines'
    if (!onOwnLines) return [`- ${flowText(value, manner)}`]
    const [first = '', ...rest] = blockLines(value, manner)
    return [`- ${first}`, ...indented(rest, 2)]
  }
  if (isListValue(value) || isMapValue(value)) return [`- ${flowText(value, manner)}`]
  return [`- ${scalarText(value, { flow: false, json: manner.json }, quoting)}`]
}

/** JSON over several lines, without the indentation of its first line. */
export function jsonLines(value: Plain, manner: Manner): readonly string[] {
  return JSON.stringify(value, null, manner.unit).split('\n')
}

export function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => (line === '' ? line : ' '.repeat(by) + line))
}

function isBlock(key: string, value: Plain, manner: Manner): boolean {
  if (!isListValue(value) && !isMapValue(value)) return false
  if (Object.keys(value).length === 0) return false
  return onLines.has(key) || isTooLong(key, value, manner)
}

/** A list or map that makes an unpleasantly long line after its key. */
export function isTooLong(key: string, value: Plain, manner: Manner): boolean {
  return key.length + flowText(value, manner).length > longestInBraces
}

/** A step or a call has lists of its own and stands on lines; a need is short. */
function fitsInBraces(value: { readonly [key: string]: Plain }, manner: Manner): boolean {
  const first = Object.keys(value)[0]
  if (first === 'step' || first === 'operation') return false
  return (
    Object.values(value).every((one) => !isMapValue(one) && !isListValue(one)) &&
    flowText(value, manner).length <= longestInBraces
  )
}
