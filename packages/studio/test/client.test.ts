import { readFile } from 'node:fs/promises'
import type * as Core from '@throughline/core'
import { expect, expectTypeOf, test } from 'vitest'
import { clientText } from '../../throughline/scripts/studio-client-text.ts'
import { clientOver, type Client, type Question } from '../src/client/studio-client.ts'
import type * as Wire from '../src/client/studio-client.ts'

const contract = new URL('../../throughline/src/server/studio.openapi.yaml', import.meta.url)
const client = new URL('../src/client/studio-client.ts', import.meta.url)

test('the client is what its contract makes it: run packages/throughline/scripts/write-studio-client.ts', async () => {
  expect(await readFile(client, 'utf8')).toBe(clientText(await readFile(contract, 'utf8')))
})

// Both ways: what the server makes is what the contract describes, and what a page reads is all there.
test('what the core makes fits the contract, and the other way round', () => {
  expectTypeOf<Core.WorkspaceOverview>().toExtend<Wire.WorkspaceOverview>()
  expectTypeOf<Wire.WorkspaceOverview>().toExtend<Core.WorkspaceOverview>()
  expectTypeOf<Core.Blueprint>().toExtend<Wire.Blueprint>()
  expectTypeOf<Wire.Blueprint>().toExtend<Core.Blueprint>()
  expectTypeOf<Core.NeedsMatrix>().toExtend<Wire.NeedsMatrix>()
  expectTypeOf<Wire.NeedsMatrix>().toExtend<Core.NeedsMatrix>()
  expectTypeOf<Core.CloseMatches>().toExtend<Wire.CloseMatches>()
  expectTypeOf<Wire.CloseMatches>().toExtend<Core.CloseMatches>()
  expectTypeOf<Core.StatesMatrix>().toExtend<Wire.StatesMatrix>()
  expectTypeOf<Wire.StatesMatrix>().toExtend<Core.StatesMatrix>()
  expectTypeOf<Core.ReferenceIndex>().toExtend<Wire.ReferenceIndex>()
  expectTypeOf<Wire.ReferenceIndex>().toExtend<Core.ReferenceIndex>()
  expectTypeOf<Core.ReferenceOperation>().toExtend<Wire.ReferenceOperation>()
  expectTypeOf<Wire.ReferenceOperation>().toExtend<Core.ReferenceOperation>()
  expectTypeOf<Core.ReferenceFields>().toExtend<Wire.ReferenceFields>()
  expectTypeOf<Wire.ReferenceFields>().toExtend<Core.ReferenceFields>()
  expectTypeOf<Core.ReferenceType>().toExtend<Wire.ReferenceType>()
  expectTypeOf<Wire.ReferenceType>().toExtend<Core.ReferenceType>()
  expectTypeOf<Core.DiagnosticList>().toExtend<Wire.DiagnosticList>()
  expectTypeOf<Wire.DiagnosticList>().toExtend<Core.DiagnosticList>()
  expectTypeOf<Core.Explanation>().toExtend<Wire.Explanation>()
  expectTypeOf<Wire.Explanation>().toExtend<Core.Explanation>()
  expectTypeOf<Core.SearchIndex>().toExtend<Wire.SearchIndex>()
  expectTypeOf<Wire.SearchIndex>().toExtend<Core.SearchIndex>()
  expectTypeOf<Core.TryAnswer>().toExtend<Wire.TryAnswer>()
  expectTypeOf<Wire.TryAnswer>().toExtend<Core.TryAnswer>()
  expectTypeOf<Core.EditAnswer>().toExtend<Wire.EditAnswer>()
  expectTypeOf<Wire.EditAnswer>().toExtend<Core.EditAnswer>()
  expectTypeOf<Core.EditHistory>().toExtend<Wire.EditHistory>()
  expectTypeOf<Wire.EditHistory>().toExtend<Core.EditHistory>()
  expectTypeOf<Core.WorkspaceSetup>().toExtend<Wire.WorkspaceSetup>()
  expectTypeOf<Wire.WorkspaceSetup>().toExtend<Core.WorkspaceSetup>()
  expectTypeOf<Core.EvidenceReport>().toExtend<Wire.EvidenceReport>()
  expectTypeOf<Wire.EvidenceReport>().toExtend<Core.EvidenceReport>()
  expectTypeOf<Core.LiveEvidence>().toExtend<Wire.LiveEvidence>()
  expectTypeOf<Wire.LiveEvidence>().toExtend<Core.LiveEvidence>()
  expectTypeOf<Core.FileEntry>().toExtend<Wire.FileEntry>()
  expectTypeOf<Wire.FileEntry>().toExtend<Core.FileEntry>()
})

test('what a page sends fits the contract', () => {
  expectTypeOf<Core.Edit>().toExtend<Wire.Edit>()
  expectTypeOf<Wire.Edit>().toExtend<Core.Edit>()
  expectTypeOf<Core.TryRequest>().toExtend<Wire.TryRequest>()
  expectTypeOf<Core.EditRequest>().toExtend<Parameters<Client['edit']>[0]>()
  expectTypeOf<Core.EditProblem>().toExtend<Wire.EditProblem>()
})

test('asks with names and paths as they are', async () => {
  const asked: Question[] = []
  const studio = clientOver(async (question) => {
    asked.push(question)
    return await Promise.reject(new Error('nobody answers here'))
  })
  const ends = [
    studio.getJourney({ name: 'buy/again & pay' }),
    studio.getFields({ id: 'store.GET /basket', path: 'items[]', response: '200' }),
    studio.setSituation({ scenario: null }),
  ]
  expect((await Promise.allSettled(ends)).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
    'rejected',
  ])
  expect(asked).toEqual([
    { method: 'GET', address: '/api/journeys/buy%2Fagain%20%26%20pay' },
    {
      method: 'GET',
      address: '/api/operations/store.GET%20%2Fbasket/fields?path=items%5B%5D&response=200',
    },
    { method: 'PUT', address: '/api/situation', body: { scenario: null } },
  ])
})

test('says which part of a contract it cannot write', () => {
  const text = (schema: string): string =>
    clientText(`
      paths:
        /basket: { get: { operationId: getBasket, summary: The basket, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Basket' } } } } } } }
      components: { schemas: { Basket: ${schema} } }
    `)
  expect(text('{ type: [string, "null"] }')).toContain('export type Basket = string | null')
  expect(() => text('{ not: { type: string } }')).toThrow('Basket says no type')
  expect(() => text('{ type: object }')).toThrow('Basket is an object of which nothing is said')
  expect(() => text("{ $ref: 'money.yaml' }")).toThrow('money.yaml is no schema of the components')
})
