import { createServer, type Server } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { fileResponse } from './static-files.ts'

/** Serves a team's own UI from a folder while developing: files as they are, any other address is the page itself. */
export function appServer(root: string): Server {
  return createServer((request, response) => {
    void answer(root, request.method ?? 'GET', request.url ?? '/').then((answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      if (request.method === 'HEAD' || answer.body === null) response.end()
      else
        Readable.fromWeb(answer.body as ReadableStream)
          .on('error', () => response.destroy())
          .pipe(response)
    })
  })
}

async function answer(root: string, method: string, url: string): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD')
    return new Response('Only GET and HEAD are answered here.\n', {
      status: 405,
      headers: { allow: 'GET, HEAD' },
    })
  const { pathname } = new URL(url.replace(/^\/+/, '/'), 'http://localhost')
  const headers = { 'cache-control': 'no-cache' }
  const file = await fileResponse(root, pathname, headers)
  if (file) return file
  const looksLikeFile = /\.[a-z0-9]{1,8}$/i.test(pathname)
  const page = looksLikeFile ? undefined : await fileResponse(root, '/index.html', headers)
  return (
    page ??
    new Response('There is no such file.\n', {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
  )
}
