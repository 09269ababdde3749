import type { ChangeLevel, Change, Graph, Impact } from '@throughline/core'
import { nodesOfKind } from '@throughline/core'

/** A report as people read it: what each journey meets, then what nobody needs, then what is only counted. */
export interface Sections<C extends Pick<Change, 'code' | 'level' | 'impact'> = Change> {
  readonly journeys: readonly {
    readonly name: string
    readonly title: string
    readonly owner: string | undefined
    readonly changes: readonly C[]
  }[]
  /** Breaking changes and warnings that touch no step. */
  readonly rest: readonly C[]
  /** What is only counted, by rule, with one example. */
  readonly counted: readonly {
    readonly code: string
    readonly level: ChangeLevel
    readonly changes: readonly C[]
  }[]
}

/** Of one rule, more than this are counted after the first few. */
const fewOfARule = 6
const firstOfARule = 3

/** Sorts changes into what a person reads first. With `all`, nothing is only counted. */
export function sectionsOf<C extends Pick<Change, 'code' | 'level' | 'impact'>>(
  changes: readonly C[],
  graph: Graph,
  all: boolean,
): Sections<C> {
  const titles = new Map([...nodesOfKind(graph, 'journey')].map((one) => [one.name, one]))
  const byJourney = new Map<string, C[]>()
  const others: C[] = []
  for (const change of changes) {
    const names = new Set(change.impact.map(({ step }) => step.split('/')[0]!))
    if (names.size === 0) others.push(change)
    for (const name of names) byJourney.set(name, [...(byJourney.get(name) ?? []), change])
  }
  const rest: C[] = []
  const counted: Sections<C>['counted'][number][] = []
  const byRule = Map.groupBy(others, (one) => `${one.level} ${one.code}`)
  for (const group of byRule.values()) {
    const { code, level } = group[0]!
    const shown = all
      ? group.length
      : level === 'info'
        ? 0
        : group.length > fewOfARule
          ? firstOfARule
          : group.length
    rest.push(...group.slice(0, shown))
    const hidden = group.slice(shown)
    if (hidden.length > 0) counted.push({ code, level, changes: hidden })
  }
  return {
    journeys: [...byJourney].map(([name, touching]) => ({
      name,
      title: titles.get(name)?.title ?? name,
      owner: titles.get(name)?.owner,
      changes: touching,
    })),
    rest: others.filter((one) => rest.includes(one)),
    counted: counted.toSorted(
      (a, b) => rank[a.level] - rank[b.level] || b.changes.length - a.changes.length,
    ),
  }
}

const rank: Readonly<Record<ChangeLevel, number>> = { breaking: 0, warning: 1, info: 2 }

/** What a change does to one journey in plain words, each step once, worst first: `breaks basket (needs `eta`)`. */
export function impactLines(impact: readonly Impact[], journey?: string): readonly string[] {
  const wanted = impact.filter(
    ({ step }) => journey === undefined || step.split('/')[0] === journey,
  )
  const alike = Map.groupBy(wanted, ({ step, severity, fallback, client }) =>
    [severity, step, fallback ?? '', client ?? ''].join('\n'),
  )
  return [...alike.values()].map((group) => {
    const { step, severity, fallback, client } = group[0]!
    const name = journey === undefined ? step : step.slice(step.indexOf('/') + 1)
    const needs = [...new Set(group.flatMap((one) => one.need ?? []))]
    const some = needs.length > 4 ? [...needs.slice(0, 3), `${needs.length - 3} more`] : needs
    const what = some.length === 0 ? '' : ` (needs ${some.map((one) => `\`${one}\``).join(', ')})`
    const instead = fallback === undefined ? '' : `; people see: ${fallback}`
    return `${severity} ${name}${client === undefined ? '' : ` of ${client}`}${what}${instead}`
  })
}
