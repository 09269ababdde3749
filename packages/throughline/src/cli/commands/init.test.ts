import { createRequire } from 'node:module'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const store = `openapi: 3.1.0
info: { title: Corner Market, version: 1.0.0 }
paths:
  /orders:
    get:
      operationId: listOrders
      summary: Your orders
      tags: [orders]
      responses:
        200:
          description: Orders
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } } }
        401: { description: Signed out }
    post:
      operationId: createOrder
      tags: [orders]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [basketId, address]
              properties:
                basketId: { type: string }
                address: { type: object, required: [street, city], properties: { street: { type: string }, city: { type: string } } }
                note: { type: string }
      responses:
        201:
          description: The order
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
        409: { description: Sold out }
  /orders/{orderId}:
    get:
      operationId: getOrder
      summary: "One order: what, when, how much"
      tags: [orders]
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
      responses:
        200:
          description: The order
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
        404: { description: Gone }
        503: { description: Down }
  /health:
    get: { operationId: health, tags: [internals], responses: { 204: { description: Fine } } }
components:
  schemas:
    Order:
      type: object
      required: [id, status, total, customer]
      properties:
        id: { type: string }
        status: { type: string }
        total: { type: object, required: [amount, currency], properties: { amount: { type: number }, currency: { type: string } } }
        customer: { type: object, required: [email], properties: { email: { type: string }, phone: { type: string } } }
        self_url: { type: string }
        note: { type: string }
`

test('writes a workspace that teaches its format and passes check', async () => {
  const shell = shellIn({ 'openapi.yaml': store })
  const { status, stdout, stderr } = await shell.run('init', 'openapi.yaml', '--yes')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(`\n${stdout}`).toMatchInlineSnapshot(`
    "
    Written:
      throughline.yaml
      journeys/orders.journey.yaml
      personas/visitor.yaml
      policy.yaml
      .gitignore

    throughline dev    studio, mock and files together
    throughline check  what is still open
    "
  `)
  expect(`\n${shell.read('throughline.yaml')}`).toMatchInlineSnapshot(`
    "
    # A workspace of Throughline: which APIs there are, and what holds for the whole app.
    throughline: 1
    name: Corner Market
    apis:
      corner-market:
        contract: openapi.yaml
        # owner: shop                   # a team, below
        # environments: { staging: "https://staging.example.com" }
        # stage: live                   # planned | mocked | beta | live | deprecated
    states:                             # what every step does unless it says something else
      loading: { show: Grey shapes where the content will be }
      timeout: { show: "That it takes too long, with Try again" }
      offline: { show: "That there is no connection, with Try again" }
      401: { show: "The sign-in page, and back here afterwards" }
      403: { show: "That this is for others, and whom to ask" }
      429: { show: "Please wait a moment, and then it goes on by itself" }
      5xx: { show: "That something broke at our end, with Try again" }
      # A \`test\` (a Playwright selector, such as "role=alert") lets a browser prove that a state is really shown.
    # teams:
    #   shop: { role: backend, members: [somebody@example.com] }
    # rules: { missing-state: error }   # severities: error, warning, info, off
    "
  `)
  expect(`\n${shell.read('journeys/orders.journey.yaml')}`).toMatchInlineSnapshot(`
    "
    # A journey: what a person does, screen by screen, and what each screen needs from the APIs.
    # This is a first draft from the contract. Make it yours: rename, remove, reorder; \`throughline check\` tells what no longer fits.
    journey: orders
    title: Orders
    persona: visitor
    # owner: web                             # a team of throughline.yaml: gaps reach somebody
    # goal: Find it within a minute
    steps:
      - step: list-orders
        title: Your orders
        screen: /orders                      # the route in your UI; \`:id\` stands for any value
        # budget: { p75: 1s }                # how long people wait here at most
        calls:
          - operation: corner-market.listOrders
            needs:                           # the fields that the screen shows or decides on
              - "[].id"
              - "[].status"
              - "[].total.amount"
              - "[].total.currency"
            states:                          # what people see when it goes another way
              empty: { show: "Nothing here yet, and what one can do about it" }
      - step: get-order
        title: "One order: what, when, how much"
        screen: /orders/:orderId
        calls:
          - operation: corner-market.getOrder
            needs:
              - id
              - status
              - total.amount
              - total.currency
            states:
              404: { show: "It is not there any more, with a way back" }
      - step: create-order
        title: Create order
        screen: /orders
        calls:
          - operation: corner-market.createOrder
            sends:
              - basketId
              - address.street
              - address.city
            needs:
              - id
              - status
              - total.amount
              - total.currency
            states:
              409: { show: "Somebody else changed it meanwhile, with the newer version" }
    "
  `)
  expect(`\n${shell.read('personas/visitor.yaml')}`).toMatchInlineSnapshot(`
    "
    # Somebody you build for. Journeys name their persona; the mock serves their \`dataset\` when you walk as them.
    persona: visitor
    title: Visitor
    # goal: Find it within a minute
    context: On a phone, in between other things
    devices: [phone]
    dataset: typical                    # typical, minimal, empty, one, many or extreme
    "
  `)
  expect(`\n${shell.read('policy.yaml')}`).toMatchInlineSnapshot(`
    "
    # What the organisation demands of every API. \`throughline explain policy-class\` says how it is enforced.
    classes:
      personal:
        contains: [email, phone, street]
        rule: never in logs, never in a URL
    # freshness:                        # how old an answer may be
    #   - { match: "store.getPrices", maxAge: 60s }
    # errors: { format: problem+json }  # RFC 9457, with a title a person can act on
    "
  `)
  expect(shell.read('.gitignore')).toBe('.throughline/\n')
  const check = await shell.run('check', '--json')
  expect(JSON.parse(check.stdout)).toMatchObject({ summary: { errors: 0, journeys: 1, steps: 3 } })
})

