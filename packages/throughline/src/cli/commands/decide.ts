import { threadView, type Thread, type ThreadView } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import type { Decided } from '../../workspace/decisions/decisions.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { atTheTable, decidingArgs, doneOr, type Table } from '../decide/at-the-table.ts'
import { threadLineText, threadText } from '../decide/thread-text.ts'
import type { Io } from '../io.ts'

const verbs = [
  'list',
  'show',
  'comment',
  'sign',
  'object',
  'decline',
  'resolve',
  'reopen',
  'apply',
] as const
type Verb = (typeof verbs)[number]

export const decide = command(
  {
    name: 'decide',
    summary: 'Look at what is proposed, say something, sign it, apply it',
    operands: '[list|show|comment|sign|object|decline|resolve|reopen|apply] [THREAD]',
    most: 2,
    args: {
      what: {
        type: 'positional',
        required: false,
        description: 'What to do, and with which thread',
      },
      all: { type: 'boolean', alias: 'a', description: 'Also what has ended' },
      text: { type: 'string', alias: 't', valueHint: 'TEXT', description: 'What there is to say' },
      team: { type: 'string', valueHint: 'TEAM', description: 'For which team to sign' },
      ...decidingArgs,
    },
    examples: [
      { line: 'throughline decide', does: 'what is open, and for whom it waits' },
      {
        line: 'throughline decide show return-eta',
        does: 'one thread; a beginning of its name will do',
      },
      { line: 'throughline decide sign return-eta', does: 'approve it for your team' },
      {
        line: "throughline decide comment step:checkout/basket -t 'Too much?'",
        does: 'about a step, a need, an operation',
      },
      { line: 'throughline decide apply return-eta', does: 'write it into the contract' },
    ],
    notes:
      'Everything that is said is a file of its own in `decisions/`, so that clones merge. Exit status: 0 done, 2 refused, with the reason.',
  },
  async (args, io) => {
    const [verb = 'list', name] = args._
    if (!isVerb(verb))
      throw new CannotRun('TL9003', `\`${verb}\` is nothing to do here: ${verbs.join(', ')}.`)
    const table = atTheTable(args, io)
    if (verb === 'list') {
      listed(table, args.all === true, args.json === true, io)
      return 0
    }
    if (name === undefined)
      throw new CannotRun('TL9003', `Say which thread. \`throughline decide\` lists them.`)
    if (verb === 'show') {
      shown(viewOf(table, threadNamed(table, name)), args.json === true, io)
      return 0
    }
    const outcome = doneOr(acted(table, verb, name, args))
    const { thread, files, committed } = outcome
    if (args.json === true) {
      io.stdout.write(
        `${JSON.stringify({ version: 1, thread: viewOf(table, thread), files, ...(committed && { committed }) }, null, 2)}\n`,
      )
      return 0
    }
    const { dim } = coloursOf(io.stdout, io.env)
    io.stdout.write(threadLineText(thread, coloursOf(io.stdout, io.env)))
    for (const file of files) io.stdout.write(dim(`  wrote ${file}\n`))
    if (committed?.commit !== undefined) io.stdout.write(dim(`  commit ${committed.commit}\n`))
    if (committed?.problem !== undefined)
      io.stderr.write(`Written, but not committed: ${committed.problem}\n`)
    return 0
  },
)

function acted(
  { decisions, person }: Table,
  verb: Exclude<Verb, 'list' | 'show'>,
  name: string,
  { text, team }: { readonly text?: string | undefined; readonly team?: string | undefined },
): Decided {
  const by = person()
  const said = text === undefined ? {} : { text }
  const reason = text === undefined ? {} : { reason: text }
  switch (verb) {
    case 'comment':
      if (text === undefined) throw new CannotRun('TL9003', 'Say something: --text TEXT.')
      return name.includes(':')
        ? decisions.commentOn(name, text, by)
        : decisions.comment(name, text, by)
    case 'sign':
    case 'object':
      return decisions.sign(
        name,
        {
          says: verb === 'sign' ? 'approve' : 'object',
          ...said,
          ...(team !== undefined && { team }),
        },
        by,
      )
    case 'decline':
      return decisions.end(name, { decision: 'declined', ...reason }, by)
    case 'resolve':
      return decisions.end(name, { decision: 'resolved', ...reason }, by)
    case 'reopen':
      return decisions.end(name, { decision: 'reopened', ...reason }, by)
    case 'apply':
      return decisions.apply(name, by)
  }
}

function listed({ decisions }: Table, all: boolean, json: boolean, io: Io): void {
  const { threads } = decisions.board
  const wanted = threads
    .filter((one) => all || one.state === 'open' || one.state === 'approved')
    .toSorted((a, b) => (a.changedAt > b.changedAt ? -1 : 1))
  if (json) {
    const lines = wanted.map(({ id, kind, state, title, on, waitsFor, touches, changedAt }) => ({
      id,
      kind,
      state,
      title,
      on,
      waitsFor,
      steps: touches.steps.map((one) => one.step),
      changedAt,
    }))
    io.stdout.write(`${JSON.stringify({ version: 1, threads: lines }, null, 2)}\n`)
    return
  }
  const colours = coloursOf(io.stdout, io.env)
  if (wanted.length === 0)
    io.stdout.write(
      `Nothing is open. ${threads.length > 0 ? '`--all` shows what has ended. ' : ''}Propose something: throughline propose.\n`,
    )
  for (const thread of wanted) io.stdout.write(threadLineText(thread, colours))
}

function shown(thread: ThreadView, json: boolean, io: Io): void {
  io.stdout.write(
    json
      ? `${JSON.stringify({ version: 1, thread }, null, 2)}\n`
      : threadText(thread, coloursOf(io.stdout, io.env)),
  )
}

function threadNamed({ decisions }: Table, name: string): Thread {
  const thread = name.includes(':') ? decisions.threadOn(name) : decisions.board.thread(name)
  if (thread !== undefined) return thread
  throw new CannotRun(
    'TL9003',
    `There is no thread \`${name}\`, or several begin so. \`throughline decide --all\` lists them.`,
  )
}

function viewOf({ decisions, graph }: Table, thread: Thread): ThreadView {
  const { board } = decisions
  const after = board.graphWith(thread.id)
  return threadView(
    graph(),
    thread,
    board.entries(thread.id)!,
    'problem' in after ? undefined : after,
  )
}

function isVerb(word: string): word is Verb {
  return (verbs as readonly string[]).includes(word)
}
