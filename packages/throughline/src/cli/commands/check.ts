import {
  catalogue,
  closest,
  findingFingerprint,
  located,
  type Diagnostic,
  type LocatedDiagnostic,
  type Severity,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { lintOf } from '../../targets/lint/lint.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'
import { watchWorkspace } from '../../workspace/watch.ts'
import { wholeNumber } from '../arguments.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { compiled } from '../../workspace/compiled.ts'
import { widthOf, type Io } from '../io.ts'
import { pathsFor } from '../shown-path.ts'
import { summaryOf } from '../summary.ts'
import { version } from '../package.ts'
import { githubReport } from '../output/github.ts'
import { jsonReport } from '../output/json.ts'
import { markdownReport } from '../output/markdown.ts'
import { selectionOf, type Summary } from '../output/report.ts'
import { sarifReport } from '../output/sarif.ts'
import { textReport } from '../output/text.ts'

const formats = ['text', 'json', 'sarif', 'github', 'markdown'] as const
const severities = ['error', 'warning', 'info'] as const
type Format = (typeof formats)[number]

export const check = command(
  {
    name: 'check',
    summary: 'Link journeys and contracts, and print what is wrong',
    operands: '[DIR|FILES...]',
    args: {
      files: {
        type: 'positional',
        required: false,
        description: 'A workspace folder, or contract files',
      },
      all: {
        type: 'boolean',
        alias: 'a',
        description: 'Show every finding, not only the ones that matter first',
      },
      rule: {
        type: 'string',
        valueHint: 'NAMES',
        description: 'Only these rules or codes, separated by commas',
      },
      severity: {
        type: 'enum',
        options: [...severities],
        description: 'Leave out what is less severe',
      },
      'max-warnings': {
        type: 'string',
        valueHint: 'N',
        description: 'Exit with 1 when there are more warnings than this',
      },
      format: { type: 'enum', options: [...formats], description: 'How to print the findings' },
      lint: {
        type: 'boolean',
        description: 'Also lint the contracts (.redocly.yaml, else recommended rules)',
      },
      watch: { type: 'boolean', alias: 'w', description: 'Check again whenever a file changes' },
    },
    examples: [
      { line: 'throughline check', does: 'the workspace around this folder' },
      { line: 'throughline check openapi.yaml', does: 'one contract by itself' },
      { line: 'throughline check --rule need-not-in-contract', does: 'one rule' },
      { line: 'throughline check --watch', does: 'again after each save' },
      { line: 'throughline check --format github', does: 'annotations on a pull request' },
    ],
    notes:
      'Exit status: 0 when there is no error, 1 when there is one, 2 when it cannot run. `throughline explain CODE` says what a finding means.',
  },
  async (args, io) => {
    const format = formatOf(args.format, args.json === true)
    const options: CheckRequest = {
      format,
      all: args.all === true,
      lint: args.lint === true,
      rules: rulesOf(args.rule),
      severity: args.severity ?? 'info',
      mostWarnings:
        args['max-warnings'] === undefined
          ? Infinity
          : wholeNumber(args['max-warnings'], '--max-warnings', 0, 1e9),
    }
    const workspace = openWorkspace(args._, io.cwd)
    if (workspace.truncated)
      io.stderr.write(
        'This folder holds very many files; only the nearest 20,000 were looked at.\n',
      )
    if (args.watch === true) return watchAndCheck(workspace, options, io)
    const { text, status } = await checked(workspace, options, io)
    io.stdout.write(text)
    return status
  },
)

interface CheckRequest {
  readonly format: Format
  readonly all: boolean
  readonly lint: boolean
  /** Rule names; `undefined` for all. */
  readonly rules: ReadonlySet<string> | undefined
  readonly severity: Severity
  readonly mostWarnings: number
}

/** One whole check: what to print, and the exit status. */
async function checked(
  workspace: Workspace,
  options: CheckRequest,
  io: Io,
): Promise<{ text: string; status: number }> {
  const compilation = compiled(workspace)
  const lintFindings = await lintOf(compilation.graph, {
    root: workspace.root,
    always: options.lint,
    keep: workspace.contracts === undefined,
  })
  const wanted = (one: Pick<Diagnostic, 'rule' | 'severity'>): boolean =>
    (options.rules === undefined || options.rules.has(one.rule)) &&
    severities.indexOf(one.severity) <= severities.indexOf(options.severity)
  const focus = workspace.focus === undefined ? undefined : new Set(workspace.focus)
  const found = compilation.diagnostics.filter(
    (one) => wanted(one) && (focus?.has(one.origin.source.file.path) ?? true),
  )
  const lint = lintFindings.filter((one) => wanted(one) && (focus?.has(one.file) ?? true))
  const summary = summaryOf(compilation.graph, [...found, ...lint])
  const status = summary.errors > 0 || summary.warnings > options.mostWarnings ? 1 : 0
  return { text: printed(found, lint, summary, { workspace, options, io }), status }
}

function printed(
  found: readonly Diagnostic[],
  lint: readonly LocatedDiagnostic[],
  summary: Summary,
  { workspace, options, io }: { workspace: Workspace; options: CheckRequest; io: Io },
): string {
  const paths = pathsFor(workspace, io.cwd)
  const everything = (): readonly LocatedDiagnostic[] => [...located(found), ...lint]
  switch (options.format) {
    case 'json':
      return jsonReport({ diagnostics: named(found, everything()), summary })
    case 'sarif':
      return sarifReport(everything(), version(), paths.fromRepository)
    case 'github':
      return githubReport(selectionOf(everything(), true).shown, paths.fromRepository)
    case 'markdown':
      return markdownReport(
        locatedSelection(found, lint, options.all),
        summary,
        paths.fromRepository,
      )
    case 'text':
      return textReport(
        locatedSelection(found, lint, options.all || options.rules !== undefined),
        summary,
        {
          files: workspace,
          shownPath: paths.fromHere,
          colours: coloursOf(io.stdout, io.env),
          width: widthOf(io.stdout),
        },
      )
  }
}

/** Each with the fingerprint that a waiver can name; lint has none of its own. */
function named(
  found: readonly Diagnostic[],
  all: readonly LocatedDiagnostic[],
): readonly LocatedDiagnostic[] {
  return all.map((one, index) => {
    const diagnostic = found[index]
    return diagnostic === undefined ? one : { ...one, fingerprint: findingFingerprint(diagnostic) }
  })
}

/** Positions cost a second look at each file, so only what is shown gets one. */
function locatedSelection(
  found: readonly Diagnostic[],
  lint: readonly LocatedDiagnostic[],
  all: boolean,
) {
  const selection = selectionOf<Diagnostic | LocatedDiagnostic>([...found, ...lint], all)
  const seen = [...selection.shown, ...selection.rest.map((one) => one.example)]
  const unplaced = seen.filter((one) => 'origin' in one)
  const places = new Map<Diagnostic | LocatedDiagnostic, LocatedDiagnostic>()
  located(unplaced).forEach((one, index) => places.set(unplaced[index]!, one))
  const placed = (one: Diagnostic | LocatedDiagnostic): LocatedDiagnostic =>
    places.get(one) ?? (one as LocatedDiagnostic)
  return {
    shown: selection.shown.map(placed),
    rest: selection.rest.map((one) => ({ ...one, example: placed(one.example) })),
  }
}

async function watchAndCheck(workspace: Workspace, options: CheckRequest, io: Io): Promise<number> {
  const { dim } = coloursOf(io.stderr, io.env)
  let last = ''
  let status = 0
  let running = Promise.resolve()
  const again = async (changed: readonly string[]): Promise<void> => {
    const start = performance.now()
    const result = await checked(workspace, options, io)
    const time = `${Math.round(performance.now() - start)} ms`
    status = result.status
    const why =
      changed.length === 0
        ? 'checked'
        : `${changed.slice(0, 3).join(', ')}${changed.length > 3 ? `, and ${changed.length - 3} more` : ''}`
    // The same findings again are not worth a screen.
    if (result.text !== last) io.stdout.write(result.text)
    io.stderr.write(
      dim(
        `${why} (${time}${result.text === last ? ', as before' : ''}); waiting for changes, Ctrl-C ends\n`,
      ),
    )
    last = result.text
  }
  await again([])
  const watcher = watchWorkspace(workspace, {
    onChange(changed) {
      running = running.then(() => again(changed))
    },
    onPolling: (reason) =>
      io.stderr.write(
        `The system has no more file watches to give (${reason}): looking every second instead.\n`,
      ),
  })
  await io.untilStopped()
  watcher.close()
  await running
  return status
}

function formatOf(format: Format | undefined, json: boolean): Format {
  if (json && format !== undefined && format !== 'json')
    throw new CannotRun('TL9003', `\`--json\` and \`--format ${format}\` exclude each other.`)
  return json ? 'json' : (format ?? 'text')
}

/** Rule names from names and codes: `unused-field,TL2003`. */
function rulesOf(given: string | undefined): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined
  const known = new Set<string>(Object.values(catalogue).map(({ rule }) => rule))
  const rules = given.split(',').map((name) => {
    const word = name.trim()
    const byCode = Object.entries(catalogue).find(([code]) => code === word.toUpperCase())
    if (byCode !== undefined) return byCode[1].rule
    if (known.has(word)) return word
    const [best] = closest(word, known, 1)
    throw new CannotRun(
      'TL9003',
      `There is no rule \`${word}\`.${best === undefined ? '' : ` Did you mean \`${best}\`?`} \`throughline explain\` lists them all.`,
    )
  })
  return new Set(rules)
}
