import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { compile, parseWorkspace, type Edit, type Files, type Graph } from '@throughline/core'
import { edited, filesOf } from '../../../../core/test/in-memory-files.ts'
import { openWorkspace } from '../workspace.ts'
import { applied } from './applied.ts'
import { lineChanges } from './line-changes.ts'

let files: Files
let graph: Graph

beforeAll(() => {
  const workspace = openWorkspace(fileURLToPath(new URL('fixtures/shop', import.meta.url)))
  files = workspace
  graph = compile(workspace).graph
})

/** The lines that edits take away and put in, of each file. */
function changes(...edits: readonly Edit[]): Record<string, readonly string[]> {
  const result = applied(files, graph.apis, edits)
  if ('refusal' in result) throw result.refusal
  return Object.fromEntries(
    [...result.texts].map(([path, text]) => {
      const before = files.read(path)
      const lines = lineChanges('text' in before ? before.text : '', text ?? '')
      return [
        path,
        lines.flatMap(({ removed, added }) => [
          ...removed.map((line) => `-${line}`),
          ...added.map((line) => `+${line}`),
        ]),
      ]
    }),
  )
}

const checkout = 'journeys/checkout.journey.yaml'
const basket = { step: 'checkout/basket', call: 'store.getBasket' }

test.each<[string, Edit, readonly string[]]>([
  [
    'Renamed the step Review the basket to Look at the basket',
    { kind: 'change-step', step: 'checkout/basket', set: { title: 'Look at the basket' } },
    ['-    title: Review the basket', '+    title: Look at the basket'],
  ],
  [
    'Changed the screen and image of the step Know that it comes',
    {
      kind: 'change-step',
      step: 'checkout/done',
      set: { screen: '/thanks', image: 'designs/done.png' },
    },
    [
      '-    screen: /orders/:orderId/thanks',
      '+    screen: /thanks',
      '+    image: designs/done.png',
    ],
  ],
  [
    'Changed the design of the step Pay',
    { kind: 'change-step', step: 'checkout/payment', set: { design: null } },
    ['-    design: https://www.figma.com/file/corner-market/payment'],
  ],
  [
    'Changed the feeling of the step Pay',
    {
      kind: 'change-step',
      step: 'checkout/payment',
      set: { feeling: { quote: 'No, thanks: "declined"', from: null } },
    },
    [
      '-    feeling: { score: -1.5, quote: "My card was declined and I did not know what to do", from: 5 interviews and 31 calls }',
      '+    feeling: { score: -1.5, quote: "No, thanks: \\"declined\\"" }',
    ],
  ],
  [
    'Changed the budget of the step Pay',
    {
      kind: 'change-step',
      step: 'checkout/payment',
      set: { budget: { p75: '1.5s', size: '20kB' } },
    },
    ['-    budget: { p75: 2s }', '+    budget: { p75: 1.5s, size: 20kB }'],
  ],
  [
    'Changed the next of the step Review the basket',
    {
      kind: 'change-step',
      step: 'checkout/basket',
      set: { next: ['payment', 'catalogue', 'track-order/find'] },
    },
    ['-    next: [delivery, catalogue]', '+    next: [payment, catalogue, track-order/find]'],
  ],
  [
    'Added the step Say who you are',
    {
      kind: 'add-step',
      journey: 'checkout',
      step: 'sign-in',
      title: 'Say who you are',
      screen: '/sign-in',
      budget: { p75: '1s' },
      next: ['payment'],
      before: 'payment',
    },
    [
      '+  - step: sign-in',
      '+    title: Say who you are',
      '+    screen: /sign-in',
      '+    budget: { p75: 1s }',
      '+    next: [payment]',
      '+',
    ],
  ],
  [
    'Know that it comes calls store.getBasket',
    {
      kind: 'add-call',
      step: 'checkout/done',
      operation: 'store.getBasket',
      after: ['store.getOrder'],
      needs: ['items[].name', 'total.amount'],
      before: null,
    },
    [
      '+      - operation: store.getBasket',
      '+        after: store.getOrder',
      '+        needs:',
      '+          - items[].name',
      '+          - total.amount',
    ],
  ],
  [
    'Changed the sends of the call store.getOrder of Know that it comes',
    {
      kind: 'change-call',
      step: 'checkout/done',
      call: 'store.getOrder',
      set: { sends: ['orderId', 'a, b'] },
    },
    ['-        sends: [orderId]', '+        sends: [orderId, "a, b"]'],
  ],
  [
    'Changed the after of the call store.createPayment of Pay',
    {
      kind: 'change-call',
      step: 'checkout/payment',
      call: 'store.createPayment',
      set: { after: ['store.listPaymentMethods'] },
    },
    [
      '-        after: [store.getBasket, store.listPaymentMethods]',
      '+        after: [store.listPaymentMethods]',
    ],
  ],
  [
    'Changed the after and budget of the call store.changeBasketItem of Review the basket',
    {
      kind: 'change-call',
      step: 'checkout/basket',
      call: 'store.changeBasketItem',
      set: { after: [], budget: null },
    },
    ['-        after: store.getBasket', '-        budget: { p75: 300ms }'],
  ],
  [
    'Changed the operation of the call reviews query ProductReviews of Look at one product',
    {
      kind: 'change-call',
      step: 'checkout/product',
      call: 'reviews.ProductReviews',
      set: { operation: 'store.listProducts' },
    },
    ['-      - operation: reviews query ProductReviews', '+      - operation: store.listProducts'],
  ],
  [
    'Pay no longer calls store.getBasket',
    { kind: 'remove-call', step: 'checkout/payment', call: 'store.getBasket' },
    [
      '-      - operation: store.getBasket',
      '-        needs: [total.amount, total.currency, "items[].quantity"]',
      '-        budget: { p75: 300ms, size: 10kB }',
      '-        states:',
      '-          empty: { show: "\\"Your basket is empty\\"", test: "text=Your basket is empty", recover: look around }',
      '-        after: [store.getBasket, store.listPaymentMethods]',
      '+        after: [store.listPaymentMethods]',
    ],
  ],
  [
    'Moved the call store.removeBasketItem of Review the basket',
    {
      kind: 'move-call',
      step: 'checkout/basket',
      call: 'store.removeBasketItem',
      before: 'store.changeBasketItem',
    },
    expect.arrayContaining(['+      - operation: store.removeBasketItem']) as string[],
  ],
  [
    'Review the basket needs Delivery date',
    {
      kind: 'add-need',
      ...basket,
      path: 'eta',
      label: 'Delivery date',
      why: 'It stops people leaving',
      before: 'total.amount',
    },
    [
      '+          - path: eta',
      '+            label: Delivery date',
      '+            why: It stops people leaving',
    ],
  ],
  [
    'Review the basket needs items[].origin',
    { kind: 'add-need', ...basket, path: 'items[].origin' },
    ['+          - items[].origin'],
  ],
  [
    'Review the basket needs items[].origin',
    {
      kind: 'add-need',
      step: 'checkout/basket',
      call: 'store.changeBasketItem',
      path: 'items[].origin',
      before: 'total.amount',
    },
    [
      '-        needs: ["items[].quantity", "items[].lineTotal.amount", total.amount]',
      '+        needs: ["items[].quantity", "items[].lineTotal.amount", "items[].origin", total.amount]',
    ],
  ],
  [
    'Choose when and where needs the slot',
    {
      kind: 'add-need',
      step: 'checkout/delivery',
      call: 'store.chooseDeliverySlot',
      path: 'slot.starts',
      label: 'the slot',
    },
    ['+        needs:', '+          - { path: slot.starts, label: the slot }'],
  ],
  [
    'Changed the need items[].name of Review the basket',
    {
      kind: 'change-need',
      ...basket,
      need: 'items[].name',
      set: { label: 'Name, as on the shelf' },
    },
    [
      '-          - items[].name',
      '+          - path: items[].name',
      '+            label: Name, as on the shelf',
    ],
  ],
  [
    'Changed the need items[].maxQuantity of Review the basket',
    { kind: 'change-need', ...basket, need: 'items[].maxQuantity', set: { why: null } },
    [
      '-          - { path: "items[].maxQuantity", why: Where the plus button stops }',
      '+          - items[].maxQuantity',
    ],
  ],
  [
    'Changed the need Delivery date of Review the basket',
    {
      kind: 'change-need',
      ...basket,
      need: 'delivery.arrival',
      set: { path: 'eta', absent: null },
    },
    [
      '-          - path: delivery.arrival',
      '+          - path: eta',
      '-            absent: "\\"We e-mail you the date\\""',
    ],
  ],
  [
    'Review the basket no longer needs Delivery date',
    { kind: 'remove-need', ...basket, need: 'delivery.arrival' },
    [
      '-          - path: delivery.arrival',
      '-            label: Delivery date',
      '-            why: The delivery date stops people leaving',
      '-            absent: "\\"We e-mail you the date\\""',
    ],
  ],
  [
    'Moved the need items[].unit of Review the basket',
    { kind: 'move-need', ...basket, need: 'items[].unit', before: 'items[].id' },
    ['+          - items[].unit', '-          - items[].unit'],
  ],
  [
    'Moved the need items[].maxQuantity of Review the basket',
    {
      kind: 'move-need',
      ...basket,
      need: 'items[].maxQuantity',
      before: null,
      to: { step: 'checkout/payment', call: 'store.listPaymentMethods' },
    },
    [
      '-          - { path: "items[].maxQuantity", why: Where the plus button stops }',
      '+          - { path: "items[].maxQuantity", why: Where the plus button stops }',
    ],
  ],
  [
    'Added the state 429 to store.getBasket of Review the basket',
    { kind: 'set-state', ...basket, condition: '429', set: { show: 'Wait, please', same: null } },
    ['+          429: { show: "Wait, please" }'],
  ],
  [
    'Added the state invalid to store.getBasket of Review the basket',
    { kind: 'set-state', ...basket, condition: 'invalid', set: { same: '422' } },
    ['+          invalid: { same: 422 }'],
  ],
  [
    'Added the state problem: /slot-gone to Review the basket',
    {
      kind: 'set-state',
      step: 'checkout/basket',
      condition: 'problem: /slot-gone',
      set: { show: 'Gone' },
    },
    ['+    states:', '+      "problem: /slot-gone": { show: Gone }'],
  ],
  [
    'Changed the state 5XX of reviews query ProductReviews of Look at one product',
    {
      kind: 'set-state',
      step: 'checkout/product',
      call: 'reviews query ProductReviews',
      condition: '5XX',
      set: { recover: null },
    },
    [
      `-          5xx: { show: "\\"Reviews can't be shown just now\\" in their own place; the product stays usable", test: "text=Reviews can't be shown just now", recover: retry }`,
      `+          5xx: { show: "\\"Reviews can't be shown just now\\" in their own place; the product stays usable", test: "text=Reviews can't be shown just now" }`,
    ],
  ],
  [
    'Removed the state empty of store.getBasket of Pay',
    { kind: 'remove-state', step: 'checkout/payment', call: 'store.getBasket', condition: 'empty' },
    [
      '-        states:',
      '-          empty: { show: "\\"Your basket is empty\\"", test: "text=Your basket is empty", recover: look around }',
    ],
  ],
  [
    'Changed the title, goal and pains of the journey Fill a basket and pay',
    {
      kind: 'change-journey',
      journey: 'checkout',
      set: {
        title: 'Pay',
        goal: null,
        pains: ['A declined card feels like a dead end', 'No: it is late'],
      },
    },
    [
      '-title: Fill a basket and pay',
      '+title: Pay',
      '-goal: The usual, ordered and paid within three minutes',
      '-  - Shoppers leave when the delivery date comes late',
      '-  - A slot that is gone means typing the address again',
      '+  - "No: it is late"',
    ],
  ],
  [
    'Changed the persona of the journey Fill a basket and pay',
    { kind: 'change-journey', journey: 'checkout', set: { persona: 'gift-buyer' } },
    ['-persona: returning-customer', '+persona: gift-buyer'],
  ],
])('%s', (title, edit, lines) => {
  const result = applied(files, graph.apis, [edit])
  expect(result).toMatchObject({ title, subjects: new Set([checkout]) })
  const found = changes(edit)
  expect(Object.keys(found)).toEqual([checkout])
  expect(found[checkout]).toEqual(lines)
})

