import { escaped } from '../../../escaped.ts'

/** Code with its names, texts and numbers told apart; a language that is not known stays plain. Long texts too. */
export function colouredCode(text: string, language: string): string {
  if (text.length > longest || !Object.hasOwn(patterns, language)) return escaped(text)
  const pattern = patterns[language]!
  let out = ''
  let at = 0
  for (const match of text.matchAll(pattern)) {
    out += escaped(text.slice(at, match.index))
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0]
    out += `<span class="c-${kind ?? 's'}">${escaped(match[0])}</span>`
    at = match.index + match[0].length
  }
  return out + escaped(text.slice(at))
}

const longest = 30_000
const words = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
const patterns: Readonly<Record<string, RegExp>> = {
  json: /(?<k>"(?:[^"\\\n]|\\.)*"(?=\s*:))|(?<s>"(?:[^"\\\n]|\\.)*")|(?<n>-?\b\d[\d.eE+-]*|\b(?:true|false|null)\b)/g,
  typescript: new RegExp(
    String.raw`(?<k>\b(?:const|let|await|if|throw|new|return)\b)|(?<s>${words})|(?<n>\b\d+\b)`,
    'g',
  ),
  bash: new RegExp(String.raw`(?<k>^curl\b|(?<=\s)--?[\w-]+)|(?<s>${words})`, 'gm'),
  graphql: /(?<k>\b(?:query|mutation|subscription|fragment|on)\b)|(?<s>\$\w+)|(?<n>\b\d+\b)/g,
  http: /(?<k>^[A-Z]+(?= ))|(?<s>\{[^}]*\})/g,
}
