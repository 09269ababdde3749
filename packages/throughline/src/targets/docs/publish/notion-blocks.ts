import {
  plainBlocks,
  type DocsPage,
  type Inline,
  type PlainBlock,
  type Text,
} from '@throughline/core'

/** The address of a page of these docs in Notion; `undefined` where there is none. */
export type AddressOf = (path: string) => string | undefined

/** A piece of rich text as Notion takes it. */
interface RichText {
  readonly type: 'text'
  readonly text: { readonly content: string; readonly link?: { readonly url: string } }
  readonly annotations?: {
    readonly bold?: true
    readonly italic?: true
    readonly code?: true
    readonly color?: 'green' | 'orange' | 'red' | 'purple' | 'gray' | 'blue'
  }
}

/** A block as Notion takes it: its type, and under that name what it holds. */
export interface NotionBlock {
  readonly object: 'block'
  readonly type: string
  readonly [type: string]: unknown
}

/** A page as Notion blocks, within what one block may hold: texts of 2,000 characters, 100 pieces of text, 100 rows. */
export function notionBlocks(page: DocsPage, addressOf: AddressOf): readonly NotionBlock[] {
  return plainBlocks(page.blocks).flatMap((one) => blocksOf(one, addressOf))
}

function blocksOf(block: PlainBlock, addressOf: AddressOf): readonly NotionBlock[] {
  const rich = (text: Text): readonly RichText[] => richText(text, addressOf)
  switch (block.kind) {
    case 'heading':
      return [made(`heading_${block.level - 1}`, { rich_text: rich(block.text) })]
    case 'text':
      return [made('paragraph', { rich_text: rich(block.text) })]
    case 'quote':
      return [made('quote', { rich_text: rich(block.text) })]
    case 'note':
      return [made('callout', { rich_text: rich(block.text), color: noteColours[block.tone] })]
    case 'list':
      return block.items.map((one) =>
        made(block.ordered ? 'numbered_list_item' : 'bulleted_list_item', {
          rich_text: rich(one),
        }),
      )
    case 'code':
      return [
        made('code', {
          rich_text: pieces(block.text.slice(0, 2000 * 90)).map((content) => ({
            type: 'text',
            text: { content },
          })),
          language: languages[block.language] ?? 'plain text',
        }),
      ]
    case 'table':
      return tables(block, addressOf)
  }
}

function made(type: string, value: Readonly<Record<string, unknown>>): NotionBlock {
  return { object: 'block', type, [type]: value }
}

const noteColours = {
  info: 'blue_background',
  ok: 'green_background',
  warn: 'orange_background',
  bad: 'red_background',
  draft: 'purple_background',
  quiet: 'gray_background',
} as const

const languages: Readonly<Record<string, string>> = {
  json: 'json',
  bash: 'bash',
  typescript: 'typescript',
  graphql: 'graphql',
  yaml: 'yaml',
}

const mostRows = 80

function tables(
  { head, rows }: Extract<PlainBlock, { kind: 'table' }>,
  addressOf: AddressOf,
): readonly NotionBlock[] {
  const row = (cells: readonly Text[]): NotionBlock =>
    made('table_row', {
      cells: head.map((_, index) => richText(cells[index] ?? [], addressOf)),
    })
  const parts: NotionBlock[] = []
  for (let at = 0; at < Math.max(1, rows.length); at += mostRows)
    parts.push(
      made('table', {
        table_width: head.length,
        has_column_header: true,
        has_row_header: false,
        children: [row(head.map((one) => [one])), ...rows.slice(at, at + mostRows).map(row)],
      }),
    )
  return parts
}

const needMarks = { covered: '✓', 'planned-for': '◐', optional: '◌', missing: '✗' } as const
const badgeColours = {
  info: 'blue',
  ok: 'green',
  warn: 'orange',
  bad: 'red',
  draft: 'purple',
  quiet: 'gray',
} as const
const mostPieces = 100

function richText(text: Text, addressOf: AddressOf): readonly RichText[] {
  return text.flatMap((one) => richInline(one, addressOf)).slice(0, mostPieces)
}

function richInline(one: Inline, addressOf: AddressOf): readonly RichText[] {
  if (typeof one === 'string') return plain(one)
  switch (one.kind) {
    case 'code':
    case 'method':
      return plain(one.text, { code: true })
    case 'strong':
      return plain(one.text, { bold: true })
    case 'em':
      return plain(one.text, { italic: true })
    case 'badge':
      return plain(one.text, { bold: true, color: badgeColours[one.tone] })
    case 'need':
      return plain(needMarks[one.status])
    case 'web':
      return plain(one.text, undefined, one.href.length > 2000 ? undefined : one.href)
    case 'page':
    case 'station':
      return plain(one.text, undefined, addressOf(one.to))
  }
}

function plain(
  text: string,
  annotations?: RichText['annotations'],
  url?: string,
): readonly RichText[] {
  return pieces(text).map((content) => ({
    type: 'text',
    text: { content, ...(url !== undefined && { link: { url } }) },
    ...(annotations !== undefined && { annotations }),
  }))
}

/** Texts of at most 2,000 characters, no character cut in two. */
function pieces(text: string): readonly string[] {
  const whole = text.toWellFormed()
  const found: string[] = []
  for (let at = 0; at < whole.length;) {
    let end = Math.min(at + 2000, whole.length)
    if (end < whole.length && /[\ud800-\udbff]/.test(whole[end - 1]!)) end--
    found.push(whole.slice(at, end))
    at = end
  }
  return found
}