test('renames a step wherever it is named', () => {
  const found = changes(
    { kind: 'change-step', step: 'track-order/find', set: { next: ['order', 'checkout/basket'] } },
    { kind: 'rename-step', step: 'checkout/basket', to: 'review-basket' },
  )
  expect(found).toEqual({
    [checkout]: [
      '-    next: [product, basket]',
      '+    next: [product, review-basket]',
      '-    next: [basket, catalogue]',
      '+    next: [review-basket, catalogue]',
      '-  - step: basket',
      '+  - step: review-basket',
    ],
    'journeys/track-order.journey.yaml': [
      '-    next: [order]',
      '+    next: [order, checkout/review-basket]',
    ],
    'decisions/slow.waiver.yaml': [
      '-subject: checkout/basket # soon',
      '+subject: checkout/review-basket # soon',
    ],
  })
})

test('renames a journey wherever it is named', () => {
  expect(changes({ kind: 'rename-journey', journey: 'checkout', to: 'buy' })).toEqual({
    [checkout]: ['-journey: checkout', '+journey: buy'],
    'decisions/slow.waiver.yaml': [
      '-subject: checkout/basket # soon',
      '+subject: buy/basket # soon',
    ],
  })
})

test('copies a step with all that stands in it', () => {
  const found = changes({
    kind: 'duplicate-step',
    step: 'checkout/done',
    to: 'done-again',
    title: 'Know it',
  })[checkout]!
  expect(found.slice(0, 4)).toEqual([
    '+  - step: done-again',
    '+    title: Know it',
    '+    screen: /orders/:orderId/thanks',
    expect.stringContaining('feeling') as string,
  ])
  expect(found.slice(-2)).toEqual(['+    next: []', '+'])
})

