import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const shop = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\napp: { root: app }\n',
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { 200: { description: The basket, content: { application/json: { example: { total: 12 } } } } }
`,
  'app/index.html': '<title>Shop</title>',
}

test('runs studio, mock and app, follows the files, and ends when asked', async () => {
  const shell = shellIn(shop)
  const started = shell.start('dev', '--port', '0')
  onTestFinished(() => void started.stop())
  await started.says('Ctrl-C ends')
  const [, studio = '', mock = '', app = ''] =
    /^Studio {2}(\S+)\nMock {4}(\S+)\nApp {5}(\S+)\n\n1 operation: .+\nFollowing your files; Ctrl-C ends\.\n$/.exec(
      started.stdout(),
    ) ?? []
  expect(studio).toMatch(/^http:\/\/localhost:\d+\/\?token=.+/)
  expect(await (await fetch(`${mock}/basket`)).json()).toEqual({ total: 12 })
  expect(await (await fetch(app)).text()).toContain('<title>Shop</title>')

  await new Promise((resolve) => setTimeout(resolve, 100))
  shell.write({ 'store.yaml': shop['store.yaml'].replace('12', '13') })
  await started.says('reload  store.yaml: ')
  expect(await (await fetch(`${mock}/basket`)).json()).toEqual({ total: 13 })
  shell.write({ 'store.yaml': '{' })
  await started.says('The last good version stays')
  expect(await (await fetch(`${mock}/basket`)).json()).toEqual({ total: 13 })
  expect(await started.stop()).toMatchObject({ status: 0 })
  await expect(fetch(mock)).rejects.toThrow('fetch failed')
})

test('--json prints the addresses for a machine', async () => {
  const started = shellIn({ 'store.yaml': shop['store.yaml'] }).start(
    'dev',
    'store.yaml',
    '--port',
    '0',
    '--json',
  )
  onTestFinished(() => void started.stop())
  await started.says('"summary"')
  expect(JSON.parse(started.stdout())).toMatchObject({
    version: 1,
    studio: expect.stringMatching(/^http:\/\/localhost:\d+\/\?token=/) as string,
    mock: expect.stringMatching(/^http:\/\/localhost:\d+$/) as string,
    app: null,
    summary: { operations: 1 },
  })
})

test('--read-only shows everything and lets nobody edit', async () => {
  const started = shellIn(shop).start('dev', '--port', '0', '--json', '--read-only')
  onTestFinished(() => void started.stop())
  await started.says('"summary"')
  const { studio } = JSON.parse(started.stdout()) as { studio: string }
  const { origin, searchParams } = new URL(studio)
  const response = await fetch(`${origin}/api/edits`, {
    method: 'POST',
    headers: { authorization: `Bearer ${searchParams.get('token')}` },
    body: JSON.stringify({ edits: [{ kind: 'create-journey', journey: 'checkout' }] }),
  })
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ title: 'The workspace is only shown' })
})

test('says which port is taken, and leaves nothing running', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const { status, stderr } = await shellIn(shop).run(
    'dev',
    '--port',
    '0',
    '--mock-port',
    String(port),
  )
  expect(status).toBe(2)
  expect(stderr).toMatch(new RegExp(`^error TL9002: Port ${port} is taken\\.`))
})

test('--demo serves a copy of the example shop that can be changed freely', async () => {
  const shell = shellIn()
  const started = shell.start('dev', '--demo', 'example-shop', '--port', '0')
  onTestFinished(() => void started.stop())
  await started.says('Ctrl-C ends')
  expect(started.stderr()).toBe(
    `The example shop is copied to ${shell.folder}/example-shop. Change anything in it.\n`,
  )
  expect(started.stdout()).toContain('15 operations, 2 journeys, 10 steps: 3 errors')
  expect(shell.list()).toContain('example-shop/journeys/checkout.journey.yaml')
  expect(shell.list().filter((path) => path.includes('/test/'))).toEqual([])
  const [, mock = ''] = /^Mock {4}(\S+)$/m.exec(started.stdout()) ?? []
  expect((await fetch(`${mock}/store/products`)).status).toBe(200)
  expect(await started.stop()).toMatchObject({ status: 0 })

  const again = await shell.run('dev', '--demo', 'example-shop', '--port', '0')
  expect(again).toMatchObject({
    status: 2,
    stderr:
      'error TL9004: There is something in example-shop already. Name a folder for the example that is new or empty.\n',
  })
})

test('names the example where there is no workspace', async () => {
  const { status, stderr } = await shellIn().run('dev')
  expect(status).toBe(2)
  expect(stderr).toMatch(
    /^error TL9001: There is no throughline\.yaml in this folder or above\..* To look around in an example first: throughline dev --demo\n$/,
  )
})
