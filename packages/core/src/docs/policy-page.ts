import { lasting } from '../3-check/amounts.ts'
import { nodesOfKind } from '../2-link/ask.ts'
import { lineageOf } from '../lineage/lineage-of.ts'
import { findingOf } from '../lineage/record-of-processing.ts'
import { asJson } from '../reference/json-text.ts'
import { usageOf } from '../reference/usage.ts'
import { operationLink, separated, showsJourneys, station, type DocsContext } from './context.ts'
import type { LineageEntry } from '../lineage/lineage.ts'
import { markdownInline } from './markdown-blocks.ts'
import type { Block, DocsPage, PageHead, Text } from './page.ts'

export const policyHead: PageHead = {
  path: 'rules-about-data',
  kind: 'policy',
  title: 'Rules about data',
  parent: 'index',
  summary: 'Which data is personal or secret, what holds for it, and which screens show it.',
  words: 'policy classification personal secret privacy freshness validation governance',
}

/** What the policy files say, and which screens each class of data reaches. */
export function policyPage(context: DocsContext): DocsPage {
  const { policies } = context.graph.declarations
  const validation = policies.flatMap((one) => one.validation)
  const freshness = policies.flatMap((one) => one.freshness)
  const errors = policies.flatMap((one) => (one.errors === undefined ? [] : [one.errors.format]))
  const blocks: Block[] = [
    { kind: 'lead', text: [policyHead.summary] },
    ...classBlocks(context),
    ...(freshness.length === 0
      ? []
      : [
          heading('freshness', 'How old an answer may be'),
          {
            kind: 'table',
            label: 'How old an answer may be',
            head: ['Operation', 'At most'],
            rows: freshness.map(({ match, maxAge }) => [
              [operationLink(context, match)],
              [maxAge === 0 ? 'always fresh' : lasting(maxAge / 1000)],
            ]),
          } as const,
        ]),
    ...(validation.length === 0
      ? []
      : [
          heading('validation', 'What values look like'),
          {
            kind: 'table',
            label: 'What values look like',
            head: ['Field', 'Rule'],
            rows: validation.map(({ match, schema }) => [
              [{ kind: 'code', text: match } as const],
              [{ kind: 'code', text: asJson(schema.value).slice(0, 500) } as const],
            ]),
          } as const,
        ]),
    ...(errors.length === 0
      ? []
      : [
          heading('errors', 'How errors are told'),
          {
            kind: 'text',
            text: [
              'Every error answer is ',
              { kind: 'code', text: errors[0]! },
              ', with a title that a person can act on.',
            ],
          } as const,
        ]),
  ]
  return { ...policyHead, blocks }
}

function classBlocks(context: DocsContext): readonly Block[] {
  const { classes, entries } = lineageOf(context.graph)
  const contains = new Map(
    [...nodesOfKind(context.graph, 'class')].map((one) => [one.name, one.declaration.contains]),
  )
  return classes.flatMap((one, index) => {
    const rows = entries
      .filter((entry) => entry.class === one.class)
      .flatMap((entry) => rowsOf(context, entry))
    const holds = contains.get(one.class) ?? []
    return [
      { kind: 'heading', level: 2, id: `class-${index + 1}`, text: [one.class] } as const,
      {
        kind: 'facts',
        items: [
          {
            term: 'Rule',
            text: [
              one.declared
                ? one.rules.join(', ') || 'none is written down'
                : 'none: no class of the policy takes it',
            ],
          },
          ...(holds.length === 0
            ? []
            : [{ term: 'Holds', text: separated(holds.map((text) => ({ kind: 'code', text }))) }]),
          ...(one.personas.length === 0
            ? []
            : [{ term: 'Before', text: [one.personas.join(', ')] }]),
        ],
      } as const,
      rows.length === 0
        ? ({ kind: 'text', text: ['No operation sends or takes such data.'] } as const)
        : ({
            kind: 'table',
            label: `Where ${one.class} data goes`,
            head: ['Field', 'Way', 'Screen', 'Person', 'Why'],
            rows: rows.slice(0, mostRows),
          } as const),
      ...(rows.length > mostRows
        ? [
            {
              kind: 'text',
              text: [
                `And ${rows.length - mostRows} more: `,
                { kind: 'code', text: 'throughline lineage' },
                ' lists them all.',
              ],
            } as const,
          ]
        : []),
    ]
  })
}

/** A table that nobody reads to its end is no documentation. */
const mostRows = 500

/** A field of an operation, a row for each screen that it reaches. */
function rowsOf(context: DocsContext, entry: LineageEntry): readonly (readonly Text[])[] {
  const field: Text = [
    { kind: 'code', text: entry.path },
    ' of ',
    operationLink(context, entry.operation),
  ]
  const way: Text = [
    entry.direction === 'returned' ? 'returned' : entry.place === 'url' ? 'in the URL' : 'sent',
  ]
  const finding = findingOf(entry)
  const said: Text =
    finding === ''
      ? []
      : [{ kind: 'badge', tone: entry.broken === undefined ? 'warn' : 'bad', text: finding }]
  if (!showsJourneys(context)) return [[field, way, [], [], said]]
  if (entry.screens.length === 0) return [[field, way, ['no screen'], [], said]]
  const { callers } = usageOf(context.graph, entry.operation)
  return entry.screens.map((screen) => {
    const user = callers.find((one) => one.step === screen.step)
    return [
      field,
      way,
      [user === undefined ? screen.title : station(context, user)],
      [screen.persona ?? ''],
      [
        ...markdownInline(screen.why ?? screen.goal ?? ''),
        ...(said.length === 0 ? [] : [' ']),
        ...said,
      ],
    ]
  })
}

function heading(id: string, text: string): Block {
  return { kind: 'heading', level: 2, id, text: [text] }
}