test('moves a step with its empty line', () => {
  const found = changes({ kind: 'move-step', step: 'checkout/done', before: 'catalogue' })[
    checkout
  ]!
  expect(found[0]).toBe('+  - step: done')
  expect(
    found
      .filter((line) => line.startsWith('+'))
      .map((line) => line.slice(1))
      .toSorted(),
  ).toEqual(
    found
      .filter((line) => line.startsWith('-'))
      .map((line) => line.slice(1))
      .toSorted(),
  )
})

test('writes new journeys and personas beside the others', () => {
  const found = changes(
    {
      kind: 'create-persona',
      persona: 'night-owl',
      title: 'Night owl',
      devices: ['phone', 'a, b'],
    },
    {
      kind: 'create-journey',
      journey: 'refund',
      title: 'Send it back: "no"',
      persona: 'night-owl',
      pains: ['#1 is slow'],
      steps: [{ step: 'ask', title: 'Ask', screen: '/refund' }],
    },
    { kind: 'add-step', journey: 'refund', step: 'done' },
    { kind: 'add-call', step: 'refund/done', operation: 'store.getOrder' },
    { kind: 'create-journey', journey: 'empty' },
  )
  expect(found).toEqual({
    'personas/night-owl.yaml': [
      '+persona: night-owl',
      '+title: Night owl',
      '+devices: [phone, "a, b"]',
    ],
    'journeys/refund.journey.yaml': [
      '+journey: refund',
      '+title: "Send it back: \\"no\\""',
      '+persona: night-owl',
      '+pains:',
      '+  - "#1 is slow"',
      '+steps:',
      '+  - step: ask',
      '+    title: Ask',
      '+    screen: /refund',
      '+',
      '+  - step: done',
      '+    calls:',
      '+      - operation: store.getOrder',
    ],
    'journeys/empty.journey.yaml': ['+journey: empty', '+steps: []'],
  })
})

