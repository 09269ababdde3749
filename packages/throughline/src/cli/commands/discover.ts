import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { basename, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { discoveryOf, maskOf, placesOf, type Graph, type ObservedCall } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { launchChromium } from '../../targets/browser/chromium.ts'
import { appProxy } from '../../targets/discover/app-proxy.ts'
import { declaredIn } from '../../targets/discover/declared-in.ts'
import { differences } from '../../targets/discover/differences.ts'
import { isHar, toldByHar } from '../../targets/discover/har-observations.ts'
import { notebookAt } from '../../targets/discover/notebook.ts'
import { watchedIn, type Watched } from '../../targets/discover/watched.ts'
import {
  closed,
  followLinks,
  openApp,
  quiet,
  watchWindow,
} from '../../targets/discover/watch-window.ts'
import { startDiscoveryStudio, type DiscoveryStudio } from '../../server/discovery-studio.ts'
import { workspaceFiles } from '../../targets/discover/workspace-files.ts'
import { compiled } from '../../workspace/compiled.ts'
import { manifests } from '../../workspace/target.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { wholeNumber } from '../arguments.ts'
import { command } from '../command.ts'
import { asked } from '../discover/asked.ts'
import { progressOf } from '../discover/progress.ts'
import { summaryOf } from '../discover/summary.ts'
import { ignoreInGit, writeFiles } from '../init/write-files.ts'
import type { Io } from '../io.ts'
import { listIn } from '../list-in.ts'
import { openInBrowser } from '../open-in-browser.ts'
import { makeFolder } from '../../workspace/make-folder.ts'

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
      studio: { type: 'boolean', default: true, description: 'Serve no studio beside it' },
      'studio-port': {
        type: 'string',
        valueHint: 'PORT',
        description: 'Of the studio (4411)',
      },
      open: { type: 'boolean', description: 'Open the studio in the browser' },
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
    notes: `Nothing leaves the machine, and what is personal is masked before it is written down. What was seen stands in ${journal} line by line as it comes: a run that ended early is taken up again with --resume. Where a workspace is there already, nothing is written: differences are shown. On a terminal: u takes the last screen back, n NAME names it, j NAME begins a journey, s says what was seen, m what is still missing, q ends. The studio shows all of it, and lets people edit what is written before it is. Exit status: 0, or 1 where the app differs from the workspace.`,
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
      makeFolder(dir)
      if (args.har === undefined) await earlierRun(keeps, args, io)
    }
    const isPrivate = known === undefined ? undefined : privateIn(known)
    const notebook = notebookAt(isDry || args.har !== undefined ? undefined : keeps, isPrivate)

    const watched = watchedIn(notebook)
    const filesNow = (): ReadonlyMap<string, string> =>
      workspaceFiles(watched.found(), args.name ?? nameOf(args.app, args.har))
    let written: ReadonlyMap<string, string> | undefined
    // From the end on it is no run that ended early.
    const done = (): void => {
      if (args.har === undefined && !isDry && existsSync(keeps))
        renameSync(keeps, join(dir, finished))
    }
    const write = (): readonly string[] => {
      written = filesNow()
      writeFiles(dir, written)
      ignoreInGit(dir, '.throughline/')
      done()
      return [...written.keys()]
    }
    if (args.har !== undefined) notebook.add(harIn(resolve(io.cwd, args.har), args.har))
    else {
      if (notebook.observations().length > 0)
        io.stderr.write(`Going on with ${progressOf(watched.found())}\n`)
      await watch(appOf(args.app), args, watched, {
        known,
        filesNow,
        write: known === undefined && !isDry ? write : undefined,
        io,
      })
    }

    const found = watched.found()
    if (found.apis.length === 0 && found.journeys.length === 0)
      throw new CannotRun(
        'TL9003',
        'Nothing was seen: no screen was opened and no API was called. If the API is at another address than the app, name it with --api.',
      )
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
    if (!isDry && written === undefined) write()
    const files = written ?? filesNow()
    if (args.json === true) {
      const outcome = isDry
        ? { wouldWrite: Object.fromEntries(files) }
        : { written: [...files.keys()] }
      io.stdout.write(`${JSON.stringify({ version: 1, ...outcome, found }, null, 2)}\n`)
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
  const seen = progressOf(watchedIn(notebookAt(keeps)).found())
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
  readonly studio?: boolean | undefined
  readonly 'studio-port'?: string | undefined
  readonly open?: boolean | undefined
}

