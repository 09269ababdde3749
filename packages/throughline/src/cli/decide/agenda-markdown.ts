import type { Agenda, ThreadLine } from '@throughline/core'
import { many } from '../output/text.ts'

/** The agenda as a page to meet over: headings and lists that any wiki shows. */
export function agendaMarkdown(agenda: Agenda, day: string): string {
  const { name, gaps, undecided, waiting, unowned, approved, discussions, since } = agenda
  const sections = [
    section(
      'Decisions that wait',
      [
        ...waiting.flatMap(({ team, threads }) =>
          threads.map((one) => `**${text(team)}** must sign: ${shown(one)}`),
        ),
        ...unowned.map((one) => `**Anybody** may approve: ${shown(one)}`),
        ...approved.map((one) => `Approved, to be applied: ${shown(one)}`),
      ],
      'Nothing waits.',
    ),
    section(
      'What screens need and no contract returns',
      gaps.map(
        ({ label, step, screen, owner, why, proposal }) =>
          `**${text(label)}** on ${placed(step, screen, owner)}${why === undefined ? '' : `: ${text(why)}`}${proposal === undefined ? ' (nobody has proposed it)' : ` (proposed: \`${proposal}\`)`}`,
      ),
      'Every screen gets what it needs.',
    ),
    section(
      'What people see when it goes wrong: not decided',
      undecided.map(
        ({ step, screen, owner, conditions }) =>
          `${placed(step, screen, owner)}: ${conditions.map(text).join(', ')}`,
      ),
      'Every state is designed.',
    ),
    section('Open questions', discussions.map(shown), 'None.'),
    ...(since === undefined
      ? []
      : [
          section(
            `What changed since ${text(since.name)}`,
            [
              ...since.changes.map(
                ({ level, message, impact }) =>
                  `${level === 'info' ? '' : `**${level}** `}${text(message)}${impact.length === 0 ? '' : ` (${impact.map((one) => `${one.severity} ${one.step}`).join(', ')})`}`,
              ),
              ...since.ended.map((one) => `${one.state}: ${shown(one)}`),
            ],
            'Nothing.',
          ),
        ]),
  ]
  return [`# ${text(name)}: agenda, ${day}`, ...sections].join('\n\n') + '\n'
}

function section(title: string, lines: readonly string[], none: string): string {
  const most = 50
  const more = lines.length > most ? [`- and ${lines.length - most} more`] : []
  const list = [...lines.slice(0, most).map((one) => `- ${one}`), ...more]
  return `## ${title}\n\n${lines.length === 0 ? none : list.join('\n')}`
}

function shown({ title, id, steps, comments }: ThreadLine): string {
  const facts = [...steps, ...(comments > 0 ? [many(comments, 'comment')] : [])]
  return `${text(title)} (\`${id}\`${facts.length === 0 ? '' : `; ${facts.join(', ')}`})`
}

function placed(step: string, screen: string | undefined, owner: string | undefined): string {
  return `${step}${screen === undefined ? '' : ` (${text(screen)})`}${owner === undefined ? '' : `, ${text(owner)}`}`
}

/** On one line, and no markup but the backticks that name things. */
function text(written: string): string {
  return written
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\*_[\]<>#|]/g, '\\$&')
}