test('changes the whole app and personas', () => {
  expect(
    changes(
      { kind: 'set-state', condition: 'partial', set: { show: 'What is there' } },
      { kind: 'set-state', condition: '429', set: { recover: 'wait' } },
      {
        kind: 'change-persona',
        persona: 'gift-buyer',
        set: { devices: ['laptop', 'phone'], goal: null },
      },
    ),
  ).toEqual({
    'throughline.yaml': [
      '-  429: { show: "\\"Give us a moment\\", with Try again", test: "role=alert", recover: wait and retry }',
      '+  429: { show: "\\"Give us a moment\\", with Try again", test: "role=alert", recover: wait }',
      '+  partial: { show: What is there }',
    ],
    'personas/gift-buyer.yaml': [
      "-goal: Flowers at somebody else's door, on the right day",
      '-devices: [laptop]',
      '+devices: [laptop, phone]',
    ],
  })
})

test('gives a persona another id wherever it is named', () => {
  const found = changes({ kind: 'rename-persona', persona: 'returning-customer', to: 'regular' })
  expect(found['personas/returning-customer.yaml']).toEqual([
    '-persona: returning-customer',
    '+persona: regular',
  ])
  expect(found[checkout]).toEqual(['-persona: returning-customer', '+persona: regular'])
})

