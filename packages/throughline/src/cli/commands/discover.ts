import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { basename, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { discoveredIn, maskOf, type Discovered } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { launchChromium } from '../../targets/browser/chromium.ts'
import { appProxy } from '../../targets/discover/app-proxy.ts'
import { differences } from '../../targets/discover/differences.ts'
import { isHar, toldByHar } from '../../targets/discover/har-observations.ts'
import { notebookAt, type Notebook } from '../../targets/discover/notebook.ts'
import { closed, followLinks, quiet, watchWindow } from '../../targets/discover/watch-window.ts'
import { workspaceFiles } from '../../targets/discover/workspace-files.ts'
import { compiled } from '../../workspace/compiled.ts'
import { manifests } from '../../workspace/target.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { wholeNumber } from '../arguments.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { ignoreInGit, writeFiles } from '../init/write-files.ts'
import type { Io } from '../io.ts'
import { listIn } from '../list-in.ts'
import { many } from '../output/text.ts'

const journal = '.throughline/discover.ndjson'
const finished = '.throughline/discover-finished.ndjson'
const largestHar = 200_000_000

export const discover = command(
  {
    name: 'discover',
    summary: 'Contracts, journeys and needs from what a running app calls and reads',
    operands: '[APP_URL]',
    most: 1,
    args: {
      app: { type: 'positional', required: false, description: 'Where the app runs' },
      api: {
        type: 'string',
        valueHint: 'ORIGINS',
        description: 'Where its APIs are, if not there: http://localhost:4000,…',
      },
      har: { type: 'string', valueHint: 'FILE', description: 'Read a recording instead' },
      headful: { type: 'boolean', description: 'Open a browser window of its own' },
      script: {
        type: 'string',
        valueHint: 'FILE',
        description: 'A module whose default export clicks: ({ page, journey }) => …',
      },
      follow: { type: 'boolean', description: 'Follow the links, and click nothing' },
      screens: { type: 'string', valueHint: 'N', description: 'Pages that --follow opens (40)' },
      port: { type: 'string', alias: 'p', valueHint: 'PORT', description: 'Of the proxy (4410)' },
      contract: {
        type: 'string',
        valueHint: 'FILE',
        description: 'The contract there is: only differences are shown',
      },
      dir: { type: 'string', valueHint: 'DIR', description: 'The workspace (this folder)' },
      name: { type: 'string', valueHint: 'NAME', description: "The app's name" },
      resume: { type: 'boolean', description: 'Go on with a run that ended early' },
      fresh: { type: 'boolean', description: 'Forget a run that ended early' },
      'dry-run': { type: 'boolean', description: 'Say what would be written, and write nothing' },
    },
    examples: [
      {
        line: 'throughline discover http://localhost:3000 --api http://localhost:4000',
        does: 'click through the app at the address it prints; Ctrl-C writes the workspace',
      },
      {
        line: 'throughline discover http://localhost:3000 --script walk.mjs --dir found',
        does: 'a script clicks, in a browser without a window',
      },
      { line: 'throughline discover --har session.har --dry-run', does: 'from a recording' },
      {
        line: 'throughline discover http://localhost:3000 --resume',
        does: 'goes on after a crash: nothing that was seen is lost',
      },
    ],
    notes: `Nothing leaves the machine, and what is personal is masked before it is written down. What was seen stands in ${journal} line by line as it comes: a run that ended early is taken up again with --resume. Where a workspace is there already, nothing is written: differences are shown. On a terminal: u takes the last screen back, j NAME begins a journey, s says what was seen, q ends. Exit status: 0, or 1 where the app differs from the workspace.`,
  },
  async (args, io) => {
    const dir = resolve(io.cwd, args.dir ?? '.')
    if (existsSync(dir) && !statSync(dir).isDirectory())
      throw new CannotRun('TL9004', `${args.dir ?? dir} is a file. Name a folder with --dir.`)
    const known =
      args.contract !== undefined
        ? compiled(openWorkspace([args.contract], io.cwd)).graph
        : manifests.some((one) => existsSync(join(dir, one)))
          ? compiled(openWorkspace([dir], io.cwd)).graph
          : undefined
    const keeps = join(dir, journal)
    const isDry = args['dry-run'] === true
    if (!isDry) {
      mkdirSync(dir, { recursive: true })
      if (args.har === undefined) await earlierRun(keeps, args, io)
    }
    const classified = known === undefined ? undefined : maskOf(known)
    const notebook = notebookAt(
      isDry || args.har !== undefined ? undefined : keeps,
      // Paths are recognised by ids: without them no address would be a pattern.
      (name) => classified?.(name) === true && !/id$/i.test(name),
    )

    if (args.har !== undefined) notebook.add(harIn(resolve(io.cwd, args.har), args.har))
    else {
      const before = notebook.observations().length
      if (before > 0) io.stderr.write(`Going on with ${progressOf(notebook)}\n`)
      await watched(appOf(args.app), args, notebook, io)
    }

    const found = discoveredIn(notebook.observations())
    if (found.apis.length === 0 && found.journeys.length === 0)
      throw new CannotRun(
        'TL9003',
        'Nothing was seen: no screen was opened and no API was called. If the API is at another address than the app, name it with --api.',
      )
    // From here on it is no run that ended early.
    const done = (): void => {
      if (args.har === undefined && !isDry && existsSync(keeps))
        renameSync(keeps, join(dir, finished))
    }
    if (known !== undefined) {
      done()
      const lines = differences(found, known)
      io.stdout.write(
        args.json === true
          ? `${JSON.stringify({ version: 1, differences: lines, notes: found.notes }, null, 2)}\n`
          : lines.length === 0
            ? 'The app calls and reads what the workspace says.\n'
            : lines.map((one) => `${one.sentence}\n`).join(''),
      )
      return lines.length === 0 ? 0 : 1
    }
    const files = workspaceFiles(found, args.name ?? nameOf(args.app, args.har))
    if (!isDry) {
      writeFiles(dir, files)
      ignoreInGit(dir, '.throughline/')
      done()
    }
    if (args.json === true) {
      const written = isDry
        ? { wouldWrite: Object.fromEntries(files) }
        : { written: [...files.keys()] }
      io.stdout.write(`${JSON.stringify({ version: 1, ...written, found }, null, 2)}\n`)
    } else {
      io.stdout.write(`${isDry ? 'Would write:' : 'Written:'}\n`)
      for (const path of files.keys()) io.stdout.write(`  ${path}\n`)
      io.stdout.write(summaryOf(found, io))
    }
    return 0
  },
)

/** What is to become of a run that ended early: somebody says so, or is asked where there is a terminal. */
async function earlierRun(
  keeps: string,
  args: { readonly resume?: boolean | undefined; readonly fresh?: boolean | undefined },
  io: Io,
): Promise<void> {
  if (!existsSync(keeps) || statSync(keeps).size === 0) {
    if (args.resume === true) io.stderr.write('No run ended early: this one begins anew.\n')
    return
  }
  if (args.fresh === true) return rmSync(keeps)
  if (args.resume === true) return
  const seen = progressOf(notebookAt(keeps))
  if (io.terminal === undefined)
    throw new CannotRun(
      'TL9003',
      `A run that ended early has seen ${seen}. Go on with it: --resume. Forget it: --fresh.`,
    )
  const lines = createInterface({ input: io.terminal.input, output: io.terminal.output })
  const answer = await new Promise<string>((done) =>
    lines.question(`A run that ended early has seen ${seen}. Go on with it? [Y/n] `, done),
  )
  lines.close()
  if (/^n/i.test(answer.trim())) rmSync(keeps)
}

interface Ways {
  readonly api?: string | undefined
  readonly headful?: boolean | undefined
  readonly script?: string | undefined
  readonly follow?: boolean | undefined
  readonly screens?: string | undefined
  readonly port?: string | undefined
}

/** Until somebody says that it is enough, or the script has ended. */
async function watched(app: string, args: Ways, notebook: Notebook, io: Io): Promise<void> {
  const apis = listIn(args.api).map((one) => originOf(one))
  if (args.headful === true || args.script !== undefined || args.follow === true) {
    const headless = args.headful !== true
    const browser = await launchChromium(io.cwd, io.env, { headless })
    try {
      const context = await browser.newContext({ ...(!headless && { viewport: null }) })
      await watchWindow(context, notebook, apis)
      const page = await context.newPage()
      if (args.script !== undefined) {
        const walk = await scriptAt(resolve(io.cwd, args.script), args.script)
        await page.goto(app)
        await walk({
          page,
          app,
          journey: (title) => notebook.add([{ kind: 'journey', title }]),
        })
        await quiet(page)
      } else if (args.follow === true) {
        const most =
          args.screens === undefined ? 40 : wholeNumber(args.screens, '--screens', 1, 500)
        await followLinks(page, app, most)
      } else {
        await page.goto(app)
        io.stderr.write('Click through the app. Close the window when you are done.\n')
        await Promise.race([closed(browser, page), asked(notebook, io)])
      }
    } finally {
      await browser.close().catch(() => undefined)
    }
    return
  }
  const port = args.port === undefined ? 4410 : wholeNumber(args.port, '--port', 0, 65_535)
  const server = appProxy(app, apis, notebook, (note) => io.stderr.write(`${note}\n`))
  await new Promise<void>((done, failed) => {
    server.once('error', () =>
      failed(new CannotRun('TL9002', `Port ${port} is taken. Name another one with --port.`)),
    )
    server.listen(port, '127.0.0.1', () => done())
  })
  const { port: given } = server.address() as AddressInfo
  io.stderr.write(
    `Open http://localhost:${given} and click through the app. Ctrl-C when you are done.\n`,
  )
  await asked(notebook, io)
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

/** What somebody at the terminal says while the app is watched; resolves when it is enough. */
async function asked(notebook: Notebook, io: Io): Promise<void> {
  const stopped = io.untilStopped()
  if (io.terminal === undefined) return stopped
  const lines = createInterface({ input: io.terminal.input })
  const timer = setInterval(() => said(), 2_000)
  let before = ''
  const said = (again = false): void => {
    const line = progressOf(notebook)
    if (line !== before || again) io.stderr.write(`${line}\n`)
    before = line
  }
  const ended = new Promise<void>((done) => {
    lines.on('line', (line) => {
      const [word = '', ...rest] = line.trim().split(/\s+/)
      if (word === 'q') done()
      else if (word === 'u') {
        notebook.add([{ kind: 'undo' }])
        io.stderr.write('The last screen is taken back.\n')
      } else if (word === 'j' && rest.length > 0) {
        notebook.add([{ kind: 'journey', title: rest.join(' ') }])
        io.stderr.write(`A new journey begins: ${rest.join(' ')}\n`)
      } else if (word === 's') said(true)
      else
        io.stderr.write('u: take the last screen back, j NAME: a new journey, s: so far, q: end\n')
    })
  })
  await Promise.race([stopped, ended])
  clearInterval(timer)
  lines.close()
}

function progressOf(notebook: Notebook): string {
  const { apis, journeys } = discoveredIn(notebook.observations())
  const steps = journeys.flatMap((one) => one.steps)
  const operations = apis.flatMap((one) => one.operations)
  const silent = steps.filter((one) => one.calls.length === 0)
  return (
    `${many(steps.length, 'screen')}, ${many(operations.length, 'operation')}, ${many(new Set(steps.flatMap((one) => one.calls.flatMap((call) => call.needs.map((need) => `${one.screen} ${call.operation} ${need}`)))).size, 'field')} read` +
    (steps.length === 0 ? '' : `. Last: ${steps.at(-1)!.title} (${steps.at(-1)!.screen})`) +
    (silent.length === 0
      ? ''
      : `. Without a call so far: ${silent.map((one) => one.screen).join(', ')}`)
  )
}

function summaryOf({ apis, journeys, notes }: Discovered, io: Io): string {
  const { bold, cyan, dim } = coloursOf(io.stdout, io.env)
  const lines: string[] = []
  for (const api of apis)
    lines.push(`${bold(api.name)}  ${many(api.operations.length, 'operation')} at ${api.server}`)
  for (const { title, steps } of journeys) {
    lines.push(`${bold(title)}  ${many(steps.length, 'step')}`)
    for (const step of steps) {
      const needs = step.calls.reduce((sum, one) => sum + one.needs.length, 0)
      const unread = step.calls.reduce(
        (sum, one) => sum + one.fields.filter((field) => field.use === 'never touched').length,
        0,
      )
      lines.push(
        `  ${step.screen}  ${many(step.calls.length, 'call')}, ${many(needs, 'field')} read, ${unread} never touched`,
      )
    }
  }
  for (const note of notes) lines.push(dim(note))
  lines.push('', `${cyan('throughline check')}  what is still open`, '')
  return lines.join('\n')
}

type Walk = (hands: {
  readonly page: unknown
  readonly app: string
  readonly journey: (title: string) => void
}) => Promise<void>

async function scriptAt(path: string, shown: string): Promise<Walk> {
  if (!existsSync(path)) throw new CannotRun('TL9001', `There is no file ${shown}.`)
  const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown }
  if (typeof module.default !== 'function')
    throw new CannotRun(
      'TL9003',
      `${shown} exports no function: \`export default async ({ page, journey }) => { await page.getByRole('link', { name: 'Basket' }).click() }\`.`,
    )
  return module.default as Walk
}

function harIn(path: string, shown: string): readonly unknown[] {
  if (!existsSync(path)) throw new CannotRun('TL9001', `There is no file ${shown}.`)
  if (statSync(path).size > largestHar)
    throw new CannotRun('TL9003', `${shown} is too large; up to 200 MB can be read.`)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as unknown
  } catch {
    value = undefined
  }
  if (!isHar(value)) throw new CannotRun('TL9003', `${shown} is no HAR file.`)
  return toldByHar(value)
}

function appOf(given: string | undefined): string {
  if (given !== undefined && URL.canParse(given) && /^https?:$/.test(new URL(given).protocol))
    return new URL(given).href
  throw new CannotRun(
    'TL9003',
    given === undefined
      ? 'Name the running app: `throughline discover http://localhost:3000`.'
      : `\`${given}\` is no address of a running app, such as http://localhost:3000.`,
  )
}

function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin
  throw new CannotRun(
    'TL9003',
    `\`--api\` takes addresses such as http://localhost:4000, not \`${text}\`.`,
  )
}

function nameOf(app: string | undefined, har: string | undefined): string {
  return har === undefined ? new URL(app ?? 'http://app').hostname : basename(har, '.har')
}
