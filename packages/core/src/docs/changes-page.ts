import type { Change } from '../diff/change.ts'
import { many, operationLink, stepAnchor, type DocsContext, type DocsRelease } from './context.ts'
import { dayOf } from './evidence.ts'
import { markdownInline } from './markdown-blocks.ts'
import { pageWord } from './page-paths.ts'
import type { Block, DocsPage, Inline, PageHead, Text, Tone } from './page.ts'

export const changesHead: PageHead = {
  path: 'changes',
  kind: 'changes',
  title: 'Changes',
  parent: 'index',
  summary: 'What changed from version to version, and whom it touches.',
  words: 'changelog versions breaking deprecated new history',
}

/** The versions of the contracts and journeys, newest first, each with what changed since the one before. */
export function changesPage(context: DocsContext): DocsPage {
  const used = new Map<string, number>()
  const blocks = context.releases.flatMap((release): readonly Block[] => {
    const word = pageWord(release.name)
    const count = (used.get(word) ?? 0) + 1
    used.set(word, count)
    return [
      {
        kind: 'heading',
        level: 2,
        id: `version-${word}${count > 1 ? `-${count}` : ''}`,
        text: [release.name],
      },
      { kind: 'text', text: [dayOf(release.at), ' ', ...verdict(release)] },
      ...groups(context, release),
    ]
  })
  return {
    ...changesHead,
    blocks:
      blocks.length > 0
        ? blocks
        : [
            {
              kind: 'note',
              tone: 'quiet',
              text: [
                'No version differs from another one yet: there is one, or there is no git history.',
              ],
            },
          ],
  }
}

const tones = { breaking: 'bad', warning: 'warn', info: 'ok', none: 'quiet' } as const

function verdict({ report: { summary } }: DocsRelease): Text {
  const words =
    summary.breaking > 0
      ? many(summary.breaking, 'breaking change')
      : summary.warning > 0
        ? many(summary.warning, 'warning')
        : summary.info > 0
          ? 'safe'
          : 'nothing that people could notice'
  return [{ kind: 'badge', tone: tones[summary.verdict], text: words }]
}

const headings: readonly (readonly [string, Tone, (one: Change) => boolean])[] = [
  ['Breaking', 'bad', (one) => one.level === 'breaking'],
  ['Watch out', 'warn', (one) => one.level === 'warning'],
  ['New', 'ok', (one) => one.level === 'info' && /-added$|-allowed$/.test(one.code)],
  ['Deprecated', 'warn', (one) => one.level === 'info' && /-deprecated/.test(one.code)],
  [
    'Changed',
    'quiet',
    (one) => one.level === 'info' && !/-added$|-allowed$|-deprecated/.test(one.code),
  ],
]

const most = 40

function groups(context: DocsContext, { report }: DocsRelease): readonly Block[] {
  const told = report.changes.filter((one) => one.promise !== 'DOCS' && one.promise !== 'SDK')
  return headings.flatMap(([title, , belongs]): readonly Block[] => {
    const group = told.filter(belongs)
    if (group.length === 0) return []
    return [
      { kind: 'text', text: [{ kind: 'strong', text: title }] },
      {
        kind: 'list',
        ordered: false,
        items: [
          ...group.slice(0, most).map((one) => entry(context, one)),
          ...(group.length > most ? [[`and ${group.length - most} more`]] : []),
        ],
      },
    ]
  })
}

function entry(context: DocsContext, { message, impact, operation, api }: Change): Text {
  const name = operation === undefined || api === undefined ? undefined : `${api}.${operation.id}`
  const link =
    name !== undefined && context.paths.operations.has(name)
      ? [' ', operationLink(context, name)]
      : []
  const steps =
    context.audience === 'public' ? [] : [...new Set(impact.map((one) => one.step))].slice(0, 4)
  return [
    ...markdownInline(message.replace(/\s+/g, ' ')),
    ...link,
    ...steps.flatMap((step): Text => [' ', stepLink(context, step)]),
  ]
}

function stepLink({ graph, paths }: DocsContext, step: string): Inline {
  const journey = graph.journeys.findIndex((one) => step.startsWith(`${one.name}/`))
  const found = graph.journeys[journey]
  const node = graph.nodes.get(`step:${step}`)
  if (found === undefined || node?.kind !== 'step') return step
  return {
    kind: 'station',
    line: ((journey % 4) + 1) as 1 | 2 | 3 | 4,
    to: paths.journeys.get(found.name)!,
    anchor: stepAnchor(step),
    text: node.title,
  }
}
