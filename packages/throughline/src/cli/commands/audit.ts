import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CannotRun } from '../../cannot-run.ts'
import { audit as auditApp, type AuditReport } from '../../targets/audit/audit.ts'
import { launchChromium } from '../../targets/browser/chromium.ts'
import { faultKinds, fieldKinds, type FaultKind } from '../../targets/audit/fault.ts'
import { promisedBy } from '../../targets/audit/promised.ts'
import { signedIn, type SignIn } from '../../targets/audit/signed-in.ts'
import { throughMock } from '../../targets/audit/through-mock.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'
import { wholeNumber } from '../arguments.ts'
import { compared, knownBad, type Compared } from '../audit/baseline.ts'
import { progressOn } from '../audit/progress.ts'
import { writeStates } from '../audit/write-states.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { widthOf, type Io } from '../io.ts'
import { listIn } from '../list-in.ts'
import { version } from '../package.ts'
import { auditHtml } from '../output/audit/html.ts'
import { auditJson } from '../output/audit/json.ts'
import { auditJunit } from '../output/audit/junit.ts'
import { auditMarkdown } from '../output/audit/markdown.ts'
import { auditSarif } from '../output/audit/sarif.ts'
import { auditText } from '../output/audit/text.ts'
import { writeOutput } from '../write-output.ts'

