import type {
  EditAnswer,
  EditHistory,
  EditProblem,
  FileContent,
  FileEntry,
} from '@throughline/core'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { shellIn, type Shell } from '../../../test/shell.ts'
import { differences, studioApp, type StudioApp } from '../../../test/studio-app.ts'
import { compiled } from '../../workspace/compiled.ts'
import { editorOf } from '../../workspace/edit/editor.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { startDev } from '../dev.ts'
import { liveWorkspace } from '../live.ts'

const checkout = 'journeys/checkout.journey.yaml'
const shop = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml':
    "openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths:\n  /basket: { get: { operationId: getBasket, responses: { '200': { description: Fine } } } }\n",
  [checkout]:
    'journey: checkout # agreed\ntitle: Buy\nsteps:\n  - step: basket\n    title: Basket\n',
}

let shell: Shell
let app: StudioApp
beforeEach(() => {
  shell = shellIn(shop)
  app = studioIn(shell)
})

function studioIn({ folder }: Shell, readOnly = false): StudioApp {
  const workspace = openWorkspace(folder)
  const live = liveWorkspace(() => compiled(workspace))
  const editor = editorOf({
    workspace,
    graph: () => live.current.graph,
    follow() {
      if (workspace.refresh().length > 0) live.refresh()
    },
    readOnly,
  })
  return studioApp({}, { live, editor })
}

const post = (path: string, body?: unknown): Promise<Response> =>
  app.ask(path, {
    method: 'POST',
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
const fileNow = (path = checkout): Promise<FileContent> => app.data(`/api/files/${path}`)
const rename = { kind: 'change-step', step: 'checkout/basket', set: { title: 'Review the basket' } }

test('renames a step, and the page that asks next sees it', async () => {
  const { hash, text, editable } = await fileNow()
  expect({ text, editable }).toEqual({ text: shop[checkout], editable: true })
  const answer = (await (
    await post('/api/edits', { edits: [rename], base: { [checkout]: hash } })
  ).json()) as EditAnswer
  expect(answer).toMatchObject({
    title: 'Renamed the step Basket to Review the basket',
    version: 2,
    files: [{ path: checkout, changes: [{ line: 5 }] }],
    history: { undo: [{ id: 1 }] },
  })
  expect(shell.read(checkout)).toBe(
    shop[checkout].replace('title: Basket', 'title: Review the basket'),
  )
  expect(await app.data('/api/journeys/checkout')).toMatchObject({
    steps: [{ title: 'Review the basket' }],
  })
  expect((await fileNow()).hash).toBe(answer.files[0]!.hash)

  expect(await (await post('/api/undo')).json()).toMatchObject({ version: 3, files: [{ hash }] })
  expect(shell.read(checkout)).toBe(shop[checkout])
  expect(await app.data<EditHistory>('/api/edits')).toMatchObject({ undo: [], redo: [{ id: 1 }] })
  expect((await post('/api/redo', { id: 1 })).status).toBe(200)
})

describe('answers as its contract says', () => {
  test.each<[string, number, () => Promise<Response>]>([
    ['listFiles', 200, () => app.ask('/api/files')],
    ['getFile', 200, () => app.ask(`/api/files/${checkout}`)],
    ['getFile', 200, () => app.ask(`/api/files/${encodeURIComponent(checkout)}`)],
    ['getFile', 404, () => app.ask('/api/files/package.json')],
    ['getFile', 404, () => app.ask('/api/files/%2e%2e%2fsecret')],
    ['getFile', 404, () => app.ask('/api/files/%ff')],
    ['listEdits', 200, () => app.ask('/api/edits')],
    [
      'edit',
      200,
      async () =>
        post('/api/edits', { edits: [rename], base: { [checkout]: (await fileNow()).hash } }),
    ],
    ['edit', 400, () => post('/api/edits', { edits: [{ kind: 'change-step' }] })],
    ['edit', 400, () => post('/api/edits', '{"edits":')],
    ['edit', 400, () => post('/api/edits', { edits: [rename] })],
    [
      'edit',
      409,
      () => post('/api/edits', { edits: [rename], base: { [checkout]: '0'.repeat(64) } }),
    ],
    [
      'edit',
      413,
      () => post('/api/edits', { edits: [{ ...rename, set: { title: 'x'.repeat(1_000_000) } }] }),
    ],
    ['edit', 422, () => post('/api/edits', { edits: [{ ...rename, step: 'checkout/nothing' }] })],
    ['undo', 409, () => post('/api/undo')],
    ['undo', 400, () => post('/api/undo', { id: 'first' })],
    ['redo', 409, () => post('/api/redo', {})],
  ])('%s: %i', async (operation, status, asked) => {
    const response = await asked()
    expect(response.status).toBe(status)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await differences(operation, response)).toEqual([])
  })

  test('also where files changed meanwhile, or cannot be read', async () => {
    const { hash } = await fileNow()
    shell.write({ [checkout]: shop[checkout].replace('title: Buy', 'title: Buy it') })
    const rebased = await post('/api/edits', { edits: [rename], base: { [checkout]: hash } })
    const problem = (await rebased.clone().json()) as EditProblem
    expect(problem).toMatchObject({
      status: 409,
      rebased: true,
      conflicts: [{ onDisk: [{ line: 2 }], yours: [{ line: 5 }] }],
    })
    expect(await differences('edit', rebased)).toEqual([])
    expect((await post('/api/edits', { edits: [rename], base: problem.base })).status).toBe(200)

    shell.write({ [checkout]: `${shop[checkout]}owner: "open\n` })
    const broken = await post('/api/edits', {
      edits: [rename],
      base: {
        [checkout]: (await app.data<{ files: FileEntry[] }>('/api/files')).files.find(
          ({ path }) => path === checkout,
        )!.hash,
      },
    })
    expect(await broken.clone().json()).toMatchObject({
      status: 409,
      diagnostics: [{ code: 'TL1001' }],
    })
    expect(await differences('edit', broken)).toEqual([])
  })
})

test('says where in a request something is wrong', async () => {
  const response = await post('/api/edits', {
    edits: [rename, { kind: 'rename-step', step: 'checkout/basket', to: '../x' }],
  })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ status: 400, errors: [{ pointer: '/edits/1/to' }] })
  expect(shell.read(checkout)).toBe(shop[checkout])
})