test('takes name, tags, persona and folder from flags', async () => {
  const shell = shellIn({
    'apis/store.yaml': store,
    '.git/HEAD': '',
    'web/.gitignore': 'node_modules',
  })
  const { status, stdout } = await shell.run(
    'init',
    'apis/store.yaml',
    '--dir',
    'web',
    '--name',
    'Shop: the web',
    '--tags',
    'Orders',
    '--persona',
    'Night owl',
    '--json',
  )
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    written: [
      'throughline.yaml',
      'journeys/orders.journey.yaml',
      'personas/night-owl.yaml',
      'policy.yaml',
      '.gitignore',
    ],
    journeys: 1,
  })
  expect(shell.read('web/throughline.yaml')).toContain(
    'name: "Shop: the web"\napis:\n  store:\n    contract: ../apis/store.yaml\n',
  )
  expect(shell.read('web/.gitignore')).toBe('node_modules\n.throughline/\n')
  expect((await shell.run('check', 'web')).status).toBe(0)
})

test('never overwrites: says what is there, and writes nothing', async () => {
  const shell = shellIn({
    'openapi.yaml': store,
    'policy.yaml': 'classes: {}',
    'journeys/orders.journey.yaml': 'journey: orders',
  })
  const before = shell.list()
  const { status, stdout, stderr } = await shell.run('init', 'openapi.yaml')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(`\n${stderr}`).toMatchInlineSnapshot(`
    "
    error TL9004: Nothing was written, because these files are there already:
      journeys/orders.journey.yaml
      policy.yaml
    Remove or rename them, or name another folder with --dir.
    "
  `)
  expect(shell.list()).toEqual(before)
  expect(shell.read('policy.yaml')).toBe('classes: {}')
})

test('finds the only contract by itself, and asks for one where there are several', async () => {
  const shell = shellIn({ 'api/openapi.yaml': store })
  expect(await shell.run('init', '--yes')).toMatchObject({
    status: 0,
    stderr: 'From api/openapi.yaml.\n',
  })
  const several = shellIn({ 'a/openapi.yaml': store, 'b/openapi.yaml': store })
  expect((await several.run('init', '--yes')).stderr).toBe(
    'error TL9003: Name the contracts to start from. Found here:\n  throughline init a/openapi.yaml\n  throughline init b/openapi.yaml\n',
  )
  expect((await shellIn().run('init')).stderr).toBe(
    'error TL9003: Name a contract: `throughline init openapi.yaml`. No OpenAPI or GraphQL file was found here. Without one, start from a recording (`throughline init --from-har session.har`), or from the running app (`throughline discover http://localhost:3000`).\n',
  )
})

test.each([
  [['init', 'gone.yaml'], 'TL9001: There is no file gone.yaml.'],
  [
    ['init', 'empty.yaml'],
    'TL9003: empty.yaml describes no operation. `throughline check empty.yaml` says what is wrong with it.',
  ],
  [
    ['init', 'openapi.yaml', '--tags', 'order'],
    'TL9003: No operation has the tag `order`. Did you mean `orders`? There are: orders, internals.',
  ],
  [['init', 'openapi.yaml', '--dir', 'empty.yaml'], 'is a file. Name a folder with --dir.'],
])('%j is refused, and nothing is written', async (argv, message) => {
  const shell = shellIn({ 'openapi.yaml': store, 'empty.yaml': '' })
  const { status, stderr } = await shell.run(...argv)
  expect(status).toBe(2)
  expect(stderr).toContain(message)
  expect(shell.list()).toEqual(['empty.yaml', 'openapi.yaml'])
})

test('copies a contract that lies outside', async () => {
  const elsewhere = shellIn({ 'store.yaml': store })
  const shell = shellIn()
  await shell.run('init', join(elsewhere.folder, 'store.yaml'), '--dir', 'shop')
  expect(shell.read('shop/apis/store.yaml')).toBe(store)
  expect((await shell.run('check', 'shop')).status).toBe(0)
})

test('names the schemas for editors where the package is installed', async () => {
  const shell = shellIn({
    'openapi.yaml': store,
    'node_modules/throughline/schemas/journey.schema.json': '{}',
  })
  await shell.run('init', 'openapi.yaml')
  expect(shell.read('journeys/orders.journey.yaml')).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/node_modules\/throughline\/schemas\/journey\.schema\.json\n/,
  )
  expect(shell.read('policy.yaml')).not.toContain('yaml-language-server')
})

test('drafts from GraphQL', async () => {
  const shell = shellIn({
    'reviews.graphql': `type Query { reviews(productId: ID!): [Review!]!, shop: Shop! }
type Mutation { addReview(input: NewReview!): Review! }
input NewReview { productId: ID!, rating: Int!, text: String }
type Review { id: ID!, rating: Int!, text: String }
type Shop { name: String! }
`,
  })
  expect(await shell.run('init', 'reviews.graphql')).toMatchObject({ status: 0, stderr: '' })
  expect((await shell.run('check')).stdout).toMatch(/: (nothing|\d+ (warning|info))/)
  expect(shell.list()).toContain('journeys/reviews.journey.yaml')
})

test("drafts from GitHub's contract without an error", { timeout: 60_000 }, async () => {
  const contract = createRequire(import.meta.url).resolve(
    '@octokit/openapi/generated/api.github.com.json',
  )
  const shell = shellIn()
  symlinkSync(contract, join(shell.folder, 'github.json'))
  const { status, stdout, stderr } = await shell.run('init', 'github.json', '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({ journeys: 3 })
})
