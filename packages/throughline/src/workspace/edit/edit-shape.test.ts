import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile, mainContent, validatorOf, type Validator } from '@throughline/core'
import { filesOf } from '../../../../core/test/in-memory-files.ts'
import { parse } from 'yaml'
import { editSchema, readEditRequest, readUndoRequest } from './edit-shape.ts'

const contractText = readFileSync(
  new URL('../../server/studio.openapi.yaml', import.meta.url),
  'utf8',
)

const right: readonly object[] = [
  {
    kind: 'create-journey',
    journey: 'refund',
    title: 'Send it back',
    pains: [],
    steps: [{ step: 'ask', title: 'Ask' }],
  },
  { kind: 'rename-journey', journey: 'checkout', to: 'buy' },
  {
    kind: 'change-journey',
    journey: 'checkout',
    set: { title: null, goal: 'Pay\nwithin two minutes' },
  },
  { kind: 'delete-journey', journey: 'checkout' },
  { kind: 'create-persona', persona: 'night-owl', devices: ['phone'] },
  { kind: 'change-persona', persona: 'night-owl', set: { dataset: null } },
  { kind: 'rename-persona', persona: 'night-owl', to: 'owl' },
  { kind: 'delete-persona', persona: 'night-owl' },
  {
    kind: 'add-step',
    journey: 'checkout',
    step: 'address',
    before: null,
    feeling: { score: -5 },
    budget: { p75: '1.5s', size: '20 kB' },
    next: [],
  },
  { kind: 'rename-step', step: 'checkout/basket', to: 'review' },
  {
    kind: 'change-step',
    step: 'checkout/basket',
    set: {
      image: 'designs/Korb (1).png',
      design: 'https://figma.example/a?b=c#d',
      next: ['delivery', 'orders/track'],
      feeling: null,
      budget: { p75: null },
    },
  },
  { kind: 'move-step', step: 'checkout/basket', before: 'delivery' },
  { kind: 'duplicate-step', step: 'checkout/basket', to: 'copy', title: 'Again' },
  { kind: 'delete-step', step: 'checkout/basket' },
  {
    kind: 'add-call',
    step: 'checkout/basket',
    operation: 'reviews query BasketReviews',
    after: ['store.getBasket'],
    sends: ['a.b'],
    needs: ['header:Link'],
    budget: { p95: '2 min' },
  },
  {
    kind: 'change-call',
    step: 'checkout/basket',
    call: 'store.getBasket',
    set: { operation: 'store GET /basket', after: null },
  },
  { kind: 'move-call', step: 'checkout/basket', call: 'store.getBasket', before: null },
  { kind: 'remove-call', step: 'checkout/basket', call: 'store.getBasket' },
  {
    kind: 'add-need',
    step: 'checkout/basket',
    call: 'store.getBasket',
    path: 'items[].price',
    label: 'Price',
  },
  {
    kind: 'change-need',
    step: 'checkout/basket',
    call: 'store.getBasket',
    need: 'eta',
    set: { path: 'delivery.eta', why: null },
  },
  {
    kind: 'move-need',
    step: 'checkout/basket',
    call: 'store.getBasket',
    need: 'eta',
    before: 'total',
    to: { step: 'checkout/payment', call: 'store.pay' },
  },
  { kind: 'remove-need', step: 'checkout/basket', call: 'store.getBasket', need: 'eta' },
  { kind: 'set-state', condition: 'problem: /slot-gone', set: { show: 'Gone', same: '5xx' } },
  { kind: 'remove-state', step: 'checkout/basket', call: 'store.getBasket', condition: '404' },
]

