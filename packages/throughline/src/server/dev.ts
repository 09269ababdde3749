import { LATENCY_FILE } from '../targets/mock/observed-latency.ts'
import { localFile } from '../workspace/local-file.ts'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { isReadable, placed, type Diagnostic, type Graph } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import { lintOf } from '../targets/lint/lint.ts'
import { listen } from '../targets/mock/listen.ts'
import { mock, type Mock, type MockOptions } from '../targets/mock/mock.ts'
import { evidenceAlerts } from '../targets/observe/alerts/evidence-alerts.ts'
import { incidentTeller } from '../targets/observe/alerts/incident-teller.ts'
import { answeredSurveys } from '../targets/observe/answered-surveys.ts'
import { collector } from '../targets/observe/collector.ts'
import { forwarding } from '../targets/observe/forwarding.ts'
import { lazyStore } from '../targets/observe/lazy-store.ts'
import { speedExperiments } from '../targets/observe/speed-experiments.ts'
import { evidenceFolder } from '../targets/observe/evidence-folder.ts'
import { evidencePlace, openEvidence } from '../targets/observe/evidence-store-of.ts'
import { saySoIn } from '../targets/observe/serving.ts'
import type { EvidenceStore } from '../targets/observe/store/evidence-store.ts'
import { withProposals } from '../targets/mock/with-proposals.ts'
import { compiled } from '../workspace/compiled.ts'
import { boardOf } from '../workspace/decisions/board.ts'
import { decisionsOf } from '../workspace/decisions/decisions.ts'
import { gitPerson } from '../workspace/decisions/person.ts'
import { editorOf } from '../workspace/edit/editor.ts'
import { watchWorkspace } from '../workspace/watch.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { appServer } from './app.ts'
import { liveWorkspace, type LiveWorkspace } from './live.ts'
import { pageScript, watchingScript } from './page-script.ts'
import { reportThread } from './report-thread.ts'
import { studio, type StudioOptions } from './studio.ts'
import { testRunner } from './test-runner.ts'

export interface DevOptions {
  readonly workspace: Workspace
  /** 0 takes any free port. */
  readonly ports: { readonly studio: number; readonly mock: number; readonly app: number }
  readonly seed?: string
  /** What the mock is filled with: a built-in data set, or a file of the workspace. */
  readonly dataset?: string
  /** Hears what is wrong with files of data, a line each. */
  readonly onNotice?: (line: string) => void
  /** What the mock plays from the start. */
  readonly scenario?: string
  /** What else the mock is to be: the backends behind it, say. */
  readonly mocking?: (graph: Graph) => Partial<MockOptions>
  /** Hears the mock once it is there. Returns what to do at the end. */
  readonly onMock?: (mock: Mock) => () => unknown
  /** Hosts that callbacks and webhooks may go to beside this machine. */
  readonly callbacks?: readonly string[] | 'none'
  /** Key and certificate of the mock, as PEM: then it is https. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** What `${NAME}` in the workspace stands for. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Nothing can be edited in the studio. */
  readonly readOnly?: boolean
  /** What people decide in the studio is committed, in their name. */
  readonly commit?: boolean
  /** Called after each change on disk. */
  readonly onChange?: (change: Change) => void
}

interface Change {
  readonly files: readonly string[]
  /** From the event on disk to the new graph, milliseconds. */
  readonly ms: number
  readonly diagnostics: readonly Diagnostic[]
  /** Set when a file is too broken to read: the last good graph stays. */
  readonly broken: readonly Diagnostic[] | undefined
}

export interface RunningDev {
  /** With the token of this start. */
  readonly studioUrl: string
  readonly mockUrl: string
  readonly appUrl?: string
  readonly live: LiveWorkspace
  close(): Promise<void>
}

/**
 * Mock, studio and the team's own app over one workspace, following the disk. All on loopback.
 * Throws `CannotRun` (TL9002) when a port is taken; nothing is left running then.
 */
