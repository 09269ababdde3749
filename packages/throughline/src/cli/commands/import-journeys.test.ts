import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { shellIn } from '../../../test/shell.ts'

const shop = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: apis/store.yaml } }\n',
  'apis/store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        200: { description: Orders, content: { application/json: { schema: { type: object, required: [items], properties: { items: { type: array, items: { type: object, required: [total], properties: { total: { type: number } } } } } } } } }
        503: { description: Closed }
  /payments:
    post:
      operationId: createPayment
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [method], properties: { method: { type: string } } } } } }
      responses:
        201: { description: Paid, content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: string } } } } } }
        402: { description: Declined }
`,
}

const journey = {
  journey: 'order',
  title: 'Order again',
  goal: 'Pay within a minute',
  steps: [
    {
      step: 'list',
      title: 'The orders',
      calls: [
        {
          operation: 'store.listOrders',
          needs: ['items[].total'],
          states: { '503': { show: 'Come back later', recover: 'retry' } },
        },
      ],
    },
    {
      step: 'pay',
      title: 'Pay',
      calls: [
        {
          operation: 'store.createPayment',
          needs: ['id'],
          sends: ['method'],
          states: { '402': { show: 'Your bank said no' }, '5xx': { show: 'Try again' } },
        },
      ],
    },
  ],
}

test('gives back the journey that Arazzo was written from', async () => {
  const shell = shellIn({ ...shop, 'journeys/order.journey.yaml': JSON.stringify(journey) })
  const { stdout } = await shell.run('export', '--format', 'arazzo')
  const other = shellIn({ ...shop, 'shop.arazzo.json': stdout })
  const done = await other.run('import', 'shop.arazzo.json', '--json')
  expect(done).toMatchObject({ status: 0 })
  expect(JSON.parse(done.stdout)).toMatchObject({
    written: ['journeys/order.journey.yaml'],
    operations: ['store.listOrders', 'store.createPayment'],
    steps: ['order/list', 'order/pay'],
    loss: { dropped: [] },
  })
  expect(parse(other.read('journeys/order.journey.yaml'))).toEqual(journey)
})

test('makes a workspace of workflows whose contract lies beside them, and says what is lost', async () => {
  const shell = shellIn({
    'apis/store.yaml': shop['apis/store.yaml'],
    'flow.yaml': `arazzo: 1.0.1
