import type {
  Blueprint,
  FramedDiagnostic,
  StateChip,
  StepColumn,
  WorkspaceOverview,
} from '@throughline/core'

// One journey that shows every status there is: what the studio's tests and pictures use.

const file = 'journeys/reorder.journey.yaml'

function problem(
  code: FramedDiagnostic['code'],
  severity: FramedDiagnostic['severity'],
  rule: string,
  message: string,
  subject: string,
  line: number,
  text: string,
  word: string,
  extra: Partial<FramedDiagnostic> = {},
): FramedDiagnostic {
  const column = text.indexOf(word) + 1
  return {
    code,
    severity,
    rule,
    message,
    subject,
    file,
    range: { start: { line, column }, end: { line, column: column + word.length } },
    help: `docs/diagnostics/${code}.md`,
    frame: {
      firstLine: line - 2,
      lines: [
        '      - operation: logistics.listSlots',
        '        needs:',
        text,
        '          - { path: "slots[].fee.amount" }',
      ],
    },
    ...extra,
  }
}

const diagnostics: readonly FramedDiagnostic[] = [
  problem(
    'TL2003',
    'error',
    'need-not-in-contract',
    'Step `reorder/slots` needs `slots[].co2Saving`, which `logistics.listSlots` does not return. Did you mean `slots[].emissions.kg`?',
    'reorder/slots',
    47,
    '          - { path: "slots[].co2Saving", label: Carbon saving }',
    'slots[].co2Saving',
    { fixes: [{ title: 'Use `slots[].emissions.kg`', replace: 'slots[].emissions.kg' }] },
  ),
  problem(
    'TL3003',
    'warning',
    'need-may-be-absent',
    'Step `reorder/basket` needs `items[].swap.reason`, which may be missing: `swap` is not required and `reason` is nullable. Say what the screen shows then (`absent`).',
    'reorder/basket',
    28,
    '          - { path: "items[].swap.reason", label: Substitution reason }',
    'items[].swap.reason',
    {
      related: [
        {
          file: 'contracts/orders.openapi.yaml',
          range: { start: { line: 212, column: 9 }, end: { line: 212, column: 15 } },
          message: '`reason` is nullable here.',
        },
      ],
    },
  ),
  problem(
    'TL3004',
    'warning',
    'missing-state',
    'Nobody has said what people see on `reorder/slots` when an answer is only partly there.',
    'reorder/slots',
    44,
    '  - id: slots',
    'slots',
  ),
  problem(
    'TL3004',
    'warning',
    'missing-state',
    'Nobody has said what people see on `reorder/slots` when the answer takes too long.',
    'reorder/slots',
    44,
    '  - id: slots',
    'slots',
  ),
  problem(
    'TL3006',
    'error',
    'budget-exceeds-step',
    'The calls of `reorder/slots` may take 738 ms one after another (`logistics.listZones`, `logistics.listSlots`), but the step promises 500 ms.',
    'reorder/slots',
    45,
    '    budget: { p75: 500ms }',
    '500ms',
  ),
  problem(
    'TL3008',
    'warning',
    'deprecated-in-use',
    'Step `reorder/basket` uses `store.listOffers`, which is deprecated (until 2027-01-01).',
    'reorder/basket',
    34,
    '      - operation: store.listOffers',
    'store.listOffers',
  ),
  problem(
    'TL4005',
    'info',
    'unowned',
    '`reorder` has no owner. Name a team, so that gaps reach somebody.',
    'reorder',
    3,
    'journey: reorder',
    'reorder',
  ),
]

const words: Readonly<Record<string, string>> = {
  loading: 'Loading',
  empty: 'Empty',
  partial: 'Partial',
  timeout: 'Timeout',
  offline: 'Offline',
  '402': '402 Payment required',
  '404': '404 Not found',
  '409': '409 Conflict',
  '5xx': 'Server error',
}

const designs: Readonly<Record<string, string>> = {
  '404': 'designs/gone.png',
  '409': 'https://book.example/?path=/story/basket--somebody-else-changed-it',
}

