import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, docsOf, type Docs } from '@throughline/core'
import { expect, onTestFinished, test } from 'vitest'
import { gitIn } from '../../../workspace/git.ts'
import { mock } from '../../mock/mock.ts'
import { publishToConfluence } from './confluence.ts'
import { publishToNotion } from './notion.ts'
import { publishToWiki } from './wiki.ts'

// The services keep what they are told as the real ones do; every request to them also goes through Throughline's own mock of
// the service's contract, which refuses what the contract does not allow.

const paths = (names: readonly string[]): string =>
  names
    .map(
      (name) => `
  /${name}:
    get:
      operationId: ${name}
      summary: Look at ${name}
      responses:
        '200':
          description: ok ]]> <b>&amp;
          content: { application/json: { schema: { type: object, properties: { id: { type: string, description: The ${name} } } } } }
        '404': { description: gone }`,
    )
    .join('')

function docsWith(names: readonly string[], goal: string): Docs {
  const files: Readonly<Record<string, string>> = {
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
    'store.yaml': `openapi: 3.1.0\ninfo: { title: Store, version: '1' }\npaths:${paths(names)}\n`,
    'journeys/checkout.journey.yaml': `journey: checkout\ntitle: Buy it\ngoal: ${goal}\nsteps:\n  - { step: basket, title: Review the basket, calls: [{ operation: store.basket, needs: [id] }] }\n`,
  }
  const { graph } = compile({
    paths: Object.keys(files),
    read: (path) =>
      Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
  })
  return docsOf(graph)
}

const before = docsWith(['basket', 'orders'], 'Soon')
const after = docsWith(['basket', 'payments'], 'Within two minutes')
const patience = { sleep: async () => {}, now: () => 0 }

type Fetch = typeof fetch
type Fault = 'lost on the way' | 'lost on the way back' | 'refused'
interface Service {
  readonly fetch: Fetch
  /** What people see there, whatever the ids are. */
  readonly seen: () => unknown
}

/** One request that goes wrong, by its number. */
function faulty(fetch: Fetch, at: number, fault: Fault): Fetch {
  let count = 0
  return async (input, init) => {
    const wrong = count++ === at
    if (wrong && fault === 'refused') return json({ message: 'broken' }, 500)
    if (wrong && fault === 'lost on the way') throw new Error('connection reset')
    const answer = await fetch(input, init)
    if (wrong) throw new Error('connection reset')
    return answer
  }
}

/** Requests that the contract does not allow, as our own mock says. */
function watched(fetch: Fetch, contract: string) {
  const path = `${contract}.openapi.yaml`
  const text = readFileSync(new URL(`../../../../test/publish/${path}`, import.meta.url), 'utf8')
  const { graph } = compile({ paths: [path], read: () => ({ path, text }) }, { contracts: [path] })
  const service = mock(graph)
  const violations: string[] = []
  let count = 0
  const asked: Fetch = async (input, init) => {
    count++
    const url = new URL(input instanceof Request ? input.url : input)
    const answer = await service.handle(
      new Request(`http://localhost${url.pathname}${url.search}`, init),
    )
    if (answer.status >= 400)
      violations.push(`${init?.method} ${url.pathname}: ${await answer.text()}`)
    else await answer.body?.cancel()
    return fetch(input, init)
  }
  return { fetch: asked, violations, count: () => count }
}

function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(value, { status, headers })
}

interface ConfluencePage {
  readonly id: string
  title: string
  parentId?: string
  body: { value: string }
  version: { number: number }
}