info: { title: Shop, version: 1.0.0 }
sourceDescriptions:
  - { name: store, url: ./apis/store.yaml, type: openapi }
  - { name: web, url: https://shop.example/openapi.yaml, type: openapi }
  - { name: out, url: ../../etc/passwd, type: openapi }
workflows:
  - workflowId: buy something!
    dependsOn: [login]
    steps:
      - stepId: pay
        operationPath: '{$sourceDescriptions.store.url}#/paths/~1payments/post'
        requestBody: { payload: { method: "4242424242424242" } }
        successCriteria: [{ condition: $statusCode == 201 }, { condition: $response.header.x == 1 }]
        onFailure: [{ name: away, type: goto, stepId: other, criteria: [{ condition: $statusCode >= 500 }] }]
      - { stepId: other, operationId: nowhere }
      - { stepId: again, workflowId: login }
`,
  })
  const done = await shell.run('import', 'flow.yaml', '--json')
  expect(done.stdout).not.toContain('4242')
  const told = JSON.parse(done.stdout) as {
    readonly written: readonly string[]
    readonly loss: { readonly dropped: readonly { readonly why: string }[] }
  }
  expect(told.written).toEqual(['throughline.yaml', 'journeys/buy-something.journey.yaml'])
  expect(parse(shell.read('throughline.yaml'))).toMatchObject({
    apis: { store: { contract: './apis/store.yaml' } },
  })
  expect(told.loss.dropped.map(({ why }) => why)).toEqual([
    'its criterion $response.header.x == 1',
    'that it goes on with other',
    'no contract of the workspace has its operation',
    'it runs the workflow login',
    'that it comes after login',
  ])
})

test('never crashes on workflows that were cut or damaged', async () => {
  const { stdout } = await shellIn({
    ...shop,
    'journeys/order.journey.yaml': JSON.stringify(journey),
  }).run('export', '--format', 'arazzo')
  const shell = shellIn(shop)
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: stdout.length - 1 }),
      fc.constantFrom('', '__proto__', '{', '[]', 'null', '"', '9e999'),
      fc.boolean(),
      async (place, put, cut) => {
        shell.write({
          'a.json': `${stdout.slice(0, place)}${put}${cut ? '' : stdout.slice(place + 1)}`,
        })
        const done = await shell.run('import', 'a.json', '--dry-run', '--json')
        expect([0, 1, 2]).toContain(done.status)
      },
    ),
    { numRuns: 60 },
  )
})

const story = (
  id: string,
  title: string,
  name: string,
  type = 'story',
): readonly [string, object] => [id, { id, title, name, type, importPath: './basket.stories.tsx' }]

test('finds the stories that show a state, proposes them, and writes them when told to', async () => {
  const written = `# Agreed in May
journey: order
title: Order again
steps:
  - step: list # the first
    title: The orders
    screen: /orders
    calls:
      - operation: store.listOrders
        needs: ["items[].total"]
        states:
          loading: { show: Skeleton rows }
          empty: Nothing ordered yet
          503: { show: Come back later }
`
  const index = {
    v: 5,
    entries: Object.fromEntries([
      story('orders--docs', 'Shop/Orders', 'Docs', 'docs'),
      story('orders--default', 'Shop/Orders', 'Default'),
      story('orders--loading', 'Shop/Orders', 'Loading'),
      story('orders--loading-2', 'Shop/Orders', 'Skeleton'),
      story('orders--come-back', 'Shop/Orders', 'Come back later'),
      story('orders--empty', 'Shop/Orders', 'Nothing ordered yet'),
      story('orders--odd', 'Shop/Orders', 'On Mars'),
      story('button--primary', 'Button', 'Primary'),
      story('__proto__', 'Shop/Orders', 'Empty'),
    ]),
  }
  const shell = shellIn({
    ...shop,
    'journeys/order.journey.yaml': written,
    'index.json': JSON.stringify(index),
  })
  const proposed = await shell.run('import', 'index.json')
  expect(proposed).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('4 designs proposed') as string,
    stderr: expect.stringContaining('Button/Primary: no step is called so') as string,
  })
  expect(shell.read('journeys/order.journey.yaml')).toBe(written)
  const done = await shell.run(
    'import',
    'index.json',
    '--apply',
    '--at',
    'https://book.example/',
    '--json',
  )
  expect(JSON.parse(done.stdout)).toMatchObject({
    written: ['journeys/order.journey.yaml'],
    steps: ['order/list'],
    loss: { taken: { length: 4 }, dropped: { length: 5 } },
  })
  const after = shell.read('journeys/order.journey.yaml')
  expect(after).toContain('# Agreed in May')
  expect(parse(after)).toMatchObject({
    steps: [
      {
        design: 'https://book.example/?path=/story/orders--default',
        calls: [
          {
            states: {
              loading: {
                show: 'Skeleton rows',
                design: 'https://book.example/?path=/story/orders--loading',
              },
              empty: {
                show: 'Nothing ordered yet',
                design: 'https://book.example/?path=/story/orders--empty',
              },
              '503': { design: 'https://book.example/?path=/story/orders--come-back' },
            },
          },
        ],
      },
    ],
  })
})

test('finds every story again that it exported', async () => {
  const shell = shellIn({
    ...shop,
    'journeys/order.journey.yaml': JSON.stringify({
      ...journey,
      steps: journey.steps.map((one) => ({ ...one, screen: `/${one.step}` })),
    }),
  })
  const { stdout } = await shell.run('export', '--format', 'storybook')
  const names = [...stdout.matchAll(/^ {2}name: (".*"),$/gm)].map(
    (one) => JSON.parse(one[1]!) as string,
  )
  const designed = names.filter((one) => /(good day|503|402|5xx)$/.test(one))
  shell.write({
    'index.json': JSON.stringify({
      v: 5,
      entries: Object.fromEntries(designed.map((name, at) => story(`shop--${at}`, 'Shop', name))),
    }),
  })
  const done = await shell.run('import', 'index.json', '--json')
  expect(designed.length).toBeGreaterThan(3)
  expect(JSON.parse(done.stdout)).toMatchObject({
    designs: designed.map((name) => ({ name: `Shop/${name}` })),
    loss: { dropped: [] },
  })
})

test('says what becomes of the extensions of a contract, and begins a policy with its classes', async () => {
  const shell = shellIn({
    'shop.yaml': `openapi: 3.1.0
info: { title: Shop, x-logo: { url: logo.svg } }
x-tagGroups: []
paths:
  /me:
    get:
      x-owner: accounts
      x-rate-limit: 10
      x-codeSamples: []
      x-mystery: { x-inside: 1 }
      responses:
        200:
          description: ok
          content:
            application/json:
              example: { x-data: 1 }
              schema:
                type: object
                properties:
                  x-header: { type: string }
                  email: { type: string, x-data-classification: { category: contact } }
                  phone: { type: string, x-pii: true }
`,
  })
  const done = await shell.run('import', 'shop.yaml', '--json')
  const told = JSON.parse(done.stdout) as {
    readonly loss: Readonly<Record<string, readonly { readonly what: string }[]>>
  }
  expect(told).toMatchObject({ written: ['policy.yaml', 'throughline.yaml'], owners: ['accounts'] })
  expect(parse(shell.read('policy.yaml'))).toEqual({
    classes: { contact: { contains: ['email'] }, personal: { contains: ['phone'] } },
  })
  expect(told.loss['dropped']!.map(({ what }) => what.split(' ')[0])).toEqual([
    'x-codeSamples',
    'x-logo',
    'x-mystery',
    'x-rate-limit',
    'x-tagGroups',
  ])
  expect((await shell.run('import', 'shop.yaml')).stdout).toContain('Add to policy.yaml:')
})
