import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CannotRun } from '../../cannot-run.ts'
import {
  audit as auditApp,
  type AuditReport,
  type Cell,
  type Progress,
} from '../../targets/audit/audit.ts'
import { launchChromium } from '../../targets/browser/chromium.ts'
import { faultKinds, type FaultKind } from '../../targets/audit/fault.ts'
import { promisedBy, type Promised } from '../../targets/audit/promised.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { wholeNumber } from '../arguments.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { widthOf, type Io } from '../io.ts'
import { listIn } from '../list-in.ts'
import { auditHtml } from '../output/audit/html.ts'
import { auditJson } from '../output/audit/json.ts'
import { auditJunit } from '../output/audit/junit.ts'
import { auditMarkdown } from '../output/audit/markdown.ts'
import { auditText } from '../output/audit/text.ts'

export const audit = command(
  {
    name: 'audit',
    summary: 'What people see on each screen of a running app when each of its calls fails',
    operands: 'APP_URL',
    most: 1,
    args: {
      app: { type: 'positional', required: false, description: 'Where the app runs' },
      route: {
        type: 'string',
        valueHint: 'PATHS',
        description: 'The screens: /basket,/checkout or #/basket; else journeys and links say them',
      },
      screens: { type: 'string', valueHint: 'N', description: 'Screens at most (12)' },
      faults: {
        type: 'string',
        valueHint: 'NAMES',
        description: `Only these: ${faultKinds.join(',')}`,
      },
      cell: { type: 'string', valueHint: 'ID', description: 'Only this cell, by its id' },
      budget: {
        type: 'string',
        valueHint: 'SECONDS',
        description: 'How long people wait until loading counts as endless (10)',
      },
      workers: { type: 'string', valueHint: 'N', description: 'Pages open at once (4)' },
      'storage-state': {
        type: 'string',
        valueHint: 'FILE',
        description: "A Playwright storage state: the app behind somebody's sign-in",
      },
      workspace: {
        type: 'string',
        valueHint: 'DIR',
        description: 'Whose journeys name screens, calls and promises (the one around you)',
      },
      contract: {
        type: 'string',
        valueHint: 'FILE',
        description: 'A contract that names the calls, where there is no workspace',
      },
      report: {
        type: 'string',
        valueHint: 'FILE',
        description: 'Write the report with screenshots as one HTML file',
      },
      baseline: {
        type: 'string',
        valueHint: 'FILE',
        description: 'An earlier --json: bad cells in it are known and do not fail',
      },
      format: {
        type: 'enum',
        options: ['text', 'json', 'markdown', 'junit'],
        valueHint: 'FORMAT',
        default: 'text',
        description: 'How to print the result',
      },
    },
    examples: [
      { line: 'throughline audit http://localhost:5173', does: 'every screen that links lead to' },
      {
        line: 'throughline audit http://localhost:5173 --route /basket,/checkout --report audit.html',
        does: 'two screens, for people to look at',
      },
      {
        line: 'throughline audit http://localhost:5173 --json > audit.json',
        does: 'what is known today, for --baseline audit.json',
      },
    ],
    notes:
      'No fault reaches a backend: answers are made up in the browser, and nothing is clicked. Needs Chromium or Chrome (CHROMIUM_PATH names another) and playwright-core. Ctrl-C prints what was seen so far. Exit status: 0 when people are looked after everywhere, 1 when a cell is bad, 2 when it cannot run.',
  },
  async (args, io) => {
    const app = appOf(args.app)
    const promised = promisedIn(args.workspace, args.contract, io.cwd)
    const known = knownIn(args.baseline, io.cwd)
    const options = {
      app,
      most: args.screens === undefined ? 12 : wholeNumber(args.screens, '--screens', 1, 500),
      kinds: kindsOf(args.faults),
      budget:
        1_000 * (args.budget === undefined ? 10 : wholeNumber(args.budget, '--budget', 1, 120)),
      workers: args.workers === undefined ? 4 : wholeNumber(args.workers, '--workers', 1, 16),
      screenshots: args.report !== undefined,
      ...(args.route !== undefined && { routes: listIn(args.route) }),
      ...(args.cell !== undefined && { cell: args.cell }),
      ...(args['storage-state'] !== undefined && {
        storageState: storageStateIn(args['storage-state'], io.cwd),
      }),
      ...(promised !== undefined && { promised }),
    }
    const stop = new AbortController()
    void io.untilStopped().then(() => stop.abort())
    const browser = await launchChromium(io.cwd, io.env)
    let report: AuditReport
    const progress = progressOn(io)
    try {
      report = await auditApp(browser, {
        ...options,
        signal: stop.signal,
        onProgress: progress.show,
      })
    } finally {
      progress.end()
      await browser.close().catch(() => undefined)
    }
    if (report.screens.length === 0 && !report.stopped)
      throw new CannotRun('TL9003', `No screen of ${app} can be opened. ${report.notes.join(' ')}`)
    if (args.cell !== undefined && report.cells.length === 0 && !report.stopped)
      throw new CannotRun(
        'TL9003',
        `There is no cell \`${args.cell}\`: its id stands in --json, as \`/basket::GET /api/basket::500\`.`,
      )
    const fresh = report.cells.filter((cell) => cell.bad && !known.has(cell.id))
    if (args.report !== undefined) {
      writeFileSync(resolve(io.cwd, args.report), auditHtml(report, fresh))
      io.stderr.write(`Wrote ${args.report}\n`)
    }
    io.stdout.write(printed(args.json === true ? 'json' : args.format, report, fresh, io))
    return fresh.length > 0 ? 1 : 0
  },
)

