import { execFileSync } from 'node:child_process'
import type {
  ChangeHistory,
  ChangePlan,
  ChangeReview,
  DecisionAnswer,
  WaiverAnswer,
} from '@throughline/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkout, orders, shop } from '../../../test/deciding.ts'
import { shellIn, type Shell } from '../../../test/shell.ts'
import { differences, studioApp, type StudioApp } from '../../../test/studio-app.ts'
import { compiled } from '../../workspace/compiled.ts'
import { decisionsOf } from '../../workspace/decisions/decisions.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { liveWorkspace } from '../live.ts'

let shell: Shell
let app: StudioApp

const contract = shop['apis/store.yaml']
const withDate = contract.replace(
  'total: { type: number }   # with tax\n',
  'total: { type: number }   # with tax\n        eta: { type: string, format: date }\n',
)

beforeEach(() => {
  shell = shellIn({ ...shop, 'apis/store.yaml': withDate })
  git('init', '-b', 'main')
  commit('Open the shop')
  app = studioIn(shell)
})

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: shell.folder,
    encoding: 'utf8',
    stdio: 'pipe',
  })
}
function commit(message: string): void {
  git('add', '-A')
  git('commit', '-m', message)
}
function studioIn({ folder }: Shell, readOnly = false): StudioApp {
  const workspace = openWorkspace(folder)
  const live = liveWorkspace(() => compiled(workspace))
  const follow = (): void => {
    if (workspace.refresh().length > 0) live.refresh()
  }
  const decisions = decisionsOf({ workspace, graph: () => live.current.graph, follow, readOnly })
  const deciding = { decisions, person: () => orders, readOnly, commits: false }
  return studioApp({}, { live, deciding, past: workspace })
}

/** Saves a contract and looks at the disk, as the watcher would. */
async function saved(text: string): Promise<void> {
  shell.write({ 'apis/store.yaml': text })
  await app.data('/api/decisions')
}
const post = (path: string, body: unknown): Promise<Response> =>
  app.ask(path, { method: 'POST', body: JSON.stringify(body) })

test('compares the files of now with the last commit, and names the screens', async () => {
  expect(await app.data<ChangeReview>('/api/changes')).toMatchObject({
    base: { revision: 'HEAD', subject: 'Open the shop', by: 'Ada' },
    summary: { verdict: 'none' },
    changes: [],
  })
  await saved(contract)
  const review = await app.data<ChangeReview>('/api/changes')
  expect(review).toMatchObject({
    summary: { verdict: 'breaking', breaking: 1, stepsBroken: ['checkout/basket'] },
    total: 1,
    changes: [
      {
        level: 'breaking',
        effect: 'breaks',
        owner: 'orders',
        operation: { method: 'GET', path: '/basket', url: '/reference/store.getBasket' },
        impact: [
          { step: 'checkout/basket', severity: 'breaks', need: { label: 'Eta', path: 'eta' } },
        ],
        before: { file: 'apis/store.yaml', line: 16 },
      },
    ],
    journeys: [
      {
        name: 'checkout',
        owner: 'checkout',
        severity: 'breaks',
        steps: [
          {
            name: 'checkout/basket',
            screen: '/basket',
            needs: [{ label: 'Eta', severity: 'breaks' }],
            url: '/journeys/checkout?step=basket',
          },
        ],
      },
    ],
  })
  expect(review.journeys[0]!.changes).toEqual([review.changes[0]!.fingerprint])
  expect(review.changes[0]!.before!.lines.join('\n')).toContain('eta: { type: string')
})

test('compares a branch with where it left the default one, and with whatever is asked for', async () => {
  git('tag', 'v1')
  git('switch', '-q', '-c', 'no-dates')
  shell.write({ 'apis/store.yaml': contract })
  commit('Leave the date out')
  app = studioIn(shell)
  expect(await app.data<ChangeReview>('/api/changes')).toMatchObject({
    base: { revision: 'main...', subject: 'Open the shop' },
    bases: [
      { revision: 'main...', kind: 'branch' },
      { revision: 'HEAD', kind: 'commit' },
      { revision: 'HEAD~1', kind: 'commit' },
      { revision: 'v1', kind: 'tag' },
    ],
    summary: { breaking: 1 },
  })
  expect((await app.data<ChangeReview>('/api/changes?base=HEAD')).total).toBe(0)
  expect((await app.data<ChangeReview>('/api/changes?base=v1')).total).toBe(1)
})

test('accepts a change for a while, in a file', async () => {
  await saved(contract)
  const [change] = (await app.data<ChangeReview>('/api/changes')).changes
  const { code, fingerprint } = change!
  const waiver = { rule: `diff/${code}`, fingerprint, reason: 'The app shows it no more' }
  const answer = await post('/api/waivers', { ...waiver, expires: '2999-01-31', by: checkout })
  const { files } = (await answer.json()) as WaiverAnswer
  expect(files).toEqual([expect.stringMatching(/^decisions\/.*\.waiver\.yaml$/)])
  expect(shell.read(files[0]!)).toContain('reason: The app shows it no more')
  expect(await app.data<ChangeReview>('/api/changes')).toMatchObject({
    summary: { verdict: 'none', breaking: 0 },
    total: 1,
    changes: [{ fingerprint, accepted: { reason: waiver.reason, by: checkout } }],
    journeys: [],
  })
})

