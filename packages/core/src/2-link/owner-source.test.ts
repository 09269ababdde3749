import { expect, test } from 'vitest'
import { blueprintOf } from '../blueprint/blueprint-of.ts'
import { compile } from '../compile.ts'
import { referenceOperationOf } from '../reference/reference-operation-of.ts'
import { filesOf } from '../../test/in-memory-files.ts'
import type { Graph, NodeId } from './graph.ts'
import { ownerSourceOf } from './owner-source.ts'

const shop = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get: { operationId: getBasket, responses: { "200": { description: The basket } } }
  /payments:
    post:
      operationId: pay
      x-owner: payments
      responses: { "204": { description: Paid } }
`,
  'checkout.journey.yaml': 'journey: checkout\nsteps:\n  - step: basket\n',
  CODEOWNERS: '# Who\n\n*.journey.yaml @shop/checkout\n/store.yaml @shop/orders\n',
}

function graphOf(files: Readonly<Record<string, string>> = {}) {
  return compile({ ...filesOf({ ...shop, ...files }), place: '' }).graph
}

function sourceOf(graph: Graph, id: NodeId) {
  const node = graph.nodes.get(id)
  if (node?.kind !== 'api' && node?.kind !== 'journey' && node?.kind !== 'operation')
    throw new Error(`nobody can own ${id}`)
  return ownerSourceOf(graph, node)
}

test('it finds the rule of CODEOWNERS where the workspace says nothing', () => {
  const graph = graphOf()
  const rule = { from: 'codeowners', file: 'CODEOWNERS', line: 4 }
  expect(sourceOf(graph, 'api:store')).toEqual(rule)
  expect(
    referenceOperationOf(graph, 'store.getBasket', { mockUrl: 'http://mock.example' }),
  ).toMatchObject({
    owner: 'orders',
    ownerFrom: rule,
  })
  expect(blueprintOf(graph, graph.journeys[0]!, []).journey).toMatchObject({
    owner: 'checkout',
    ownerFrom: { from: 'codeowners', file: 'CODEOWNERS', line: 3 },
  })
})

test('it finds what the workspace says itself before any other tool', () => {
  const graph = graphOf({
    'throughline.yaml':
      'throughline: 1\nname: Shop\napis:\n  store:\n    contract: store.yaml\n    owner: orders\n',
    'checkout.journey.yaml': 'journey: checkout\nowner: web\nsteps:\n  - step: basket\n',
  })
  expect(sourceOf(graph, 'op:store.getBasket')).toEqual({
    from: 'workspace',
    file: 'throughline.yaml',
    line: 6,
  })
  expect(sourceOf(graph, 'journey:checkout')).toEqual({
    from: 'workspace',
    file: 'checkout.journey.yaml',
    line: 2,
  })
})

test('it finds an operation’s own word in the contract', () => {
  expect(sourceOf(graphOf(), 'op:store.pay')).toEqual({
    from: 'contract',
    file: 'store.yaml',
    line: 9,
  })
})

test('it finds the entity of Backstage before the rule of CODEOWNERS', () => {
  const graph = graphOf({
    'catalog-info.yaml':
      '# The shop\nkind: API\napiVersion: backstage.io/v1alpha1\nmetadata: { name: store }\nspec: { type: openapi, owner: group:default/web }\n',
  })
  expect(sourceOf(graph, 'api:store')).toMatchObject({
    from: 'backstage',
    file: 'catalog-info.yaml',
  })
})

test('it finds nothing for what nobody owns', () => {
  const graph = graphOf({ CODEOWNERS: '' })
  expect(sourceOf(graph, 'api:store')).toBeUndefined()
  expect(sourceOf(graph, 'journey:checkout')).toBeUndefined()
})
