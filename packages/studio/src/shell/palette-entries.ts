import type {
  Blueprint,
  NeedStatus,
  SearchEntry,
  SearchIndex,
  WorkspaceOverview,
} from '@throughline/core'
import { localName, type Lens, type Selection } from '../address.ts'
import { strings } from '../strings.ts'

type Group = keyof typeof strings.palette.groups

/** Something that can be found, and what choosing it does. */
export interface Entry {
  readonly id: string
  readonly group: Group
  readonly title: string
  readonly detail?: string
  readonly line?: 1 | 2 | 3 | 4
  /** Of a need. */
  readonly status?: NeedStatus
  /** Other words that find it, and are not shown. */
  readonly words?: string
  readonly does:
    | { readonly kind: 'visit'; readonly url: string }
    | { readonly kind: 'go'; readonly journey?: string; readonly selection?: Selection }
    | { readonly kind: 'play'; readonly scenario: string | null }
    | { readonly kind: 'lens'; readonly lens: Lens }
    | { readonly kind: 'theme' }
}

/** All that can be found: everything of the search index, and until it is there what the page has anyway. */
export function entriesOf(
  overview: WorkspaceOverview | undefined,
  blueprints: readonly Blueprint[],
  index?: SearchIndex,
): readonly Entry[] {
  return [
    ...(index
      ? index.entries.map(indexEntry)
      : [
          ...(overview?.journeys ?? []).flatMap(journeyEntries),
          ...blueprints.flatMap(needEntries),
          ...blueprints.flatMap(operationEntries),
        ]),
    ...blueprints.flatMap(situationEntries),
    ...actionEntries(overview),
  ]
}

/**
 * What matches every word of the query, best first within its group, at most `limit` a group, the group of the best first.
 * For each word: a match at the very start of the title counts most, then at the start of a word, then inside one; the same in
 * the line below counts half. Letters of a word in their order, with others between, count least, and only in titles.
 * Of equally good titles the shorter comes first; everything else stays in the order of the workspace. Without a query: what was found last.
 */
export function found(
  entries: readonly Entry[],
  query: string,
  limit = 6,
  recent: readonly string[] = [],
): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return offered(entries, limit, recent)
  const scored = entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
  // Between groups only how well the words match counts, not how short a title is.
  const order = [...new Set(entries.map((entry) => entry.group))]
  return [...Map.groupBy(scored, ({ entry }) => entry.group)]
    .toSorted(
      ([one, [first]], [other, [second]]) =>
        Math.floor(second!.score) - Math.floor(first!.score) ||
        order.indexOf(one) - order.indexOf(other),
    )
    .flatMap(([, group]) => group.slice(0, limit).map(({ entry }) => entry))
}

function offered(
  entries: readonly Entry[],
  limit: number,
  recent: readonly string[],
): readonly Entry[] {
  const last = recent.flatMap((url): Entry[] => {
    const entry = entries.find(({ does }) => does.kind === 'visit' && does.url === url)
    return entry ? [{ ...entry, id: `recent:${entry.id}`, group: 'recent' }] : []
  })
  // Whoever has typed nothing wants to go somewhere: no page is left out.
  const groups = (['journey', 'page', 'step', 'action'] as const).flatMap((group) => {
    const all = entries.filter((entry) => entry.group === group)
    return group === 'page' ? all : all.slice(0, limit)
  })
  return [...last, ...groups]
}

function scoreOf(
  { title, detail = '', words: others = '' }: Entry,
  words: readonly string[],
): number {
  const name = title.toLowerCase()
  const rest = `${detail} ${others}`.toLowerCase()
  let score = 1
  for (const word of words) {
    const best = placeOf(name, word) * 2 || placeOf(rest, word) || (inOrder(name, word) ? 0.5 : 0)
    if (best === 0) return 0
    score += best
  }
  const named = words.some((word) => name.includes(word))
  return score + (name === words.join(' ') ? 4 : 0) + (named ? 1 / (1 + title.length) : 0)
}