describe('pictures', () => {
  const png = '\x89PNG\r\n\x1a\n....'
  const put = async (body: string, search: Record<string, string> = {}): Promise<Response> => {
    const query = new URLSearchParams({
      step: 'checkout/basket',
      name: 'basket.png',
      file: checkout,
      hash: (await fileNow()).hash,
      ...search,
    })
    return app.ask(`/api/pictures?${query.toString()}`, {
      method: 'POST',
      body: Buffer.from(body, 'latin1') as never,
      headers: { 'content-type': 'image/png' },
    })
  }

  test('are put on a step, listed and shown', async () => {
    const response = await put(png)
    expect([response.status, await differences('addPicture', response.clone())]).toEqual([200, []])
    expect(await response.json()).toMatchObject({ files: [{ path: 'designs/basket.png' }, {}] })
    expect(shell.read(checkout)).toContain('image: designs/basket.png')
    const list = await app.ask('/api/pictures')
    expect(await differences('listPictures', list.clone())).toEqual([])
    expect(await list.json()).toEqual({ pictures: ['designs/basket.png'] })
  })

  test.each<[string, number, string, Record<string, string>]>([
    ['no picture', 422, '<html>', {}],
    ['a step that is not there', 422, png, { step: 'checkout/nothing' }],
    ['no version', 400, png, { hash: '' }],
    ['another version', 409, png, { hash: '0'.repeat(64) }],
    ['too much', 413, png + 'x'.repeat(5_000_000), {}],
  ])('are refused: %s', async (_, status, body, search) => {
    const response = await put(body, search)
    expect(response.status).toBe(status)
    expect(await differences('addPicture', response)).toEqual([])
    expect(shell.read(checkout)).toBe(shop[checkout])
  })
})

test('tells what stands beside the journeys', async () => {
  const response = await app.ask('/api/setup')
  expect(await differences('getSetup', response.clone())).toEqual([])
  expect(await response.json()).toMatchObject({ file: 'throughline.yaml', personas: [] })
})

test('asks the app whether it may be framed, and no other address', async () => {
  expect((await app.ask('/api/app')).status).toBe(404)
  const asked: string[] = []
  const framed = studioApp(shop, {
    appUrl: 'http://localhost:4402',
    fetchPage: (url) => {
      asked.push(url)
      return Promise.resolve(new Response(null, { headers: { 'x-frame-options': 'DENY' } }))
    },
  })
  const response = await framed.ask('/api/app?url=http://elsewhere.example')
  expect(await differences('getApp', response.clone())).toEqual([])
  expect(await response.json()).toMatchObject({ framing: 'refused' })
  expect(asked).toEqual(['http://localhost:4402'])
})

test('only shows where it is told to', async () => {
  app = studioIn(shell, true)
  const response = await post('/api/edits', { edits: [rename] })
  expect([response.status, await response.json()]).toMatchObject([
    403,
    { title: 'The workspace is only shown' },
  ])
  expect(await app.data('/api/files')).toMatchObject({ readOnly: true })
})

test('refuses other pages and who has no token', async () => {
  const edit = (headers: Record<string, string>): Promise<Response> =>
    app.ask('/api/edits', {
      method: 'POST',
      body: JSON.stringify({ edits: [{ kind: 'delete-journey', journey: 'checkout' }] }),
      headers,
    })
  expect((await edit({ origin: 'http://evil.example' })).status).toBe(403)
  expect((await edit({ host: 'evil.example' })).status).toBe(421)
  expect((await edit({ authorization: '' })).status).toBe(401)
  expect(shell.read(checkout)).toBe(shop[checkout])
})

test('changes what dev shows and plays, once', async () => {
  const changes: (readonly string[])[] = []
  const dev = await startDev({
    workspace: openWorkspace(shell.folder),
    ports: { studio: 0, mock: 0, app: 0 },
    onChange: ({ files }) => changes.push(files),
  })
  onTestFinished(() => dev.close())
  const { origin, searchParams } = new URL(dev.studioUrl)
  const headers = { authorization: `Bearer ${searchParams.get('token')}` }
  const { hash } = (await (
    await fetch(`${origin}/api/files/${checkout}`, { headers })
  ).json()) as FileContent
  const response = await fetch(`${origin}/api/edits`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ edits: [rename], base: { [checkout]: hash } }),
  })
  expect(await response.json()).toMatchObject({ version: 2 })
  expect(dev.live.current.graph.nodes.get('step:checkout/basket')).toMatchObject({
    title: 'Review the basket',
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(changes).toEqual([[checkout]])
  expect(dev.live.version).toBe(2)
})
