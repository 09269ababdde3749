import type { Blueprint, NeedStatus, WorkspaceOverview } from '@throughline/core'
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
  readonly does:
    | { readonly kind: 'go'; readonly journey?: string; readonly selection?: Selection }
    | { readonly kind: 'play'; readonly scenario: string | null }
    | { readonly kind: 'lens'; readonly lens: Lens }
    | { readonly kind: 'theme' }
}

/** All that the overview and the loaded blueprints can be searched for. */
export function entriesOf(
  overview: WorkspaceOverview | undefined,
  blueprints: readonly Blueprint[],
): readonly Entry[] {
  return [
    ...(overview?.journeys ?? []).flatMap(journeyEntries),
    ...blueprints.flatMap(needEntries),
    ...blueprints.flatMap(operationEntries),
    ...blueprints.flatMap(situationEntries),
    ...actionEntries(overview),
  ]
}

/**
 * What matches every word of the query, best first within its group, at most `limit` a group.
 * A match at the start of a word counts more than one inside it, and a title more than its detail.
 */
export function found(entries: readonly Entry[], query: string, limit = 6): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const scored = entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
  const groups = Map.groupBy(scored, ({ entry }) => entry.group)
  const order =
    words.length === 0 ? (['journey', 'step', 'action'] as const) : groupsBestFirst(groups)
  return order.flatMap((group) =>
    (groups.get(group) ?? []).slice(0, limit).map(({ entry }) => entry),
  )
}

function groupsBestFirst(
  groups: ReadonlyMap<Group, readonly { readonly score: number }[]>,
): readonly Group[] {
  return [...groups.keys()].toSorted(
    (one, other) => groups.get(other)![0]!.score - groups.get(one)![0]!.score,
  )
}

function scoreOf({ title, detail = '' }: Entry, words: readonly string[]): number {
  let score = 1
  for (const word of words) {
    const inTitle = placeOf(title.toLowerCase(), word)
    const best = inTitle > 0 ? inTitle * 2 : placeOf(detail.toLowerCase(), word)
    if (best === 0) return 0
    score += best
  }
  return words.length === 0 ? score : score + 1 / (1 + title.length)
}

/** 4: at the very start, 3: at the start of a word, 1: inside one, 0: nowhere. */
function placeOf(text: string, word: string): number {
  const index = text.indexOf(word)
  if (index <= 0) return index === 0 ? 4 : 0
  const startsWord = text
    .split(word)
    .some((before, part, parts) => part < parts.length - 1 && !/[\p{L}\p{N}]$/u.test(before))
  return startsWord ? 3 : 1
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
