import {
  diffGraphs,
  withoutWaived,
  type ChangeLevel,
  type PromiseTo,
  type Report,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { concerning } from '../diff/concerning.ts'
import { writeOverlays } from '../diff/write-overlays.ts'
import { openSides, type Sides } from '../diff/sides.ts'
import { widthOf, type Io } from '../io.ts'
import { diffChangelog } from '../output/diff/changelog.ts'
import { diffGithub } from '../output/diff/github.ts'
import { diffHtml } from '../output/diff/html.ts'
import { diffJson } from '../output/diff/json.ts'
import { diffMarkdown } from '../output/diff/markdown.ts'
import { planOf, planText } from '../output/diff/plan.ts'
import { diffSarif } from '../output/diff/sarif.ts'
import { diffText } from '../output/diff/text.ts'
import { version } from '../package.ts'
import { supportedClients } from '../../workspace/supported-clients.ts'
import { pathsFor } from '../shown-path.ts'

const formats = ['text', 'json', 'markdown', 'sarif', 'github', 'html'] as const
const failures = ['breaking', 'warning', 'info', 'none'] as const
const promises = ['WIRE', 'SDK', 'UX', 'DOCS'] as const satisfies readonly PromiseTo[]

export const diff = command(
  {
    name: 'diff',
    summary: 'What changed in contracts and journeys, and which steps it breaks',
    operands: 'BASE [HEAD]',
    most: 2,
    args: {
      base: {
        type: 'positional',
        required: false,
        description: 'What was: a file, folder or git revision (main..., v1.2, main:openapi.yaml)',
      },
      head: {
        type: 'positional',
        required: false,
        description: 'What is now; without it, the workspace around this folder',
      },
      all: { type: 'boolean', alias: 'a', description: 'Show every change, not only what matters' },
      format: { type: 'enum', options: [...formats], description: 'How to print the changes' },
      changelog: { type: 'boolean', description: 'Entries for a changelog, in plain words' },
      for: {
        type: 'string',
        valueHint: 'NAME',
        description: 'Only what touches this persona or team',
      },
      promises: {
        type: 'string',
        valueHint: 'NAMES',
        description: 'Whom you promise something: WIRE,UX (usual), SDK, DOCS',
      },
      strict: {
        type: 'boolean',
        description: 'Others use the API too: what no journey needs may break all the same',
      },
      plan: {
        type: 'boolean',
        description: 'How to make what breaks without breaking anybody: expand, migrate, contract',
      },
      overlay: {
        type: 'string',
        valueHint: 'FILE',
        description: 'Write an overlay that keeps what was removed for now, beside the new',
      },
      'fail-on': {
        type: 'enum',
        options: [...failures],
        description: 'The least that makes the exit status 1 (breaking)',
      },
    },
    examples: [
      { line: 'throughline diff main...', does: 'this branch against where it left main' },
      { line: 'throughline diff old.yaml new.yaml', does: 'two contracts, whatever their names' },
      { line: 'throughline diff v1.2 v1.3', does: 'two releases, without a checkout' },
      { line: 'throughline diff main... --format markdown', does: 'a comment for a pull request' },
      {
        line: 'throughline diff v1.2 --changelog --for checkout',
        does: 'what one team should know',
      },
      {
        line: 'throughline diff main... --plan --overlay keep.overlay.yaml',
        does: 'how to get there without breaking anybody',
      },
    ],
    notes:
      'Exit status: 0 when nothing breaks, 1 when something does (see --fail-on), 2 when it cannot run. With `--for` only what touches that persona or team counts. `throughline explain CODE` says what a change means; every rule stands in docs/guide/change-rules.md.',
  },
  async (args, io) => {
    const [base, head] = args._
    if (base === undefined)
      throw new CannotRun(
        'TL9003',
        'Name what to compare with: `throughline diff main...`, or two contracts: `throughline diff old.yaml new.yaml`.',
      )
    const format = formatOf(args.format, args.json === true)
    const sides = openSides(base, head, io.cwd)
    const now = new Date()
    const { workspace, graph } = sides.after
    const clients = supportedClients(workspace, graph, now, (line) => io.stderr.write(`${line}\n`))
    const whole = diffGraphs(sides.before.graph, sides.after.graph, {
      promises: promisesOf(args.promises),
      strict: args.strict === true,
      clients,
      now,
    })
    const { report: open, ...heard } = withoutWaived(sides.after.graph, whole, { now })
    for (const { change, reason, by } of heard.waived)
      io.stderr.write(`waived  ${change.message} (${reason}${by === undefined ? '' : `, ${by}`})\n`)
    for (const { message } of [...heard.diagnostics, ...heard.unused])
      io.stderr.write(`${message}\n`)
    const report = args.for === undefined ? open : concerning(open, sides.after.graph, args.for)
    const wantsPlan = args.plan === true || args.overlay !== undefined
    const plan = wantsPlan ? planOf(sides.before.graph, sides.after.graph, report) : undefined
    const text =
      args.changelog === true
        ? diffChangelog(report)
        : format === 'json'
          ? diffJson(report, heard, plan)
          : printed(report, format, sides, args.all === true, io)
    io.stdout.write(text)
    if (plan !== undefined && args.plan === true && format === 'text' && args.changelog !== true)
      io.stdout.write(planText(plan, coloursOf(io.stdout, io.env), widthOf(io.stdout)))
    if (plan !== undefined && args.overlay !== undefined)
      writeOverlays(plan, args.overlay, sides.after, io)
    return fails(report, args['fail-on'] ?? 'breaking') ? 1 : 0
  },
)

function printed(
  report: Report,
  format: Exclude<(typeof formats)[number], 'json'>,
  sides: Sides,
  all: boolean,
  io: Io,
): string {
  const { before, after } = sides
  const graph = after.graph.journeys.length > 0 ? after.graph : before.graph
  const fromRepository = (path: string): string =>
    after.workspace === undefined ? path : pathsFor(after.workspace, io.cwd).fromRepository(path)
  switch (format) {
    case 'markdown':
      return diffMarkdown(report, graph)
    case 'sarif':
      return diffSarif(report, version(), fromRepository)
    case 'github':
      return diffGithub(report, fromRepository)
    case 'html':
      return diffHtml(report, graph, `${before.name} → ${after.name}`)
    case 'text':
      return diffText(report, {
        graph,
        all,
        colours: coloursOf(io.stdout, io.env),
        width: widthOf(io.stdout),
        place: (which, file) => {
          const { workspace, name } = sides[which]
          return workspace === undefined
            ? `${name.split(':')[0]!}:${file}`
            : pathsFor(workspace, io.cwd).fromHere(file)
        },
      })
  }
}

function fails({ summary }: Report, failOn: ChangeLevel | 'none'): boolean {
  switch (failOn) {
    case 'none':
      return false
    case 'info':
      return summary.breaking + summary.warning + summary.info > 0
    case 'warning':
      return summary.breaking + summary.warning > 0
    case 'breaking':
      return summary.breaking > 0
  }
}

function formatOf(
  format: (typeof formats)[number] | undefined,
  json: boolean,
): (typeof formats)[number] {
  if (json && format !== undefined && format !== 'json')
    throw new CannotRun('TL9003', `\`--json\` and \`--format ${format}\` exclude each other.`)
  return json ? 'json' : (format ?? 'text')
}

function promisesOf(given: string | undefined): readonly PromiseTo[] {
  if (given === undefined) return ['WIRE', 'UX']
  return given.split(',').map((name) => {
    const found = promises.find((one) => one === name.trim().toUpperCase())
    if (found === undefined)
      throw new CannotRun(
        'TL9003',
        `There is no promise \`${name.trim()}\`. There are ${promises.join(', ')}.`,
      )
    return found
  })
}
