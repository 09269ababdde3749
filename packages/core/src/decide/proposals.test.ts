import { describe, expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import { filesOf } from '../../test/in-memory-files.ts'
import { documentOf } from '../1-parse/document.ts'
import { applyOverlay } from '../overlay/apply-overlay.ts'
import { proposalForField } from './proposal-for-field.ts'
import { proposalForNeed } from './proposal-for-need.ts'
import { proposalForState } from './proposal-for-state.ts'
import type { NoDraft, ProposalDraft } from './proposal-draft.ts'

const manifest = 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n'
const journey = (needs: string, more = ''): string =>
  `journey: checkout\nsteps:\n  - step: basket\n    calls:\n      - operation: store.getBasket\n        needs: ${needs}\n${more}`
const contract = (basket: string, more = ''): string => `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200': { description: The basket, content: { application/json: { schema: { $ref: '#/components/schemas/Basket' } } } }
        '404': { description: None }
${more}components:
  schemas:
    Basket: ${basket}
    Item: { type: object, required: [name], properties: { name: { type: string }, note: { type: [string, 'null'] } } }
`
const plain =
  "{ type: object, required: [items], properties: { items: { type: array, items: { $ref: '#/components/schemas/Item' } }, total: { type: number } } }"

const shop = (basket: string, needs: string, more = '', states = ''): Record<string, string> => ({
  'throughline.yaml': manifest,
  'checkout.journey.yaml': journey(needs, states),
  'store.yaml': contract(basket, more),
})

const needId = (path: string): string => `need:checkout/basket/store.getBasket/${path}`

/** The draft, the gap findings that are left when it is applied, and everything else that is said then. */
function tried(
  files: Record<string, string>,
  make: (graph: ReturnType<typeof compiled>['graph']) => ProposalDraft | NoDraft,
) {
  const draft = make(compiled(files).graph)
  if ('refused' in draft) return draft
  const document = documentOf(filesOf(files), draft.file).document!
  const { value, problems, idle } = applyOverlay(document.value, draft.overlay)
  expect({ problems, idle }).toEqual({ problems: [], idle: [] })
  const after = compiled({ ...files, [draft.file]: JSON.stringify(value) })
  return {
    actions: draft.overlay.actions,
    notes: draft.notes,
    left: after.diagnostics
      .filter((one) => /need|state-cannot|syntax|shape|invalid/.test(one.rule))
      .map((one) => `${one.rule} ${one.message}`),
  }
}

describe('a missing need', () => {
  test('becomes a property of the schema that the answer uses, required where the screen has no other plan', () => {
    expect(tried(shop(plain, '[eta]'), (graph) => proposalForNeed(graph, needId('eta')))).toEqual({
      actions: [
        {
          target: '$.components.schemas.Basket.properties',
          update: { eta: { type: 'string', format: 'date-time' } },
        },
        { target: '$.components.schemas.Basket', update: { required: ['eta'] } },
      ],
      notes: [
        'The type of `eta` is guessed from its name: {"type":"string","format":"date-time"}.',
        'Every answer will have `eta`, for the step says nothing about its absence.',
      ],
      left: [],
    })
  })

  test('is optional where the step says what it shows instead, or where requests send the schema too', () => {
    const found = tried(shop(plain, '[{ path: eta, absent: Soon }]'), (graph) =>
      proposalForNeed(graph, needId('eta')),
    )
    expect(found).toMatchObject({ actions: [{ update: { eta: {} } }], left: [] })
    const put =
      "    put: { operationId: putBasket, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Basket' } } } }, responses: { '204': { description: Done } } }\n"
    const sent = tried(shop(plain, '[eta]', put), (graph) => proposalForNeed(graph, needId('eta')))
    expect(sent).toMatchObject({ actions: [{ update: { eta: {} } }] })
    expect('actions' in sent && sent.actions).toHaveLength(1)
  })

  test.each([
    ['items[].price.amount', '$.components.schemas.Item.properties'],
    ['delivery.days[].slot', '$.components.schemas.Basket.properties'],
    ['prices{}.amount', '$.components.schemas.Basket.properties'],
    ['"a.b"', '$.components.schemas.Basket.properties'],
  ])('is made with all that is missing above it: %s', (path, target) => {
    const found = tried(shop(plain, `['${path}']`), (graph) => proposalForNeed(graph, needId(path)))
    expect(found).toMatchObject({ actions: [{ target }, {}] })
    expect('left' in found && found.left.filter((one) => one.startsWith('need-not-in'))).toEqual([])
  })

  test('is described as the same name is elsewhere in the API', () => {
    const order = `  /order:
    get: { operationId: getOrder, responses: { '200': { description: It, content: { application/json: { schema: { type: object, properties: { eta: { type: string, format: date } } } } } } } }
`
    expect(
      tried(shop(plain, '[eta]', order), (graph) => proposalForNeed(graph, needId('eta'))),
    ).toMatchObject({
      actions: [{ update: { eta: { format: 'date' } } }, {}],
      notes: [
        '`eta` is described like store.getOrder eta: {"type":"string","format":"date"}.',
        expect.anything(),
      ],
    })
  })

  test('goes into the part of an `allOf` that has properties, and into a header', () => {
    const all =
      "{ allOf: [{ $ref: '#/components/schemas/Item' }, { type: object, properties: { a: {} } }] }"
    expect(
      tried(shop(all, '[eta]'), (graph) => proposalForNeed(graph, needId('eta'))),
    ).toMatchObject({
      actions: [{ target: '$.components.schemas.Basket.allOf[1].properties' }, {}],
      left: [],
    })
    expect(
      tried(shop(plain, '["header:Link"]'), (graph) =>
        proposalForNeed(graph, needId('header:Link')),
      ),
    ).toMatchObject({
      actions: [{ target: "$.paths['/basket'].get.responses['200']" }],
    })
  })

  test.each([
    ['total.amount', plain, '`total` is number, and holds nothing. Propose a field beside it.'],
    ['items.name', plain, '`items` is a list: did you mean `items[].name`?'],
    [
      'eta',
      "{ oneOf: [{ $ref: '#/components/schemas/Item' }, { type: object, properties: { a: {} } }] }",
      'The answer is one of several schemas: say in a comment which of them should have it, and its owners propose that.',
    ],
  ])('is refused with a reason where no property would help: %s', (path, basket, refused) => {
    const found = tried(shop(basket, `['${path}']`), (graph) =>
      proposalForNeed(graph, needId(path)),
    )
    expect(found).toEqual({ refused })
  })

  test('is refused where nothing is missing, or nobody needs it', () => {
    const files = shop(plain, '[total]')
    expect(tried(files, (graph) => proposalForNeed(graph, needId('total')))).toEqual({
      refused: '`total` is in the answer already: nothing is missing.',
    })
    expect(tried(files, (graph) => proposalForNeed(graph, needId('eta')))).toMatchObject({
      refused: expect.stringContaining('has no need') as string,
    })
  })
})

describe('a field', () => {
  test('that may be missing or null is proposed to be always there', () => {
    expect(
      tried(shop(plain, '[total]'), (graph) => proposalForField(graph, needId('total'), 'always')),
    ).toEqual({
      actions: [{ target: '$.components.schemas.Basket', update: { required: ['total'] } }],
      notes: [],
      left: [],
    })
    expect(
      tried(shop(plain, "['items[].note']"), (graph) =>
        proposalForField(graph, needId('items[].note'), 'always'),
      ),
    ).toMatchObject({
      actions: [
        { target: '$.components.schemas.Item', update: { required: ['note'] } },
        { target: "$.components.schemas.Item.properties.note.type[?@ == 'null']", remove: true },
      ],
      left: [],
    })
  })

  test('that always has a value may be proposed to be null', () => {
    const found = tried(shop(plain, '[total]'), (graph) =>
      proposalForField(graph, 'field:store.getBasket:200:total', 'nullable'),
    )
    expect(found).toMatchObject({
      actions: [
        { target: '$.components.schemas.Basket.properties.total.type', remove: true },
        { update: { type: ['number', 'null'] } },
      ],
    })
    expect('left' in found && found.left.join()).toContain('can be null')
  })

  test('is left alone where a shared schema describes it', () => {
    const shared = "{ type: object, properties: { first: { $ref: '#/components/schemas/Item' } } }"
    expect(
      tried(shop(shared, '[first]'), (graph) =>
        proposalForField(graph, needId('first'), 'nullable'),
      ),
    ).toMatchObject({ refused: expect.stringContaining('shared schema') as string })
  })
})

describe('a state', () => {
  const states = '        states: { 409: { show: Somebody else took it }, timeout: Try again }\n'
  const state = (condition: string): string => `state:checkout/basket/store.getBasket/${condition}`
  test('whose status no contract documents becomes a response with problem+json', () => {
    expect(
      tried(shop(plain, '[total]', '', states), (graph) => proposalForState(graph, state('409'))),
    ).toMatchObject({
      actions: [
        {
          target: "$.paths['/basket'].get.responses",
          update: { 409: { description: 'Somebody else took it' } },
        },
      ],
      left: [expect.stringMatching(/^need-may-be-absent/)],
    })
  })

  test('that is no status is refused', () => {
    expect(
      tried(shop(plain, '[total]', '', states), (graph) =>
        proposalForState(graph, state('timeout')),
      ),
    ).toEqual({ refused: '`timeout` is nothing that a contract documents: only statuses are.' })
  })
})