test('deletes a persona, and the journeys are about nobody then', () => {
  const result = applied(files, graph.apis, [
    { kind: 'delete-persona', persona: 'returning-customer' },
  ])
  if ('refusal' in result) throw result.refusal
  expect(result.title).toBe('Deleted the persona Returning customer')
  expect(result.texts.get('personas/returning-customer.yaml')).toBeNull()
  expect(result.texts.get(checkout)).not.toContain('persona:')
})

test('edits a persona that is described inside its journey, and moves it into a file of its own', () => {
  const path = 'journeys/refund.journey.yaml'
  const text =
    'journey: refund # nobody likes this\npersona: { name: Gift receiver, devices: [phone] } # for now\nsteps: []\n'
  const inline = edited(files, { [path]: text })
  const made = (...edits: readonly Edit[]): ReadonlyMap<string, string | null> => {
    const result = applied(inline, graph.apis, edits)
    if ('refusal' in result) throw result.refusal
    return result.texts
  }
  const renamed = made({
    kind: 'change-persona',
    persona: 'gift-receiver',
    set: { title: 'Who gets it', context: 'At home', devices: ['phone', 'laptop'] },
  })
  expect(renamed.get(path)).toBe(
    text.replace(
      '{ name: Gift receiver, devices: [phone] }',
      '{ name: Who gets it, context: At home, devices: [phone, laptop] }',
    ),
  )
  const own = made(
    { kind: 'create-persona', persona: 'receiver', title: 'Gift receiver', devices: ['phone'] },
    { kind: 'change-journey', journey: 'refund', set: { persona: 'receiver' } },
  )
  expect(own.get(path)).toBe(text.replace('{ name: Gift receiver, devices: [phone] }', 'receiver'))
  expect(made({ kind: 'delete-persona', persona: 'gift-receiver' }).get(path)).toBe(
    'journey: refund # nobody likes this\nsteps: []\n',
  )
})

test('deletes a journey and what leads into it', () => {
  const result = applied(files, graph.apis, [
    { kind: 'change-step', step: 'checkout/done', set: { next: ['track-order/order'] } },
    { kind: 'delete-journey', journey: 'track-order' },
  ])
  expect(result).toMatchObject({
    title: 'Changed the next of the step Know that it comes, and 1 more change',
  })
  if ('refusal' in result) throw result.refusal
  expect(result.texts.get('journeys/track-order.journey.yaml')).toBeNull()
  expect(result.texts.get(checkout)).toMatch(/next: \[\]\n$/)
})