function confluence(): Service {
  const pages = new Map<string, ConfluencePage>()
  let next = 100
  const add = (title: string, value: string, parentId?: string): ConfluencePage => {
    const page: ConfluencePage = {
      id: String(next++),
      title,
      body: { value },
      version: { number: 1 },
      ...(parentId !== undefined && { parentId }),
    }
    pages.set(page.id, page)
    return page
  }
  const home = add('Home of the space', '<p>mine</p>')
  add('Changes', '<p>of somebody else</p>', home.id)
  return {
    seen: () =>
      [...pages.values()]
        .map(({ title, parentId, body }) => ({
          title,
          under: parentId === undefined ? '' : pages.get(parentId)?.title,
          body: body.value,
        }))
        .toSorted((one, other) => one.title.localeCompare(other.title)),
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input)
      const path = url.pathname.replace('/wiki/api/v2', '')
      const said = init?.body === undefined ? {} : JSON.parse(init.body as string)
      const id = /^\/pages\/(\d+)$/.exec(path)?.[1]
      if (path === '/spaces') return json({ results: [{ id: '7', homepageId: home.id }] })
      if (path === '/spaces/7/pages') {
        const at = Number(url.searchParams.get('cursor') ?? 0)
        const all = [...pages.values()]
        return json({
          results: all.slice(at, at + 3).map((one) => ({ ...one, body: { storage: one.body } })),
          _links:
            at + 3 < all.length ? { next: `/wiki/api/v2/spaces/7/pages?cursor=${at + 3}` } : {},
        })
      }
      const taken = [...pages.values()].some((one) => one.title === said.title && one.id !== id)
      if (taken) return json({ errors: [{ title: 'A page with this title already exists' }] }, 400)
      if (init?.method === 'POST') return json(add(said.title, said.body.value, said.parentId))
      const page = pages.get(id ?? '')
      if (page === undefined) return json({}, 404)
      if (init?.method === 'DELETE') {
        pages.delete(page.id)
        return new Response(null, { status: 204 })
      }
      if (said.version.number !== page.version.number + 1) return json({}, 409)
      pages.set(page.id, { ...page, ...said })
      return json(page)
    },
  }
}

function toConfluence(docs: Docs, fetch: Fetch, more: { dryRun?: boolean } = {}) {
  return publishToConfluence(docs, {
    site: 'https://shop.atlassian.net/wiki',
    space: 'SHOP',
    key: 'shop',
    authorization: 'Basic YW5uYTpzZWNyZXQ=',
    fetch,
    patience,
    ...more,
  })
}

interface NotionRow {
  readonly id: string
  properties: Record<string, { title?: unknown[]; rich_text?: { text: { content: string } }[] }>
  blocks: { readonly id: string; readonly said: unknown }[]
  trashed: boolean
}

