import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'
import { keepStateProofs } from '../../workspace/state-proofs.ts'

const contract = (summary: string, more = ''): string => `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get: { operationId: getBasket, summary: ${summary}, responses: { '200': { description: The basket } } }
${more}`

const orders = `  /orders:
    get: { operationId: listOrders, responses: { '200': { description: Orders } } }
`

function shop(files: Readonly<Record<string, string>> = {}) {
  return shellIn({ 'store.yaml': contract('What is in it', orders), ...files })
}

test('writes a site that links only to itself, and Markdown and llms.txt beside it', async () => {
  const { run, folder } = shop()
  const { status, stdout } = await run('docs', 'store.yaml', '-o', 'public')
  expect(status).toBe(0)
  expect(stdout).toMatch(/public: 5 pages/)
  const page = readFileSync(join(folder, 'public/apis/store/get-basket.html'), 'utf8')
  expect(page).toContain('<title>What is in it · ')
  const addresses = [...page.matchAll(/(?:href|src)="([^"#]+)/g)].map(([, address]) => address!)
  for (const address of addresses)
    expect(existsSync(join(folder, 'public/apis/store', address)), address).toBe(true)
  expect(readFileSync(join(folder, 'public/apis/store/get-basket.md'), 'utf8')).toContain(
    '# GET What is in it',
  )
  expect(readFileSync(join(folder, 'public/llms.txt'), 'utf8')).toContain(
    '- [GET What is in it](apis/store/get-basket.md): GET /basket',
  )
})

test('writes only what changed, and removes what it wrote and is gone, nothing else', async () => {
  const { run, folder } = shop()
  await run('docs', 'store.yaml', '-o', 'public')
  writeFileSync(join(folder, 'public/CNAME'), 'docs.shop.example')
  expect((await run('docs', 'store.yaml', '-o', 'public')).stdout).toContain('0 of')
  writeFileSync(join(folder, 'store.yaml'), contract('What is in it'))
  const { stdout } = await run('docs', 'store.yaml', '-o', 'public', '--json')
  expect(JSON.parse(stdout).removed).toEqual([
    'apis/store/list-orders.html',
    'apis/store/list-orders.md',
  ])
  expect(existsSync(join(folder, 'public/apis/store/list-orders.html'))).toBe(false)
  expect(existsSync(join(folder, 'public/CNAME'))).toBe(true)
})

test('does not write over a page of somebody else', async () => {
  const { run, folder } = shop()
  mkdirSync(join(folder, 'public'))
  writeFileSync(join(folder, 'public/index.html'), 'mine')
  const { status, stderr } = await run('docs', 'store.yaml', '-o', 'public')
  expect(status).toBe(2)
  expect(stderr).toContain('is there already')
  expect(readFileSync(join(folder, 'public/index.html'), 'utf8')).toBe('mine')
})

test('writes everything as one file without a script', async () => {
  const { run, folder } = shop()
  expect((await run('docs', 'store.yaml', '--one-file', 'shop.html')).status).toBe(0)
  const text = readFileSync(join(folder, 'shop.html'), 'utf8')
  expect(text).not.toMatch(/<script|https?:\/\/(?!localhost)/)
  const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  const targets = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(targets.filter((id) => !ids.has(id))).toEqual([])
})

test('exits with 1 under --strict when an example breaks its schema', async () => {
  const { run } = shellIn({
    'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: object }, example: 4 } } }
`,
  })
  expect((await run('docs', 'store.yaml')).status).toBe(0)
  const { status, stderr } = await run('docs', 'store.yaml', '--strict')
  expect(status).toBe(1)
  expect(stderr).toContain('breaks its schema')
})

test('makes up examples that keep to the policy', async () => {
  const { run, folder } = shellIn({
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
    'policy.yaml': 'validation: [{ match: "**.coupon", schema: { pattern: "^Q{4}$" } }]\n',
    'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        '200':
          description: The basket
          content: { application/json: { schema: { type: object, required: [coupon], properties: { coupon: { type: string } } } } }
`,
  })
  expect((await run('docs', '-o', 'public')).status).toBe(0)
  const page = readFileSync(join(folder, 'public/apis/store/get-basket.md'), 'utf8')
  expect(page).toContain('"coupon": "QQQQ"')
})

test.each([
  [['--publish', 'notion'], 'Say where to publish'],
  [['--publish', 'notion', '--to', 'https://www.notion.so/shop'], 'address of a database'],
  [
    ['--publish', 'confluence', '--to', 'http://shop.example/wiki/spaces/SHOP'],
    'address of a space',
  ],
  [
    ['--publish', 'confluence', '--to', 'https://shop.example/wiki/spaces/SHOP'],
    'Set CONFLUENCE_EMAIL in the environment',
  ],
  [['--publish', 'wiki', '--to', '--upload-pack=x'], 'no address of a repository'],
])('says what is missing for %j', async (args, words) => {
  const { status, stderr } = await shop().run('docs', 'store.yaml', ...args)
  expect(status).toBe(2)
  expect(stderr).toContain(words)
})

test('shows what a browser saw of a state, and says where it is not as promised', async () => {
  const { run, folder } = shop({
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
    'journeys/checkout.journey.yaml': `
journey: checkout
title: Fill a basket and pay
steps:
  - step: basket
    title: Review the basket
    calls:
      - operation: store.getBasket
        states: { 5xx: { show: A banner }, timeout: { show: A banner } }
`,
  })
  const at = '2026-11-20T10:00:00Z'
  const proof = { step: 'checkout/basket', call: 'store.getBasket', problems: [], at }
  const picture = '0123456789abcdef.jpg'
  keepStateProofs(
    folder,
    [
      { ...proof, id: 'a', condition: '5xx', verdict: 'proven', picture },
      { ...proof, id: 'b', condition: 'timeout', verdict: 'failed', problems: ['It stays blank.'] },
    ],
    new Map([[picture, Buffer.from('\u00ff\u00d8\u00ff what was seen', 'latin1')]]),
    true,
  )
  expect((await run('docs', '-o', 'public')).status).toBe(0)
  const page = readFileSync(join(folder, 'public/journeys/checkout.html'), 'utf8')
  expect(page).toContain('Seen as promised, 20 November 2026')
  expect(page).toContain('Not as promised: It stays blank. (20 November 2026)')
  const source = /src="([^"]+\.jpg)"/.exec(page)![1]!
  expect(readFileSync(join(folder, 'public/journeys', source), 'latin1')).toContain('what was seen')
})
