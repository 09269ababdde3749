import type { Inline, PlainBlock, Text } from './page.ts'

/**
 * The Markdown of contracts and journeys as blocks: paragraphs, headings, lists, tables, code, quotes, emphasis, links. What
 * it does not know stays the text it is, so nothing in it can become markup of a page. Links lead to http, https and
 * mailto only. A text is read as far as 40,000 characters.
 */
export function markdownBlocks(text: string): readonly PlainBlock[] {
  const lines = text.slice(0, longest).toWellFormed().replace(/\r\n?/g, '\n').split('\n')
  const blocks: PlainBlock[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    const fence = /^ {0,3}(`{3,}|~{3,}) *([\w+-]*)/.exec(line)
    if (fence !== null) {
      let end = at + 1
      while (end < lines.length && !lines[end]!.trimStart().startsWith(fence[1]!)) end += 1
      blocks.push({
        kind: 'code',
        language: fence[2] ?? '',
        text: lines.slice(at + 1, end).join('\n'),
      })
      at = end + 1
    } else if (line.trim() === '') at += 1
    else if (headingOf(line) !== undefined) {
      // Headings of somebody else's text are no headings of our page: its outline stays ours.
      blocks.push({
        kind: 'text',
        text: [{ kind: 'strong', text: plainText(markdownInline(headingOf(line)!)) }],
      })
      at += 1
    } else if (itemStart.test(line)) {
      const items: string[] = []
      const ordered = /\d/.test(itemStart.exec(line)![1]!)
      while (at < lines.length) {
        const item = itemStart.exec(lines[at]!)
        if (item !== null) items.push(item[2]!)
        else if (/^\s+\S/.test(lines[at]!)) items[items.length - 1] += ` ${lines[at]!.trim()}`
        else break
        at += 1
      }
      blocks.push({ kind: 'list', ordered, items: items.map(markdownInline) })
    } else if (isTable(lines, at)) {
      let end = at + 2
      while (end < lines.length && lines[end]!.includes('|')) end += 1
      blocks.push({
        kind: 'table',
        label: 'Table',
        head: cellsOf(line),
        rows: lines.slice(at + 2, end).map((row) => cellsOf(row).map(markdownInline)),
      })
      at = end
    } else {
      const quoted = line.startsWith('>')
      const said: string[] = []
      while (at < lines.length && !endsParagraph(lines[at]!, quoted, said.length === 0)) {
        said.push(quoted ? lines[at]!.replace(/^> ?/, '') : lines[at]!.trim())
        at += 1
      }
      const words = said.join(' ').replace(quoted ? /^\[!\w+\] */ : /^$/, '')
      blocks.push({ kind: quoted ? 'quote' : 'text', text: markdownInline(words) })
    }
  }
  return blocks
}

const longest = 40_000
const itemStart = /^ {0,3}([-*+]|\d{1,9}[.)]) +(.*)$/

function headingOf(line: string): string | undefined {
  return /^ {0,3}#{1,6} +(.+?) *#*$/.exec(line)?.[1]
}

function endsParagraph(line: string, quoted: boolean, first: boolean): boolean {
  if (line.trim() === '' || line.startsWith('>') !== quoted) return true
  return !first && (/^ {0,3}(#{1,6} |`{3}|~{3})/.test(line) || itemStart.test(line))
}

function isTable(lines: readonly string[], at: number): boolean {
  return (
    lines[at]!.includes('|') &&
    /^ *\|? *:?-+:? *(\| *:?-+:? *)*\|? *$/.test(lines[at + 1] ?? '') &&
    (lines[at + 1] ?? '').includes('|')
  )
}

function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())
}

/** Code, strong, emphasis and links of one paragraph; each marked once, none inside another. */
export function markdownInline(text: string): Text {
  return text
    .split(
      /(`[^`]+`|\*\*[^*]+\*\*|__[^_]+__|\*[^*\s][^*]*\*|!?\[[^\]]*\]\([^()\s]+\)|<https?:\/\/[^\s<>]+>)/,
    )
    .map((part, index) => (index % 2 === 0 ? part : marked(part)))
    .filter((part) => part !== '')
}

function marked(part: string): Inline {
  if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) }
  if (part.startsWith('**') || part.startsWith('__'))
    return { kind: 'strong', text: part.slice(2, -2) }
  if (part.startsWith('*')) return { kind: 'em', text: part.slice(1, -1) }
  if (part.startsWith('<')) return webLink(part.slice(1, -1), part.slice(1, -1))
  const [, words = '', target = ''] = /^!?\[(.*)\]\((.*)\)$/.exec(part) ?? []
  return webLink(target, words === '' ? target : words)
}

/** A link to the web, or only its words where the address is of another kind. */
function webLink(href: string, text: string): Inline {
  return isWebAddress(href) ? { kind: 'web', href, text } : text
}

export function isWebAddress(href: string): boolean {
  return /^(https?:\/\/[^\s]|mailto:[^\s@]+@)/i.test(href) && URL.canParse(href)
}

/** What a line says without its marks. */
export function plainText(text: Text): string {
  return text.map((one) => (typeof one === 'string' ? one : one.text)).join('')
}

/** The first sentence of a Markdown text, without marks; at most 200 characters. */
export function firstSentence(markdown: string): string {
  const first = markdownBlocks(markdown.slice(0, 2000)).find((one) => one.kind === 'text')
  if (first?.kind !== 'text') return ''
  const text = plainText(first.text).replace(/\s+/g, ' ').trim()
  const end = /^.{20,}?[.!?](?= |$)/.exec(text)?.[0] ?? text
  return end.length > 200 ? `${end.slice(0, 197).toWellFormed()}…` : end
}