const wrong: readonly (readonly [object, string])[] = [
  [{ kind: 'format-disk' }, '/edits/0/kind'],
  [{ kind: 'rename-step', step: 'checkout/basket', to: '../../etc' }, '/edits/0/to'],
  [{ kind: 'rename-step', step: 'checkout/basket', to: 'a\n- step: evil' }, '/edits/0/to'],
  [{ kind: 'rename-step', step: 'basket', to: 'a' }, '/edits/0/step'],
  [{ kind: 'rename-step', step: 'checkout/basket' }, '/edits/0/to'],
  [{ kind: 'rename-step', step: 'checkout/basket', to: 'a', shell: 'rm' }, '/edits/0/shell'],
  [{ kind: 'create-journey', journey: 'x'.repeat(101) }, '/edits/0/journey'],
  [{ kind: 'create-journey', journey: '__proto__' }, '/edits/0/journey'],
  [{ kind: 'change-journey', journey: 'checkout', set: {} }, '/edits/0/set'],
  [
    { kind: 'change-journey', journey: 'checkout', set: { title: 'x'.repeat(1_000_000) } },
    '/edits/0/set/title',
  ],
  [
    { kind: 'change-journey', journey: 'checkout', set: { title: 'two\nlines' } },
    '/edits/0/set/title',
  ],
  [{ kind: 'change-journey', journey: 'checkout', set: { title: '' } }, '/edits/0/set/title'],
  [{ kind: 'change-journey', journey: 'checkout', set: { title: 404 } }, '/edits/0/set/title'],
  [
    { kind: 'change-journey', journey: 'checkout', set: { pains: ['fine', ' '] } },
    '/edits/0/set/pains/1',
  ],
  ...[
    '../secret.png',
    '/etc/secret.png',
    'C:\\secret.png',
    'a/../../b.png',
    '.git/x.png',
    'designs/.hidden.png',
    'designs/basket.html',
    'http://evil.example/x.png',
    'javascript:alert(1)//x.png',
    'https://evil.example/x y.png',
    'designs/a\u0000.png',
    '\\\\host\\x.png',
    'x.png\n',
  ].map(
    (image) =>
      [
        { kind: 'change-step', step: 'checkout/basket', set: { image } },
        '/edits/0/set/image',
      ] as const,
  ),
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    'figma.com',
    'https://a b',
    'https://x\n',
    'file:///etc/passwd',
  ].map(
    (design) =>
      [
        { kind: 'change-step', step: 'checkout/basket', set: { design } },
        '/edits/0/set/design',
      ] as const,
  ),
  [
    { kind: 'change-step', step: 'checkout/basket', set: { feeling: { score: 6 } } },
    '/edits/0/set/feeling/score',
  ],
  [
    { kind: 'change-step', step: 'checkout/basket', set: { budget: { p75: 'soon' } } },
    '/edits/0/set/budget/p75',
  ],
  [{ kind: 'change-step', step: 'checkout/basket', set: { budget: {} } }, '/edits/0/set/budget'],
  [{ kind: 'set-state', condition: 'sometimes', set: { show: 'x' } }, '/edits/0/condition'],
  [{ kind: 'set-state', condition: 'problem: a\nb', set: { show: 'x' } }, '/edits/0/condition'],
]

test('stands in the contract as it is', () => {
  const contract = parse(contractText) as { components: { schemas: { Edit: { oneOf: unknown } } } }
  expect(contract.components.schemas.Edit.oneOf).toEqual((editSchema as { oneOf: unknown }).oneOf)
})

test.each(right)('takes $kind', (edit) => {
  expect(readEditRequest({ edits: [edit], base: {} })).toEqual({ edits: [edit], base: {} })
  expect(contractSays({ edits: [edit] })).toBe(true)
})

test.each(
  wrong.map(([edit, pointer]) => [JSON.stringify(edit).slice(0, 120), pointer, edit] as const),
)('refuses %s', (_, pointer, edit) => {
  expect(readEditRequest({ edits: [edit] })).toMatchObject({ faults: [{ pointer }] })
  expect(contractSays({ edits: [edit] })).toBe(false)
})

test.each(
  [
    undefined,
    null,
    [],
    'edits',
    {},
    { edits: [] },
    { edits: {} },
    { edits: Array.from({ length: 101 }, () => right[1]) },
    { edits: [right[1]], base: { a: 'short' } },
    { edits: [right[1]], more: 1 },
  ].map((body) => [(JSON.stringify(body) ?? 'nothing').slice(0, 60), body] as const),
)('refuses the body %s', (_, body) => {
  expect(readEditRequest(body)).toHaveProperty('faults')
  expect(contractSays(body)).toBe(false)
})

test('reads what is to be undone', () => {
  expect(readUndoRequest({})).toEqual({})
  expect(readUndoRequest({ id: 4 })).toEqual({ id: 4 })
  for (const body of [{ id: '4' }, { id: 0 }, [], undefined])
    expect(readUndoRequest(body)).toHaveProperty('faults')
})

test('says the same as the contract about any edit', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      '',
      'a',
      'checkout/basket',
      'store.getBasket',
      4,
      true,
      [],
      ['a'],
      {},
      { title: 'A' },
      { score: 3 },
      '404',
      '1s',
    ),
    fc.string({ maxLength: 5 }),
  )
  const edits = fc
    .constantFrom(...right)
    .chain((edit) =>
      fc
        .tuple(
          fc.constant(edit),
          fc.constantFrom(...Object.keys(edit), 'title', 'before', 'set'),
          value,
        )
        .map(([one, key, inner]) => ({ ...one, [key]: inner })),
    )
  fc.assert(
    fc.property(edits, (edit) => {
      expect('faults' in readEditRequest({ edits: [edit] }), JSON.stringify(edit)).toBe(
        !contractSays({ edits: [edit] }),
      )
    }),
    { numRuns: 500 },
  )
})

let validator: Validator | undefined

/** Whether the body of a request is what `studio.openapi.yaml` describes. */
function contractSays(body: unknown): boolean {
  if (validator === undefined) {
    const { graph } = compile(filesOf({ 'studio.openapi.yaml': contractText }), {
      contracts: ['studio.openapi.yaml'],
    })
    const operation = graph.apis[0]!.contract!.operations.find(({ name }) => name === 'edit')!
    validator = validatorOf(mainContent(operation.requestBody()!.content)!.schema!)
  }
  return validator(body).length === 0
}