interface Around {
  /** The workspace that is there already. */
  readonly known: Graph | undefined
  readonly filesNow: () => ReadonlyMap<string, string>
  /** Writes the workspace, where one is to be written. */
  readonly write: (() => readonly string[]) | undefined
  readonly io: Io
}

/** Until somebody says that it is enough, or the script has ended. */
async function watch(app: string, args: Ways, watched: Watched, around: Around): Promise<void> {
  const { notebook } = watched
  const { io, known } = around
  const declared = known === undefined ? undefined : declaredIn(known)
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
        await openApp(page, app)
        await walk({ page, app, journey: watched.walk })
        await quiet(page)
      } else if (args.follow === true) {
        const most =
          args.screens === undefined ? 40 : wholeNumber(args.screens, '--screens', 1, 500)
        await followLinks(page, app, most)
      } else {
        await openApp(page, app)
        io.stderr.write('Click through the app. Close the window when you are done.\n')
        await withStudio({ app, args, watched, around, port: 4411 }, (enough) =>
          asked(watched, declared, io, Promise.race([closed(browser, page), enough])),
        )
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
  const address = `http://localhost:${given}`
  if (!(await answers(app))) io.stderr.write(`${app} does not answer yet: start the app.\n`)
  try {
    await withStudio(
      { app, address, args, watched, around, port: port === 0 ? 0 : port + 1 },
      (enough) => {
        io.stderr.write(`Open ${address} and click through the app. Ctrl-C when you are done.\n`)
        return asked(watched, declared, io, enough)
      },
    )
  } finally {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}

/** Whether anything listens there, whatever it says. */
async function answers(app: string): Promise<boolean> {
  try {
    const response = await fetch(app, { redirect: 'manual', signal: AbortSignal.timeout(3000) })
    await response.body?.cancel()
    return true
  } catch {
    return false
  }
}

/** The studio beside the app, while it is watched; `enough` resolves when somebody has written the workspace there. */
async function withStudio(
  {
    app,
    address,
    args,
    watched,
    around,
    port,
  }: {
    readonly app: string
    readonly address?: string
    readonly args: Ways
    readonly watched: Watched
    readonly around: Around
    readonly port: number
  },
  during: (enough: Promise<void>) => Promise<void>,
): Promise<void> {
  if (args.studio === false) return during(new Promise(() => undefined))
  const { known, filesNow, write, io } = around
  let isEnough = (): void => undefined
  const enough = new Promise<void>((done) => (isEnough = done))
  const given = args['studio-port']
  const studio: DiscoveryStudio = await startDiscoveryStudio({
    port: given === undefined ? port : wholeNumber(given, '--studio-port', 0, 65_535),
    files: filesNow,
    discovering: {
      discovery: () =>
        discoveryOf(
          watched.notebook.observations(),
          watched.found(),
          {
            app,
            ...(address !== undefined && { address }),
            writes: write !== undefined,
            files: [...filesNow().keys()],
            differences:
              known === undefined
                ? []
                : differences(watched.found(), known).map((one) => one.sentence),
          },
          known === undefined ? undefined : declaredIn(known),
        ),
      edit: watched.edit,
      undo: watched.undo,
      walk: watched.walk,
      write: () => {
        const paths = write?.() ?? []
        // The page hears what was written before its server ends.
        setTimeout(isEnough, 500)
        return paths
      },
    },
  })
  io.stderr.write(`Studio  ${studio.url}\n`)
  if (args.open === true) openInBrowser(studio.url, io)
  let shown = watched.notebook.version()
  const timer = setInterval(() => {
    if (shown === watched.notebook.version()) return
    shown = watched.notebook.version()
    studio.refresh()
  }, 1_000)
  try {
    await during(enough)
  } finally {
    clearInterval(timer)
    await studio.close()
  }
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

/** Which names of a call's fields the team's rules keep to themselves. */
function privateIn(graph: Graph): (name: string, call: ObservedCall) => boolean {
  const mask = maskOf(graph)
  const places = placesOf(graph)
  return (name, { method, url }) =>
    // Paths are recognised by ids: without them no address would be a pattern.
    (!/(^|[a-z_-])id$/i.test(name) || /tax|national|passport|government/i.test(name)) &&
    mask(name, places.operationOf(method, url))
}