function states(
  step: string,
  said: Readonly<Record<string, string | null | undefined>>,
): readonly StateChip[] {
  // Numbers come first in an object; the server lists statuses before what is silent.
  const silent = ['timeout', 'offline']
  const entries = Object.entries(said)
  const order = [
    ...entries.filter(([condition]) => !/^\d/.test(condition) && !silent.includes(condition)),
    ...entries.filter(([condition]) => /^\d/.test(condition)),
    ...entries.filter(([condition]) => silent.includes(condition)),
  ]
  return order.map(([condition, show]) => {
    const status =
      show === null
        ? 'missing'
        : show === undefined
          ? 'cannot-happen'
          : show === ''
            ? 'inherited'
            : 'designed'
    return {
      condition,
      label: words[condition] ?? condition,
      status,
      calls: [],
      ...(show
        ? { show, recover: 'Try again keeps the basket', test: `[data-state=${condition}]` }
        : {}),
      ...(show === ''
        ? { show: 'A line at the top says that we are offline', recover: 'By itself' }
        : {}),
      ...(Object.hasOwn(designs, condition) && status === 'designed'
        ? { design: designs[condition]! }
        : {}),
      ...(status === 'cannot-happen' ? {} : { scenario: `${step}/${condition}` }),
      diagnostics:
        step === 'reorder/slots' && condition === 'partial'
          ? [2]
          : step === 'reorder/slots' && condition === 'timeout'
            ? [3]
            : [],
    }
  })
}

