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

function matches(tokens: readonly Token[], name: string, separators: string): boolean {
  let reached = Array.from({ length: name.length + 1 }, (_, at) => at === 0)
  for (const token of tokens) reached = after(token, name, reached, separators)
  return reached[name.length] === true
}

/** Which positions of the name are reached with one token more. */
function after(
  token: Token,
  name: string,
  before: readonly boolean[],
  separators: string,
): boolean[] {
  const reached: boolean[] = [token.kind !== 'text' && token.kind !== 'one' && before[0] === true]
  let any = before[0] === true
  for (let at = 0; at < name.length; at++) {
    const character = name[at]!
    const separator = separators.includes(character)
    const here = before[at + 1] === true
    switch (token.kind) {
      case 'text':
        reached.push(before[at] === true && character === token.text)
        break
      case 'one':
        reached.push(before[at] === true && !separator)
        break
      case 'part':
        reached.push(here || (reached[at] === true && !separator))
        break
      case 'any':
        reached.push(here || reached[at] === true)
        break
      case 'any-then-separator':
        reached.push(here || (any && separator))
        any ||= here
        break
    }
  }
  return reached
}
