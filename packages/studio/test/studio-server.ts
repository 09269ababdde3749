import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import type { Blueprint, StudioEvent, WorkspaceOverview } from '@throughline/core'

const dist = join(import.meta.dirname, '../dist')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** What the real server sends: scripts, styles, fonts and pictures only from itself, nothing inline. */
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export interface StudioServer extends AsyncDisposable {
  readonly address: string
  overview: WorkspaceOverview
  blueprints: Map<string, Blueprint>
  /** What else it answers, by path: `/api/needs`, or by path and query. */
  answers: Map<string, unknown>
  /** Answers everything under `/api` with this status, as problem+json. */
  failing: number | undefined
  /** Answers everything under `/api` only when this is settled. */
  late: Promise<unknown> | undefined
  /** Answers everything under `/api` with this text. */
  garbage: string | undefined
  /** Every situation that the page has asked for. */
  readonly asked: (string | null)[]
  send(event: StudioEvent): void
  /** Ends every open event stream, as a stopped server does. */
  hangUp(): void
  /** Back to the data of its start. */
  reset(): void
}

/** A small server with the studio's API over fixed data. */
export async function studioServer(
  data: {
    overview: WorkspaceOverview
    blueprints: readonly Blueprint[]
    answers?: Readonly<Record<string, unknown>>
  },
  port = 0,
): Promise<StudioServer> {
  const streams = new Set<ServerResponse>()
  let events = 0
  const server = createServer((request, response) => {
    void answer(request.url ?? '/', request.method ?? 'GET', request, response)
  })

  async function answer(
    target: string,
    method: string,
    request: AsyncIterable<Uint8Array>,
    response: ServerResponse,
  ): Promise<void> {
    const { pathname, search } = new URL(target, 'http://studio')
    if (!pathname.startsWith('/api/')) return file(pathname, response)
    if (pathname !== '/api/events') await studio.late
    if (studio.garbage !== undefined && pathname !== '/api/events') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(studio.garbage)
      return
    }
    if (studio.failing !== undefined) {
      return problem(
        response,
        studio.failing,
        studio.failing === 401 ? 'No token' : 'The server stumbled',
      )
    }
    if (pathname === '/api/workspace') return json(response, studio.overview)
    if (pathname.startsWith('/api/journeys/')) {
      const found = studio.blueprints.get(
        decodeURIComponent(pathname.slice('/api/journeys/'.length)),
      )
      return found ? json(response, found) : problem(response, 404, 'No such journey')
    }
    if (pathname === '/api/situation' && method === 'PUT') {
      const parts: Uint8Array[] = []
      for await (const part of request) parts.push(part)
      const said: unknown = JSON.parse(Buffer.concat(parts).toString())
      const wanted =
        typeof said === 'object' && said !== null && 'scenario' in said ? said.scenario : undefined
      if (wanted !== null && typeof wanted !== 'string')
        return problem(response, 422, 'No scenario')
      const scenario = wanted
      studio.asked.push(scenario)
      const situation = scenario === null ? null : { scenario, title: scenario }
      studio.overview = { ...studio.overview, mock: { ...studio.overview.mock, situation } }
      json(response, { situation })
      return studio.send({ kind: 'situation', situation })
    }
    if (pathname === '/api/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write('retry: 300\n\n')
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return
    }
    const answer = studio.answers.get(pathname + search) ?? studio.answers.get(pathname)
    if (answer !== undefined) return json(response, answer)
    problem(response, 404, 'No such address')
  }

  const studio: StudioServer = {
    address: '',
    overview: data.overview,
    blueprints: new Map(data.blueprints.map((one) => [one.journey.name, one])),
    answers: new Map(Object.entries(data.answers ?? {})),
    failing: undefined,
    late: undefined,
    garbage: undefined,
    asked: [],
    send(event) {
      events += 1
      for (const stream of streams)
        stream.write(`id: ${events}\ndata: ${JSON.stringify(event)}\n\n`)
    },
    hangUp() {
      for (const stream of streams) stream.destroy()
    },
    reset() {
      studio.overview = data.overview
      studio.blueprints = new Map(data.blueprints.map((one) => [one.journey.name, one]))
      studio.answers = new Map(Object.entries(data.answers ?? {}))
      studio.failing = undefined
      studio.late = undefined
      studio.garbage = undefined
      studio.asked.length = 0
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The test server has no port')
  return Object.assign(studio, { address: `http://127.0.0.1:${bound.port}` })
}

async function file(pathname: string, response: ServerResponse): Promise<void> {
  const asset =
    /^\/(assets\/[\w.-]+|theme\.js|layers\.css|icon\.svg)$/.exec(pathname)?.[1] ?? 'index.html'
  const body = await readFile(join(dist, asset))
  response.writeHead(200, {
    'content-type': types[extname(asset)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'cache-control': asset.startsWith('assets/')
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
  })
  response.end(body)
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function problem(response: ServerResponse, status: number, title: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ type: 'about:blank', title, status }))
}