/** 4: at the very start, 3: at the start of a word, 1: inside one, 0: nowhere. */
function placeOf(text: string, word: string): number {
  const index = text.indexOf(word)
  if (index <= 0) return index === 0 ? 4 : 0
  for (let at = index; at >= 0; at = text.indexOf(word, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return 3
  return 1
}

/** Whether the letters of a word stand in a text in their order: `gtbskt` in `store.getBasket`. Fewer than three say nothing. */
function inOrder(text: string, word: string): boolean {
  if (word.length < 3) return false
  let at = -1
  for (const letter of word) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}

function indexEntry({ kind, label, hint, url, line, status, words }: SearchEntry): Entry {
  return {
    id: `${kind}:${url}:${label}`,
    group: kind,
    title: label,
    ...(hint !== undefined && { detail: hint }),
    ...(line !== undefined && { line }),
    ...(status !== undefined && { status }),
    ...(words !== undefined && { words }),
    does: { kind: 'visit', url },
  }
}

function journeyEntries({
  name,
  title,
  line,
  goal,
  steps,
}: WorkspaceOverview['journeys'][number]): Entry[] {
  return [
    {
      id: `journey:${name}`,
      group: 'journey',
      title,
      ...(goal !== undefined && { detail: goal }),
      line,
      does: { kind: 'go', journey: name },
    },
    ...steps.map((step): Entry => ({
      id: `step:${step.name}`,
      group: 'step',
      title: step.title,
      detail: strings.palette.inJourney(title),
      line,
      does: { kind: 'go', journey: name, selection: { kind: 'step', step: localName(step.name) } },
    })),
  ]
}

function needEntries({ journey, steps }: Blueprint): Entry[] {
  return steps.flatMap((step) =>
    step.needs.map((need): Entry => ({
      id: `need:${need.id}`,
      group: 'need',
      title: need.label,
      detail: `${need.path} · ${strings.need[need.status]} · ${step.title}`,
      status: need.status,
      line: journey.line,
      does: {
        kind: 'go',
        journey: journey.name,
        selection: { kind: 'need', step: localName(step.name), need: need.id },
      },
    })),
  )
}

function operationEntries({ journey, steps }: Blueprint): Entry[] {
  const uses = steps.flatMap((step) => step.calls.map((call) => ({ step, call })))
  return [...Map.groupBy(uses, ({ call }) => call.operation)].map(
    ([operation, [first, ...others]]): Entry => ({
      id: `operation:${journey.name}:${operation}`,
      group: 'operation',
      title: operation,
      detail: [
        `${first!.call.method} ${first!.call.path}`.trim(),
        strings.palette.neededBy([first!, ...others].map(({ step }) => step.title).join(', ')),
      ].join(' · '),
      line: journey.line,
      does: {
        kind: 'go',
        journey: journey.name,
        selection: { kind: 'call', step: localName(first!.step.name), call: first!.call.id },
      },
    }),
  )
}

function situationEntries({ journey, steps }: Blueprint): Entry[] {
  return steps.flatMap((step) =>
    step.states.flatMap((state): Entry[] =>
      state.scenario === undefined
        ? []
        : [
            {
              id: `situation:${state.scenario}`,
              group: 'situation',
              title: strings.palette.playOf(step.title, state.label),
              ...(state.show !== undefined && { detail: state.show }),
              line: journey.line,
              does: { kind: 'play', scenario: state.scenario },
            },
          ],
    ),
  )
}

function actionEntries(overview: WorkspaceOverview | undefined): Entry[] {
  return [
    ...(overview?.mock.situation
      ? [
          {
            id: 'action:normal',
            group: 'action',
            title: strings.mock.back,
            detail: overview.mock.situation.title,
            does: { kind: 'play', scenario: null },
          } as const,
        ]
      : []),
    ...strings.palette.pages.map(({ url, title }): Entry => ({
      id: `page:${url}`,
      group: 'action',
      title,
      does: { kind: 'visit', url },
    })),
    ...comparisons(overview?.journeys ?? []),
    ...(['ux', 'frontend', 'backend'] as const).map((lens): Entry => ({
      id: `action:${lens}`,
      group: 'action',
      title: `${strings.lens.label} ${strings.lens[lens]}`,
      does: { kind: 'lens', lens },
    })),
    {
      id: 'action:theme',
      group: 'action',
      title: strings.help.keys.find(({ keys }) => keys[0] === 't')!.does,
      does: { kind: 'theme' },
    },
  ]
}

/** Comparing takes two journeys. With two there is one comparison; with more, the other one is chosen on its page. */
function comparisons(journeys: WorkspaceOverview['journeys']): readonly Entry[] {
  const [first, second, third] = journeys
  if (first === undefined || second === undefined) return []
  const visit = (search: string): Entry['does'] => ({ kind: 'visit', url: `/compare?${search}` })
  const both = `left=${encodeURIComponent(first.name)}&right=${encodeURIComponent(second.name)}`
  return [
    {
      id: 'action:compare',
      group: 'action',
      title: strings.palette.compare,
      does: visit(third === undefined ? both : ''),
    },
    ...(third === undefined ? [] : journeys).map(({ name, title, line }): Entry => ({
      id: `action:compare:${name}`,
      group: 'action',
      title: strings.palette.compareWith(title),
      line,
      does: visit(`left=${encodeURIComponent(name)}`),
    })),
  ]
}