export const audit = command(
  {
    name: 'audit',
    summary: 'What people see on each screen of a running app when each of its calls fails',
    operands: 'APP_URL',
    most: 1,
    args: {
      app: { type: 'positional', required: false, description: 'Where the app runs' },
      routes: {
        type: 'string',
        valueHint: 'PATHS',
        description: 'The screens: /basket,/checkout or #/basket; else journeys and links say them',
      },
      route: { type: 'string', valueHint: 'PATHS', description: 'The same as --routes' },
      screens: { type: 'string', valueHint: 'N', description: 'Screens at most (12)' },
      faults: {
        type: 'string',
        valueHint: 'NAMES',
        description: `Only these: ${faultKinds.join(',')}`,
      },
      fields: {
        type: 'boolean',
        description:
          'Also each field that journeys need null, empty, very long and in Arabic, and each other one left out',
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
      'sign-in': {
        type: 'string',
        valueHint: 'FILE',
        description: 'A module that signs in: export default async (page, app) => {...}',
      },
      through: {
        type: 'string',
        valueHint: 'URL',
        description:
          'The running mock that the app or its server asks: faults come from there (`mock` is http://localhost:4401)',
      },
      write: {
        type: 'boolean',
        description: 'Write what people see into the journeys of the workspace, as states',
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
        description: 'An earlier --json: only bad cells that are not in it fail',
      },
      format: {
        type: 'enum',
        options: ['text', 'json', 'markdown', 'junit', 'sarif', 'html'],
        valueHint: 'FORMAT',
        default: 'text',
        description: 'How to print the result',
      },
    },
    examples: [
      { line: 'throughline audit http://localhost:5173', does: 'every screen that links lead to' },
      {
        line: 'throughline audit http://localhost:5173 --routes /basket,/checkout --report audit.html',
        does: 'two screens, for people to look at',
      },
      {
        line: 'throughline audit http://localhost:5173 --json > audit.json',
        does: 'what is known today, for --baseline audit.json',
      },
    ],
    notes:
      'No fault reaches a backend: answers are made up in the browser, and nothing is clicked. Needs Chromium or Chrome (CHROMIUM_PATH names another) and playwright-core. Ctrl-C prints what was seen so far (exit status 130). Exit status: 0 when people are looked after everywhere, 1 when a cell is bad, 2 when it cannot run or has nothing to judge.',
  },
  async (args, io) => {
    const app = appOf(args.app)
    const workspace = workspaceIn(args.workspace, args.contract, io.cwd)
    const graph = workspace && compiled(workspace).graph
    const write = args.write === true
    if (write && (workspace === undefined || workspace.contracts !== undefined))
      throw new CannotRun(
        'TL9003',
        'There is no workspace whose journeys could be written: `throughline init` makes one of a contract.',
      )
    const baseline = baselineIn(args.baseline, io.cwd)
    const routes = args.routes ?? args.route
    const html = args.report !== undefined || args.format === 'html'
    const through =
      args.through === undefined ? undefined : await throughMock(mockAddress(args.through))
    const options = {
      app,
      most: args.screens === undefined ? 12 : wholeNumber(args.screens, '--screens', 1, 500),
      kinds: kindsOf(args.faults, args.fields === true),
      budget:
        1_000 * (args.budget === undefined ? 10 : wholeNumber(args.budget, '--budget', 1, 120)),
      workers: args.workers === undefined ? 4 : wholeNumber(args.workers, '--workers', 1, 16),
      screenshots: html,
      ...(routes !== undefined && { routes: listIn(routes) }),
      ...(args.cell !== undefined && { cell: args.cell }),
      ...(args['storage-state'] !== undefined && {
        storageState: storageStateIn(args['storage-state'], io.cwd),
      }),
      ...(graph !== undefined && { promised: promisedBy(graph) }),
      ...(through !== undefined && { through }),
    }
    const stop = new AbortController()
    void io.untilStopped().then(() => stop.abort())
    const browser = await launchChromium(io.cwd, io.env)
    let report: AuditReport
    const progress = progressOn(io)
    try {
      const signIn =
        args['sign-in'] === undefined ? undefined : await signInFrom(args['sign-in'], io.cwd)
      report = await auditApp(browser, {
        ...options,
        ...(signIn !== undefined && { storageState: await signedIn(browser, app, signIn) }),
        signal: stop.signal,
        onProgress: progress.show,
      })
    } finally {
      progress.end()
      await browser.close().catch(() => undefined)
    }
    if (report.screens.length === 0 && !report.stopped)
      throw new CannotRun('TL9003', `No screen of ${app} can be opened. ${report.notes.join(' ')}`)
    if (args.cell === undefined && report.cells.length === 0 && !report.stopped)
      throw new CannotRun('TL9003', `There is no call to judge. ${report.notes.join(' ')}`)
    if (args.cell !== undefined && report.cells.length === 0 && !report.stopped)
      throw new CannotRun(
        'TL9003',
        `There is no cell \`${args.cell}\`: its id stands in --json, as \`/basket::GET /api/basket::500\`.`,
      )
    const change = compared(report.cells, baseline)
    const { fresh } = change
    if (args.report !== undefined) {
      writeOutput(io.cwd, args.report, auditHtml(report, fresh))
      io.stderr.write(`Wrote ${args.report}\n`)
    }
    if (write) io.stderr.write(`${writeStates(workspace!, report)}\n`)
    const format = args.json === true ? 'json' : args.format
    io.stdout.write(
      format === 'sarif'
        ? auditSarif(report.cells, fresh, {
            graph,
            version: version(),
            pathOf: (path) => path,
          })
        : printed(format, report, change, io),
    )
    return fresh.length > 0 ? 1 : 0
  },
)

function printed(format: string, report: AuditReport, { fresh, mended }: Compared, io: Io): string {
  switch (format) {
    case 'json':
      return auditJson(report, fresh, mended)
    case 'markdown':
      return auditMarkdown(report, fresh, mended)
    case 'junit':
      return auditJunit(report, fresh)
    case 'html':
      return auditHtml(report, fresh)
    default:
      return auditText(report, fresh, coloursOf(io.stdout, io.env), widthOf(io.stdout), mended)
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

function kindsOf(given: string | undefined, fields: boolean): ReadonlySet<FaultKind> {
  if (given === undefined)
    return new Set(faultKinds.filter((kind) => fields || !fieldKinds.includes(kind)))
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
function workspaceIn(
  workspace: string | undefined,
  contract: string | undefined,
  cwd: string,
): Workspace | undefined {
  const named = workspace ?? contract
  try {
    return openWorkspace(named === undefined ? [] : [named], cwd)
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

function baselineIn(path: string | undefined, cwd: string): ReadonlySet<string> {
  if (path === undefined) return new Set()
  const known = knownBad(jsonIn(resolve(cwd, path), path, '--baseline'))
  if (known === undefined)
    throw new CannotRun(
      'TL9003',
      `${path} is no baseline: \`throughline audit --json\` writes one.`,
    )
  return known
}

function mockAddress(given: string): string {
  if (given === 'mock') return 'http://localhost:4401'
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return new URL(given).origin
  throw new CannotRun(
    'TL9003',
    `\`--through ${given}\`: name the address of a running mock, or \`mock\` for http://localhost:4401.`,
  )
}

async function signInFrom(path: string, cwd: string): Promise<SignIn> {
  const file = resolve(cwd, path)
  const found = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new CannotRun(
      'TL9003',
      `\`--sign-in\` cannot load ${path}: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
  const act = (found as { readonly default?: unknown }).default
  if (typeof act !== 'function')
    throw new CannotRun(
      'TL9003',
      `${path} exports no default function: \`export default async (page, app) => { … }\`.`,
    )
  return act as SignIn
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
