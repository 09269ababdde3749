import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { globOf, type Graph } from '@throughline/core'
import type { ArgsDef } from 'citty'
import { CannotRun } from '../../cannot-run.ts'
import { appServer } from '../../server/app.ts'
import { addressOf } from '../../targets/browser/address-of.ts'
import { launchChromium } from '../../targets/browser/chromium.ts'
import { listen } from '../../targets/mock/listen.ts'
import { mock, type Mock } from '../../targets/mock/mock.ts'
import { plannedStates } from '../../targets/states/plan.ts'
import type { PlayedAnswer, PlayedRequest } from '../../targets/states/stage.ts'
import { proveStates, type StatesProgress, type StatesReport } from '../../targets/states/states.ts'
import type { RunScript } from '../../targets/states/via.ts'
import { compiled } from '../../workspace/compiled.ts'
import { gitIn } from '../../workspace/git.ts'
import { keepStateProofs } from '../../workspace/state-proofs.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'
import { writeAtomically } from '../../workspace/write.ts'
import { wholeNumber } from '../arguments.ts'
import { coloursOf, noColours } from '../colours.ts'
import { command } from '../command.ts'
import { widthOf, type Io } from '../io.ts'
import { listIn } from '../list-in.ts'
import { statesHtml } from '../output/states/html.ts'
import { statesJson } from '../output/states/json.ts'
import { statesJunit } from '../output/states/junit.ts'
import { statesMarkdown } from '../output/states/markdown.ts'
import { statesSarif } from '../output/states/sarif.ts'
import { findingsOf, freshIn, pictureName, type StatesShown } from '../output/states/shown.ts'
import { statesText } from '../output/states/text.ts'
import { version } from '../package.ts'
import { pathsFor } from '../shown-path.ts'

const formats = ['text', 'json', 'junit', 'sarif', 'markdown', 'html'] as const
type Format = (typeof formats)[number]

const uiArgs = {
  dir: { type: 'positional', required: false, description: 'A workspace folder' },
  app: {
    type: 'string',
    valueHint: 'URL',
    description: 'Where the app runs; else `app` of throughline.yaml, whose folder is served',
  },
  state: {
    type: 'string',
    valueHint: 'IDS',
    description: 'Only these: checkout/basket, checkout/*/store.getBasket/404',
  },
  mock: {
    type: 'string',
    valueHint: 'URL|PORT',
    description:
      'The app talks to this running mock, or to one started on the port; else its calls are answered inside the browser',
  },
  patience: {
    type: 'string',
    valueHint: 'SECONDS',
    description: 'How long people wait until a state counts as never shown (10)',
  },
  workers: { type: 'string', valueHint: 'N', description: 'Pages open at once (3)' },
  'storage-state': {
    type: 'string',
    valueHint: 'FILE',
    description: "A Playwright storage state: the app behind somebody's sign-in",
  },
  axe: {
    type: 'boolean',
    default: true,
    description: 'Without the accessibility rules of axe-core',
  },
  build: {
    type: 'string',
    valueHint: 'NAME',
    description: 'What this build of the app is called (the git revision)',
  },
  baseline: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Only findings that are not in it fail the run',
  },
  'update-baseline': { type: 'boolean', description: 'Writes what is found into --baseline' },
  format: { type: 'enum', options: [...formats], description: 'How to print the result' },
  report: {
    type: 'string',
    valueHint: 'FILES',
    description: 'Also write these, by their ending: states.html,junit.xml,states.sarif,states.md',
  },
} as const satisfies ArgsDef

