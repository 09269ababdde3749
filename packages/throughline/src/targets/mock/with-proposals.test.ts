import { proposalForNeed } from '@throughline/core'
import { expect, test } from 'vitest'
import { checkout, decisionsIn, need, shop } from '../../../test/deciding.ts'
import { shellIn } from '../../../test/shell.ts'
import { boardOf } from '../../workspace/decisions/board.ts'
import { proposalFrom } from '../../workspace/decisions/decisions.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { mock } from './mock.ts'
import { withProposals } from './with-proposals.ts'

function proposedShop() {
  const { folder } = shellIn(shop)
  const decisions = decisionsIn(folder)
  const draft = proposalForNeed(compiled(openWorkspace(folder)).graph, need)
  if ('refused' in draft) throw new Error(draft.refused)
  const outcome = decisions.propose(proposalFrom(draft), checkout)
  if (outcome.kind === 'refused') throw new Error(outcome.title)
  const workspace = openWorkspace(folder)
  const { graph } = compiled(workspace)
  const server = withProposals(mock(graph), {
    graphWith: (id) => boardOf(workspace, graph).graphWith(id),
    mockOf: (one) => mock(one),
  })
  const ask = (proposal?: string, more: Readonly<Record<string, string>> = {}): Promise<Response> =>
    server.handle(
      new Request('http://localhost:4401/basket', {
        headers: { ...more, ...(proposal !== undefined && { 'throughline-proposal': proposal }) },
      }),
    )
  return { id: outcome.thread.id, ask, server }
}

test('serves a proposed field to who asks for it, and to nobody else', async () => {
  const { id, ask } = proposedShop()
  const plain = await ask()
  expect(plain.headers.has('throughline-proposal')).toBe(false)
  expect(await plain.json()).not.toHaveProperty('eta')
  const proposed = await ask(id)
  expect(proposed.headers.get('throughline-proposal')).toBe(id)
  expect(await proposed.json()).toMatchObject({
    total: expect.any(Number) as number,
    eta: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
  })
  expect(await (await ask(id.slice(0, 10))).json()).toHaveProperty('eta')
  expect(await (await ask()).json()).not.toHaveProperty('eta')
})

test('plays there what is played for everybody', async () => {
  const { id, ask, server } = proposedShop()
  server.play('checkout/basket/5xx')
  const statuses = [(await ask()).status, (await ask(id)).status]
  expect(statuses[1]).toBe(statuses[0])
  server.play(null)
  expect((await ask(id)).status).toBe(200)
})

test('says that there is no such proposal, to pages too', async () => {
  const { ask } = proposedShop()
  const answer = await ask('gone', { origin: 'http://localhost:4402' })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:4402')
  expect(await answer.json()).toMatchObject({ title: 'There is no proposal gone.' })
})
