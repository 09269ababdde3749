import type { Change, Report } from '@throughline/core'

/** Entries for a changelog in plain words: what breaks, what comes, what goes, what else. Words about words are left out. */
export function diffChangelog({ changes }: Report): string {
  const told = changes.filter((one) => one.promise !== 'DOCS' && one.promise !== 'SDK')
  const parts: string[] = []
  for (const [title, wanted] of headings) {
    const group = told.filter((one) => headingOf(one) === wanted)
    if (group.length === 0) continue
    const lines = group.slice(0, most).map(entry)
    if (group.length > most) lines.push(`- and ${group.length - most} more`)
    parts.push(`### ${title}\n\n${lines.join('\n')}\n`)
  }
  return parts.length === 0 ? 'Nothing that people or programs could notice.\n' : parts.join('\n')
}

const most = 50
const headings = [
  ['Breaking', 'breaking'],
  ['Watch out', 'warning'],
  ['New', 'new'],
  ['Deprecated', 'deprecated'],
  ['Changed', 'changed'],
] as const

function headingOf({ level, code }: Change): (typeof headings)[number][1] {
  if (level !== 'info') return level
  if (/-deprecated/.test(code)) return 'deprecated'
  return /-added$|-allowed$/.test(code) ? 'new' : 'changed'
}

function entry({ message, impact }: Change): string {
  const screens = new Set(
    impact.filter((one) => one.severity !== 'helps').map((one) => one.screen ?? one.step),
  )
  const helped = impact.some((one) => one.severity === 'helps')
  const shown = [...screens].slice(0, 3).join(', ')
  const rest = screens.size > 3 ? ` and ${screens.size - 3} more` : ''
  const seen =
    screens.size > 0 ? ` Seen on ${shown}${rest}.` : helped ? ' A screen waited for it.' : ''
  return `- ${message.replace(/\s+/g, ' ')}${seen}`
}