export const testUi = command(
  {
    name: 'test ui',
    summary: 'Whether people really see each state that the journeys promise, in a real browser',
    operands: '[DIR]',
    most: 1,
    args: uiArgs,
    examples: [
      {
        line: 'throughline test ui --app http://localhost:5173',
        does: 'every state of every step, with no backend',
      },
      {
        line: 'throughline test ui --state checkout/basket --report states.html',
        does: 'one step, with screenshots',
      },
      {
        line: 'throughline test ui --mock http://localhost:4401',
        does: 'an app that renders on its server and asks that mock',
      },
      {
        line: 'throughline test ui --baseline states.json --format markdown',
        does: 'what got worse, for a pull request',
      },
    ],
    notes:
      'Screens are opened by the `screen` and `via` of the journeys. Pictures and verdicts are kept in .throughline/states, where the studio shows them. Needs Chromium or Chrome (CHROMIUM_PATH names another) and playwright-core; axe-core where it is installed. Ctrl-C prints what was seen so far. Exit status: 0 when every state is as promised, 1 when one is not, 2 when it cannot run.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const { format, files } = outputsIn(args.format, args.report, args.json === true)
    const known = knownIn(args.baseline, args['update-baseline'] === true, io.cwd)
    const isWanted = wantedIn(args.state, graph)
    const patience =
      1_000 * (args.patience === undefined ? 10 : wholeNumber(args.patience, '--patience', 1, 120))
    const workers =
      args.mock !== undefined
        ? 1
        : args.workers === undefined
          ? 3
          : wholeNumber(args.workers, '--workers', 1, 16)
    const storageState =
      args['storage-state'] === undefined ? undefined : resolve(io.cwd, args['storage-state'])
    if (storageState !== undefined) readJson(storageState, args['storage-state']!)
    const axe = args.axe ? axeSource(io) : undefined
    const app = await appAt(args.app, workspace, graph)
    const closing: (() => Promise<unknown>)[] = [app.close]
    const stop = new AbortController()
    void io.untilStopped().then(() => stop.abort())
    const progress = progressOn(io)
    let report: StatesReport
    try {
      const playing = await playingOn(args.mock, graph, workspace, app.url, closing)
      const browser = await launchChromium(io.cwd, io.env)
      closing.push(() => browser.close().catch(() => undefined))
      report = await proveStates(browser, graph, {
        app: app.url,
        isWanted,
        workers,
        patience,
        screenshots: true,
        addressOf: (path) => addressIn(app.url, path),
        script: scriptsOf(workspace),
        signal: stop.signal,
        onProgress: progress.show,
        ...playing,
        ...(axe !== undefined && { axe }),
        ...(storageState !== undefined && { storageState }),
      })
    } finally {
      progress.end()
      for (const close of closing.toReversed()) await close()
    }
    const build = args.build ?? buildOf(workspace.root)
    const shown: StatesShown = {
      report,
      known,
      build,
      again: [
        'throughline test ui',
        ...args._,
        ...(args.app === undefined ? [] : ['--app', args.app]),
      ].join(' '),
      at: new Date().toISOString(),
      version: version(),
      pathOf: pathsFor(workspace, io.cwd).fromRepository,
    }
    kept(workspace, shown, args.state === undefined && !report.stopped, io)
    const findings = findingsOf(shown)
    if (args.baseline !== undefined && args['update-baseline'] === true)
      written(
        resolve(io.cwd, args.baseline),
        `${JSON.stringify({ version: 1, findings: findings.filter(({ severity }) => severity !== 'info').map(({ id, message }) => ({ id, message })) }, null, 2)}\n`,
      )
    for (const file of files) {
      written(resolve(io.cwd, file), printed(formatOf(file), shown, io, true))
      io.stderr.write(`Wrote ${file}\n`)
    }
    io.stdout.write(printed(format, shown, io, false))
    return args['update-baseline'] !== true && freshIn(findings).length > 0 ? 1 : 0
  },
)

function printed(format: Format, shown: StatesShown, io: Io, isFile: boolean): string {
  switch (format) {
    case 'json':
      return statesJson(shown)
    case 'junit':
      return statesJunit(shown)
    case 'sarif':
      return statesSarif(shown)
    case 'markdown':
      return statesMarkdown(shown)
    case 'html':
      return statesHtml(shown)
    case 'text':
      return statesText(
        shown,
        isFile ? noColours : coloursOf(io.stdout, io.env),
        isFile ? 100 : widthOf(io.stdout),
      )
  }
}

function outputsIn(
  format: Format | undefined,
  report: string | undefined,
  json: boolean,
): { readonly format: Format; readonly files: readonly string[] } {
  if (json && format !== undefined && format !== 'json')
    throw new CannotRun('TL9003', `\`--json\` and \`--format ${format}\` exclude each other.`)
  const files = listIn(report)
  for (const file of files) formatOf(file)
  return { format: json ? 'json' : (format ?? 'text'), files }
}

function formatOf(file: string): Format {
  const name = file.toLowerCase()
  if (name.endsWith('.sarif.json')) return 'sarif'
  const found = endings.get(extname(name))
  if (found !== undefined) return found
  throw new CannotRun(
    'TL9003',
    `\`--report\` takes files that end in ${[...endings.keys()].join(', ')}, and not ${file}.`,
  )
}

const endings: ReadonlyMap<string, Format> = new Map([
  ['.html', 'html'],
  ['.xml', 'junit'],
  ['.sarif', 'sarif'],
  ['.md', 'markdown'],
  ['.json', 'json'],
  ['.txt', 'text'],
])

