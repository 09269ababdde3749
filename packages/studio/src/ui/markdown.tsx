import type { ReactNode } from 'react'

/**
 * Markdown of contracts and explanations, drawn as elements: nothing in it can become markup of the page.
 * Knows paragraphs, headings, lists, code, quotes, emphasis and links; everything else stays the text it is.
 */
export function Markdown({ text }: { readonly text: string }) {
  return <div className="markdown">{blocksOf(text.slice(0, longest)).map(drawn)}</div>
}

/** A contract may hold a book; a page shows its first chapters. */
const longest = 40_000

type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }

/** The blocks of a text, line by line. */
export function blocksOf(text: string): readonly Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      let end = at + 1
      while (end < lines.length && !lines[end]!.trimStart().startsWith(fence)) end += 1
      blocks.push({ kind: 'code', text: lines.slice(at + 1, end).join('\n') })
      at = end + 1
      continue
    }
    const heading = /^ {0,3}#{1,6} +(.+?) *#*$/.exec(line)?.[1]
    if (heading !== undefined) {
      blocks.push({ kind: 'heading', text: heading })
      at += 1
      continue
    }
    const item = itemStart.exec(line)
    if (item) {
      const items: string[] = []
      while (at < lines.length) {
        const next = itemStart.exec(lines[at]!)
        if (next) items.push(next[2]!)
        else if (items.length > 0 && /^\s+\S/.test(lines[at]!))
          items[items.length - 1] += ` ${lines[at]!.trim()}`
        else break
        at += 1
      }
      blocks.push({ kind: 'list', ordered: /\d/.test(item[1]!), items })
      continue
    }
    if (line.trim() === '') {
      at += 1
      continue
    }
    const quoted = line.startsWith('>')
    const paragraph: string[] = []
    while (
      at < lines.length &&
      lines[at]!.trim() !== '' &&
      lines[at]!.startsWith('>') === quoted &&
      (paragraph.length === 0 || !/^ {0,3}(#{1,6} |`{3}|~{3})/.test(lines[at]!)) &&
      (paragraph.length === 0 || !itemStart.test(lines[at]!))
    ) {
      paragraph.push(quoted ? lines[at]!.replace(/^> ?/, '') : lines[at]!.trim())
      at += 1
    }
    const words = paragraph.join(' ')
    // GitHub's `> [!NOTE]` is a quote with a title.
    blocks.push(
      quoted
        ? { kind: 'quote', text: words.replace(/^\[!\w+\] */, '') }
        : { kind: 'text', text: words },
    )
  }
  return blocks
}

const itemStart = /^ {0,3}([-*+]|\d{1,9}[.)]) +(.*)$/

function drawn(block: Block, key: number): ReactNode {
  switch (block.kind) {
    case 'text':
      return <p key={key}>{inline(block.text)}</p>
    case 'quote':
      return <blockquote key={key}>{inline(block.text)}</blockquote>
    case 'heading':
      return (
        <p key={key} className="markdown-heading">
          {inline(block.text)}
        </p>
      )
    case 'code':
      return (
        // A long line scrolls by itself: a scrollable area must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre key={key} tabIndex={0}>
          {block.text}
        </pre>
      )
    case 'list': {
      // The items of a fixed text have no other identity than their place.
      // oxlint-disable-next-line react/no-array-index-key
      const items = block.items.map((item, index) => <li key={index}>{inline(item)}</li>)
      return block.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>
    }
  }
}

/** Code, strong, emphasis and links of one paragraph; each marked once, none inside another but links. */
function inline(text: string): ReactNode {
  return text
    .split(/(`[^`]+`|\*\*[^*]+\*\*|__[^_]+__|\*[^*\s][^*]*\*|\[[^\]]*\]\([^()\s]+\))/)
    .map((part, index) => {
      if (index % 2 === 0) return part
      if (part.startsWith('`')) return <code key={index}>{part.slice(1, -1)}</code>
      if (part.startsWith('**') || part.startsWith('__'))
        return <b key={index}>{part.slice(2, -2)}</b>
      if (part.startsWith('*')) return <em key={index}>{part.slice(1, -1)}</em>
      const [, words = '', target = ''] = /^\[(.*)\]\((.*)\)$/.exec(part) ?? []
      // Only a way to another page of the web; anything else stays its words.
      return /^https?:\/\//i.test(target) ? (
        <a key={index} href={target} target="_blank" rel="noreferrer">
          {words}
        </a>
      ) : (
        words
      )
    })
}
