import { duration } from './context.ts'
import type { Block, PlainBlock, Text } from './page.ts'

/** The same in blocks that every place can show: Markdown, a wiki, Confluence, Notion. */
export function plainBlocks(blocks: readonly Block[]): readonly PlainBlock[] {
  return blocks.flatMap(plain)
}

function plain(block: Block): readonly PlainBlock[] {
  switch (block.kind) {
    case 'lead':
      return [{ kind: 'text', text: block.text }]
    case 'facts':
      return block.items.length === 0
        ? []
        : [
            {
              kind: 'list',
              ordered: false,
              items: block.items.map(({ term, text }) => [
                { kind: 'strong', text: `${term}:` },
                ' ',
                ...text,
              ]),
            },
          ]
    case 'tabs':
      return block.items.flatMap(({ label, language, text, notes }): PlainBlock[] => [
        { kind: 'text', text: [{ kind: 'strong', text: label }] },
        ...notes.map((one): PlainBlock => ({ kind: 'text', text: one })),
        { kind: 'code', language, text },
      ])
    case 'cards':
      return [
        {
          kind: 'list',
          ordered: false,
          items: block.items.map(({ to, title, text, badges, method }) => [
            ...(method === undefined ? [] : [{ kind: 'method', text: method } as const, ' ']),
            { kind: 'page', to, text: title } as const,
            ...(isEmpty(text) ? [] : [': ', ...text]),
            ...(badges.length === 0 ? [] : [' (', ...badges, ')']),
          ]),
        },
      ]
    case 'line':
      return [
        {
          kind: 'list',
          ordered: true,
          items: block.stations.map(({ title, gap, score }) => [
            title,
            ...(score === undefined ? [] : [`, feeling ${score > 0 ? '+' : ''}${score}`]),
            ...(gap ? [' ', { kind: 'badge', tone: 'bad', text: 'gap' } as const] : []),
          ]),
        },
      ]
    case 'fields':
      return [
        {
          kind: 'table',
          label: block.label,
          head: ['Field', 'Type', 'About', ...(usesAny(block.rows) ? ['Used by'] : [])],
          rows: block.rows.map((row) => [
            [{ kind: 'code', text: `${indented(row.depth)}${row.name}` }],
            [row.type],
            [
              ...row.badges,
              ...(row.badges.length > 0 && row.description.length > 0 ? [' '] : []),
              ...row.description,
            ],
            ...(usesAny(block.rows) ? [row.usedBy] : []),
          ]),
        },
      ]
    case 'screen':
      return []
    case 'states':
      return [
        {
          kind: 'table',
          label: 'When it goes otherwise',
          head: ['When', 'What people see', 'What they can do'],
          rows: block.items.map((one) => [
            [one.label],
            [
              one.show ?? stateWords[one.status],
              ...(one.seen === undefined ? [] : [` (${one.seen.text})`]),
            ],
            [one.recover ?? ''],
          ]),
        },
      ]
    case 'budget':
      return [
        {
          kind: 'table',
          label: block.label,
          head: ['Call', 'Starts', 'Promises'],
          rows: block.bars.map(({ label, start, ms }) => [
            [label],
            [start === 0 ? 'at once' : `after ${duration(start)}`],
            [duration(ms)],
          ]),
        },
      ]
    default:
      return [block]
  }
}

const stateWords = {
  designed: 'Designed',
  inherited: 'As everywhere in the app',
  missing: 'Nobody has decided',
  'cannot-happen': 'Cannot happen',
} as const

function usesAny(rows: readonly { readonly usedBy: Text }[]): boolean {
  return rows.some(({ usedBy }) => usedBy.length > 0)
}

function indented(depth: number): string {
  return '· '.repeat(depth)
}

function isEmpty(text: Text): boolean {
  return text.every((one) => one === '')
}
