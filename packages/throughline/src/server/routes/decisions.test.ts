import type {
  DecisionAnswer,
  DecisionBoard,
  DraftAnswer,
  ThreadView,
  Waiting,
} from '@throughline/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkout, need, orders, shop } from '../../../test/deciding.ts'
import { shellIn, type Shell } from '../../../test/shell.ts'
import { differences, studioApp, type StudioApp } from '../../../test/studio-app.ts'
import { compiled } from '../../workspace/compiled.ts'
import { decisionsOf } from '../../workspace/decisions/decisions.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { liveWorkspace } from '../live.ts'

let shell: Shell
let app: StudioApp
beforeEach(() => {
  shell = shellIn(shop)
  app = studioIn(shell)
})

function studioIn({ folder }: Shell, readOnly = false): StudioApp {
  const workspace = openWorkspace(folder)
  const live = liveWorkspace(() => compiled(workspace))
  const decisions = decisionsOf({
    workspace,
    graph: () => live.current.graph,
    follow() {
      if (workspace.refresh().length > 0) live.refresh()
    },
    readOnly,
  })
  const deciding = { decisions, person: () => orders, readOnly, commits: false }
  return studioApp({}, { live, deciding })
}

const post = (path: string, body: unknown = {}): Promise<Response> =>
  app.ask(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
async function posted<Answer = DecisionAnswer>(path: string, body?: unknown): Promise<Answer> {
  return (await (await post(path, body)).json()) as Answer
}
async function proposed(): Promise<ThreadView> {
  const { notes: _, ...draft } = await posted<DraftAnswer>('/api/decisions/drafts', { need })
  return (await posted('/api/decisions', { ...draft, by: checkout })).thread
}

test('leads from a gap to a changed contract', async () => {
  const draft = await posted<DraftAnswer>('/api/decisions/drafts', { need })
  expect(draft).toMatchObject({
    title: 'Return `eta` from GET /basket',
    overlays: [{ file: 'apis/store.yaml' }],
  })
  const { id, proposal, about } = await proposed()
  expect(about).toEqual([
    { id: need, title: 'Eta', url: `/journeys/checkout?step=basket&need=${need}` },
  ])
  expect(proposal).toMatchObject({
    changes: [{ level: 'info', message: expect.stringContaining('eta') as string }, {}].slice(0, 1),
    actions: [{ target: '$.components.schemas.Basket.properties', does: 'update' }, {}],
    raw: expect.stringContaining('overlay: 1.1.0') as string,
  })
  const waiting = await app.data<Waiting>('/api/waiting')
  expect(waiting).toMatchObject({ person: orders, teams: ['orders'], toSign: [{ id }] })

  const revision = proposal!.revision
  await post(`/api/decisions/${id}/comments`, { text: 'A day is enough' })
  await post(`/api/decisions/${id}/sign-offs`, { says: 'approve', revision })
  expect((await app.data<Waiting>('/api/waiting')).toSign).toEqual([])
  expect(await app.data<Waiting>('/api/waiting?role=ux')).toMatchObject({
    teams: ['checkout'],
    toSign: [{ id }],
  })
  await post(`/api/decisions/${id}/sign-offs`, { says: 'approve', revision, by: checkout })
  expect((await app.data<Waiting>('/api/waiting?team=orders')).toApply).toMatchObject([{ id }])
  const { thread, files, version } = await posted(`/api/decisions/${id}/apply`)
  expect(thread.state).toBe('applied')
  expect(files[0]).toBe('apis/store.yaml')
  expect(version).toBeGreaterThan(1)
  expect(shell.read('apis/store.yaml')).toContain('eta: { type: string, format: date-time }')
  const { diagnostics } = compiled(openWorkspace(shell.folder))
  expect(diagnostics.filter((one) => one.code === 'TL2003')).toEqual([])
  expect((await app.data<DecisionBoard>('/api/decisions?state=applied')).threads).toMatchObject([
    { id, steps: ['checkout/basket'], comments: 1 },
  ])
})

test('shows beside a step what was said about it, and what is proposed for it', async () => {
  const { id } = await proposed()
  await post('/api/threads', { on: 'step:checkout/basket', text: 'Too much on it?' })
  expect(await app.data('/api/threads?on=step:checkout/basket')).toMatchObject({
    about: { title: 'Basket', url: '/journeys/checkout?step=basket' },
    thread: { kind: 'discussion', entries: [{ text: 'Too much on it?', by: orders }] },
    proposals: [{ id }],
  })
  expect((await app.data<Waiting>('/api/waiting?role=ux')).toAnswer).toHaveLength(1)
})

describe('answers as its contract says', () => {
  test.each<[string, number, () => Promise<Response>]>([
    ['listDecisions', 200, () => app.ask('/api/decisions')],
    ['getWaiting', 200, () => app.ask('/api/waiting?role=ux')],
    ['getThread', 200, () => app.ask('/api/threads?on=op:store.getBasket')],
    ['getThread', 400, () => app.ask('/api/threads')],
    ['commentOn', 200, () => post('/api/threads', { on: 'op:store.getBasket', text: 'Hm' })],
    ['commentOn', 404, () => post('/api/threads', { on: 'op:store.gone', text: 'Hm' })],
    ['commentOn', 400, () => post('/api/threads', { text: 'Hm' })],
    ['commentOn', 400, () => post('/api/threads', '{')],
    ['draftProposal', 200, () => post('/api/decisions/drafts', { need })],
    ['draftProposal', 409, () => post('/api/decisions/drafts', { need: 'need:gone' })],
    ['draftProposal', 409, () => post('/api/decisions/drafts', { state: 'state:gone' })],
    [
      'draftProposal',
      200,
      () =>
        post('/api/decisions/drafts', {
          field: 'field:store.getBasket:200:total',
          wanted: 'nullable',
        }),
    ],
    ['draftProposal', 400, () => post('/api/decisions/drafts', { need: 5 })],
    [
      'draftProposal',
      200,
      () => post('/api/decisions/drafts', { need, schema: '{ type: string }' }),
    ],
    ['draftProposal', 400, () => post('/api/decisions/drafts', { need, schema: '[' })],
    ['propose', 400, () => post('/api/decisions', { title: 'x' })],
    [
      'propose',
      400,
      () => post('/api/decisions', { title: 'x', overlays: [{ file: 'a.yaml', text: 'no' }] }),
    ],
    ['getDecision', 200, async () => app.ask(`/api/decisions/${(await proposed()).id}`)],
    ['getDecision', 404, () => app.ask('/api/decisions/gone')],
    ['getDecision', 404, () => app.ask('/api/decisions/__proto__')],
    [
      'sign',
      400,
      async () => post(`/api/decisions/${(await proposed()).id}/sign-offs`, { says: 'no' }),
    ],
    [
      'sign',
      403,
      async () =>
        post(`/api/decisions/${(await proposed()).id}/sign-offs`, { says: 'approve', by: 'Bob' }),
    ],
    ['sign', 404, () => post('/api/decisions/gone/sign-offs', { says: 'approve' })],
    [
      'comment',
      200,
      async () => post(`/api/decisions/${(await proposed()).id}/comments`, { text: 'Hm' }),
    ],
    [
      'endDecision',
      200,
      async () =>
        post(`/api/decisions/${(await proposed()).id}/end`, {
          decision: 'declined',
          reason: 'Later',
        }),
    ],
    [
      'endDecision',
      409,
      async () => post(`/api/decisions/${(await proposed()).id}/end`, { decision: 'resolved' }),
    ],
    ['applyProposal', 409, async () => post(`/api/decisions/${(await proposed()).id}/apply`)],
    ['applyProposal', 413, () => post('/api/decisions/x/apply', ' '.repeat(600_000))],
  ])('%s: %i', async (operation, status, ask) => {
    const response = await ask()
    expect(response.status).toBe(status)
    expect(await differences(operation, response)).toEqual([])
  })

  test('propose: 201', async () => {
    const { notes: _, ...draft } = await posted<DraftAnswer>('/api/decisions/drafts', { need })
    const response = await post('/api/decisions', draft)
    expect(response.status).toBe(201)
    expect(await differences('propose', response)).toEqual([])
  })
})

test('writes nothing where the workspace is only shown', async () => {
  app = studioIn(shell, true)
  expect((await post('/api/threads', { on: 'op:store.getBasket', text: 'Hm' })).status).toBe(403)
  expect(shell.list().some((path) => path.startsWith('decisions'))).toBe(false)
  expect(await app.data('/api/decisions')).toMatchObject({ readOnly: true })
})