function notion(): Service {
  const rows = new Map<string, NotionRow>()
  const columns: Record<string, { type: string }> = { Name: { type: 'title' } }
  let next = 1
  const idOf = (): string => `${String(next++).padStart(8, '0')}-0000-4000-8000-000000000000`
  const add = (properties: NotionRow['properties']): NotionRow => {
    const row: NotionRow = { id: idOf(), properties, blocks: [], trashed: false }
    rows.set(row.id, row)
    return row
  }
  add({ Name: { title: [{ text: { content: 'Minutes of a meeting' } }] } })
  const texts = (list: readonly { text: { content: string } }[] = []): unknown[] =>
    list.map((one) => ({ ...one, plain_text: one.text.content }))
  const page = (row: NotionRow): unknown => ({
    object: 'page',
    id: row.id,
    properties: Object.fromEntries(
      Object.entries(row.properties).map(([name, one]) => [
        name,
        { ...one, rich_text: texts(one.rich_text) },
      ]),
    ),
  })
  const pathOf = (row: NotionRow): string =>
    row.properties['Throughline page']?.rich_text?.[0]?.text.content ?? 'a page of somebody else'
  return {
    seen() {
      const there = [...rows.values()].filter((one) => !one.trashed)
      const named = new Map(there.map((one) => [one.id.replaceAll('-', ''), pathOf(one)]))
      return there
        .map((one) => ({
          path: pathOf(one),
          properties: one.properties,
          blocks: JSON.stringify(one.blocks.map(({ said }) => said)).replace(
            /notion\.so\/(\w{32})/g,
            (_, id: string) => named.get(id) ?? 'nowhere',
          ),
        }))
        .toSorted((one, other) => one.path.localeCompare(other.path))
    },
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input)
      const said = typeof init?.body === 'string' ? JSON.parse(init.body) : {}
      const [kind, id = '', what] = url.pathname.replace('/v1/', '').split('/')
      const row = rows.get(id)
      if (kind === 'databases')
        return json({
          object: 'database',
          id,
          url: 'x',
          title: [],
          data_sources: [{ id: 'source' }],
        })
      if (kind === 'data_sources' && what === 'query') {
        const at = Number(said.start_cursor ?? 0)
        const all = [...rows.values()].filter((one) => !one.trashed)
        const more = at + 3 < all.length
        return json({
          results: all.slice(at, at + 3).map(page),
          next_cursor: more ? String(at + 3) : null,
          has_more: more,
        })
      }
      if (kind === 'data_sources') {
        for (const name of Object.keys(said.properties ?? {})) columns[name] = { type: 'rich_text' }
        return json({ object: 'data_source', id, properties: columns })
      }
      if (kind === 'pages' && init?.method?.toUpperCase() === 'POST')
        return json(page(add(said.properties)))
      if (kind === 'pages' && row !== undefined) {
        row.properties = { ...row.properties, ...said.properties }
        row.trashed ||= said.in_trash === true
        return json(page(row))
      }
      if (kind === 'blocks' && what === 'children' && row !== undefined) {
        if (init?.method?.toUpperCase() === 'PATCH') {
          row.blocks.push(...said.children.map((one: unknown) => ({ id: idOf(), said: one })))
          return json({ object: 'list', results: [] })
        }
        return json({
          object: 'list',
          results: row.blocks.slice(0, 100).map((one) => ({ object: 'block', id: one.id })),
          next_cursor: null,
          has_more: false,
        })
      }
      for (const one of rows.values()) one.blocks = one.blocks.filter((block) => block.id !== id)
      return json({ object: 'block', id })
    },
  }
}

function toNotion(docs: Docs, fetch: Fetch, more: { dryRun?: boolean } = {}) {
  return publishToNotion(docs, {
    database: '0123456789abcdef0123456789abcdef',
    token: 'ntn_secret',
    key: 'shop',
    fetch,
    patience,
    ...more,
  })
}

const services = [
  { name: 'confluence', service: confluence, publish: toConfluence },
  { name: 'notion', service: notion, publish: toNotion },
] as const

test.each(services)(
  'keeps to the contract of $name, writes only what changed, removes what is gone, touches nobody else',
  async ({ name, service, publish }) => {
    const { fetch, seen } = service()
    const foreign = JSON.stringify(seen())
    const asked = watched(fetch, name)
    expect(await publish(before, asked.fetch, { dryRun: true })).toMatchObject({
      created: before.heads.map(({ path }) => path),
    })
    expect(JSON.stringify(seen())).toBe(foreign)
    await publish(before, asked.fetch)
    expect(await publish(before, asked.fetch)).toEqual({
      created: [],
      changed: [],
      removed: [],
      unchanged: before.heads.length,
    })
    const changed = await publish(after, asked.fetch)
    expect(changed.removed).toEqual(['apis/store/orders'])
    expect(changed.created).toEqual(['apis/store/payments'])
    expect(changed.changed).toContain('journeys/checkout')
    expect(changed.changed).not.toContain('apis/store/basket')
    expect(asked.violations).toEqual([])
    expect(JSON.stringify(seen())).toMatch(/of somebody else/)
  },
)