test('keeps the old beside the new, as a proposal', async () => {
  await saved(contract)
  const [change] = (await app.data<ChangeReview>('/api/changes')).changes
  const plan = await app.data<ChangePlan>(`/api/changes/${change!.fingerprint}`)
  expect(plan.steps.map((one) => one.phase)).toEqual(['expand', 'migrate', 'contract'])
  expect(plan.compatibility).toMatchObject({ file: 'apis/store.yaml' })
  const proposed = await post('/api/decisions', {
    title: 'Keep the date for now',
    overlays: [plan.compatibility],
    on: [`change:${change!.fingerprint}`],
  })
  const { thread } = (await proposed.json()) as DecisionAnswer
  expect(thread.proposal!.changes.map((one) => one.message).join()).toContain('eta')
})

test('tells what happened to an operation and to a journey, the newest first', async () => {
  shell.write({ 'apis/store.yaml': contract })
  commit('Leave the date out')
  shell.write({ 'notes.md': 'A note' })
  commit('Write a note')
  shell.write({ 'apis/store.yaml': contract.replace('# agreed in May', '# agreed in June') })
  commit('Change a remark')
  app = studioIn(shell)
  await saved(withDate)
  const history = await app.data<ChangeHistory>('/api/history?operation=store.getBasket')
  expect(history.looked).toBe(3)
  expect(history.entries).toMatchObject([
    { begins: false, changes: [{ steps: ['checkout/basket'] }] },
    { commit: { subject: 'Leave the date out' }, changes: [{ level: 'breaking' }] },
    { commit: { subject: 'Open the shop' }, begins: true, changes: [] },
  ])
  expect(history.entries[0]!.commit).toBeUndefined()
  const journey = await app.data<ChangeHistory>('/api/history?journey=checkout')
  expect(journey.entries).toHaveLength(3)
})

test('goes on with the history where it stopped', async () => {
  for (let price = 0; price < 17; price++) {
    shell.write({
      'apis/store.yaml': withDate.replace(
        'total: { type: number }',
        `total: { type: number, maximum: ${price + 1} }`,
      ),
    })
    commit(`Price ${price}`)
  }
  app = studioIn(shell)
  const first = await app.data<ChangeHistory>('/api/history?operation=store.getBasket')
  expect(first.entries).toHaveLength(15)
  const rest = await app.data<ChangeHistory>(
    `/api/history?operation=store.getBasket&from=${first.next}`,
  )
  expect(rest.entries.map((one) => one.commit?.subject)).toEqual([
    'Price 1',
    'Price 0',
    'Open the shop',
  ])
  expect(rest.next).toBeUndefined()
})

test('says where there is no git, and no such revision', async () => {
  const missing = await app.ask('/api/changes?base=nowhere')
  expect([missing.status, await missing.json()]).toMatchObject([
    404,
    { detail: expect.stringContaining('`nowhere`') as string },
  ])
  const bare = studioIn(shellIn(shop))
  const answer = await bare.ask('/api/changes')
  expect([answer.status, await answer.json()]).toMatchObject([
    409,
    { title: expect.stringContaining('no earlier version') as string },
  ])
})

describe('answers as its contract says', () => {
  const first = async (): Promise<string> =>
    (await app.data<ChangeReview>('/api/changes')).changes[0]!.fingerprint
  const waiver = {
    rule: 'diff/response-property-removed',
    fingerprint: '0123456789abcdef',
    reason: 'So',
  }
  beforeEach(() => saved(contract))
  test.each<[string, number, () => Promise<Response>]>([
    ['getChanges', 200, () => app.ask('/api/changes')],
    ['getChanges', 404, () => app.ask('/api/changes?base=a..b')],
    ['getChanges', 404, () => app.ask(`/api/changes?base=${'x'.repeat(300)}`)],
    ['getChanges', 409, () => studioIn(shellIn(shop)).ask('/api/changes')],
    ['getChangePlan', 200, async () => app.ask(`/api/changes/${await first()}`)],
    ['getChangePlan', 404, () => app.ask('/api/changes/__proto__')],
    ['getHistory', 200, () => app.ask('/api/history?operation=store.getBasket')],
    ['getHistory', 404, () => app.ask('/api/history?operation=store.gone')],
    ['getHistory', 404, () => app.ask('/api/history?journey=gone')],
    ['getHistory', 400, () => app.ask('/api/history')],
    ['getHistory', 400, () => app.ask('/api/history?journey=checkout&from=--all')],
    ['acceptChange', 201, () => post('/api/waivers', waiver)],
    ['acceptChange', 400, () => post('/api/waivers', { ...waiver, rule: 'unowned' })],
    ['acceptChange', 400, () => post('/api/waivers', { ...waiver, expires: 'soon' })],
    [
      'acceptChange',
      403,
      () => {
        app = studioIn(shell, true)
        return post('/api/waivers', waiver)
      },
    ],
  ])('%s %i', async (name, status, ask) => {
    const response = await ask()
    expect(response.status).toBe(status)
    expect(await differences(name, response)).toEqual([])
  })
})
