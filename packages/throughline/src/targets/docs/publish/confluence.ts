import type { Docs, PageHead } from '@throughline/core'
import { CannotRun } from '../../../cannot-run.ts'
import { patientFetch, type Patience } from './patient-fetch.ts'
import { contentHash, recording, type Publication, type PublishOptions } from './publication.ts'
import { anchorXml, storageFormat } from './storage-format.ts'

export interface ConfluenceOptions extends PublishOptions {
  /** `https://shop.atlassian.net/wiki` */
  readonly site: string
  /** The key of the space: `SHOP`. */
  readonly space: string
  /** The page that the docs hang under; the space's first page where nothing is said. */
  readonly under?: string
  /** The whole header: `Basic …`. */
  readonly authorization: string
  /** Names these docs among others in the space: letters, digits and `-`. */
  readonly key: string
  readonly fetch: typeof fetch
  readonly patience: Patience
}

/**
 * Brings a Confluence space up to date (Cloud, REST v2). Each page carries its own path and hash in an anchor that nobody
 * sees: written with its content in one request, so that a run that was interrupted is taken up by the next one. Pages
 * without it are never touched. Throws `CannotRun` (TL9009) where the site says no.
 */
export async function publishToConfluence(
  docs: Docs,
  options: ConfluenceOptions,
): Promise<Publication> {
  const { key, space, dryRun = false } = options
  const ask = asking(options)
  const { id: spaceId, homepageId } = await spaceOf(ask, space)
  const remote = await pagesOf(ask, spaceId, key)
  const own = new Map<string, RemotePage>()
  const gone: RemotePage[] = []
  const wanted = new Set(docs.heads.map(({ path }) => path))
  for (const page of remote) {
    if (page.path === undefined) continue
    if (wanted.has(page.path) && !own.has(page.path)) own.set(page.path, page)
    else gone.push(page)
  }
  const titles = titlesOf(
    docs,
    new Set(remote.filter((one) => one.path === undefined).map(({ title }) => title)),
  )
  const { note, publication } = recording(options)
  for (const page of gone.toSorted((one, other) => other.path!.length - one.path!.length)) {
    if (!dryRun) await ask('DELETE', `/pages/${page.id}`)
    note('removed', page.path!)
  }
  const ids = new Map<string, string>()
  const write = async ({ path, parent }: PageHead): Promise<'done' | 'title taken'> => {
    const page = docs.page(path)
    if (page === undefined) return 'done'
    const title = titles.get(path)!
    const content = storageFormat(page, (to) => titles.get(to))
    const hash = contentHash(title, parent ?? '', content)
    const before = own.get(path)
    if (before !== undefined) ids.set(path, before.id)
    if (before?.hash === hash) {
      note('unchanged', path)
      return 'done'
    }
    const what = before === undefined ? 'created' : 'changed'
    if (!dryRun) {
      const parentId =
        parent === undefined ? (options.under ?? homepageId) : (ids.get(parent) ?? options.under)
      const said = {
        status: 'current',
        title,
        ...(parentId !== undefined && { parentId }),
        body: {
          representation: 'storage',
          value: `${anchorXml(`${markerStart}${key}/${path}/${hash}`)}${content}`,
        },
      }
      const answer =
        before === undefined
          ? await ask('POST', '/pages', { spaceId, ...said }, [400])
          : await ask(
              'PUT',
              `/pages/${before.id}`,
              {
                id: before.id,
                ...said,
                version: { number: before.version + 1, message: 'Throughline' },
              },
              [400],
            )
      if (answer === undefined) return 'title taken'
      ids.set(path, textIn(answer, 'id'))
    }
    note(what, path)
    return 'done'
  }
  // A title that another page of ours still has is free when that page has got its new one.
  const later: PageHead[] = []
  for (const head of docs.heads) if ((await write(head)) === 'title taken') later.push(head)
  for (const head of later)
    if ((await write(head)) === 'title taken')
      throw new CannotRun(
        'TL9009',
        `Confluence does not take the page “${titles.get(head.path)!}” (400). Its title may be taken by a page that this account cannot see.`,
      )
  return publication()
}

const markerStart = 'throughline-docs/'

interface RemotePage {
  readonly id: string
  readonly title: string
  readonly version: number
  /** Set where these docs own it. */
  readonly path?: string
  readonly hash?: string
}

type Ask = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  refused?: readonly number[],
) => Promise<Readonly<Record<string, unknown>> | undefined>