const steps = [
  {
    name: 'reorder/home',
    number: 1,
    title: 'Open the app',
    screen: '/',
    design: 'https://design.example/home',
    wireframe: 'home',
    feeling: { score: 1, quote: 'It already knows my usual order.', from: '14 interviews' },
    needs: [
      need('home', 'First name', 'customer.firstName', 'string', 'covered', 'store.getHome', {
        class: 'personal',
      }),
      need('home', 'Last order total', 'orders[0].total', 'Money', 'covered', 'orders.listOrders'),
      need(
        'home',
        'Item photos',
        'orders[0].items[].imageUrl',
        'uri?',
        'planned-for',
        'orders.listOrders',
        {
          absent: 'A grey tile with the first letter',
          because: '`imageUrl` is not required',
        },
      ),
      need(
        'home',
        'Reorder eligible',
        'orders[0].reorderable',
        'boolean',
        'covered',
        'orders.listOrders',
      ),
    ],
    calls: [
      call('home', 'store.getHome', 'GET', '/home', 'Load the home screen', true, 0, 212),
      call('home', 'orders.listOrders', 'GET', '/orders', 'List past orders', false, 0, 190),
    ],
    states: states('reorder/home', {
      loading: 'Greeting at once, the order card as a skeleton',
      empty: '“Start your first shop” with three bundles',
      partial: 'Photos are hidden, names and totals stay',
      timeout: '',
      offline: '',
      '5xx': '“We can’t load your orders” and a retry',
    }),
    budget: {
      promised: 400,
      calls: 212,
      path: [{ operation: 'store.getHome', ms: 212 }],
      diagnostics: [],
    },
    next: ['reorder/basket'],
    diagnostics: [],
    file,
    line: 12,
  },
  {
    name: 'reorder/basket',
    number: 2,
    title: 'Check the basket',
    screen: '/basket',
    wireframe: 'list',
    feeling: { score: 1.3, quote: 'Two swaps, fine. Show me why.', from: '14 interviews' },
    needs: [
      need('basket', 'Item name', 'items[].name', 'string', 'covered', 'store.fillBasket'),
      need('basket', 'Live price', 'items[].price', 'Money', 'covered', 'store.listPrices', {
        why: 'Maya compares with last week',
      }),
      need(
        'basket',
        'Substitution reason',
        'items[].swap.reason',
        'enum?',
        'optional',
        'store.fillBasket',
        {
          because: '`swap` is not required, and `reason` is nullable',
          diagnostics: [1],
        },
      ),
      need('basket', 'Stock level', 'items[].stock', 'integer', 'covered', 'store.fillBasket'),
      need('basket', 'Saving', 'totals.saving', 'Money?', 'planned-for', 'store.listPrices', {
        absent: 'The line is left out',
      }),
    ],
    calls: [
      call('basket', 'store.fillBasket', 'POST', '/baskets', 'Fill a basket again', true, 0, 352),
      call('basket', 'store.listPrices', 'GET', '/prices', 'Prices right now', true, 1, 131),
      {
        ...call('basket', 'store.listOffers', 'GET', '/offers', 'Offers', false, 0, 190),
        deprecated: true,
        diagnostics: [5],
      },
    ],
    states: states('reorder/basket', {
      loading: 'Rows fade in as prices arrive',
      empty: '“Everything was out of stock”, with swaps',
      partial: 'The basket without offers',
      timeout: 'Last known prices, marked “updating”',
      offline: '',
      '404': 'A fresh basket, and a line that says so',
      '409': '“Someone else changed this basket”',
      '5xx': 'The basket stays; prices are coming',
    }),
    budget: {
      promised: 600,
      calls: 483,
      path: [
        { operation: 'store.fillBasket', ms: 352 },
        { operation: 'store.listPrices', ms: 131 },
      ],
      diagnostics: [],
    },
    next: ['reorder/slots'],
    diagnostics: [1, 5],
    file,
    line: 22,
  },
  {
    name: 'reorder/slots',
    number: 3,
    title: 'Pick a delivery slot',
    screen: '/slots',
    wireframe: 'grid',
    feeling: { score: -1, quote: 'Nothing tonight? Tell me what is close.', from: '14 interviews' },
    needs: [
      need('slots', 'Slot window', 'slots[].window', 'Interval', 'covered', 'logistics.listSlots'),
      need('slots', 'Delivery fee', 'slots[].fee', 'Money', 'covered', 'logistics.listSlots'),
      {
        id: 'reorder/slots:logistics.listSlots:slots[].co2Saving',
        label: 'Carbon saving',
        path: 'slots[].co2Saving',
        status: 'missing',
        operation: 'logistics.listSlots',
        why: 'Maya picks the greener van when the wait is short',
        absent: 'The line is hidden',
        diagnostics: [0],
      },
      need('slots', 'Zone', 'zones[].name', 'string', 'covered', 'logistics.listZones'),
    ],
    calls: [
      call(
        'slots',
        'logistics.listZones',
        'GET',
        '/zones',
        'Find the zone of a postcode',
        true,
        0,
        238,
      ),
      {
        ...call(
          'slots',
          'logistics.listSlots',
          'GET',
          '/slots',
          'List delivery slots',
          true,
          1,
          500,
        ),
        stage: 'beta',
      },
    ],
    states: states('reorder/slots', {
      loading: 'Seven days in grey, no spinner',
      empty: 'Click and collect nearby',
      partial: null,
      timeout: null,
      offline: '',
      '5xx': '“Slots are busy. Hold my basket?”',
    }),
    budget: {
      promised: 500,
      calls: 738,
      overBy: 238,
      path: [
        { operation: 'logistics.listZones', ms: 238 },
        { operation: 'logistics.listSlots', ms: 500 },
      ],
      diagnostics: [4],
    },
    next: ['reorder/payment'],
    diagnostics: [0, 2, 3, 4],
    file,
    line: 44,
  },
  {
    name: 'reorder/payment',
    number: 4,
    title: 'Pay',
    screen: '/payment',
    wireframe: 'payment',
    feeling: { score: 0.3, quote: 'One tap, and don’t charge me twice.' },
    needs: [
      need('payment', 'Saved cards', 'wallet.cards[]', 'Card[]', 'covered', 'payments.getWallet', {
        class: 'card-data',
      }),
      need('payment', 'Order total', 'order.total', 'Money', 'covered', 'orders.createOrder'),
      need(
        'payment',
        'Decline reason',
        'problem.code',
        'enum',
        'covered',
        'payments.createPayment',
      ),
    ],
    calls: [
      call('payment', 'payments.getWallet', 'GET', '/wallet', 'Saved cards', true, 0, 160),
      call(
        'payment',
        'payments.createPayment',
        'POST',
        '/payments',
        'Authorise a payment',
        true,
        1,
        580,
      ),
      call('payment', 'orders.createOrder', 'POST', '/orders', 'Place an order', true, 2, 102),
    ],
    states: states('reorder/payment', {
      loading: 'The button says “Paying…”, locked',
      empty: undefined,
      partial: undefined,
      timeout: '“We’re still checking.” It asks again and never pays twice',
      offline: '',
      '402': 'Six decline reasons in plain words',
      '5xx': '“Nothing was charged”, and a retry',
    }),
    budget: {
      promised: 900,
      calls: 842,
      path: [
        { operation: 'payments.getWallet', ms: 160 },
        { operation: 'payments.createPayment', ms: 580 },
        { operation: 'orders.createOrder', ms: 102 },
      ],
      diagnostics: [],
    },
    next: ['reorder/tracking'],
    diagnostics: [],
    file,
    line: 60,
  },
  {
    name: 'reorder/tracking',
    number: 5,
    title: 'Track the van',
    screen: '/orders/:id',
    wireframe: 'map',
    feeling: { score: 2, quote: 'Ten minutes away. Love that.' },
    needs: [
      need(
        'tracking',
        'Van position',
        'delivery.position',
        'GeoPoint',
        'covered',
        'delivery.query delivery',
      ),
      need('tracking', 'ETA', 'delivery.eta', 'date-time', 'covered', 'delivery.query delivery'),
      need(
        'tracking',
        'Driver name',
        'delivery.driver.name',
        'string?',
        'planned-for',
        'delivery.query delivery',
        {
          absent: '“Your driver”',
          class: 'personal',
        },
      ),
    ],
    calls: [
      call(
        'tracking',
        'delivery.query delivery',
        'QUERY',
        'delivery',
        'Follow a delivery',
        true,
        0,
        301,
      ),
    ],
    states: states('reorder/tracking', {
      loading: 'Map placeholder, ETA first',
      empty: undefined,
      partial: 'ETA and the last scan, without a position',
      timeout: '',
      offline: '',
      '5xx': '“Lost the van for a moment”, last known spot',
    }),
    budget: {
      promised: 800,
      calls: 301,
      path: [{ operation: 'delivery.query delivery', ms: 301 }],
      diagnostics: [],
    },
    next: [],
    diagnostics: [],
    file,
    line: 78,
  },
] as const satisfies readonly StepColumn[]

