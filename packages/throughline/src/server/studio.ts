import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { blueprintOf, overviewOf, type JourneyNode } from '@throughline/core'
import { blueprintCsv } from '../targets/export/blueprint-csv.ts'
import { blueprintHtml } from '../targets/export/blueprint-html.ts'
import type { Situation } from '@throughline/core'
import type { Traffic } from '../targets/mock/traffic/traffic.ts'
import type { Editor } from '../workspace/edit/editor.ts'
import type { FetchPage } from './framing.ts'
import { guard } from './guard.ts'
import type { LiveWorkspace } from './live.ts'
import { pageChunkRoutes } from './page-script.ts'
import { problem } from './problem.ts'
import type { Decisions } from '../workspace/decisions/decisions.ts'
import type { RevisionOf } from '../workspace/revision.ts'
import { changeRoutes } from './routes/changes.ts'
import { discoveryRoutes, type Discovering } from './routes/discovery.ts'
import { decisionRoutes } from './routes/decisions.ts'
import { diagnosticRoutes } from './routes/diagnostics.ts'
import { editRoutes } from './routes/edits.ts'
import { freshnessRoutes } from './routes/freshness.ts'
import { lineageRoutes } from './routes/lineage.ts'
import { matrixRoutes } from './routes/matrices.ts'
import { pictureRoutes } from './routes/pictures.ts'
import { referenceRoutes } from './routes/reference.ts'
import { searchRoutes } from './routes/search.ts'
import { stateProofRoutes } from './routes/state-proofs.ts'
import { evidenceRoutes, type EvidenceRoutesOptions } from './routes/evidence.ts'
import { setupRoutes } from './routes/setup.ts'
import { testRoutes } from './routes/tests.ts'
import { tryRoutes } from './routes/try.ts'
import { noticed, trafficRoutes } from './routes/traffic.ts'
import { versioned } from './routes/versioned.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { fileResponse } from './static-files.ts'
import type { TestRunner } from './test-runner.ts'
import { sender, type Send } from './try-it/send.ts'

export interface StudioOptions {
  readonly live: LiveWorkspace
  /** Where the workspace lies: pictures of screens are read from it. */
  readonly root: string
  /** The built studio pages. */
  readonly pages: string
  /** What a browser must show to use `/api`. */
  readonly token: string
  /** The port that the server listens on, once it does. */
  readonly port: () => number
  readonly mock: {
    readonly url: string
    readonly situation: () => Situation | null
    /** Plays a scenario for everybody, or none; `undefined` when there is no such scenario. */
    readonly play: (scenario: string | null) => Situation | null | undefined
    /** What is asked of it. */
    readonly traffic?: Traffic
    /** Asks it, as a program of this machine does. */
    readonly ask?: (request: Request) => Promise<Response>
  }
  readonly appUrl?: string
  /** Opens what the collector has kept. */
  readonly evidence?: EvidenceRoutesOptions['store']
  /** Works out what it says, in a thread of its own. */
  readonly report?: NonNullable<EvidenceRoutesOptions['report']>
  /** How the team's app is asked whether it may be framed. */
  readonly fetchPage?: FetchPage
  /** How requests that somebody tries are sent. */
  readonly send?: Send
  /** Runs tests. */
  readonly tests?: { readonly runner: TestRunner; readonly readOnly: boolean }
  /** What changes the team's files when somebody edits in the studio. */
  readonly editor?: Editor
  /** The app that is being discovered: then the workspace is what was seen of it. */
  readonly discovering?: Discovering
  /** Where git is asked how the workspace was. */
  readonly past?: RevisionOf
  /** What people decide, and who speaks where a request does not say. */
  readonly deciding?: {
    readonly decisions: Decisions
    readonly person: () => string | undefined
    readonly readOnly: boolean
    readonly commits: boolean
  }
}