/** Asks the API; `undefined` for a status that the caller knows what to do with. */
function asking({ site, authorization, fetch, patience }: ConfluenceOptions): Ask {
  const patient = patientFetch(fetch, patience)
  return async (method, path, body, refused = []) => {
    let answer: Response
    try {
      answer = await patient(`${site}/api/v2${path}`, {
        method,
        redirect: 'error',
        headers: {
          authorization,
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    } catch (error) {
      throw new CannotRun(
        'TL9009',
        `${site} cannot be reached: ${error instanceof Error ? error.message : String(error)}. Run it again: it goes on where it was.`,
      )
    }
    // What is gone already needs no deleting.
    if (method === 'DELETE' && answer.status === 404) return {}
    if (refused.includes(answer.status)) return undefined
    if (!answer.ok)
      throw new CannotRun(
        'TL9009',
        `Confluence answered ${answer.status} to ${method} ${path.replace(/\?.*/, '')}.${advice(answer.status)}`,
      )
    const text = await answer.text()
    if (text === '') return {}
    try {
      const value = JSON.parse(text) as unknown
      if (value !== null && typeof value === 'object') return value as Record<string, unknown>
    } catch {
      // Told below.
    }
    throw new CannotRun(
      'TL9009',
      `Confluence answered ${method} ${path} with something else than JSON.`,
    )
  }
}

function advice(status: number): string {
  if (status === 401 || status === 403)
    return ' Look at CONFLUENCE_EMAIL and CONFLUENCE_TOKEN, and whether that account may write in the space.'
  return status >= 500 || status === 429 ? ' Run it again: it goes on where it was.' : ''
}

async function spaceOf(
  ask: Ask,
  key: string,
): Promise<{ readonly id: string; readonly homepageId?: string }> {
  const found = await ask('GET', `/spaces?keys=${encodeURIComponent(key)}&limit=1`)
  const [space] = listIn(found, 'results')
  if (space === undefined)
    throw new CannotRun('TL9009', `There is no space \`${key}\` that this account can see.`)
  const home = space['homepageId']
  return { id: textIn(space, 'id'), ...(typeof home === 'string' && { homepageId: home }) }
}

async function pagesOf(ask: Ask, space: string, key: string): Promise<readonly RemotePage[]> {
  const pages: RemotePage[] = []
  let cursor: string | undefined
  for (let round = 0; round < 10_000; round++) {
    const answer = await ask(
      'GET',
      `/spaces/${encodeURIComponent(space)}/pages?limit=100&body-format=storage${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    for (const one of listIn(answer, 'results')) pages.push(remotePage(one, key))
    cursor = cursorIn(answer)
    if (cursor === undefined) break
  }
  return pages
}

function remotePage(one: Readonly<Record<string, unknown>>, key: string): RemotePage {
  const { version, body } = one as {
    readonly version?: { readonly number?: unknown }
    readonly body?: { readonly storage?: { readonly value?: unknown } }
  }
  const value = body?.storage?.value
  const found =
    typeof value === 'string'
      ? />throughline-docs\/([\w-]+)\/([\w/-]+)\/([0-9a-f]{16})</.exec(value.slice(0, 2000))
      : null
  return {
    id: textIn(one, 'id'),
    title: textIn(one, 'title'),
    version: typeof version?.number === 'number' ? version.number : 1,
    ...(found !== null && found[1] === key && { path: found[2]!, hash: found[3]! }),
  }
}

/** `_links.next` is an address of the site; only its cursor is taken. */
function cursorIn(answer: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const links = answer?.['_links']
  const next =
    links !== null && typeof links === 'object' && 'next' in links ? links.next : undefined
  if (typeof next !== 'string' || !URL.canParse(next, 'https://site.invalid')) return undefined
  return new URL(next, 'https://site.invalid').searchParams.get('cursor') ?? undefined
}

/** Titles are unique in a space: two of the same name are told apart by their paths, and from those of others. */
function titlesOf(
  { heads, name }: Docs,
  foreign: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { title } of heads) counts.set(title, (counts.get(title) ?? 0) + 1)
  return new Map(
    heads.map(({ path, title }) => {
      const single = (counts.get(title) ?? 0) > 1 ? `${title} (${path})` : title
      const free = foreign.has(single) ? `${single} (${name} docs)` : single
      return [
        path,
        free.length > 250 ? `${free.slice(0, 200).toWellFormed()} (${contentHash(path)})` : free,
      ]
    }),
  )
}

function listIn(
  value: Readonly<Record<string, unknown>> | undefined,
  key: string,
): readonly Readonly<Record<string, unknown>>[] {
  const list = value?.[key]
  return Array.isArray(list)
    ? list.filter((one): one is Record<string, unknown> => one !== null && typeof one === 'object')
    : []
}

function textIn(value: Readonly<Record<string, unknown>>, key: string): string {
  const text = value[key]
  if (typeof text === 'string') return text
  throw new CannotRun('TL9009', `Confluence's answer has no \`${key}\`.`)
}