function need(
  step: string,
  label: string,
  path: string,
  type: string,
  status: 'covered' | 'optional' | 'planned-for',
  operation: string,
  extra: Partial<StepColumn['needs'][number]> = {},
): StepColumn['needs'][number] {
  return {
    id: `reorder/${step}:${operation}:${path}`,
    label,
    path,
    type,
    status,
    operation,
    diagnostics: [],
    ...extra,
  }
}

function call(
  step: string,
  operation: string,
  method: string,
  path: string,
  title: string,
  critical: boolean,
  depth: number,
  budget: number,
): StepColumn['calls'][number] {
  return {
    id: `reorder/${step}:${operation}`,
    operation,
    method,
    path,
    title,
    critical,
    depth,
    budget,
    deprecated: false,
    diagnostics: [],
  }
}

function count<Key extends string>(
  keys: readonly Key[],
  all: readonly { readonly status: Key }[],
): Record<Key, number> {
  const counts = Object.fromEntries(
    keys.map((key) => [key, all.filter((one) => one.status === key).length]),
  )
  // Every key was just counted.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return counts as Record<Key, number>
}

const totals: Blueprint['totals'] = {
  needs: count(
    ['covered', 'optional', 'planned-for', 'missing'],
    steps.flatMap((step) => step.needs),
  ),
  states: count(
    ['designed', 'inherited', 'missing', 'cannot-happen'],
    steps.flatMap((step) => step.states),
  ),
  worstBudget: { step: 'reorder/slots', title: 'Pick a delivery slot', promised: 500, calls: 738 },
  errors: 2,
  warnings: 4,
}

