import {
  plainBlocks,
  type DocsPage,
  type Inline,
  type PlainBlock,
  type Text,
} from '@throughline/core'

/** How pages are linked: from one page to another. */
export type LinkTo = (path: string, anchor?: string) => string

/** A page as Markdown that GitHub, a wiki and a model read alike. Nothing in a text becomes markup. */
export function markdownOf(page: DocsPage, link: LinkTo): string {
  const parts = [
    `# ${page.method === undefined ? '' : `${page.method} `}${escapedText(page.title)}`,
    ...plainBlocks(page.blocks).map((one) => blockMarkdown(one, link)),
  ]
  return `${parts.filter((one) => one !== '').join('\n\n')}\n`
}

function blockMarkdown(block: PlainBlock, link: LinkTo): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${textMarkdown(block.text, link)}`
    case 'text':
      return textMarkdown(block.text, link)
    case 'note':
      return `> ${textMarkdown(block.text, link)}`
    case 'quote':
      return `> ${textMarkdown(block.text, link)}`
    case 'list':
      return block.items
        .map((one, index) => `${block.ordered ? `${index + 1}.` : '-'} ${textMarkdown(one, link)}`)
        .join('\n')
    case 'table':
      return [
        rowOf(block.head.map(escapedText)),
        rowOf(block.head.map(() => '---')),
        ...block.rows.map((row) => rowOf(row.map((cell) => textMarkdown(cell, link)))),
      ].join('\n')
    case 'code': {
      const longest = Math.max(2, ...[...block.text.matchAll(/`+/g)].map(([run]) => run.length))
      const fence = '`'.repeat(longest + 1)
      return `${fence}${block.language.replace(/[^\w+-]/g, '')}\n${block.text}\n${fence}`
    }
  }
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map((one) => one.replaceAll('|', String.raw`\|`).replace(/\s*\n\s*/g, ' ')).join(' | ')} |`
}

function textMarkdown(text: Text, link: LinkTo): string {
  return text
    .map((one) => inlineMarkdown(one, link))
    .join('')
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

const needMarks = { covered: '✓', 'planned-for': '◐', optional: '◌', missing: '✗' } as const

function inlineMarkdown(one: Inline, link: LinkTo): string {
  if (typeof one === 'string') return escapedText(one)
  switch (one.kind) {
    case 'code':
      return codeMarkdown(one.text)
    case 'strong':
      return `**${escapedText(one.text)}**`
    case 'em':
      return `*${escapedText(one.text)}*`
    case 'page':
    case 'station':
      return `[${escapedText(one.text)}](${link(one.to, one.anchor)})`
    case 'web':
      return `[${escapedText(one.text)}](${one.href.replace(/[()<>\s]/g, encodeURIComponent)})`
    case 'badge':
      return `*${escapedText(one.text)}*`
    case 'method':
      return `\`${one.text.replaceAll('`', '')}\``
    case 'need':
      return `${needMarks[one.status]} ${escapedText(one.text)}:`
  }
}

function codeMarkdown(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  if (!flat.includes('`')) return `\`${flat}\``
  const longest = Math.max(...[...flat.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence} ${flat} ${fence}`
}

/** A text whose every mark stays a character. */
export function escapedText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\`*_[\]<>#~]/g, String.raw`\$&`)
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, String.raw`$1\$2`)
    .replace(/&(?=\w+;|#)/g, '&amp;')
}
