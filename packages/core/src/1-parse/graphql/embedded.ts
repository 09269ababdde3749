/**
 * The GraphQL that stands in the JavaScript or TypeScript of a file: gql`...`, graphql`...`, graphql(`...`) and
 * templates after a GraphQL comment. Everything else becomes blanks, so that offsets stay those of the file. What is
 * put in with `${}` becomes blanks too: mostly fragments, which are found by their names.
 */
export function embeddedGraphql(text: string): string {
  const pieces: string[] = []
  let done = 0
  for (const { index, 0: opening } of text.slice(0, longest).matchAll(openings)) {
    const start = index + opening.length
    if (start < done) continue
    const template = templateAt(text, start)
    pieces.push(blank(text.slice(done, start)), template.text)
    done = template.end
  }
  return pieces.join('') + blank(text.slice(done))
}

export function mayEmbedGraphql(path: string): boolean {
  return /\.([cm]?[jt]sx?|vue|svelte|astro)$/i.test(path)
}

/** UTF-16 units: a bundle is bigger, and nobody writes queries in one. */
const longest = 2_000_000

const openings =
  /(?:\b(?:gql|graphql)\s*(?:<[\w\s,.]{0,200}>)?\s*(?:\(\s*)?(?:\/\*\s*GraphQL\s*\*\/\s*)?|\/\*\s*GraphQL\s*\*\/\s*)`/g

/** The template that begins after its backtick, up to and without the closing one. */
function templateAt(text: string, start: number): { readonly text: string; readonly end: number } {
  let blanked = ''
  let here = start
  while (here < text.length && text[here] !== '`') {
    if (text.startsWith('${', here)) {
      const end = afterSubstitution(text, here + 2)
      blanked += blank(text.slice(here, end))
      here = end
    } else {
      const length = text[here] === '\\' ? 2 : 1
      blanked += length === 2 ? blank(text.slice(here, here + 2)) : text[here]
      here += length
    }
  }
  return { text: blanked, end: Math.min(here, text.length) }
}

function afterSubstitution(text: string, start: number): number {
  let depth = 1
  for (let here = start; here < text.length; here++) {
    if (text[here] === '{') depth++
    else if (text[here] === '}' && --depth === 0) return here + 1
  }
  return text.length
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ')
}
