import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { fileResponse } from './static-files.ts'

/** Serves a team's own UI from a folder while developing: files as they are, any other address is the page itself. */
export function appServer(root: string): Server {
  return createServer((request, response) => {
    void respond(root, request, response)
  })
}

async function respond(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, headers, body } = await answer(root, request.method ?? 'GET', request.url ?? '/')
  response.writeHead(status, Object.fromEntries(headers))
  if (request.method === 'HEAD' || body === null) response.end()
  else
    Readable.fromWeb(body as ReadableStream)
      .on('error', () => response.destroy())
      .pipe(response)
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
