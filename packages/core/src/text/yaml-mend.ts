import { parseEvents, YAMLException, type Event } from 'js-yaml'
import { deepest, longestRecovered } from './limits.ts'
import type { Problem } from './problem.ts'
import { recoverYaml } from './yaml-recover.ts'

export interface MendedYaml {
  /** As long as the original: what is wrong is replaced by spaces, so offsets stay. */
  readonly text: string
  readonly events: readonly Event[]
  /** Problems that only showed after the known ones were out of the way. */
  readonly problems: readonly Problem[]
}

/** How often a text is mended and read again before we give up; a long one takes half a second each time. */
const mostMends = { short: 30, long: 4 }

/**
 * Takes what is wrong out of a YAML text, line by line, until the rest can be read: a tab that indents becomes a space, a
 * value that cannot be read becomes empty, and where that is not enough its line goes. So the rest of the file stays what it is.
 */
export function mendYaml(original: string, known: readonly Problem[]): MendedYaml | undefined {
  const originals = original.split('\n')
  const lines = [...originals]
  const starts = startsOf(lines)
  const mended = new Set<number>()
  for (const { start } of known) mend(lines, lineAt(starts, start), mended)
  const problems: Problem[] = []
  const most = original.length > longestRecovered ? mostMends.long : mostMends.short
  for (let round = 0; round < most; round++) {
    const text = lines.join('\n')
    try {
      return { text, events: parseEvents(text, { maxDepth: deepest }), problems }
    } catch (error) {
      if (!(error instanceof YAMLException) || error.mark === undefined) return undefined
      let progress = false
      for (const found of problemsIn(text, error)) {
        const line = brokenLine(lines, lineAt(starts, found.start))
        // What is indented below a mended line is mostly its rest.
        const isRest =
          mended.has(line - 1) && indentOf(originals[line]!) > indentOf(originals[line - 1]!)
        if (!mended.has(line) && !isRest) problems.push(found)
        if (mend(lines, line, mended)) progress = true
      }
      if (!progress) return undefined
    }
  }
  return undefined
}

/** The slow parser knows better where a quote or a bracket was opened; for long texts the fast one has to do. */
function problemsIn(text: string, error: YAMLException): readonly Problem[] {
  const found = text.length > longestRecovered / 20 ? undefined : recoverYaml(text)?.problems
  return found === undefined || found.length === 0 ? [yamlProblem(text, error)] : found
}

/** What the fast parser says, in plain words. It stops at the first problem. */
export function yamlProblem(text: string, error: YAMLException): Problem {
  const start = Math.min(error.mark?.position ?? 0, text.length)
  const known = reasons.find(([part]) => error.reason.includes(part))
  const reason = error.reason.charAt(0).toUpperCase() + error.reason.slice(1)
  return {
    start,
    end: start + 1,
    problem: known?.[1] ?? `${reason}. Check indentation, quotes and brackets around here.`,
  }
}

const reasons: readonly (readonly [string, string])[] = [
  ['maxDepth', `Values are nested deeper than ${deepest} here. Flatten them.`],
  ['tab characters', 'A tab indents this line, which YAML forbids. Use spaces.'],
  [
    'bad indentation',
    'This line is not indented like the ones it belongs to, or two `: ` stand in one entry. Line it up, or put the text in quotes.',
  ],
  [
    'deficient indentation',
    'This line is not indented far enough. Line it up with the ones it belongs to.',
  ],
  ['quoted scalar', 'A quote before this is never closed. Close it at the end of its text.'],
  ['flow collection', 'A bracket before this is never closed. Close it.'],
  ['multiline key', 'A key goes over more than one line here. Is a `:` missing on the line above?'],
  ["expected ':'", 'A `:` is missing after this key.'],
  ['cannot start any token', 'A text cannot start with this character. Put the text in quotes.'],
  [
    'end of the stream or a document separator',
    'This does not belong to what stands above. Check its indentation.',
  ],
]

/** Mends one line a little more than before; false where nothing of it is left. */
function mend(lines: string[], index: number, mended: Set<number>): boolean {
  const line = lines[index]
  if (line === undefined || line.trim() === '') return false
  const isFirst = !mended.has(index)
  mended.add(index)
  const indent = /^\s*/.exec(line)![0]
  if (isFirst && indent.includes('\t')) {
    lines[index] = indent.replaceAll('\t', ' ') + line.slice(indent.length)
    return true
  }
  const key = isFirst
    ? /^\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s:#'"&*!|>%@`{}[\],-][^:#]*?) *:(?=\s)/.exec(line)?.[0]
    : undefined
  lines[index] = (key ?? '').padEnd(line.length)
  return true
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length
}

/** The parser often notices a line too late: then the last line above that still says something is meant. */
function brokenLine(lines: readonly string[], index: number): number {
  let line = Math.min(index, lines.length - 1)
  while (line > 0 && lines[line]!.trim() === '') line--
  return line
}

function startsOf(lines: readonly string[]): readonly number[] {
  const starts: number[] = []
  let at = 0
  for (const line of lines) {
    starts.push(at)
    at += line.length + 1
  }
  return starts
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}
