import { createHash } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { KeptReading } from '@throughline/core'

/** Characters from which on reading YAML takes so long that keeping what came of it pays. */
export const LONG_YAML = 300_000

/** Bounds of the whole folder; what nobody has used for longest goes first. */
const LIMITS = { files: 40, bytes: 200_000_000 }

/**
 * What was made of a long text, in files named after a hash of the text. A file that is damaged, of another version or
 * cut short is as good as none, and a folder that cannot be written to costs nothing but the time.
 */
export function keptReading(
  text: string,
  folder: string | undefined = cacheFolder(),
  limits = LIMITS,
): KeptReading | undefined {
  if (folder === undefined) return undefined
  let path: string | undefined
  const pathOf = (): string =>
    (path ??= join(folder, `${createHash('sha256').update(text).digest('hex')}.json`))
  return {
    get() {
      try {
        const bytes = readFileSync(pathOf())
        const end = bytes.indexOf('\n')
        const body = bytes.subarray(end + 1)
        if (bytes.toString('latin1', 0, end) !== headOf(body)) return undefined
        const now = new Date()
        utimesSync(pathOf(), now, now)
        return body.toString()
      } catch {
        return undefined
      }
    },
    set(json) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const body = Buffer.from(json)
        if (body.length > limits.bytes / 4) return
        const fresh = `${pathOf()}.${process.pid}`
        writeFileSync(fresh, Buffer.concat([Buffer.from(`${headOf(body)}\n`), body]), {
          mode: 0o600,
        })
        renameSync(fresh, pathOf())
        tidy(folder, limits)
      } catch {
        // read again the next time
      }
    },
  }
}

/** Says what follows: another version of it is not read. */
function headOf(body: Buffer): string {
  return `throughline-reading 1 ${body.length} ${crc32(body).toString(16)}`
}

function tidy(folder: string, limits: typeof LIMITS): void {
  const all = readdirSync(folder)
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name))
      return { name, size, used: mtimeMs }
    })
    .toSorted((a, b) => b.used - a.used)
  let bytes = 0
  for (const [index, { name, size }] of all.entries()) {
    bytes += size
    if (index >= limits.files || bytes > limits.bytes) rmSync(join(folder, name), { force: true })
  }
}

/**
 * Where this system keeps what may be thrown away; `THROUGHLINE_CACHE` names another folder, or `off`. Never in the
 * workspace: a bare contract lies in a folder of somebody else.
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string | undefined {
  const own = env['THROUGHLINE_CACHE']
  if (own === 'off' || own === '') return undefined
  if (own !== undefined) return join(own, 'readings')
  const base =
    platform === 'win32'
      ? env['LOCALAPPDATA']
      : platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : (env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'))
  return base === undefined || base === '' ? undefined : join(base, 'throughline', 'readings')
}
