import type { Change, Graph, Report } from '@throughline/core'
import { many } from '../text.ts'
import { conclusions, headline } from './headline.ts'
import { impactLines, sectionsOf } from './sections.ts'

/** Changes as Markdown for a pull request: grouped by journey, short; the rest folds open. */
export function diffMarkdown({ changes, summary }: Report, graph: Graph): string {
  const lines = ['### What this change does to the journeys', '', headline(summary), '']
  for (const line of conclusions(summary)) lines.push(`- ${escaped(line)}`)
  if (conclusions(summary).length > 0) lines.push('')
  const sections = sectionsOf(changes, graph, false)
  for (const { name, title, owner, changes: touching } of sections.journeys) {
    lines.push(`#### ${escaped(title)}${owner === undefined ? '' : ` (${escaped(owner)})`}`, '')
    for (const change of touching.slice(0, most)) {
      lines.push(`- ${markOf[change.level]} ${escaped(change.message)}`)
      for (const impact of impactLines(change.impact, name)) lines.push(`  - ${escaped(impact)}`)
    }
    if (touching.length > most) lines.push(`- and ${many(touching.length - most, 'more change')}`)
    lines.push('')
  }
  if (sections.rest.length > 0) {
    const head = sections.journeys.length > 0 ? 'Everything else' : 'Breaking changes and warnings'
    lines.push(
      ...folded(
        `${head}: ${many(sections.rest.length, 'change')}`,
        sections.rest.slice(0, mostFolded).map(item),
      ),
    )
  }
  if (sections.counted.length > 0) {
    const total = sections.counted.reduce((sum, one) => sum + one.changes.length, 0)
    const rows = sections.counted.map(
      ({ code, level, changes: hidden }) =>
        `| ${hidden.length} | ${level} | \`${code}\` | ${escaped(hidden[0]!.message).replaceAll('|', '\\|')} |`,
    )
    lines.push(
      ...folded(`${many(total, 'more change')}, by rule`, [
        '| | | Rule | For example |',
        '| ---: | --- | --- | --- |',
        ...rows,
      ]),
    )
  }
  return `${lines.join('\n').trimEnd()}\n`
}

const most = 20
const mostFolded = 100
const markOf = { breaking: '❌', warning: '⚠️', info: 'ℹ️' } as const

function item(change: Change): string {
  return `- ${markOf[change.level]} ${escaped(change.message)} \`${change.code}\``
}

function folded(summary: string, lines: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>', '']
}

/** Texts of contracts come from strangers: nothing of them becomes HTML or mentions anybody. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('<', '&lt;').replaceAll('@', '@\u200b')
}
