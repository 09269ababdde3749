/** One block of a `.bru` file: `headers { ... }`. */
export interface BruBlock {
  /** `get`, `params:query`, `body:json`. */
  readonly name: string
  /** What stands between the braces, without the indent. */
  readonly text: string
  /** The line of its name, from 1. */
  readonly line: number
}

export interface BruPair {
  readonly name: string
  readonly value: string
  readonly disabled: boolean
}

/**
 * The blocks of a `.bru` file. A block that is never closed is given as far as it goes; what is no block is a problem with its line.
 * https://docs.usebruno.com/bru-lang/overview
 */
export function bruBlocks(text: string): {
  readonly blocks: readonly BruBlock[]
  readonly problems: readonly string[]
} {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const blocks: BruBlock[] = []
  const problems: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (line.trim() === '' || /^\s*(#|\/\/)/.test(line)) continue
    const opened = /^([\w:-]{1,80})\s*([{[])\s*$/.exec(line)
    const inline = /^([\w:-]{1,80})\s*\{\s*\}\s*$/.exec(line)
    if (inline !== null) {
      blocks.push({ name: inline[1]!, text: '', line: at + 1 })
      continue
    }
    if (opened === null) {
      if (problems.length < mostProblems)
        problems.push(`line ${at + 1} begins no block: ${line.trim().slice(0, 60)}`)
      continue
    }
    const end = opened[2] === '{' ? '}' : ']'
    const first = at + 1
    let last = first
    while (last < lines.length && lines[last]!.trimEnd() !== end) last++
    if (last === lines.length)
      problems.push(`the block \`${opened[1]}\` of line ${at + 1} is never closed`)
    blocks.push({ name: opened[1]!, text: undented(lines.slice(first, last)), line: at + 1 })
    at = last
  }
  return { blocks, problems }
}

/** The pairs of a dictionary: `~` switches one off, a name may be quoted, a value may stand between `'''`. */
export function bruPairs(text: string): readonly BruPair[] {
  const lines = text.split('\n')
  const pairs: BruPair[] = []
  for (let at = 0; at < lines.length; at++) {
    const found = /^\s*(~?)(@?)("(?:[^"\\]|\\.)*"|[^:\s"][^:]*)\s*:(.*)$/.exec(lines[at]!)
    if (found === null || (found[2] === '@' && found[3]!.includes('('))) continue
    const quoted = found[3]!.startsWith('"')
    const name = quoted ? found[3]!.slice(1, -1).replace(/\\(.)/g, '$1') : found[3]!.trim()
    let value = found[4]!.trim()
    const opening = value === "'''" ? "'''" : value === '[' ? ']' : value === '{' ? '}' : undefined
    if (opening !== undefined) {
      const last = closing(lines, at + 1, opening)
      value = undented(lines.slice(at + 1, last))
      at = last
    } else if (value.startsWith("'''") && value.length >= 6 && value.endsWith("'''"))
      value = value.slice(3, -3)
    pairs.push({ name, value, disabled: found[1] === '~' })
  }
  return pairs
}

const mostProblems = 20

/** The line that closes what was opened; the braces of what lies deeper are further in. */
function closing(lines: readonly string[], from: number, end: string): number {
  const own = /^\s*/.exec(lines[from - 1] ?? '')![0].length
  const closes = (line: string): boolean =>
    line.trim() === end && (end === "'''" || /^\s*/.exec(line)![0].length <= own)
  let last = from
  while (last < lines.length && !closes(lines[last]!)) last++
  return last
}

function undented(lines: readonly string[]): string {
  const indent = lines.reduce(
    (least, line) =>
      line.trim() === '' ? least : Math.min(least, /^[ \t]*/.exec(line)![0].length),
    Infinity,
  )
  return lines.map((line) => line.slice(Math.min(indent, line.length))).join('\n')
}
