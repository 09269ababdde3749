/**
 * Whether names match a pattern: `*` stands for any part of one name, `**` for any names, `?` for one character.
 * Names are parted by any of the characters in `separators`. A pattern that begins with `**` and a separator matches
 * with nothing before it as well: `**.email` matches `email`. Linear in pattern times name: patterns come from files.
 */
export function globOf(pattern: string, separators: string): (name: string) => boolean {
  if (!/[*?]/.test(pattern)) return (name) => name === pattern
  const tokens = tokensOf(pattern, separators)
  return (name) => matches(tokens, name, separators)
}

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one' | 'part' | 'any' | 'any-then-separator' }

function tokensOf(pattern: string, separators: string): readonly Token[] {
  const tokens: Token[] = []
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]!
    const startsName = index === 0 || separators.includes(pattern[index - 1]!)
    if (pattern.startsWith('**', index)) {
      const next = pattern[index + 2]
      const leading = startsName && next !== undefined && separators.includes(next)
      tokens.push({ kind: leading ? 'any-then-separator' : 'any' })
      index += leading ? 2 : 1
    } else if (character === '*') tokens.push({ kind: 'part' })
    else if (character === '?') tokens.push({ kind: 'one' })
    else tokens.push({ kind: 'text', text: character })
  }
  return tokens
}

/** Which positions of the name the tokens so far can have reached, token by token. */
function matches(tokens: readonly Token[], name: string, separators: string): boolean {
  let reached = new Set([0])
  for (const token of tokens) {
    const next = new Set<number>()
    for (const from of reached) for (const to of after(token, name, from, separators)) next.add(to)
    if (next.size === 0) return false
    reached = next
  }
  return reached.has(name.length)
}

function* after(token: Token, name: string, from: number, separators: string): Generator<number> {
  switch (token.kind) {
    case 'text':
      if (name[from] === token.text) yield from + 1
      return
    case 'one':
      if (from < name.length && !separators.includes(name[from]!)) yield from + 1
      return
    case 'part':
      yield from
      for (let to = from; to < name.length && !separators.includes(name[to]!); to++) yield to + 1
      return
    case 'any':
      for (let to = from; to <= name.length; to++) yield to
      return
    case 'any-then-separator':
      yield from
      for (let to = from; to < name.length; to++) if (separators.includes(name[to]!)) yield to + 1
      return
  }
}
