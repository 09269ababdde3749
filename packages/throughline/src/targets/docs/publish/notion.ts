import { APIErrorCode, Client, isFullDatabase, isNotionClientError } from '@notionhq/client'
import type { Docs } from '@throughline/core'
import { CannotRun } from '../../../cannot-run.ts'
import { notionBlocks, type NotionBlock } from './notion-blocks.ts'
import { patientFetch, type Patience } from './patient-fetch.ts'
import { contentHash, recording, type Publication, type PublishOptions } from './publication.ts'

export interface NotionOptions extends PublishOptions {
  /** The id of the database that the pages are rows of. */
  readonly database: string
  readonly token: string
  /** Names these docs among others in the database: letters, digits and `-`. */
  readonly key: string
  /** Where Notion answers, for tests. */
  readonly baseUrl?: string
  readonly fetch: typeof fetch
  readonly patience: Patience
}

/**
 * Brings a Notion database up to date: a row for each page. Two of its columns say which page it is and the hash of what it
 * says; the hash is taken away before a page is written and put back when it is whole, so that a run that was interrupted
 * is taken up by the next one. Rows without them are never touched. Throws `CannotRun` (TL9009) where Notion says no.
 */
export async function publishToNotion(docs: Docs, options: NotionOptions): Promise<Publication> {
  try {
    return await published(docs, options)
  } catch (error) {
    if (!isNotionClientError(error)) throw error
    // What the client says never has the token in it; the request's body is left out all the same.
    throw new CannotRun(
      'TL9009',
      `Notion answered ${error.code}: ${error.message.slice(0, 300)}. ${
        [APIErrorCode.Unauthorized, APIErrorCode.ObjectNotFound].some((one) => one === error.code)
          ? 'Look at NOTION_TOKEN, and whether the database is shared with that integration.'
          : 'Run it again: it goes on where it was.'
      }`,
    )
  }
}

const pageColumn = 'Throughline page'
const hashColumn = 'Throughline hash'

interface Row {
  readonly id: string
  readonly path: string
  readonly hash: string
}

async function published(docs: Docs, options: NotionOptions): Promise<Publication> {
  const { key, dryRun = false, fetch, patience, token, baseUrl } = options
  const notion = new Client({
    auth: token,
    retry: false,
    logger: () => undefined,
    // The same thing, by a narrower type of its own.
    fetch: patientFetch(fetch, patience) as unknown as NonNullable<
      NonNullable<ConstructorParameters<typeof Client>[0]>['fetch']
    >,
    ...(baseUrl !== undefined && { baseUrl }),
  })
  const source = await dataSource(notion, options.database)
  const titleColumn = await columns(notion, source, dryRun)
  const rows = await rowsOf(notion, source, key)
  const wanted = new Set(docs.heads.map(({ path }) => path))
  const own = new Map<string, Row>()
  const { note, publication } = recording(options)
  for (const row of rows) {
    if (wanted.has(row.path) && !own.has(row.path)) own.set(row.path, row)
    else {
      if (!dryRun) await notion.pages.update({ page_id: row.id, in_trash: true })
      note('removed', row.path)
    }
  }
  const created = new Set<string>()
  // Every page first, empty: what is written afterwards can link to all of them.
  for (const { path, title } of docs.heads) {
    if (own.has(path)) continue
    created.add(path)
    if (dryRun) continue
    const { id } = await notion.pages.create({
      parent: { type: 'data_source_id', data_source_id: source },
      properties: {
        [titleColumn]: { title: textProperty(title) },
        [pageColumn]: { rich_text: textProperty(`${key}/${path}`) },
        [hashColumn]: { rich_text: [] },
      },
    })
    own.set(path, { id, path, hash: '' })
  }
  const addressOf = (path: string): string | undefined => {
    const row = own.get(path)
    return row === undefined ? undefined : `https://www.notion.so/${row.id.replaceAll('-', '')}`
  }
  for (const { path, title } of docs.heads) {
    const page = docs.page(path)
    if (page === undefined) continue
    // Ids differ from database to database, the hash must not: links stand in it by their paths.
    const hash = contentHash(
      title,
      JSON.stringify(notionBlocks(page, (to) => `https://docs.invalid/${to}`)),
    )
    const row = own.get(path)
    if (row?.hash === hash) {
      note('unchanged', path)
      continue
    }
    if (!dryRun && row !== undefined)
      await write(notion, row, created.has(path), notionBlocks(page, addressOf), {
        [titleColumn]: { title: textProperty(title) },
        [hashColumn]: { rich_text: textProperty(hash) },
      })
    note(created.has(path) ? 'created' : 'changed', path)
  }
  return publication()
}

