import { appendFileSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { CannotRun } from '../../cannot-run.ts'
import { commentOn, HostFailed, type Commented } from '../../forge/comment.ts'
import { pullRequestOf } from '../../forge/pull-request.ts'
import { command } from '../command.ts'
import type { Io } from '../io.ts'

export const comment = command(
  {
    name: 'comment',
    summary: 'Put a report on the pull request that a CI job runs for',
    operands: 'FILE',
    most: 1,
    args: {
      file: { type: 'positional', required: false, description: 'Markdown to show' },
      name: {
        type: 'string',
        valueHint: 'NAME',
        default: 'report',
        description: 'Which report this is: each has one comment, changed in place',
      },
    },
    examples: [
      {
        line: 'throughline comment report.md --name diff',
        does: 'what `throughline diff --format markdown` wrote to report.md',
      },
    ],
    notes:
      'Reads the pull request and the token from the job: GITHUB_TOKEN on GitHub, GITLAB_TOKEN (scope `api`) on GitLab. Where the job may not write, as for a fork, the report goes to the summary of the job.',
  },
  async (args, io) => {
    const [path] = args._
    if (path === undefined)
      throw new CannotRun('TL9003', 'Which report? `throughline comment report.md`.')
    if (!/^[\w-]{1,40}$/.test(args.name))
      throw new CannotRun('TL9003', '`--name` is one word: letters, digits, `-` and `_`.')
    const text = textOf(resolve(io.cwd, path), path)
    const place = pullRequestOf(io.env, readable)
    if ('reason' in place) throw new CannotRun('TL9003', place.reason)
    const done = await commentOn(
      place,
      { name: args.name, text },
      { fetch: (url, init) => fetch(url, init), wait: (ms) => setTimeout(ms) },
    ).catch((error: unknown) => {
      if (error instanceof HostFailed) throw new CannotRun('TL9009', error.message)
      throw error
    })
    const inSummary = done.kind === 'refused' && summarised(text, io)
    if (args.json === true)
      io.stdout.write(`${JSON.stringify({ version: 1, ...done, inSummary }, null, 2)}\n`)
    else io.stderr.write(`${sentenceOf(done, inSummary)}\n`)
    return 0
  },
)

function sentenceOf(done: Commented, inSummary: boolean): string {
  switch (done.kind) {
    case 'created':
      return `Commented: ${done.url}`
    case 'updated':
      return `Changed the comment in place: ${done.url}`
    case 'unchanged':
      return `The comment says that already: ${done.url}`
    case 'nothing':
      return 'Nothing to say, so nothing was written.'
    case 'refused':
      return inSummary ? `${done.reason} The report stands in the summary of the job.` : done.reason
  }
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary */
function summarised(text: string, io: Io): boolean {
  const path = io.env['GITHUB_STEP_SUMMARY']
  if (path === undefined || path === '') return false
  appendFileSync(path, `${text}\n`)
  return true
}

function textOf(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new CannotRun('TL9001', `There is no file ${shown}.`)
  }
}

function readable(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