test.each<[string, Edit, string]>([
  ['an unknown journey', { kind: 'add-step', journey: 'return', step: 'a' }, '/journey'],
  ['an unknown step', { kind: 'delete-step', step: 'checkout/nothing' }, '/step'],
  ['a persona nobody knows', { kind: 'delete-persona', persona: 'nobody' }, '/persona'],
  [
    'the id of another persona',
    { kind: 'rename-persona', persona: 'gift-buyer', to: 'returning-customer' },
    '/to',
  ],
  ['an id that is taken', { kind: 'rename-step', step: 'checkout/basket', to: 'payment' }, '/to'],
  [
    'a step that leads nowhere',
    { kind: 'change-step', step: 'checkout/basket', set: { next: ['delivery', 'nowhere'] } },
    '/set/next/1',
  ],
  [
    'an operation of no contract',
    { kind: 'add-call', step: 'checkout/basket', operation: 'store.getBaskets' },
    '/operation',
  ],
  [
    'an operation that is called already',
    { kind: 'add-call', step: 'checkout/basket', operation: 'store GET /basket' },
    '/operation',
  ],
  [
    'a call that waits for itself',
    { kind: 'change-call', ...basket, set: { after: ['store.getBasket'] } },
    '/set/after/0',
  ],
  ['a need that is there', { kind: 'add-need', ...basket, path: 'total.amount' }, '/path'],
  ['a need that is not there', { kind: 'remove-need', ...basket, need: 'eta' }, '/need'],
  [
    'a place that is not there',
    { kind: 'add-need', ...basket, path: 'eta', before: 'nothing' },
    '/before',
  ],
  [
    'a state that says nothing',
    { kind: 'set-state', ...basket, condition: '418', set: { show: null } },
    '/set',
  ],
  [
    'a state like itself',
    { kind: 'set-state', ...basket, condition: '5xx', set: { same: '5XX' } },
    '/set/same',
  ],
  [
    'a persona that does not exist',
    { kind: 'change-journey', journey: 'checkout', set: { persona: 'nobody' } },
    '/set/persona',
  ],
  ['a journey that exists', { kind: 'create-journey', journey: 'checkout' }, '/journey'],
])('refuses %s', (_, edit, pointer) => {
  const result = applied(files, graph.apis, [edit])
  expect(result).toMatchObject({ index: 0, refusal: { status: 422, pointer } })
})

test('leaves out nothing of a graph that an edit is not about', () => {
  const result = applied(files, graph.apis, [
    { kind: 'change-step', step: 'checkout/basket', set: { title: '"}: {' } },
  ])
  if ('refusal' in result) throw result.refusal
  const after = compile(edited(files, { [checkout]: result.texts.get(checkout)! })).graph
  expect([...after.nodes.keys()]).toEqual([...graph.nodes.keys()])
  expect(after.nodes.get('step:checkout/basket')).toMatchObject({ title: '"}: {' })
})

test('deletes a step, and the way goes on past it', () => {
  const result = applied(files, graph.apis, [{ kind: 'delete-step', step: 'checkout/delivery' }])
  if ('refusal' in result) throw result.refusal
  const text = result.texts.get(checkout)!
  expect(text).not.toContain('delivery,')
  expect(text).toContain('next: [payment, catalogue]\n\n  - step: payment\n')
})

const hostile = [
  '\n- step: evil',
  '"}: {',
  "'}]: [",
  'a, b: c',
  '# gone',
  'x # y',
  '*alias',
  '&anchor',
  '!!js/function x',
  '<<',
  '404',
  'no',
  '5xx',
  '~',
  '| ',
  '>-',
  '--- ',
  '...',
  '${jndi}',
  'a\u2028- step: evil',
  'a\u2029b',
  'a\u0085b',
  'a\rb',
  '\ufeffa',
  '\u202eevil',
  'a\tb',
  '__proto__',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'x'.repeat(1990),
]