/** `checkout/basket` is all of it; `*` stands for one part. Throws where nothing is called so. */
function wantedIn(given: string | undefined, graph: Graph): (id: string) => boolean {
  if (given === undefined) return () => true
  const patterns = listIn(given).map((pattern) => {
    const [exact, below] = [globOf(pattern, '/'), globOf(`${pattern}/**`, '/')]
    return {
      pattern,
      fits: (id: string) =>
        id === pattern || id.startsWith(`${pattern}/`) || exact(id) || below(id),
    }
  })
  const all = plannedStates(graph)
  for (const { pattern, fits } of patterns)
    if (
      !all.some(({ id, step }) => fits(id) || fits(`${step.name}/felt`)) &&
      !pattern.endsWith('/unneeded')
    )
      throw new CannotRun(
        'TL9003',
        `No state is called \`${pattern}\`: ids look like \`${all[0]?.id ?? 'checkout/basket/store.getBasket/404'}\`.`,
      )
  return (id) => patterns.some(({ fits }) => fits(id))
}

/** The address that was given, or that of the workspace's own app, whose folder is then served while it is looked at. */
async function appAt(
  given: string | undefined,
  workspace: Workspace,
  graph: Graph,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const own = graph.declarations.workspace.app
  const url = given ?? (own?.root === undefined ? own?.url : undefined)
  if (url !== undefined) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw new CannotRun(
        'TL9003',
        `\`${url}\` is no address of a running app, such as http://localhost:5173.`,
      )
    return { url: new URL(url).href, close: async () => {} }
  }
  if (own?.root === undefined)
    throw new CannotRun(
      'TL9003',
      'Name the running app: `--app http://localhost:5173`, or `app: { url: ... }` in throughline.yaml.',
    )
  const server = appServer(workspace.absolute(own.root))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const place = server.address()
  const port = place !== null && typeof place === 'object' ? place.port : 0
  return {
    url: `http://localhost:${port}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

interface Playing {
  readonly answer?: (request: PlayedRequest) => PlayedAnswer | Promise<PlayedAnswer>
  readonly playForAll?: (scenario: string | undefined) => Promise<void>
}

async function playingOn(
  given: string | undefined,
  graph: Graph,
  workspace: Workspace,
  app: string,
  closing: (() => Promise<unknown>)[],
): Promise<Playing> {
  const own = (): Mock =>
    mock(graph, {
      readFile: (path) => workspace.bytes(path),
      callbacks: 'none',
      origins: [new URL(app).origin],
    })
  if (given === undefined) {
    const situations = own()
    return {
      async answer({ method, url, headers, body }) {
        const found = await situations.answer({
          method,
          url,
          headers,
          body,
          header: (name) => (Object.hasOwn(headers, name) ? headers[name] : undefined),
        })
        return {
          status: found.status,
          headers: found.headers,
          body: found.body,
          ...(found.delay !== undefined && { delay: found.delay }),
          ...(found.fault !== undefined && { fault: found.fault }),
        }
      },
    }
  }
  if (/^\d{1,5}$/.test(given)) {
    const situations = own()
    const served = await listen(situations, { port: wholeNumber(given, '--mock', 1, 65_535) })
    closing.push(() => served.close())
    return {
      async playForAll(scenario) {
        situations.play(scenario ?? null)
      },
    }
  }
  if (!URL.canParse(given))
    throw new CannotRun(
      'TL9003',
      `\`--mock\` is the address of a running mock (http://localhost:4401) or a port, not \`${given}\`.`,
    )
  const address = new URL('/_throughline/situation', given)
  const play = async (scenario: string | undefined): Promise<void> => {
    const answer = await fetch(address, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scenario: scenario ?? null }),
    }).catch(() => undefined)
    if (answer?.ok !== true)
      throw new CannotRun(
        'TL9003',
        `The mock at ${given} does not play ${scenario ?? 'what is usual'}: ${answer === undefined ? 'it is not there. Start it with `throughline mock`' : `it answers ${answer.status}`}.`,
      )
  }
  await play(undefined)
  closing.push(() => play(undefined).catch(() => undefined))
  return { playForAll: play }
}

/** Where a path of the app is. Throws for what lies outside of it. */
function addressIn(app: string, path: string): string {
  const address = addressOf(path, app)
  const { origin } = new URL(app)
  if (new URL(address).origin !== origin)
    throw new CannotRun('TL9003', `\`goto: ${path}\` leads out of the app ${origin}.`)
  return address
}

