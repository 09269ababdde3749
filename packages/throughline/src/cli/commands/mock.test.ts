import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const store = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        200: { description: The basket, content: { application/json: { example: { total: 12 } } } }
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        200: { description: The order, content: { application/json: { example: { status: packed } } } }
`

/** A mock on a free port: its address, and how to ask it. */
async function mocking(files: Record<string, string>, ...argv: string[]) {
  const shell = shellIn(files)
  const started = shell.start('mock', '--port', '0', '--json', ...argv)
  onTestFinished(() => void started.stop())
  await started.says('"url"')
  const { url } = JSON.parse(started.stdout()) as { url: string }
  return {
    ...shell,
    started,
    url,
    body: async (path: string): Promise<unknown> => (await fetch(url + path)).json(),
  }
}

test('serves a contract with no set-up, and ends when asked', async () => {
  const { started, body } = await mocking({ 'openapi.yaml': store }, 'openapi.yaml')
  expect(JSON.parse(started.stdout())).toEqual({
    version: 1,
    url: expect.stringMatching(/^http:\/\/localhost:\d+$/) as string,
    apis: [{ name: 'store', url: expect.stringMatching(/\/store$/) as string, operations: 2 }],
    scenario: null,
    summary: expect.objectContaining({ errors: 0, operations: 2 }) as unknown,
  })
  expect(await body('/basket')).toEqual({ total: 12 })
  expect(await started.stop()).toMatchObject({ status: 0 })
  await expect(body('/basket')).rejects.toThrow('fetch failed')
})

test('gives an API a port of its own, and says what it does not know', async () => {
  const { url, started } = await mocking(
    { 'openapi.yaml': store },
    'openapi.yaml',
    '--ports',
    'store=0',
  )
  const { apis } = JSON.parse(started.stdout()) as { apis: { url: string }[] }
  const own = apis[0]!.url
  expect(own).not.toContain(url)
  expect(await (await fetch(`${own}/basket`)).json()).toEqual({ total: 12 })
  const { run } = shellIn({ 'openapi.yaml': store })
  const said = async (ports: string): Promise<string> =>
    (await run('mock', 'openapi.yaml', '--ports', ports)).stderr
  expect(await said('stroe=4402')).toContain('There is no API `stroe`. Did you mean `store`?')
  expect(await said('4402')).toContain('is a list such as store=4402, not `4402`')
  expect(await said('store=x')).toContain('`--ports store` is a whole number')
  expect(await said('store=1,store=2')).toContain('names `store` twice')
})

test('prints the address and a few things to try', async () => {
  const shell = shellIn({ 'openapi.yaml': store })
  const started = shell.start('mock', 'openapi.yaml', '-p', '0')
  await started.says('Ctrl-C')
  const { stdout } = await started.stop()
  expect(`\n${stdout.replace(/localhost:\d+/g, 'localhost:4401')}`).toMatchInlineSnapshot(`
    "
    Mock  http://localhost:4401  2 operations

    Try
      curl http://localhost:4401/basket
      curl http://localhost:4401/orders/1
    Ctrl-C ends it.
    "
  `)
})

test('says a while later how many errors the files have', async () => {
  const shell = shellIn({
    'openapi.yaml': store.replace('description: The order', '$ref: nowhere'),
  })
  const started = shell.start('mock', 'openapi.yaml', '-p', '0')
  onTestFinished(() => void started.stop())
  await started.says('in the files')
  expect(started.stderr()).toMatch(
    /^\d errors? in the files: it is served as far as it goes; `throughline check openapi\.yaml` shows them\.\n$/,
  )
})

test('serves a saved contract at once, keeps the last good one while a save is broken, and says so', async () => {
  const { started, body, write } = await mocking({ 'openapi.yaml': store }, 'openapi.yaml')
  await new Promise((resolve) => setTimeout(resolve, 100))
  write({ 'openapi.yaml': store.replace('12', '13') })
  await started.says('reload  openapi.yaml: 0 errors, ')
  expect(await body('/basket')).toEqual({ total: 13 })

  write({ 'openapi.yaml': 'openapi: [3.1' })
  await started.says('The last good version stays until it is mended.')
  expect(started.stderr()).toMatch(/broken {2}openapi\.yaml:1:\d+: /)
  expect(await body('/basket')).toEqual({ total: 13 })

  write({ 'openapi.yaml': store.replace('12', '14') })
  await expect.poll(() => body('/basket')).toEqual({ total: 14 })
})

test('--no-watch does not follow the files', async () => {
  const { body, write, started } = await mocking(
    { 'openapi.yaml': store },
    'openapi.yaml',
    '--no-watch',
  )
  write({ 'openapi.yaml': store.replace('12', '13') })
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(await body('/basket')).toEqual({ total: 12 })
  expect(started.stderr()).toBe('')
})

test('says what to do when the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const shell = shellIn({ 'openapi.yaml': store })
  const { status, stdout, stderr } = await shell.run('mock', 'openapi.yaml', '--port', String(port))
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: `error TL9002: Port ${port} is taken. Stop what runs there, or choose another: --port ${port + 10} (0 takes any free one).\n`,
  })
})

test('refuses a scenario that nobody wrote', async () => {
  const { status, stderr } = await shellIn({ 'openapi.yaml': store }).run(
    'mock',
    'openapi.yaml',
    '-p',
    '0',
    '--scenario',
    'checkout/basket/timeout',
  )
  expect(status).toBe(2)
  expect(stderr).toMatch(/^error TL9003: There is no scenario `checkout\/basket\/timeout`\./)
})

test('takes the options of Prism, and the help that is asked for', async () => {
  const prism = '-h 127.0.0.1 -m -v debug --dynamic=false openapi.yaml'
  const { body, run } = await mocking({ 'openapi.yaml': store }, ...prism.split(' '))
  expect(await body('/basket')).toEqual({ total: 12 })
  expect((await run('mock', '-h')).stdout).toContain('Usage')
})

test('says at once what is wrong with a contract of which nothing can be served', async () => {
  const shell = shellIn({ 'openapi.yaml': 'openapi: 3.1.0\npaths: {' })
  const started = shell.start('mock', '--port', '0', '--json', 'openapi.yaml')
  await started.says('throughline check openapi.yaml')
  expect((await started.stop()).stderr).toMatch(/openapi\.yaml:2:8: .*never closed/)
  const unwatched = await shell.run('mock', '--port', '0', '--no-watch', 'openapi.yaml')
  expect(unwatched).toMatchObject({ status: 2, stdout: '' })
  expect(unwatched.stderr).toMatch(/There is nothing to serve\.\n {2}openapi\.yaml:2:8: /)
})
