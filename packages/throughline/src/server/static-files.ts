import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { Readable } from 'node:stream'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.graphql': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** Answers a GET with a file below `root`, or `undefined` where there is none. Never leaves `root`, links included. */
export async function fileResponse(
  root: string,
  pathname: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response | undefined> {
  const path = decoded(pathname)
  if (path === undefined || path.includes('\0')) return undefined
  const found = await realpath(join(root, path)).catch(() => undefined)
  const base = await realpath(root).catch(() => undefined)
  if (found === undefined || base === undefined || !found.startsWith(base + sep)) return undefined
  const { size, mtimeMs, isFile } = await stat(found).then((info) => ({
    size: info.size,
    mtimeMs: info.mtimeMs,
    isFile: info.isFile(),
  }))
  if (!isFile) return undefined
  return new Response(Readable.toWeb(createReadStream(found)) as ReadableStream, {
    headers: {
      'content-type': types[extname(found).toLowerCase()] ?? 'application/octet-stream',
      'content-length': String(size),
      'last-modified': new Date(mtimeMs).toUTCString(),
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  })
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
