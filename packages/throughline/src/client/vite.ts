// `throughline/vite`: what the mock plays, switched inside the app while developing. Imports nothing of Vite.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dockScript } from './dock-script.ts'

export interface VitePluginOptions {
  /** Where the mock runs: `THROUGHLINE_MOCK`, else `http://localhost:4401`. */
  readonly mock?: string
  /** Where the studio runs: `http://localhost:4400`. */
  readonly studio?: string
}

/** What is used of Vite's `Plugin`. */
export interface VitePlugin {
  readonly name: string
  readonly apply: 'serve'
  readonly configureServer: (server: ViteServer) => void
  readonly transformIndexHtml: () => {
    readonly tag: string
    readonly attrs: Record<string, string>
    readonly injectTo: 'body'
  }[]
}

/** What is used of Vite's `ViteDevServer`. */
export interface ViteServer {
  readonly config: { readonly base: string }
  readonly middlewares: {
    use(
      path: string,
      handler: (request: IncomingMessage, response: ServerResponse) => void,
    ): unknown
  }
}

const longestBody = 2_000

/**
 * A Vite plugin that docks a switch in the corner of the app while developing: every scenario and every state of the journeys is
 * played on the mock from there, and the studio is a click away. Builds are left alone.
 */
export function throughline({
  mock = process.env['THROUGHLINE_MOCK'] ?? 'http://localhost:4401',
  studio = 'http://localhost:4400',
}: VitePluginOptions = {}): VitePlugin {
  let place = '/@throughline'
  return {
    name: 'throughline',
    apply: 'serve',
    configureServer({ config, middlewares }) {
      place = `${config.base.replace(/\/$/, '')}/@throughline`
      middlewares.use(place, (request, response) => {
        void respond(request, response, { mock, studio, place })
      })
    },
    transformIndexHtml: () => [
      { tag: 'script', attrs: { type: 'module', src: `${place}/dock.js` }, injectTo: 'body' },
    ],
  }
}

interface Places {
  readonly mock: string
  readonly studio: string
  readonly place: string
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  places: Places,
): Promise<void> {
  const { status, type, body } = await answered(request, places)
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
  response.end(body)
}

interface Answered {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** The dock's script, and the mock behind the app's own origin: nothing has to be allowed there. */
async function answered(
  request: IncomingMessage,
  { mock, studio, place }: Places,
): Promise<Answered> {
  const { url = '/', method = 'GET' } = request
  const path = url.replace(/[?#].*$/, '')
  if (path === '/dock.js')
    return { status: 200, type: 'text/javascript', body: dockScript(place, studio) }
  // Another site in the same browser is not to play anything.
  const from = request.headers['sec-fetch-site']
  if (from !== undefined && from !== 'same-origin' && from !== 'none')
    return problem(403, 'Only the app itself may ask here.')
  const isPlay = path === '/situation' && method === 'PUT'
  if (!isPlay && !(method === 'GET' && (path === '/situation' || path === '/scenarios')))
    return problem(404, 'There is nothing here.')
  try {
    const body = isPlay ? await textOf(request) : undefined
    const found = await fetch(new URL(`/_throughline${path}`, mock), {
      method,
      ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(5_000),
    })
    return { status: found.status, type: 'application/json', body: await found.text() }
  } catch {
    return problem(
      502,
      `The mock at ${mock} does not answer. Start it with \`throughline dev\` or \`throughline mock\`.`,
    )
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > longestBody) throw new Error('too long')
  }
  return text
}

function problem(status: number, title: string): Answered {
  return { status, type: 'application/problem+json', body: JSON.stringify({ status, title }) }
}