export async function startDev(options: DevOptions): Promise<RunningDev> {
  const { workspace, ports } = options
  const live = liveWorkspace(() => compiled(workspace), {
    later: (graph) => linted(workspace, graph),
  })
  const closing: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    for (const end of closing.toReversed()) await end()
  }
  try {
    const app = await appOf(workspace, live, ports.app)
    if (app !== undefined) closing.push(() => app.close?.())

    const mockOptions: MockOptions = {
      origins: app === undefined ? [] : [new URL(app.url).origin],
      readFile: (path) => workspace.bytes(path),
      observed: () => localFile(workspace.root, LATENCY_FILE),
      browserScript: pageScript,
      ...(options.callbacks !== undefined && { callbacks: options.callbacks }),
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(options.dataset !== undefined && { dataset: options.dataset }),
      ...(options.onNotice !== undefined && { onNotice: options.onNotice }),
    }
    const own = options.mocking?.(live.current.graph)
    // No backend has yet what is only proposed.
    const mocking = withProposals(mock(live.current.graph, { ...mockOptions, ...own }), {
      graphWith: (id) => boardOf(workspace, live.current.graph).graphWith(id),
      // The contract's examples know nothing of what is proposed.
      mockOf: (graph) => mock(graph, { ...mockOptions, dynamic: true }),
    })
    if (options.scenario !== undefined && mocking.play(options.scenario) === undefined) {
      throw new CannotRun(
        'TL9003',
        `There is no scenario ${options.scenario}. Names look like checkout/basket/timeout.`,
      )
    }
    const ending = options.onMock?.(mocking)
    if (ending !== undefined) closing.push(ending)
    const mockServer = await listen(mocking, {
      port: ports.mock,
      host: '127.0.0.1',
      tls: options.tls,
    })
    closing.push(() => mockServer.close())
    closing.push(mocking.subscribe((situation) => live.announce(situation)))

    const onChange = (files: readonly string[]): void => {
      const from = performance.now()
      live.refresh()
      mocking.update(live.current.graph)
      options.onChange?.({
        files,
        ms: performance.now() - from,
        diagnostics: live.current.diagnostics,
        broken: live.broken?.diagnostics,
      })
    }
    const writing = {
      workspace,
      graph: () => live.current.graph,
      follow: () => {
        const files = workspace.refresh()
        if (files.length > 0) onChange(files)
      },
      readOnly: options.readOnly === true,
    }
    const editor = editorOf(writing)
    const commits = options.commit === true
    const decisions = decisionsOf({ ...writing, commit: commits })
    const person = gitPerson(workspace.root)
    const token = randomBytes(24).toString('base64url')
    let port = ports.studio
    const folder = evidenceFolder(workspace.root)
    let noLongerServing = (): void => {}
    const evidence = lazyStore(
      async () => {
        const place = evidencePlace(live.current.graph, folder, options.env ?? {})
        const store = telling(await openEvidence(place), () => live.seen())
        // Servers answer everybody, a folder only who has it open.
        if (place.kind === 'folder')
          noLongerServing = saySoIn(folder, { url: `http://localhost:${port}`, token })
        return store
      },
      {
        ...live.current.graph.declarations.workspace.collector,
        ...(options.onNotice !== undefined && { onNotice: options.onNotice }),
      },
    )
    closing.push(async () => {
      noLongerServing()
      await evidence.close()
    })
    // Looking at a page makes no database where nobody was ever seen.
    const seen = (): ReturnType<NonNullable<StudioOptions['evidence']>> =>
      existsSync(folder)
        ? evidence.get()
        : Promise.resolve({
            query: () => Promise.resolve([]),
            append: async (...all) => (await evidence.get()).append(...all),
          })
    const reports = reportThread({ workspace, version: () => live.version, store: seen })
    closing.push(() => reports.close())
    const graph = (): Graph => live.current.graph
    const tests = testRunner({ root: workspace.root, graph })
    closing.push(() => tests.stop())
    const forwards = forwarding({
      graph,
      folder: join(workspace.root, '.throughline', 'forward'),
      env: options.env ?? {},
      ...(options.onNotice !== undefined && { onNotice: options.onNotice }),
    })
    closing.push(() => forwards.close())
    void forwards.resume()
    const alerts = evidenceAlerts({
      store: evidence.get,
      graph,
      folder,
      tell: incidentTeller(graph, {
        cwd: workspace.root,
        env: options.env ?? {},
        ...(options.onNotice !== undefined && { onNotice: options.onNotice }),
      }),
    })
    const answered = answeredSurveys({ graph, store: seen })
    const experiments = speedExperiments({
      graph,
      store: seen,
      ...(options.onNotice !== undefined && { onNotice: options.onNotice }),
    })
    const watch = setInterval(() => {
      void experiments()
      // Where nobody is to be told or nobody was ever seen, no database is opened.
      if (graph().declarations.workspace.collector?.alerts === undefined || !existsSync(folder))
        return
      alerts.check(Date.now()).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error)
        options.onNotice?.(`Alerts were not looked at: ${why}`)
      })
    }, 60_000)
    watch.unref()
    closing.push(() => clearInterval(watch))
    const collecting = collector({
      store: evidence.get,
      graph,
      keys: () => graph().declarations.workspace.collector?.keys ?? [],
      forward: forwards.take,
      experiments,
      script: async () =>
        watchingScript(graph(), {
          mockUrl: mockServer.url,
          answered: await answered(),
          experiments: await experiments(),
        }),
    })
    // Nobody is answered before this runs to its next `await`, and the pages are there by then.
    const server = createServer(
      getRequestListener((request) =>
        collecting.answers(new URL(request.url).pathname)
          ? collecting.fetch(request)
          : studioPages.fetch(request),
      ),
    )
    port = await listening(server, ports.studio, '--port')
    closing.push(() => closed(server))
    const studioPages = studio({
      evidence: seen,
      report: reports.report,
      live,
      root: workspace.root,
      past: workspace,
      pages: pagesFolder(),
      token,
      port: () => port,
      editor,
      tests: { runner: tests, readOnly: writing.readOnly },
      deciding: { decisions, person: () => person, readOnly: writing.readOnly, commits },
      mock: {
        url: mockServer.url,
        situation: () => mocking.situation,
        play: (scenario) => mocking.play(scenario),
        traffic: mocking.traffic,
        ask: (request) => mocking.handle(request),
      },
      ...(app !== undefined && { appUrl: appUrlOf(app, mockServer.url, port) }),
    })

    const watcher = watchWorkspace(workspace, { onChange })
    closing.push(() => watcher.close())
    return {
      studioUrl: `http://localhost:${port}/?token=${token}`,
      mockUrl: mockServer.url,
      live,
      close,
      ...(app !== undefined && { appUrl: appUrlOf(app, mockServer.url, port) }),
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** A store that says when it has kept something. */
function telling(store: EvidenceStore, kept: () => void): EvidenceStore {
  return {
    append: (batch, events) => store.append(batch, events).then(kept),
    query: (query, parameters) => store.query(query, parameters),
    deleteSession: (session) => store.deleteSession(session),
    retain: (rules) => store.retain(rules),
    close: () => store.close(),
  }
}

/** What the team's own linters say, as diagnostics; a linter that fails says so in one of them. */
async function linted(workspace: Workspace, graph: Graph): Promise<readonly Diagnostic[]> {
  const keep = workspace.contracts === undefined
  const findings = await lintOf(graph, { root: workspace.root, always: false, keep })
  return findings.flatMap((one) => {
    const file = workspace.read(one.file)
    return isReadable(file) ? [placed(one, file)] : []
  })
}

interface App {
  readonly url: string
  /** Set when it is served from here. */
  readonly close?: () => Promise<void>
}

/** Where people open the app. An app that lies in the workspace is told in its address who watches it, and where the mock is when that is not the usual place. */
function appUrlOf(app: App, mockUrl: string, port: number): string {
  if (app.close === undefined) return app.url
  const api = mockUrl === 'http://localhost:4401' ? '' : `api=${mockUrl}&`
  return `${app.url}/?${api}collector=http://localhost:${port}`
}

/** The team's own UI: a folder is served, an address is only passed on. */
async function appOf(
  workspace: Workspace,
  live: LiveWorkspace,
  port: number,
): Promise<App | undefined> {
  const app = live.current.graph.declarations.workspace.app
  if (app?.root === undefined) return app?.url === undefined ? undefined : { url: app.url }
  const root = workspace.absolute(app.root)
  if (!existsSync(root))
    throw new CannotRun(
      'TL9001',
      `throughline.yaml says that the app lies in ${app.root}, but there is no such folder.`,
    )
  const server = appServer(root)
  const taken = await listening(server, port, '--app-port')
  return { url: `http://localhost:${taken}`, close: () => closed(server) }
}

/** Where the built pages lie: beside the bundle when installed, in the studio's package in a checkout. */
export function pagesFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const installed = join(here, 'studio')
  return existsSync(join(installed, 'index.html'))
    ? installed
    : join(here, '..', '..', '..', 'studio', 'dist')
}

export function listening(server: Server, port: number, option: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error)
      const why = error.code === 'EACCES' ? 'may not be opened by this user' : 'is taken'
      reject(
        new CannotRun(
          'TL9002',
          `Port ${port} ${why}. Stop what runs there, or choose another: ${option} ${port + 10} (0 takes any free one).`,
        ),
      )
    })
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** Ends a server at once: event streams would keep it open for ever. */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