export const reorder: Blueprint = {
  journey: {
    name: 'reorder',
    title: 'Reorder the weekly shop',
    goal: 'Repeat last week’s basket and book a slot in under a minute.',
    pains: ['Swaps come without a reason', 'Evening slots are gone without a hint'],
    persona: {
      name: 'maya',
      title: 'Maya',
      context: 'Weekly shopper, on the bus',
      devices: ['phone', '4G'],
    },
    line: 1,
    file,
  },
  totals,
  steps,
  diagnostics,
}

export const fixAnItem: Blueprint = {
  journey: {
    name: 'wrong-item',
    title: 'Fix a wrong item',
    goal: 'Get the money back without a phone call.',
    pains: [],
    owner: 'orders',
    persona: { name: 'noor', title: 'Noor', devices: [] },
    line: 2,
    file: 'journeys/wrong-item.journey.yaml',
  },
  totals: {
    needs: { covered: 2, optional: 0, 'planned-for': 0, missing: 0 },
    states: { designed: 3, inherited: 1, missing: 0, 'cannot-happen': 0 },
    errors: 0,
    warnings: 0,
  },
  steps: [
    {
      ...steps[1],
      name: 'wrong-item/order',
      title: 'Open the order',
      number: 1,
      diagnostics: [],
      needs: steps[0].needs.slice(1, 2),
      calls: steps[0].calls.slice(1),
      next: ['wrong-item/refund'],
    },
    {
      ...steps[3],
      name: 'wrong-item/refund',
      title: 'Ask for a refund',
      number: 2,
      wireframe: 'form',
      needs: steps[3].needs.slice(1, 2),
      next: [],
    },
  ],
  diagnostics: [],
}

export const workspace: WorkspaceOverview = {
  name: 'corner-market',
  version: 1,
  journeys: [
    {
      name: 'reorder',
      title: reorder.journey.title,
      line: 1,
      goal: 'Repeat last week’s basket and book a slot in under a minute.',
      persona: 'Maya',
      steps: steps.map((step) => ({
        name: step.name,
        title: step.title,
        status: step.name === 'reorder/slots' || step.name === 'reorder/basket' ? 'gap' : 'fine',
      })),
      totals,
    },
    {
      name: 'wrong-item',
      title: 'Fix a wrong item',
      line: 2,
      goal: 'Get the money back without a phone call.',
      persona: 'Noor',
      steps: fixAnItem.steps.map((step) => ({
        name: step.name,
        title: step.title,
        status: 'fine',
      })),
      totals: fixAnItem.totals,
    },
  ],
  apis: [
    { name: 'store', version: '1.4.0', operations: 14, file: 'contracts/store.openapi.yaml' },
    { name: 'orders', version: '2.0.0', operations: 9, file: 'contracts/orders.openapi.yaml' },
    { name: 'delivery', version: 'GraphQL', operations: 3, file: 'contracts/delivery.graphql' },
  ],
  open: {
    gaps: { count: 1, url: '/needs?show=gaps' },
    undecided: { count: 2, url: '/states?show=undecided' },
    unplanned: { count: 1, url: '/needs?show=unplanned' },
    overBudget: { count: 1, url: '/diagnostics?code=TL3006' },
    unowned: { count: 1, url: '/diagnostics?code=TL4005' },
  },
  counts: { errors: 2, warnings: 4, infos: 1, operations: 26, steps: 7, needs: 21 },
  mock: {
    url: 'http://127.0.0.1:4010',
    situation: { scenario: 'reorder/slots/5xx', title: 'Slots: server error' },
  },
  app: { url: 'http://127.0.0.1:4020' },
}