function printed(format: string, report: AuditReport, fresh: readonly Cell[], io: Io): string {
  switch (format) {
    case 'json':
      return auditJson(report, fresh)
    case 'markdown':
      return auditMarkdown(report, fresh)
    case 'junit':
      return auditJunit(report, fresh)
    default:
      return auditText(report, fresh, coloursOf(io.stdout, io.env), widthOf(io.stdout))
  }
}

function appOf(given: string | undefined): string {
  if (given !== undefined && URL.canParse(given) && /^https?:$/.test(new URL(given).protocol))
    return new URL(given).href
  throw new CannotRun(
    'TL9003',
    given === undefined
      ? 'Name the running app: `throughline audit http://localhost:5173`.'
      : `\`${given}\` is no address of a running app, such as http://localhost:5173.`,
  )
}

function kindsOf(given: string | undefined): ReadonlySet<FaultKind> {
  if (given === undefined) return new Set(faultKinds)
  return new Set(
    listIn(given).map((word) => {
      const found = faultKinds.find((one) => one === word)
      if (found === undefined)
        throw new CannotRun('TL9003', `There is no fault \`${word}\`: ${faultKinds.join(', ')}.`)
      return found
    }),
  )
}

/** The workspace or contract that was named; else the workspace around, where there is one. */
function promisedIn(
  workspace: string | undefined,
  contract: string | undefined,
  cwd: string,
): Promised | undefined {
  const named = workspace ?? contract
  try {
    return promisedBy(compiled(openWorkspace(named === undefined ? [] : [named], cwd)).graph)
  } catch (error) {
    if (named === undefined && error instanceof CannotRun) return undefined
    throw error
  }
}

function storageStateIn(path: string, cwd: string): string {
  const file = resolve(cwd, path)
  const value = jsonIn(file, path, '--storage-state')
  if (typeof value !== 'object' || value === null || !('cookies' in value || 'origins' in value))
    throw new CannotRun(
      'TL9003',
      `${path} is no storage state: Playwright writes one with \`context.storageState({ path })\`.`,
    )
  return file
}

/** Ids of the bad cells of an earlier run. */
function knownIn(path: string | undefined, cwd: string): ReadonlySet<string> {
  if (path === undefined) return new Set()
  const value = jsonIn(resolve(cwd, path), path, '--baseline')
  const cells =
    typeof value === 'object' && value !== null && 'cells' in value ? value.cells : undefined
  if (!Array.isArray(cells))
    throw new CannotRun(
      'TL9003',
      `${path} is no baseline: \`throughline audit --json\` writes one.`,
    )
  return new Set(
    cells.flatMap((cell: unknown) =>
      typeof cell === 'object' &&
      cell !== null &&
      'id' in cell &&
      typeof cell.id === 'string' &&
      'bad' in cell &&
      cell.bad === true
        ? [cell.id]
        : [],
    ),
  )
}

function jsonIn(file: string, asWritten: string, option: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new CannotRun(
      'TL9003',
      `\`${option}\` cannot read ${asWritten}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** A bar with the verdicts so far on a terminal; a line now and then where there is none. */
function progressOn({ stderr }: Io): {
  readonly show: (progress: Progress) => void
  readonly end: () => void
} {
  let said = -1
  let drawn = false
  return {
    show({ phase, done, total, bad }) {
      const tenth = total === 0 ? -1 : Math.floor((done / total) * 10)
      if (stderr.isTTY === true) {
        const bar = total === 0 ? '' : '█'.repeat(tenth * 2).padEnd(20, '░')
        stderr.write(
          phase === 'learning'
            ? `\r\u001b[KLooking at the app on a good day: ${done} ${done === 1 ? 'screen' : 'screens'}`
            : `\r\u001b[K${bar} ${done}/${total} cells, ${done - bad} good, ${bad} bad`,
        )
        drawn = true
      } else if (phase === 'cells' && tenth !== said) {
        said = tenth
        stderr.write(`${done}/${total} cells, ${bad} bad\n`)
      }
    },
    end() {
      if (drawn) stderr.write('\r\u001b[K')
    },
  }
}