function scriptsOf(workspace: Workspace): RunScript {
  return async (path, page) => {
    if (workspace.bytes(path) === undefined)
      throw new Error(`there is no file ${path} in the workspace`)
    const loaded: unknown = await import(pathToFileURL(workspace.absolute(path)).href)
    const run: unknown =
      typeof loaded === 'object' && loaded !== null && 'default' in loaded
        ? loaded.default
        : undefined
    if (typeof run !== 'function')
      throw new Error('its export `default` is no function that gets the page')
    await run(page)
  }
}

/** Axe's own script, of the project or of the one that came along; without it, a line says so. */
function axeSource({ cwd, stderr }: Io): string | undefined {
  for (const from of [join(cwd, 'package.json'), import.meta.url]) {
    try {
      return readFileSync(createRequire(from).resolve('axe-core/axe.min.js'), 'utf8')
    } catch {
      // Looked for elsewhere, then told.
    }
  }
  stderr.write(
    'axe-core is not installed here, so its rules are left out: `npm install --save-dev axe-core`.\n',
  )
  return undefined
}

/** `a1b2c3d`, or `a1b2c3d with changes`; `undefined` where there is no repository. */
function buildOf(root: string): string | undefined {
  try {
    const git = gitIn(root)
    const { status, out } = git(['rev-parse', '--short=10', 'HEAD'])
    if (status !== 0) return undefined
    const changed = git(['status', '--porcelain', '--untracked-files=no']).out.length > 0
    return `${out.toString().trim()}${changed ? ' with changes' : ''}`
  } catch {
    return undefined
  }
}

function kept(
  workspace: Workspace,
  { report, at, build }: StatesShown,
  whole: boolean,
  io: Io,
): void {
  const pictures = new Map<string, Uint8Array>()
  const proofs = report.states.map(({ id, step, call, condition, verdict, findings, picture }) => {
    const name = picture === undefined ? undefined : `${pictureName(picture)}.jpg`
    if (name !== undefined && picture !== undefined) pictures.set(name, picture)
    return {
      id,
      step,
      call,
      condition,
      verdict,
      problems: findings
        .filter(({ severity }) => severity !== 'info')
        .map(({ message }) => message),
      at,
      ...(build !== undefined && { build }),
      ...(name !== undefined && { picture: name }),
    }
  })
  try {
    keepStateProofs(workspace.root, proofs, pictures, whole)
  } catch (error) {
    io.stderr.write(
      `What was seen cannot be kept for the studio: ${error instanceof Error ? error.message : String(error)}\n`,
    )
  }
}

/** Ids of findings of an earlier run: a baseline, or its --json. */
function knownIn(file: string | undefined, updates: boolean, cwd: string): ReadonlySet<string> {
  if (file === undefined) {
    if (updates) throw new CannotRun('TL9003', '`--update-baseline` needs `--baseline FILE`.')
    return new Set()
  }
  if (updates) return new Set()
  const value = readJson(resolve(cwd, file), file)
  const findings: unknown =
    typeof value === 'object' && value !== null && 'findings' in value ? value.findings : undefined
  if (!Array.isArray(findings))
    throw new CannotRun(
      'TL9004',
      `${file} is no baseline: write one with \`--baseline ${file} --update-baseline\`.`,
    )
  return new Set(
    findings.flatMap((one: unknown) =>
      typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string'
        ? [one.id]
        : [],
    ),
  )
}

function readJson(path: string, asWritten: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new CannotRun(
      'TL9004',
      `${asWritten} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function written(path: string, text: string): void {
  try {
    writeAtomically(path, text)
  } catch (error) {
    throw new CannotRun(
      'TL9004',
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** A bar on a terminal; a line now and then where there is none. */
function progressOn({ stderr }: Io): {
  readonly show: (progress: StatesProgress) => void
  readonly end: () => void
} {
  let said = -1
  let drawn = false
  return {
    show({ done, total, found }) {
      const tenth = total === 0 ? 0 : Math.floor((done / total) * 10)
      if (stderr.isTTY === true) {
        stderr.write(
          `\r\u001b[K${'█'.repeat(tenth * 2).padEnd(20, '░')} ${done}/${total} looked at, ${found} not as promised`,
        )
        drawn = true
      } else if (tenth !== said) {
        said = tenth
        stderr.write(`${done}/${total} looked at, ${found} not as promised\n`)
      }
    },
    end() {
      if (drawn) stderr.write('\r\u001b[K')
    },
  }
}
