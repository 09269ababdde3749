import {
  locatedChanges,
  type Change,
  type ChangeLevel,
  type Graph,
  type LocatedChange,
  type Report,
} from '@throughline/core'
import type { Colours } from '../../colours.ts'
import { wrapped } from '../../wrap.ts'
import { visible } from '../frame.ts'
import { many } from '../text.ts'
import { conclusions, headline } from './headline.ts'
import { impactLines, sectionsOf } from './sections.ts'

export interface DiffTextOptions {
  readonly graph: Graph
  readonly all: boolean
  readonly colours: Colours
  readonly width: number
  /** Where a place of the earlier or the later side is, as a terminal opens it. */
  readonly place: (side: 'before' | 'after', file: string) => string
}

/** Changes for people: by journey, then what no journey needs, then what is only counted. */
export function diffText({ changes, summary }: Report, options: DiffTextOptions): string {
  const { colours, graph, all } = options
  const { bold, dim } = colours
  const sections = sectionsOf(changes, graph, all)
  // One look at each file for all that is shown: positions of big contracts are paid for by the pass.
  const shown = [...sections.journeys.flatMap((one) => one.changes), ...sections.rest].map(
    whereItIs,
  )
  const places = new Map(locatedChanges(shown).map((one) => [one.fingerprint, one.origin]))
  const parts: string[] = []
  for (const { name, title, owner, changes: touching } of sections.journeys) {
    const lines = [
      `${bold(title)}${dim(`  journey ${name}${owner === undefined ? '' : `, team ${owner}`}`)}`,
    ]
    for (const change of touching) {
      lines.push(...entry(change, places, options))
      for (const impact of impactLines(change.impact, name)) {
        const colour = severityColour(impact, colours)
        for (const line of wrapped(visible(impact), options.width - 6))
          lines.push(`      ${colour(line)}`)
      }
    }
    parts.push(lines.join('\n'))
  }
  if (sections.rest.length > 0) {
    const head = sections.journeys.length > 0 ? 'Everything else' : undefined
    const lines = sections.rest.flatMap((change) => entry(change, places, options))
    parts.push([...(head === undefined ? [] : [bold(head)]), ...lines].join('\n'))
  }
  if (sections.counted.length > 0) {
    const total = sections.counted.reduce((sum, one) => sum + one.changes.length, 0)
    const lines = [
      `${bold(`And ${many(total, 'more change')}, by rule`)}${dim('; --all shows them')}`,
    ]
    const most = Math.max(...sections.counted.map((one) => String(one.changes.length).length))
    for (const { code, level, changes: hidden } of sections.counted.slice(0, mostRules))
      lines.push(`  ${String(hidden.length).padStart(most)}  ${mark(level, colours)} ${code}`)
    const rest = sections.counted.slice(mostRules)
    if (rest.length > 0) {
      const others = rest.reduce((sum, one) => sum + one.changes.length, 0)
      lines.push(
        `  ${String(others).padStart(most)}  ${dim(`of ${many(rest.length, 'other rule')}`)}`,
      )
    }
    parts.push(lines.join('\n'))
  }
  parts.push([headline(summary, colours), ...conclusions(summary)].join('\n'))
  return `${parts.join('\n\n')}\n`
}

/** Only the place that is shown: where it is now, else where it was. */
function whereItIs(change: Change): Change {
  const { before, after } = change.origin
  return after === undefined || before === undefined ? change : { ...change, origin: { after } }
}

const mostRules = 15

function entry(
  change: Change,
  places: ReadonlyMap<string, LocatedChange['origin']>,
  { colours, width, place }: DiffTextOptions,
): readonly string[] {
  const { dim, bold } = colours
  const { before, after } = places.get(change.fingerprint)!
  const span = after ?? before
  const where =
    span === undefined
      ? ''
      : `${place(after === undefined ? 'before' : 'after', span.file)}:${span.range.start.line}:${span.range.start.column}  `
  const { operations } = change.reach.counts
  const reach = operations > 1 ? `, in ${many(operations, 'operation')}` : ''
  const [first, ...more] = wrapped(visible(change.message), width - 4)
  return [
    `  ${mark(change.level, colours)} ${bold(first)}`,
    ...more.map((line) => `    ${bold(line)}`),
    `      ${dim(visible(`${where}${change.code}${reach}`))}`,
  ]
}

function mark(level: ChangeLevel, colours: Colours): string {
  switch (level) {
    case 'breaking':
      return colours.red('✗')
    case 'warning':
      return colours.yellow('▲')
    case 'info':
      return colours.cyan('·')
  }
}

function severityColour(impact: string, colours: Colours): (text: string) => string {
  if (impact.startsWith('breaks')) return colours.red
  return impact.startsWith('helps') ? colours.green : colours.yellow
}
