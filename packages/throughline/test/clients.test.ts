import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const house = fileURLToPath(new URL('../../..', import.meta.url))
const storefront = join(house, 'examples/storefront')
let project: string

// Somebody's own project, with the packed helpers in its node_modules and nothing of this repository beside them.
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'throughline-clients-'))
  const installed = join(project, 'node_modules', 'throughline')
  mkdirSync(installed, { recursive: true })
  cpSync(join(house, 'packages/throughline/package.json'), join(installed, 'package.json'))
  const script = pathToFileURL(join(house, 'scripts/pack-clients.mjs')).href
  const { packClients } = (await import(script)) as {
    readonly packClients: (dist: string) => Promise<void>
  }
  await packClients(join(installed, 'dist'))
  for (const name of ['vitest', 'playwright-core', '@types'])
    symlinkSync(join(house, 'node_modules', name), join(project, 'node_modules', name))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
}, 60_000)
afterAll(() => rmSync(project, { recursive: true, force: true }))

function written(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
}

const walk = `
import { createServer } from 'node:http'
import { readFileSync, existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { startMock } from 'throughline/client'
import { calls, expectCalled, mockOf, resetWorld, scenario } from 'throughline/playwright'

const mock = await startMock({ workspace: ${JSON.stringify(storefront)} })
const folder = ${JSON.stringify(join(storefront, 'app'))}
const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }
const app = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const file = folder + pathname
  const found = /\\.\\w+$/.test(pathname) && existsSync(file)
  response.setHeader('content-type', found ? (types[pathname.split('.').at(-1)!] ?? 'text/plain') : 'text/html')
  response.end(readFileSync(found ? file : folder + '/index.html'))
})
await new Promise<void>((done) => app.listen(0, '127.0.0.1', done))
const place = app.address()
const shop = 'http://localhost:' + (typeof place === 'object' ? place?.port : '')
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
})
const options = { url: mock.url }
const said: unknown[] = []
try {
  const open = async () => {
    const page = await (await browser.newContext()).newPage()
    return { page, own: await mockOf(page, options) }
  }
  const { page, own } = await open()
  await scenario(page, 'checkout/basket/503')
  await page.goto(shop + '/basket?patience=2000&api=' + mock.url)
  await page.getByRole('alert').first().waitFor()
  said.push((await calls(page, { operation: 'store.getBasket' })).map((one) => one.status))

  const other = await open()
  await other.page.goto(shop + '/basket?patience=2000&api=' + mock.url)
  await other.page.getByRole('heading', { level: 1 }).first().waitFor()
  await expectCalled(other.page, { operation: 'store.getBasket', status: 200 })
  said.push((await calls(other.page, { status: 503 })).length)

  await scenario(page, null)
  await own.put('products', [{ id: 'rye', name: 'Rye bread of this test' }])
  await page.goto(shop + '/')
  await page.getByText('Rye bread of this test').first().waitFor()
  said.push(await other.page.getByText('Rye bread of this test').count())

  await expectCalled(page, { operation: 'store.createPayment' }).catch((error: Error) => said.push(error.message))
  await resetWorld(page)
  said.push((await calls(page)).length)
} finally {
  await browser.close()
  app.closeAllConnections()
  app.close()
  await mock.close()
}
console.log(JSON.stringify(said))
`

const vitests = `
import { expect, test } from 'vitest'
import { useMock } from 'throughline/vitest'

const mock = useMock({ workspace: ${JSON.stringify(storefront)} })

test('puts a product into the basket', async () => {
  const before = mock().url
  const answer = await mock().fetch('/store/basket/items', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ productId: 'sourdough', quantity: 2 }),
  })
  expect(answer.status).toBe(200)
  await mock().expectCalled({ operation: 'store.addToBasket', body: { quantity: 2 } }, { exactly: 1 })
  expect(before).toMatch(/^http:/)
})

test('starts with a world that nobody has touched', async () => {
  expect(await mock().calls()).toEqual([])
  const maya = mock().as('maya')
  await maya.play('slot-taken')
  await expect(maya.play('slot-takn')).rejects.toThrow('Did you mean slot-taken?')
})
`

test('has types that a strict project accepts', () => {
  written({
    'walk.ts': walk,
    'basket.test.ts': vitests,
    'fixture.ts': `
import { mockFixture, type MockClient, type PageLike } from 'throughline/playwright'
import type { Page } from 'playwright-core'
export const page = (one: Page): PageLike => one
export const fixtures: { mock: (all: { page: Page }, use: (mock: MockClient) => Promise<void>) => Promise<void> } = mockFixture
`,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2024',
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        types: ['node'],
        skipLibCheck: false,
      },
      include: ['fixture.ts', 'walk.ts'],
    }),
  })
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(house, 'node_modules/typescript/bin/tsc'), '-p', project],
    { encoding: 'utf8' },
  )
  expect(stdout.split('\n').filter((line) => /throughline|walk|fixture/.test(line))).toEqual([])
  expect(status).toBe(0)
})

test('drives the shop in a browser: a state, a world and calls of one page only', () => {
  written({ 'walk.ts': walk })
  const said = execFileSync(process.execPath, [join(project, 'walk.ts')], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  const [statuses, others, foreign, message, left] = JSON.parse(said) as [
    number[],
    number,
    number,
    string,
    number,
  ]
  expect(new Set(statuses)).toEqual(new Set([503]))
  expect([others, foreign, left]).toEqual([0, 0, 0])
  expect(message).toMatch(
    /^store\.createPayment was never called, not at least 1\. The nearest is /,
  )
}, 60_000)

test('runs in Vitest, a world for each test', () => {
  written({ 'basket.test.ts': vitests })
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(house, 'node_modules/vitest/vitest.mjs'), 'run', '--root', project, '--reporter=json'],
    { encoding: 'utf8', cwd: project, timeout: 60_000 },
  )
  expect(`${stderr}${status === 0 ? '' : stdout}`).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 2 })
}, 60_000)