test.each(services)(
  'ends in the same pages of $name however it is interrupted, when it is run again',
  async ({ service, publish }) => {
    const undisturbed = service()
    await publish(before, undisturbed.fetch)
    let requests = 0
    await publish(after, (input, init) => {
      requests++
      return undisturbed.fetch(input, init)
    })
    const wanted = undisturbed.seen()
    expect(requests).toBeGreaterThan(5)
    for (let at = 0; at < requests; at++)
      for (const fault of ['lost on the way', 'lost on the way back', 'refused'] as const) {
        // A refusal is a loss on the way that says so: now and then is enough.
        if (fault === 'refused' && at % 4 > 0) continue
        const { fetch, seen } = service()
        await publish(before, fetch)
        await expect(publish(after, faulty(fetch, at, fault)), `${fault} at ${at}`).rejects.toThrow(
          /again|answered|reached|reset/,
        )
        await publish(after, fetch)
        expect(seen(), `${fault} at ${at}`).toEqual(wanted)
      }
  },
)

test.each(services)(
  'waits as long as $name says when it is asked too much',
  async ({ service, publish }) => {
    const { fetch, seen } = service()
    const waits: number[] = []
    let count = 0
    const busy: Fetch = async (input, init) =>
      count++ % 3 === 0
        ? json({ object: 'error', code: 'rate_limited' }, 429, { 'retry-after': '3' })
        : fetch(input, init)
    await (publish === toConfluence ? publishToConfluence : publishToNotion)(before, {
      site: 'https://shop.atlassian.net/wiki',
      space: 'SHOP',
      authorization: 'Basic YW5uYTpzZWNyZXQ=',
      database: '0123456789abcdef0123456789abcdef',
      token: 'ntn_secret',
      key: 'shop',
      fetch: busy,
      patience: {
        sleep: async (ms) => void waits.push(ms),
        now: () => 0,
      },
    })
    expect(new Set(waits)).toEqual(new Set([3000]))
    const quiet = service()
    await publish(before, quiet.fetch)
    expect(seen()).toEqual(quiet.seen())
  },
)

test('brings a wiki up to date by a push, and is whole after any of its commands has failed', () => {
  const wiki = (): { readonly url: string; readonly files: () => unknown } => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-wiki-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe' })
    git('init', '--quiet', '--bare', '--initial-branch=master', 'wiki.git')
    git('clone', '--quiet', 'wiki.git', 'mine')
    writeFileSync(join(folder, 'mine/Rules.md'), 'of somebody else')
    git('-C', 'mine', 'add', '.')
    git('-C', 'mine', '-c', 'user.name=A', '-c', 'user.email=a@shop.example', 'commit', '-qm', 'x')
    git('-C', 'mine', 'push', '--quiet', 'origin', 'HEAD')
    const url = join(folder, 'wiki.git')
    return {
      url,
      files: () =>
        execFileSync('git', ['-C', url, 'ls-tree', '-r', 'master'], { encoding: 'utf8' }),
    }
  }
  const undisturbed = wiki()
  publishToWiki(before, { repository: undisturbed.url, dryRun: true })
  expect(undisturbed.files()).not.toContain('Home.md')
  publishToWiki(before, { repository: undisturbed.url })
  expect(publishToWiki(before, { repository: undisturbed.url })).toMatchObject({
    created: [],
    changed: [],
    removed: [],
  })
  let calls = 0
  const counted = (folder: string): ReturnType<typeof gitIn> => {
    const git = gitIn(folder)
    return (...args) => {
      calls++
      return git(...args)
    }
  }
  expect(publishToWiki(after, { repository: undisturbed.url, git: counted }).removed).toEqual([
    'apis-store-orders',
  ])
  expect(undisturbed.files()).toContain('Rules.md')
  expect(undisturbed.files()).toContain('journeys-checkout.md')
  for (let at = 0; at < calls; at++) {
    const { url, files } = wiki()
    publishToWiki(before, { repository: url })
    let count = 0
    const failing = (folder: string): ReturnType<typeof gitIn> => {
      const git = gitIn(folder)
      return (...args) => {
        if (count++ === at) throw new Error('killed')
        return git(...args)
      }
    }
    expect(() => publishToWiki(after, { repository: url, git: failing })).toThrow('killed')
    publishToWiki(after, { repository: url })
    expect(files()).toBe(undisturbed.files())
  }
})
