import { agendaOf, type Agenda, type AgendaOptions } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { compiled } from '../../workspace/compiled.ts'
import { boardOf } from '../../workspace/decisions/board.ts'
import { gitIn } from '../../workspace/git.ts'
import { openRevision } from '../../workspace/revision.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'
import { wholeNumber } from '../arguments.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { agendaCalendar } from '../decide/agenda-calendar.ts'
import { agendaMarkdown } from '../decide/agenda-markdown.ts'
import { widthOf } from '../io.ts'
import { renderedMarkdown } from '../output/terminal-markdown.ts'

const formats = ['text', 'markdown', 'ics', 'json'] as const

export const agenda = command(
  {
    name: 'agenda',
    summary: 'The workshop page: open gaps, decisions that wait and for whom, what changed',
    operands: '[DIR]',
    most: 1,
    args: {
      dir: { type: 'positional', required: false, description: 'The workspace' },
      since: {
        type: 'string',
        valueHint: 'REV|DATE',
        description: 'What changed since a git revision or a day (2026-11-01)',
      },
      format: { type: 'enum', options: [...formats], description: 'How to print it' },
      at: {
        type: 'string',
        valueHint: 'WHEN',
        description: 'When you meet, for ics: 2026-12-01T10:00Z. Else tomorrow at ten, UTC',
      },
      minutes: { type: 'string', valueHint: 'N', description: 'How long you meet', default: '60' },
    },
    examples: [
      { line: 'throughline agenda', does: 'what to talk about' },
      { line: 'throughline agenda --since main', does: 'with what this branch changes' },
      {
        line: 'throughline agenda --since 2026-11-01 --format markdown > agenda.md',
        does: 'a page for the wiki',
      },
      { line: 'throughline agenda --format ics > workshop.ics', does: 'an invitation' },
    ],
    notes: 'Exit status: 0, however much there is to talk about.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const now = new Date()
    const since = args.since === undefined ? undefined : sinceOf(workspace, args.since)
    const found = agendaOf(
      graph,
      boardOf(workspace, graph).threads,
      since === undefined ? {} : { since },
    )
    const format = args.json === true ? 'json' : (args.format ?? 'text')
    const page = agendaMarkdown(found, now.toISOString().slice(0, 10))
    if (format === 'json') io.stdout.write(jsonOf(found))
    else if (format === 'markdown') io.stdout.write(page)
    else if (format === 'ics')
      io.stdout.write(
        agendaCalendar({
          title: `${found.name}: what screens need and APIs give`,
          text: page,
          start: meetingAt(args.at, now),
          minutes: wholeNumber(args.minutes, '--minutes', 5, 1440),
          now,
        }),
      )
    else io.stdout.write(renderedMarkdown(page, coloursOf(io.stdout, io.env), widthOf(io.stdout)))
    return 0
  },
)

function jsonOf(found: Agenda): string {
  return `${JSON.stringify({ version: 1, ...found }, null, 2)}\n`
}

/** The workspace as it was at a revision, or at the last commit before a day. */
function sinceOf(workspace: Workspace, since: string): NonNullable<AgendaOptions['since']> {
  const git = gitIn(workspace.root)
  let revision = since
  if (/^\d{4}-\d\d-\d\d$/.test(since)) {
    const { out } = git(['rev-list', '-1', `--before=${since}T00:00:00Z`, 'HEAD'])
    revision = out.toString().trim()
    if (revision === '')
      throw new CannotRun('TL9005', `There is no commit before ${since} on this branch.`)
  }
  const opened = openRevision(workspace, revision)
  const seconds = Number(
    git(['show', '--no-patch', '--format=%ct', opened.commit]).out.toString().trim(),
  )
  const at = revision === since ? new Date(seconds * 1000) : new Date(`${since}T00:00:00Z`)
  return { name: since, graph: compiled(opened).graph, at }
}

function meetingAt(written: string | undefined, now: Date): Date {
  if (written === undefined) {
    const tomorrow = new Date(now.getTime() + 86_400_000)
    return new Date(`${tomorrow.toISOString().slice(0, 10)}T10:00:00Z`)
  }
  const at = new Date(written)
  if (!Number.isNaN(at.getTime()) && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(written)) return at
  throw new CannotRun(
    'TL9003',
    `\`--at\` is a moment such as 2026-12-01T10:00Z, not \`${written}\`.`,
  )
}
