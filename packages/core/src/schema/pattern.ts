/**
 * A regular expression as contracts write them, or `undefined` when nothing can be made of it.
 * ECMA-262 with the `u` flag as JSON Schema asks; without it where that refuses; then the few
 * spellings of other languages that have an equal here: `(?i)`, `\A`, `\Z`, `\z`, `\h`, `(?P<name>`, POSIX classes.
 */
export function patternOf(source: string): RegExp | undefined {
  const known = remembered.get(source)
  if (known !== undefined) return known ?? undefined
  if (remembered.size > most) remembered.clear()
  const made = compiled(source, 'u') ?? compiled(source, '') ?? translated(source)
  remembered.set(source, made ?? null)
  return made
}

const remembered = new Map<string, RegExp | null>()
const most = 10_000

function compiled(source: string, flags: string): RegExp | undefined {
  // `(?i)` and possessive quantifiers are errors in every mode; `\A` and `\Z` would quietly mean A and Z without `u`.
  if (flags === '' && foreign.test(source)) return undefined
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}

const foreign = /\\[AZzh]|\[\[:\w+:\]|\(\?P[<=]/

function translated(source: string): RegExp | undefined {
  const leading = /^\(\?([ims]+)\)/.exec(source)
  const flags = leading?.[1] ?? ''
  const body = source
    .slice(leading?.[0].length ?? 0)
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => posix[name] ?? whole)
    .replace(/\\([AZzh])/g, (_, letter: string) =>
      letter === 'A' ? '^' : letter === 'h' ? '[ \\t]' : '$',
    )
  for (const mode of ['u', '']) {
    try {
      return new RegExp(body, [...new Set(flags + mode)].join(''))
    } catch {
      // The next mode may take it.
    }
  }
  return undefined
}

const posix: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9a-fA-F',
  word: '\\w',
}
