import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CannotRun } from '../cannot-run.ts'

export interface FetchedContracts {
  /** What was named, with files in place of addresses. */
  readonly targets: readonly string[]
  /** Throws the files away. */
  readonly remove: () => void
}

/**
 * Fetches the contracts that were named by their address, and the files beside and below them that they refer to, into a folder
 * of their own. Throws `CannotRun` (TL9001) with what came instead of a contract.
 */
export async function fetchedContracts(targets: readonly string[]): Promise<FetchedContracts> {
  if (!targets.some(isAddress)) return { targets, remove: () => {} }
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'throughline-contracts-')))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    const files: string[] = []
    for (const [index, target] of targets.entries())
      files.push(isAddress(target) ? await fetched(target, join(folder, String(index))) : target)
    return { targets: files, remove }
  } catch (error) {
    remove()
    throw error
  }
}

function isAddress(target: string): boolean {
  return /^https?:\/\//i.test(target)
}

const MOST_FILES = 200
const MOST_BYTES = 64 * 1024 * 1024
const LONGEST_MS = 30_000

async function fetched(address: string, folder: string): Promise<string> {
  const first = await textAt(address)
  const base = new URL('.', first.url)
  const name = nameOf(first.url, first.text)
  const seen = new Set([first.url.href, name])
  const waiting = [{ url: first.url, path: name, text: first.text }]
  let bytes = 0
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    bytes += one.text.length
    const path = join(folder, ...one.path.split('/'))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, one.text)
    for (const url of referencesIn(one.text, one.url)) {
      const inside = decodedPath(url.href.slice(base.href.length))
      if (!url.href.startsWith(base.href) || inside === undefined || seen.has(inside)) continue
      seen.add(inside)
      if (seen.size > MOST_FILES || bytes > MOST_BYTES)
        throw new CannotRun(
          'TL9001',
          `${address} is in too many or too big files to be fetched. Download it first.`,
        )
      // What is missing is told as any other reference that leads nowhere.
      const found = await textAt(url.href).catch(() => undefined)
      if (found !== undefined) waiting.push({ url, path: inside, text: found.text })
    }
  }
  return join(folder, name)
}

async function textAt(address: string): Promise<{ readonly url: URL; readonly text: string }> {
  let response: Response
  let text: string
  try {
    response = await fetch(address, {
      signal: AbortSignal.timeout(LONGEST_MS),
      headers: { accept: 'application/json, application/yaml, text/yaml, */*;q=0.8' },
    })
    text = await limited(response, address)
  } catch (error) {
    if (error instanceof CannotRun) throw error
    throw new CannotRun('TL9001', `${address} can't be fetched: ${reasonOf(error)}.`)
  }
  if (!response.ok)
    throw new CannotRun('TL9001', `${address} answers ${response.status}, not a contract.`)
  if (/^\uFEFF?\s*<(?:!doctype|html|\?xml)/i.test(text))
    throw new CannotRun(
      'TL9001',
      `${address} answers a page, not a contract. Name the address of the file itself, as "raw" or "download" has it.`,
    )
  if (text.trim() === '') throw new CannotRun('TL9001', `${address} answers nothing.`)
  return { url: new URL(response.url === '' ? address : response.url), text }
}

async function limited(response: Response, address: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MOST_BYTES) {
      await response.body?.cancel().catch(() => {})
      throw new CannotRun('TL9001', `${address} is more than ${MOST_BYTES / 1024 / 1024} MB.`)
    }
  }
  return text + decoder.decode()
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer in ${LONGEST_MS / 1000} seconds`
  return error.cause instanceof Error && error.cause.message !== ''
    ? error.cause.message
    : error.message
}

/** A file name that says what is in the file, for addresses that don't: `/v3/api-docs`. */
function nameOf(url: URL, text: string): string {
  const last = decodedPath(url.pathname.split('/').at(-1) ?? '') ?? ''
  const plain = last
    .replace(/[^\w.-]/g, '-')
    .replace(/^\.+/, '')
    .slice(0, 100)
  if (/\.(?:ya?ml|json|graphqls?|gql)$/i.test(plain)) return plain
  return `${plain || 'openapi'}.${/^\s*[{[]/.test(text) ? 'json' : 'yaml'}`
}

/** Files that `$ref`s name, resolved; places within the same file are none. */
function referencesIn(text: string, from: URL): readonly URL[] {
  const found = new Map<string, URL>()
  for (const [, written] of text.matchAll(/["']?\$ref["']?\s*:\s*["']?([^"'#\s,{}]+)/g)) {
    const url = URL.canParse(written!, from.href) ? new URL(written!, from.href) : undefined
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.href !== from.href) {
      url.hash = ''
      found.set(url.href, url)
    }
  }
  return [...found.values()]
}

function decodedPath(path: string): string | undefined {
  try {
    const plain = decodeURIComponent(path)
    return /\0|\\|(?:^|\/)\.\.?(?:\/|$)|^$|\?/.test(plain) ? undefined : plain
  } catch {
    return undefined
  }
}
