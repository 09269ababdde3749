import type { Docs } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { publishToConfluence } from '../../targets/docs/publish/confluence.ts'
import { realPatience } from '../../targets/docs/publish/patient-fetch.ts'
import type { Publication, PublishOptions } from '../../targets/docs/publish/publication.ts'
import { publishToWiki } from '../../targets/docs/publish/wiki.ts'
import type { Io } from '../io.ts'

export const places = ['wiki', 'confluence', 'notion'] as const
type Place = (typeof places)[number]

/** What an address of each looks like. */
export const wherePlaces: Readonly<Record<Place, string>> = {
  wiki: 'git@github.com:shop/web.wiki.git',
  confluence: 'https://shop.atlassian.net/wiki/spaces/SHOP',
  notion: 'https://www.notion.so/0123456789abcdef0123456789abcdef',
}

interface Where {
  readonly to: string
  readonly under?: string
  readonly dryRun: boolean
  readonly io: Io
}

/** Publishes to where a person said. Secrets come from the environment and go nowhere else. Throws `CannotRun` (TL9003, TL9009). */
export async function publishTo(place: Place, docs: Docs, where: Where): Promise<Publication> {
  const { to, under, dryRun, io } = where
  const options: PublishOptions = {
    dryRun,
    onPage: (what, path) => void io.stderr.write(`${what.padEnd(8)} ${path}\n`),
  }
  const key = docsKey(docs.name)
  switch (place) {
    case 'wiki':
      return publishToWiki(docs, { ...options, repository: to })
    case 'confluence': {
      const { site, space } = spaceIn(to)
      const email = secret(io, 'CONFLUENCE_EMAIL')
      const token = secret(io, 'CONFLUENCE_TOKEN')
      return publishToConfluence(docs, {
        ...options,
        site,
        space,
        key,
        authorization: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`,
        fetch,
        patience: realPatience,
        ...(under !== undefined && { under }),
      })
    }
    case 'notion': {
      const database = databaseIn(to)
      const token = secret(io, 'NOTION_TOKEN')
      // Its library is loaded only by those who publish there.
      const { publishToNotion } = await import('../../targets/docs/publish/notion.ts')
      return publishToNotion(docs, {
        ...options,
        database,
        token,
        key,
        fetch,
        patience: realPatience,
      })
    }
  }
}

function secret({ env }: Io, name: string): string {
  const value = env[name]
  if (value === undefined || value === '')
    throw new CannotRun('TL9003', `Set ${name} in the environment.`)
  return value
}

/** `https://shop.atlassian.net/wiki/spaces/SHOP/overview` */
function spaceIn(to: string): { readonly site: string; readonly space: string } {
  const url = URL.canParse(to) ? new URL(to) : undefined
  const found = /^(.*\/wiki)\/spaces\/([^/]+)/.exec(url?.pathname ?? '')
  const local = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1'
  if (url === undefined || found === null || (url.protocol !== 'https:' && !local))
    throw new CannotRun(
      'TL9003',
      `\`--to\` is the address of a space, such as ${wherePlaces.confluence}.`,
    )
  return { site: `${url.origin}${found[1]!}`, space: decodeURIComponent(found[2]!) }
}

/** The 32 digits of an address or id. */
function databaseIn(to: string): string {
  const path = (URL.canParse(to) ? new URL(to).pathname : to).replaceAll('-', '')
  const found = /([0-9a-f]{32})$/i.exec(path)
  if (found === null)
    throw new CannotRun(
      'TL9003',
      `\`--to\` is the address of a database, such as ${wherePlaces.notion}.`,
    )
  return found[1]!.toLowerCase()
}

/** The name of the workspace as it stands in the marks of pages: two workspaces in one space keep apart. */
function docsKey(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'docs'
  )
}