const small = filesOf({
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: {}\n',
  [checkout]: `journey: checkout
title: Buy
pains:
  - Late
steps:
  - step: basket
    title: Basket
    calls:
      - operation: store.getBasket
        needs:
          - { path: total, label: Total }
        states:
          empty: { show: Nothing }
      - operation: store.changeItem
        needs: [total]
  - step: payment
`,
  'journeys/track-order.journey.yaml': 'journey: track-order\nsteps: [{ step: find }]\n',
})

test.each(hostile)('writes %j into every text, and nothing but that text', (text) => {
  const paths = { step: 'checkout/basket', call: 'store.getBasket' }
  const edits: readonly Edit[] = [
    {
      kind: 'change-journey',
      journey: 'checkout',
      set: { title: text, goal: text, owner: text, pains: [text, `${text}!`] },
    },
    {
      kind: 'change-step',
      step: 'checkout/basket',
      set: {
        title: text,
        screen: text,
        design: text,
        image: text,
        feeling: { score: 1, quote: text, from: text },
      },
    },
    { kind: 'add-need', ...paths, path: text, why: text, absent: text, label: text },
    { kind: 'add-need', step: 'checkout/basket', call: 'store.changeItem', path: text },
    { kind: 'change-call', ...paths, set: { sends: [text] } },
    {
      kind: 'set-state',
      ...paths,
      condition: 'empty',
      set: { show: text, test: text, recover: text },
    },
    {
      kind: 'set-state',
      ...paths,
      condition: `problem: /x${text.replaceAll(/[\n\r\u2028\u2029]/g, '').trim()}`,
      set: { show: text },
    },
    {
      kind: 'add-step',
      journey: 'track-order',
      step: 'evil-twin',
      title: text,
      feeling: { score: 0, quote: text },
    },
    { kind: 'create-persona', persona: 'mallory', title: text, devices: [text], context: text },
  ]
  const result = applied(small, [], edits)
  if ('refusal' in result) throw result.refusal
  const { journeys, personas } = parseWorkspace(
    edited(small, Object.fromEntries([...result.texts].map(([path, written]) => [path, written!]))),
  ).declarations
  const [checkoutAfter, track] = ['checkout', 'track-order'].map((id) =>
    journeys.find((one) => one.id === id)!,
  )
  const basketAfter = checkoutAfter!.steps.find(({ id }) => id === 'basket')!
  const [getBasket, changeItem] = basketAfter.calls
  expect(checkoutAfter).toMatchObject({ title: text, goal: text, pains: [text, `${text}!`] })
  expect(basketAfter).toMatchObject({
    title: text,
    screen: text,
    design: text,
    image: text,
    feeling: { score: 1, quote: text, from: text },
  })
  expect(getBasket!.needs.at(-1)).toMatchObject({
    path: text,
    why: text,
    absent: text,
    label: text,
  })
  expect(changeItem!.needs.at(-1)).toMatchObject({ path: text })
  expect(getBasket!.sends).toMatchObject([{ path: text }])
  expect(getBasket!.states[0]).toMatchObject({
    condition: 'empty',
    show: text,
    test: text,
    recover: text,
  })
  expect(getBasket!.states.at(-1)).toMatchObject({
    condition: `problem: /x${text.replaceAll(/[\n\r\u2028\u2029]/g, '').trim()}`,
    show: text,
  })
  expect(track!.steps.at(-1)).toMatchObject({
    id: 'evil-twin',
    title: text,
    feeling: { score: 0, quote: text },
  })
  expect(personas.find(({ id }) => id === 'mallory')).toMatchObject({
    title: text,
    devices: [text],
    context: text,
  })
  expect(checkoutAfter!.steps.map(({ id }) => id)).toEqual(['basket', 'payment'])
  expect(journeys).toHaveLength(2)
})
