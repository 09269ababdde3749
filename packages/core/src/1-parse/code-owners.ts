import { globOf } from '../text/glob.ts'
import type { SourceFile } from '../text/source.ts'

/** Who owns a file, as a CODEOWNERS file says it. */
interface OwnersOfFile {
  /** As written: `@shop/orders`, `orders@example.com`. Every section of GitLab may add some; none where a rule takes them away. */
  readonly owners: readonly string[]
  /** From 1: the rule that counted. */
  readonly line: number
  /** The rule holds for every file, so that it says nothing about this one. */
  readonly isCatchAll: boolean
}

/** Answers for a path of the repository, without a leading slash. */
export type CodeOwners = (path: string) => OwnersOfFile | undefined

/** What stands between these two lines was written by `throughline export`, and is no word of anybody's. */
export const ownBlock = {
  begin: '# >>> throughline: owners of contracts and journeys',
  end: '# <<< throughline',
} as const

/**
 * Reads a CODEOWNERS file of GitHub or GitLab. The last rule that fits counts, in GitLab the last of each section; a rule
 * without owners takes its section's, or none. `docs/*` means only the files right there. GitLab is told by its folder or
 * by sections: there a path fits at any depth unless it begins with a slash. Where a rule of our own block counts, nothing is said: it
 * repeats what the workspace says.
 */
export function codeOwnersOf(file: SourceFile): CodeOwners {
  const lines = file.text.slice(0, mostCharacters).split(/\r?\n/).slice(0, mostLines)
  const isGitLab = file.path.includes('.gitlab/') || lines.some((line) => section.test(line))
  const rules = [...rulesIn(lines, isGitLab)]
  return (path) => {
    const bySection = new Map<string, Rule>()
    for (const rule of rules) {
      if (!rule.fits(path)) continue
      if (rule.isException) bySection.delete(rule.section)
      else bySection.set(rule.section, rule)
    }
    const last = [...bySection.values()].at(-1)
    if (last === undefined || [...bySection.values()].some((rule) => rule.isOwn)) return undefined
    return {
      owners: [...new Set([...bySection.values()].flatMap((rule) => rule.owners))],
      line: last.line,
      isCatchAll: [...bySection.values()].every((rule) => rule.isCatchAll),
    }
  }
}

const mostCharacters = 3_000_000
const mostLines = 20_000
/** `[Documentation][2] @docs`, `^[Optional] @docs` */
const section = /^\^?\[([^\]]+)\](?:\[\d+\])?(.*)$/

interface Rule {
  readonly section: string
  readonly owners: readonly string[]
  readonly line: number
  readonly isCatchAll: boolean
  /** Written by `throughline export`. */
  readonly isOwn: boolean
  /** GitLab: `!docs/old/` needs nobody. */
  readonly isException: boolean
  readonly fits: (path: string) => boolean
}

function* rulesIn(lines: readonly string[], isGitLab: boolean): Generator<Rule> {
  let inOwnBlock = false
  let current = ''
  let usual: readonly string[] = []
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim()
    if (line.startsWith(ownBlock.begin)) inOwnBlock = true
    if (line.startsWith(ownBlock.end)) inOwnBlock = false
    if (line === '' || line.startsWith('#')) continue
    const heading = isGitLab ? section.exec(line) : null
    if (heading !== null) {
      current = heading[1]!.trim().toLowerCase()
      usual = ownersIn(wordsOf(heading[2]!))
      continue
    }
    const [written = '', ...words] = wordsOf(line)
    const isException = isGitLab && written.startsWith('!')
    const pattern = isException ? written.slice(1) : written
    const named = ownersIn(words)
    yield {
      section: current,
      owners: named.length > 0 ? named : usual,
      line: index + 1,
      isOwn: inOwnBlock,
      isCatchAll: /^\/?\*{1,2}(\/\*{1,2})?$|^\/$/.test(pattern),
      isException,
      fits: fitting(pattern, isGitLab),
    }
  }
}

/** Words between spaces; `\ ` and `\#` are the characters themselves, and `#` begins a remark. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = []
  for (const match of line.matchAll(/(?:\\.|[^\s\\])+|\\$/g)) {
    if (match[0].startsWith('#')) break
    words.push(match[0].replace(/\\(.)/g, '$1'))
  }
  return words
}

function ownersIn(words: readonly string[]): readonly string[] {
  return words.filter((word) => word.includes('@'))
}

function fitting(pattern: string, isGitLab: boolean): (path: string) => boolean {
  const body = pattern.replace(/^\/+|\/+$/g, '')
  if (body === '' || body === '*' || body === '**') return () => true
  const isAnchored = pattern.startsWith('/') || (!isGitLab && body.includes('/'))
  const glob = isAnchored ? body : `**/${body}`
  const itself = globOf(glob, '/')
  const below = globOf(`${glob}/**`, '/')
  if (pattern.endsWith('/')) return below
  // `docs/*` are the files right there; `*.js` without a folder may well be a folder's name.
  return body.endsWith('/*') ? itself : (path) => itself(path) || below(path)
}