/** The studio's server: pages, data and live events. Its contract is `studio.openapi.yaml` beside this file. */
export function studio(options: StudioOptions): Hono {
  const { live, mock } = options
  const app = new Hono()
  pageChunkRoutes(app, () => live.current.graph)
  app.use(guard(options))
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(safety(options)))
      if (!context.res.headers.has(name)) context.header(name, value)
  })

  app.get('/api/workspace', (context) =>
    context.json({
      ...overviewOf(live.current.graph, live.current.diagnostics, {
        version: live.version,
        broken: live.broken,
        mock: { url: mock.url, situation: mock.situation() },
        appUrl: options.appUrl,
      }),
      ...(options.discovering !== undefined && { discovering: true }),
    }),
  )

  const journeyNamed = (name: string): JourneyNode | undefined =>
    live.current.graph.journeys.find((one) => one.name === name)
  const noJourney = (name: string): Response =>
    problem(
      404,
      `No journey is called ${name.slice(0, 100)}`,
      'It may have been renamed: the list of journeys shows the names.',
    )

  app.get('/api/journeys/:name', (context) => {
    const name = context.req.param('name')
    const journey = journeyNamed(name)
    if (journey === undefined) return noJourney(name)
    return context.json(blueprintOf(live.current.graph, journey, live.current.diagnostics))
  })

  app.get('/api/journeys/:name/files', (context) => {
    const name = context.req.param('name')
    if (journeyNamed(name) === undefined) return noJourney(name)
    const { graph } = live.current
    return context.json({
      csv: blueprintCsv(graph, { journey: name }).text,
      html: blueprintHtml(graph, { journey: name }).text,
    })
  })

  const onceAVersion = versioned(live)
  diagnosticRoutes(app, onceAVersion)
  if (options.discovering !== undefined)
    discoveryRoutes(app, { discovering: options.discovering, changed: () => live.refresh() })
  if (options.editor !== undefined) editRoutes(app, live, options.editor)
  if (options.deciding !== undefined) decisionRoutes(app, { live, ...options.deciding })
  if (options.past !== undefined) changeRoutes(app, live, options.past)
  matrixRoutes(app, live, onceAVersion)
  lineageRoutes(app, onceAVersion)
  freshnessRoutes(app, onceAVersion, options.root)
  pictureRoutes(app, options)
  stateProofRoutes(app, options.root)
  referenceRoutes(app, live, onceAVersion, mock.url)
  searchRoutes(app, live, onceAVersion)
  if (mock.traffic !== undefined)
    trafficRoutes(app, { log: mock.traffic, graph: () => live.current.graph, mockUrl: mock.url })
  if (mock.ask !== undefined)
    webhookRoutes(app, { ask: mock.ask, graph: () => live.current.graph, mockUrl: mock.url })
  setupRoutes(app, onceAVersion, options)
  if (options.evidence !== undefined)
    evidenceRoutes(app, {
      store: options.evidence,
      graph: () => live.current.graph,
      ...(options.report !== undefined && { report: options.report }),
    })
  tryRoutes(app, { live, mockUrl: mock.url, send: options.send ?? sender() })

  if (options.tests !== undefined)
    testRoutes(app, {
      ...options.tests,
      root: options.root,
      graph: () => live.current.graph,
      mockUrl: mock.url,
    })

  app.get('/api/situation', (context) => context.json({ situation: mock.situation() }))

  app.put('/api/situation', async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined)
    const scenario =
      body !== null && typeof body === 'object' && 'scenario' in body ? body.scenario : undefined
    if (scenario !== null && typeof scenario !== 'string')
      return problem(400, 'The body must be { "scenario": name } or { "scenario": null }')
    const situation = mock.play(scenario)
    if (situation === undefined)
      return problem(
        404,
        `There is no scenario ${String(scenario).slice(0, 100)}`,
        'Names look like checkout/basket/timeout.',
      )
    return context.json({ situation })
  })

  app.get('/api/events', (context) =>
    streamSSE(context, async (stream) => {
      const last = Number(context.req.header('last-event-id'))
      const ended = new Promise<void>((resolve) => stream.onAbort(resolve))
      const stop = live.subscribe(
        ({ id, event }) => void stream.writeSSE({ id: String(id), data: JSON.stringify(event) }),
        Number.isFinite(last) && last > 0 ? last : undefined,
      )
      // A page that was away for longer than we remember still learns the version it must catch up with.
      await stream.writeSSE({ data: JSON.stringify({ kind: 'graph', version: live.version }) })
      const unwatch =
        mock.traffic &&
        noticed(
          mock.traffic,
          (number) =>
            void stream.writeSSE({ data: JSON.stringify({ kind: 'traffic', last: number }) }),
        )
      const untest = options.tests?.runner.subscribe(
        (progress) => void stream.writeSSE({ data: JSON.stringify({ kind: 'test', progress }) }),
      )
      // A run may have ended while nobody listened.
      if (options.tests !== undefined) {
        const progress = options.tests.runner.progress() ?? null
        await stream.writeSSE({ data: JSON.stringify({ kind: 'test', progress }) })
      }
      const heartbeat = setInterval(() => void stream.write(': still here\n\n'), 15_000)
      await ended
      clearInterval(heartbeat)
      unwatch?.()
      untest?.()
      stop()
    }),
  )

  app.all('/api/*', () => problem(404, 'The studio has no such address'))

  app.get('*', async (context) => {
    const { pathname } = new URL(context.req.url)
    const hashed = pathname.startsWith('/assets/')
    const file = await fileResponse(options.pages, pathname, {
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    if (file) return file
    if (hashed) return problem(404, 'There is no such file')
    const page = await fileResponse(options.pages, '/index.html', { 'cache-control': 'no-cache' })
    return (
      page ??
      problem(
        503,
        'The studio is not built',
        'Run `npm start` in the checkout: it builds the pages.',
      )
    )
  })

  app.onError((error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`)
    return problem(
      500,
      'The studio met a bug of its own',
      'Its message stands in the terminal. Please report it.',
    )
  })
  return app
}

function safety(options: StudioOptions): Readonly<Record<string, string>> {
  const frames = options.appUrl === undefined ? "'none'" : new URL(options.appUrl).origin
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      `frame-src ${frames}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  }
}
