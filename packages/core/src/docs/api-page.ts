import type { ReferenceApi, ReferenceEntry } from '../reference/reference.ts'
import { many, type DocsContext } from './context.ts'
import { firstSentence, markdownBlocks, plainText } from './markdown-blocks.ts'
import { groupKey } from './page-paths.ts'
import type { Block, Card, DocsPage, Inline, PageHead } from './page.ts'
import { provenShare } from './proven.ts'

export function apiHead({ paths }: DocsContext, api: ReferenceApi): PageHead {
  const said = firstSentence(api.description ?? '')
  return {
    path: paths.apis.get(api.name)!,
    kind: 'api',
    title: api.title ?? api.name,
    parent: 'index',
    summary: said === '' ? many(api.operations, 'operation') : said,
    words: `${api.name} ${api.version} ${api.groups.map(({ name }) => name).join(' ')}`,
  }
}

/** One API: what it is for, who owns it, and its operations, or their groups where there are very many. */
export function apiPage(context: DocsContext, api: ReferenceApi): DocsPage {
  const { graph, audience, paths } = context
  const node = graph.apis.find((one) => one.name === api.name)
  const names = api.groups.flatMap(({ operations }) => operations.map(({ id }) => id))
  const proven = audience === 'public' ? [] : provenShare(context, names)
  const inside = audience !== 'public'
  const blocks: Block[] = [
    {
      kind: 'facts',
      items: [
        {
          term: 'Contract',
          text: [inside ? `${api.version}, ${api.file}` : api.version],
        },
        ...(api.owner === undefined || !inside ? [] : [{ term: 'Owner', text: [api.owner] }]),
        { term: 'Operations', text: [api.operations.toLocaleString('en')] },
        ...(inside && node !== undefined && node.environments.size > 0
          ? [
              {
                term: 'Runs at',
                text: [...node.environments].flatMap(([name, url], index): Inline[] => [
                  index === 0 ? `${name} ` : `, ${name} `,
                  { kind: 'code', text: url },
                ]),
              },
            ]
          : []),
        ...(proven.length === 0 ? [] : [{ term: 'Proven', text: proven }]),
      ],
    },
    ...(api.description === undefined ? [] : markdownBlocks(api.description)),
    ...api.groups.flatMap((group): readonly Block[] => {
      const path = paths.groups.get(groupKey(api.name, group.name))
      if (path !== undefined) return []
      return [
        { kind: 'heading', level: 2, id: `group-${slugOf(group.name)}`, text: [group.name] },
        ...(group.description === undefined ? [] : markdownBlocks(group.description)),
        { kind: 'cards', items: group.operations.map((one) => operationCard(context, one)) },
      ]
    }),
  ]
  const grouped = api.groups.flatMap((group): Card[] => {
    const to = paths.groups.get(groupKey(api.name, group.name))
    if (to === undefined) return []
    return [
      {
        to,
        title: group.name,
        text: [firstSentence(group.description ?? '')],
        badges: [
          { kind: 'badge', tone: 'quiet', text: many(group.operations.length, 'operation') },
        ],
      },
    ]
  })
  if (grouped.length > 0) blocks.push({ kind: 'cards', items: grouped })
  return { ...apiHead(context, api), blocks }
}

export function groupHead(
  { paths }: DocsContext,
  api: ReferenceApi,
  group: ReferenceApi['groups'][number],
): PageHead {
  return {
    path: paths.groups.get(groupKey(api.name, group.name))!,
    kind: 'group',
    title: group.name,
    parent: paths.apis.get(api.name)!,
    summary: firstSentence(group.description ?? '') || many(group.operations.length, 'operation'),
    words: `${api.name} ${group.name}`,
  }
}

/** The operations of one tag of a big API. */
export function groupPage(
  context: DocsContext,
  api: ReferenceApi,
  group: ReferenceApi['groups'][number],
): DocsPage {
  return {
    ...groupHead(context, api, group),
    blocks: [
      ...(group.description === undefined ? [] : markdownBlocks(group.description)),
      { kind: 'cards', items: group.operations.map((one) => operationCard(context, one)) },
    ],
  }
}

function operationCard(context: DocsContext, entry: ReferenceEntry): Card {
  const { id, method, path, title, deprecated, stage, callers, missing } = entry
  const badges: Inline[] = [
    ...(stage === undefined ? [] : [{ kind: 'badge', tone: 'draft', text: stage } as const]),
    ...(deprecated ? [{ kind: 'badge', tone: 'warn', text: 'deprecated' } as const] : []),
    ...(context.audience === 'public' || callers === 0
      ? []
      : [{ kind: 'badge', tone: 'info', text: many(callers, 'step') } as const]),
    ...(context.audience === 'public' || missing === 0
      ? []
      : [{ kind: 'badge', tone: 'bad', text: `${missing} missing` } as const]),
  ]
  return {
    to: context.paths.operations.get(id)!,
    title: title ?? id.slice(id.indexOf('.') + 1),
    text: [{ kind: 'code', text: path }],
    badges: badges.flatMap((one, index) => (index === 0 ? [one] : [' ', one])),
    method,
  }
}

function slugOf(name: string): string {
  return plainText([name])
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
