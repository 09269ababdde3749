import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const folder = fileURLToPath(new URL('pages', import.meta.url))

/** The pages, with an API that is in the best of health; how often it was asked to change something is counted. */
export interface Pages {
  readonly url: string
  readonly asked: () => number
  close(): Promise<void>
}

export async function servePages(port: number): Promise<Pages> {
  const react = await bundled()
  let asked = 0
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/[?].*$/, '')
    const send = (type: string, body: string): void => {
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` })
      response.end(body)
    }
    if (path === '/api/products') {
      asked += 1
      return send('application/json', products)
    }
    if (path === '/react.js') return send('text/javascript', react)
    if (path === '/rendered') return send('text/html', rendered)
    const name = /^\/([a-z]+)$/.exec(path)?.[1]
    if (name === undefined) {
      response.writeHead(404)
      response.end()
      return
    }
    send('text/html', readFileSync(`${folder}/${name}.html`, 'utf8'))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const place = server.address()
  return {
    url: `http://127.0.0.1:${typeof place === 'object' ? place?.port : place}`,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const products = JSON.stringify({
  items: [
    { name: 'Sourdough loaf', price: 4.2, since: '2026-02-01' },
    { name: 'Whole milk', price: 1.6, since: '2026-03-01' },
    { name: 'Braeburn apples', price: 3.1, since: '2026-04-01' },
  ],
  total: 3,
})

/** What a server made of the same products: the browser calls nothing. */
const rendered =
  '<!doctype html><html lang="en"><title>Shelves</title><h1>Our shelves</h1><p>Sourdough loaf, whole milk, Braeburn apples</p></html>'

async function bundled(): Promise<string> {
  const bundle = await rolldown({
    input: `${folder}/react.js`,
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return output[0].code
}