type Properties = NonNullable<Parameters<Client['pages']['update']>[0]['properties']>

/** Empties a page, fills it, and says at last that it is whole. */
async function write(
  notion: Client,
  { id, hash }: Row,
  isNew: boolean,
  blocks: readonly NotionBlock[],
  whole: Properties,
): Promise<void> {
  if (hash !== '')
    await notion.pages.update({
      page_id: id,
      properties: { [hashColumn]: { rich_text: [] } },
    })
  if (!isNew) {
    const old: string[] = []
    let cursor: string | undefined
    do {
      const answer = await notion.blocks.children.list({
        block_id: id,
        page_size: 100,
        ...(cursor !== undefined && { start_cursor: cursor }),
      })
      old.push(...answer.results.map((one) => one.id))
      cursor = answer.next_cursor ?? undefined
    } while (cursor !== undefined)
    for (const block of old) await notion.blocks.delete({ block_id: block })
  }
  for (const some of inRequests(blocks))
    await notion.blocks.children.append({
      block_id: id,
      children: some as unknown as Parameters<
        Client['blocks']['children']['append']
      >[0]['children'],
    })
  await notion.pages.update({ page_id: id, properties: whole })
}

/** At most 100 blocks, 900 with the rows of tables, and 400 kB in one request. */
function* inRequests(blocks: readonly NotionBlock[]): Generator<readonly NotionBlock[]> {
  let some: NotionBlock[] = []
  let all = 0
  let bytes = 0
  for (const block of blocks) {
    const table = block['table'] as { readonly children?: readonly unknown[] } | undefined
    const count = 1 + (table?.children?.length ?? 0)
    const size = JSON.stringify(block).length
    if (some.length > 0 && (some.length === 100 || all + count > 900 || bytes + size > 400_000)) {
      yield some
      some = []
      all = 0
      bytes = 0
    }
    some.push(block)
    all += count
    bytes += size
  }
  if (some.length > 0) yield some
}

async function dataSource(notion: Client, database: string): Promise<string> {
  const found = await notion.databases.retrieve({ database_id: database })
  const source = isFullDatabase(found) ? found.data_sources[0] : undefined
  if (source === undefined)
    throw new CannotRun(
      'TL9009',
      'That Notion database has no data source that this token can see.',
    )
  return source.id
}

/** Makes the two columns that are ours where they are not there yet; answers the name of the title's. */
async function columns(notion: Client, source: string, dryRun: boolean): Promise<string> {
  const { properties } = await notion.dataSources.retrieve({ data_source_id: source })
  const missing = [pageColumn, hashColumn].filter((one) => !Object.hasOwn(properties, one))
  if (missing.length > 0 && !dryRun)
    await notion.dataSources.update({
      data_source_id: source,
      properties: Object.fromEntries(missing.map((one) => [one, { rich_text: {} }])),
    })
  const title = Object.entries(properties).find(([, { type }]) => type === 'title')
  return title?.[0] ?? 'Name'
}

async function rowsOf(notion: Client, source: string, key: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const answer = await notion.dataSources.query({
      data_source_id: source,
      page_size: 100,
      ...(cursor !== undefined && { start_cursor: cursor }),
    })
    for (const one of answer.results) {
      if (!('properties' in one) || one.object !== 'page') continue
      const name = columnText(one.properties[pageColumn])
      if (name.startsWith(`${key}/`))
        rows.push({
          id: one.id,
          path: name.slice(key.length + 1),
          hash: columnText(one.properties[hashColumn]),
        })
    }
    cursor = answer.next_cursor ?? undefined
  } while (cursor !== undefined)
  return rows
}

function columnText(property: unknown): string {
  const texts =
    property !== null && typeof property === 'object' && 'rich_text' in property
      ? property.rich_text
      : undefined
  return Array.isArray(texts)
    ? texts
        .map((one: unknown) =>
          one !== null &&
          typeof one === 'object' &&
          'plain_text' in one &&
          typeof one.plain_text === 'string'
            ? one.plain_text
            : '',
        )
        .join('')
    : ''
}

function textProperty(content: string): { type: 'text'; text: { content: string } }[] {
  return [{ type: 'text', text: { content: content.slice(0, 2000).toWellFormed() } }]
}
