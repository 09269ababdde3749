import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The server that has a folder of evidence open: a second process can't, so it asks this one. */
export interface Serving {
  /** `http://localhost:4400` */
  readonly url: string
  readonly token: string
}

const fileIn = (folder: string): string => join(folder, 'server.json')

/** Writes down who has the folder open, for this user's eyes only. Returns how to take it back. */
export function saySoIn(folder: string, serving: Serving): () => void {
  writeFileSync(fileIn(folder), `${JSON.stringify(serving)}\n`, { mode: 0o600 })
  return () => {
    if (servingIn(folder)?.token === serving.token) rmSync(fileIn(folder), { force: true })
  }
}

/** Who says to have the folder open; it may have ended since. Only servers of this machine count. */
export function servingIn(folder: string): Serving | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(fileIn(folder), 'utf8'))
    if (value === null || typeof value !== 'object') return undefined
    const { url, token } = value as Partial<Serving>
    return typeof token === 'string' &&
      typeof url === 'string' &&
      /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(url)
      ? { url, token }
      : undefined
  } catch {
    return undefined
  }
}
