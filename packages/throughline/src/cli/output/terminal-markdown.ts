import type { Colours } from '../colours.ts'
import { wrapped } from '../wrap.ts'

/** The Markdown of our own pages (headings, paragraphs, lists, code) as a terminal shows it best. */
export function renderedMarkdown(markdown: string, colours: Colours, width: number): string {
  const { bold, cyan, dim } = colours
  const lines: string[] = []
  let paragraph: string[] = []
  let fence: string | undefined

  const inline = (text: string): string =>
    text
      .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, label: string, target: string) =>
        /^https?:/.test(target) ? `${label} (${target})` : label,
      )
      .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => bold(strong))
      .replace(/`([^`]+)`/g, (_, code: string) => cyan(code))

  const flush = (): void => {
    if (paragraph.length === 0) return
    const text = paragraph.join(' ')
    const [, bullet = ''] = /^((?:[-*]|\d+\.) )/.exec(text) ?? []
    const indent = ' '.repeat(bullet.length)
    wrapped(text.slice(bullet.length), width - bullet.length).forEach((line, index) =>
      lines.push((index === 0 ? bullet : indent) + inline(line)),
    )
    paragraph = []
  }

  for (const line of markdown.trimEnd().split('\n')) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1]
    if (fence !== undefined) {
      if (mark === fence) fence = undefined
      else lines.push(codeLine(line, colours))
    } else if (mark !== undefined) {
      flush()
      fence = mark
    } else if (/^#{1,6} /.test(line)) {
      flush()
      lines.push(bold(line.replace(/^#+ /, '')))
    } else if (/^ {4}/.test(line) && paragraph.length === 0) {
      lines.push(codeLine(line.slice(4), colours))
    } else if (line.trim() === '') {
      flush()
      if (lines.at(-1) !== '') lines.push('')
    } else if (line.startsWith('|')) {
      flush()
      lines.push(dim(line))
    } else {
      if (/^\s*([-*]|\d+\.) /.test(line)) flush()
      paragraph.push(line.trim())
    }
  }
  flush()
  return `${lines.join('\n')}\n`
}

/** Code of an example; the line that points at the mistake stands out. */
function codeLine(line: string, { dim, red }: Colours): string {
  return `    ${/^\s*(#|\/\/)?\s*\^+/.test(line) ? red(line) : dim(line)}`.trimEnd()
}
