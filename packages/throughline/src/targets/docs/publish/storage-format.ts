import {
  plainBlocks,
  type DocsPage,
  type Inline,
  type PlainBlock,
  type Text,
} from '@throughline/core'

/** The title of a page of these docs in its space; `undefined` where there is none. */
export type TitleOf = (path: string) => string | undefined

/** A page in Confluence's storage format: XHTML with macros. Every text is escaped. */
export function storageFormat(page: DocsPage, titleOf: TitleOf): string {
  return plainBlocks(page.blocks)
    .map((one) => blockXml(one, titleOf))
    .join('')
}

function blockXml(block: PlainBlock, titleOf: TitleOf): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${anchorXml(block.id)}${textXml(block.text, titleOf)}</h${block.level}>`
    case 'text':
      return `<p>${textXml(block.text, titleOf)}</p>`
    case 'quote':
      return `<blockquote><p>${textXml(block.text, titleOf)}</p></blockquote>`
    case 'note':
      return `<ac:structured-macro ac:name="${noteMacros[block.tone]}"><ac:rich-text-body><p>${textXml(block.text, titleOf)}</p></ac:rich-text-body></ac:structured-macro>`
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      return `<${tag}>${block.items.map((one) => `<li><p>${textXml(one, titleOf)}</p></li>`).join('')}</${tag}>`
    }
    case 'table':
      return `<table><tbody><tr>${block.head.map((one) => `<th><p>${xml(one)}</p></th>`).join('')}</tr>${block.rows
        .map(
          (row) =>
            `<tr>${row.map((cell) => `<td><p>${textXml(cell, titleOf)}</p></td>`).join('')}</tr>`,
        )
        .join('')}</tbody></table>`
    case 'code':
      return `<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">${languages[block.language] ?? 'text'}</ac:parameter><ac:plain-text-body>${cdata(block.text)}</ac:plain-text-body></ac:structured-macro>`
  }
}

const noteMacros = {
  info: 'info',
  ok: 'tip',
  warn: 'note',
  bad: 'warning',
  draft: 'info',
  quiet: 'info',
} as const

const languages: Readonly<Record<string, string>> = {
  json: 'json',
  bash: 'bash',
  typescript: 'typescript',
  graphql: 'graphql',
  yaml: 'yaml',
}

function textXml(text: Text, titleOf: TitleOf): string {
  return text.map((one) => inlineXml(one, titleOf)).join('')
}

const colours = {
  info: 'Blue',
  ok: 'Green',
  warn: 'Yellow',
  bad: 'Red',
  draft: 'Purple',
  quiet: 'Grey',
} as const
const needMarks = { covered: '✓', 'planned-for': '◐', optional: '◌', missing: '✗' } as const

function inlineXml(one: Inline, titleOf: TitleOf): string {
  if (typeof one === 'string') return xml(one)
  switch (one.kind) {
    case 'code':
    case 'method':
      return `<code>${xml(one.text)}</code>`
    case 'strong':
      return `<strong>${xml(one.text)}</strong>`
    case 'em':
      return `<em>${xml(one.text)}</em>`
    case 'web':
      return `<a href="${xml(one.href)}">${xml(one.text)}</a>`
    case 'badge':
      return `<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">${colours[one.tone]}</ac:parameter><ac:parameter ac:name="title">${xml(one.text)}</ac:parameter></ac:structured-macro>`
    case 'need':
      return `<span title="${xml(one.text)}">${needMarks[one.status]}</span>`
    case 'page':
    case 'station': {
      const title = titleOf(one.to)
      if (title === undefined) return xml(one.text)
      const anchor =
        one.anchor === undefined || one.anchor.startsWith('f-')
          ? ''
          : ` ac:anchor="${xml(one.anchor)}"`
      return `<ac:link${anchor}><ri:page ri:content-title="${xml(title)}" /><ac:plain-text-link-body>${cdata(one.text)}</ac:plain-text-link-body></ac:link>`
    }
  }
}

/** A place that links lead to, and that nobody sees. */
export function anchorXml(name: string): string {
  return `<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">${xml(name)}</ac:parameter></ac:structured-macro>`
}

function cdata(text: string): string {
  return `<![CDATA[${fine(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

function xml(text: string): string {
  return fine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Only characters that XML has. */
function fine(text: string): string {
  return text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd')
}
