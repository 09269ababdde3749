import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const contract = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        200:
          description: The basket
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items: { type: array, items: { type: string, examples: [Rye bread] }, minItems: 1 }
        404: { description: There is none }
  /payments:
    post:
      operationId: pay
      responses:
        201: { description: Paid, content: { application/json: { schema: { type: object } } } }
        402: { description: Refused }
  /offers:
    get:
      operationId: listOffers
      responses:
        200: { description: Offers, content: { application/json: { schema: { type: array, items: { type: string } } } } }
`
// What it does wrong: a timeout spins for ever, a refused payment is said to be fine, and without offers there is no page.
const page = `<!doctype html><html lang="en"><title>Basket</title><body>
<h1>Your basket</h1><main id="main"></main>
<script>
const main = document.getElementById('main')
const show = (html) => { main.innerHTML = html }
async function load() {
  show('<p class="spinner" role="status">Loading</p>')
  const offers = fetch('/api/offers').then((answer) => { if (!answer.ok) throw new Error('offers'); return answer.json() })
  try {
    const answer = await fetch('/api/basket')
    if (answer.status === 404) return show('<p>A new, empty basket</p>')
    if (!answer.ok) return show('<p role="alert">Something broke at our end <button>Try again</button></p>')
    const { items } = await answer.json()
    await offers.catch(() => { document.body.innerHTML = '<p>Sorry</p>' })
    show('<p>Bread, apples and flowers from around the corner</p><p>We come tomorrow</p><ul><li>' + items.join('<li>') + '</ul><button>Pay</button>')
    main.querySelector('button').onclick = async () => {
      await fetch('/api/payments', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      show('<p role="status">Thank you, it is ordered</p>')
    }
  } catch {
    show('<p role="alert">No connection <button>Try again</button></p>')
  }
}
load()
</script></body></html>`
const shop = {
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: apis/store.yaml } }
app: { root: app }
`,
  'apis/store.yaml': contract,
  'app/index.html': page,
  'journeys/checkout.journey.yaml': `journey: checkout
owner: checkout
steps:
  - step: basket
    screen: /basket
    budget: { p75: 500ms }
    calls:
      - operation: store.getBasket
        needs: ["items[]"]
        budget: { p75: 300ms }
        states:
          loading: { show: A spinner, test: .spinner }
          5xx: { show: A banner with Try again, test: role=alert, recover: retry }
          404: { show: A new basket, test: "text=A new, empty basket" }
          timeout: { same: 5xx }
          offline: { show: No connection }
      - operation: store.pay
        via: [{ click: "role=button[name=Pay]" }]
        states:
          402: { show: The bank said no, test: role=alert, recover: choose another card }
`,
  'package.json': '{}',
}

interface Found {
  readonly states: readonly { readonly id: string; readonly verdict: string }[]
  readonly screens: readonly object[]
  readonly findings: readonly { readonly id: string }[]
}

test('proves the states that people see, finds what is not as promised, and says it to each reader', async () => {
  const shell = shellIn(shop)
  const run = await shell.run(
    'test',
    'ui',
    '--json',
    '--report',
    'out/s.html,out/s.xml,out/s.sarif,out/s.md',
  )
  const result: Found = JSON.parse(run.stdout)
  expect(run.status).toBe(1)
  expect(result.states.map(({ id, verdict }) => `${verdict} ${id}`)).toEqual([
    'failed checkout/basket/store.getBasket/404',
    'proven checkout/basket/store.getBasket/loading',
    'proven checkout/basket/store.getBasket/5xx',
    'failed checkout/basket/store.getBasket/timeout',
    'untested checkout/basket/store.getBasket/offline',
    'failed checkout/basket/store.pay/402',
    'failed checkout/basket/store.listOffers/unneeded',
  ])
  expect(result.findings.map(({ id }) => id)).toEqual([
    'checkout/basket/store.getBasket/404 not-announced',
    'checkout/basket/store.getBasket/timeout endless-loading',
    'checkout/basket/store.getBasket/offline no-test',
    'checkout/basket/store.pay/402 not-shown',
    'checkout/basket/store.pay/402 wrong-success',
    'checkout/basket/store.listOffers/unneeded taken-down',
  ])
  expect(result.findings[1]).toMatchObject({
    owner: 'checkout',
    file: 'journeys/checkout.journey.yaml',
    range: { start: { line: 15 } },
  })

  expect(result.screens).toEqual([
    expect.objectContaining({
      step: 'checkout/basket',
      promised: 500,
      normal: 300,
      slow: 600,
      verySlow: 10_000,
    }),
  ])

  const read = (name: string): string => shell.read(`out/${name}`)
  expect(read('s.html')).toContain('src="data:image/jpeg;base64,')
  expect(read('s.html')).toContain('the page says as on a good day: “Thank you, it is ordered”')
  expect(read('s.xml')).toContain('tests="7" failures="4"')
  expect(JSON.parse(read('s.sarif'))).toMatchObject({
    runs: [{ results: [{ ruleId: 'not-announced', level: 'warning' }, {}, {}, {}, {}, {}] }],
  })
  expect(read('s.md')).toContain('| `checkout/basket` | 2 | **4** | 1 |')

  const kept = JSON.parse(shell.read('.throughline/states/proofs.json'))
  expect(kept.proofs).toHaveLength(7)
  const { picture } = kept.proofs[0]
  expect(shell.list()).toContain(`.throughline/states/${picture}`)

  const felt = await shell.run('test', 'ui', '--no-axe', '--state', 'checkout/basket/felt')
  expect(felt.stdout).toContain('checkout/basket  ready after 300 ms, slow 600 ms, very slow 10 s')
}, 120_000)
