import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { compile, type Graph } from '../../packages/core/src/index.ts'
import { listen } from '../../packages/throughline/src/targets/mock/listen.ts'
import { mock } from '../../packages/throughline/src/targets/mock/mock.ts'

const folder = fileURLToPath(new URL('pages', import.meta.url))

/** The pages, with an API that is in the best of health. */
export interface Pages {
  readonly url: string
  /** The contracts of the API; no journey. */
  readonly graph: Graph
  /** The mock that both the pages and the server of `/rendered` ask. */
  readonly mock: string
  /** How often the API was asked for something. */
  readonly asked: () => number
  close(): Promise<void>
}

export async function servePages(port: number, mockPort = 0): Promise<Pages> {
  const scripts = new Map([
    ['/react.js', await bundled('react.js')],
    ['/store.js', await bundled('store.js')],
    ['/worker.js', 'addEventListener("fetch", () => undefined)'],
  ])
  const api = mock(graph)
  const apiServer = await listen(api, { port: mockPort })
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const place = server.address()
  return {
    url: `http://127.0.0.1:${typeof place === 'object' ? place?.port : place}`,
    graph,
    mock: apiServer.url,
    asked: () => api.traffic.all().length,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await apiServer.close()
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').replace(/[?].*$/, '')
    const send = (type: string, body: string, status = 200): void => {
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8` })
      response.end(body)
    }
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    try {
      if (path.startsWith('/api/')) {
        const parts: Buffer[] = []
        for await (const part of request) parts.push(part as Buffer)
        const passed = await fetch(
          `${apiServer.url}${path === '/api/graphql' ? '/shelves/graphql' : `/store${path}`}`,
          {
            method: request.method ?? 'GET',
            headers: { 'content-type': 'application/json' },
            signal: gone.signal,
            ...(parts.length > 0 && { body: Buffer.concat(parts) }),
          },
        )
        return send('application/json', await passed.text(), passed.status)
      }
      const script = scripts.get(path)
      if (script !== undefined) return send('text/javascript', script)
      if (path === '/rendered') return send('text/html', await rendered(gone.signal))
    } catch {
      response.destroy()
      return
    }
    const file = `${folder}${path}.html`
    if (/^\/[a-z-]+$/.test(path) && existsSync(file)) send('text/html', readFileSync(file, 'utf8'))
    else send('text/plain', 'Not here', 404)
  }

  /** A page that the server makes. It gives up after two seconds; what it cannot show it says, and what it is not given it prints. */
  async function rendered(signal: AbortSignal): Promise<string> {
    const page = (inner: string): string =>
      `<!doctype html><html lang="en"><title>Shelves</title><h1>Our shelves</h1>${inner}</html>`
    try {
      const given = await fetch(`${apiServer.url}/store/api/products`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(4_000)]),
      })
      if (!given.ok) throw given
      const { items } = (await given.json()) as {
        items: { name: string | null; price: number | null }[]
      }
      return page(items.map(({ name, price }) => `<p>${name}: ${price} euros</p>`).join(''))
    } catch {
      return page('<p>Our shelves cannot be shown just now. We are sorry.</p>')
    }
  }
}

const products = {
  items: [
    { name: 'Sourdough loaf', price: 4.2, since: '2026-02-01' },
    { name: 'Whole milk', price: 1.6, since: '2026-03-01' },
    { name: 'Braeburn apples', price: 3.1, since: '2026-04-01' },
  ],
  total: 3,
}

const files: Readonly<Record<string, string>> = {
  'throughline.yaml':
    'throughline: 1\nname: Shelves\napis: { store: { contract: store.yaml }, shelves: { contract: shelves.graphql } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /api/products:
    get:
      operationId: listProducts
      responses: { '200': { description: Products, content: { application/json: { schema: { type: object }, example: ${JSON.stringify(products)} } } } }
  /api/session:
    get:
      operationId: getSession
      responses: { '200': { description: Session, content: { application/json: { schema: { type: object }, example: { token: abc, points: 120 } } } } }
`,
  'shelves.graphql':
    'type Query { shelves: [Shelf!]! }\ntype Shelf { name: String! since: String! price: Float! }\n',
}

const { graph } = compile({
  paths: Object.keys(files),
  read: (path) =>
    Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
})

async function bundled(name: string): Promise<string> {
  const bundle = await rolldown({
    input: `${folder}/${name}`,
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return output[0].code
}
