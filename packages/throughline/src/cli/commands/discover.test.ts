import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

const binary = fileURLToPath(new URL('../../../bin/throughline.js', import.meta.url))
const servers: Server[] = []
let app: string
beforeAll(async () => {
  app = await serving({
    '/': `<a href="/orders/4711">Your order</a><a href="/help">Help</a>${shows('/api/shelves', 'items')}`,
    '/orders/4711': shows('/api/orders/4711', 'status'),
    '/help': '<p>Call us</p>',
    '/api/shelves': { items: ['Lemons'], next: null },
    '/api/orders/4711': { id: '4711', status: 'on-its-way', carrier: 'Bike' },
  })
})
afterAll(() => {
  for (const one of servers) one.close()
})

test('loses nothing when it is killed, and goes on where it was', async () => {
  const shell = shellIn({})
  const [broken, whole] = [join(shell.folder, 'broken'), join(shell.folder, 'whole')]
  const clicks = Array.from({ length: 40 }, (_, index) => click(index))

  const first = await discovering(broken)
  for (const one of clicks.slice(0, 25)) await first.tell(one)
  first.child.kill('SIGKILL')
  await once(first.child, 'close')
  expect(existsSync(join(broken, 'throughline.yaml'))).toBe(false)

  const second = await discovering(broken, '--resume')
  expect(second.said()).toContain('Going on with 2 screens, 2 operations, 2 fields read')
  for (const one of clicks.slice(25)) await second.tell(one)
  await second.ended()

  const third = await discovering(whole)
  for (const one of clicks) await third.tell(one)
  await third.ended()
  expect(filesIn(broken)).toEqual(filesIn(whole))
  expect(filesIn(broken).get('journeys/your-order.journey.yaml')).toContain('- status')
}, 30_000)

test('asks what is to become of a run that ended early', async () => {
  const shell = shellIn({
    '.throughline/discover.ndjson': `${JSON.stringify({ kind: 'screen', at: 1, path: '/basket', via: 'load' })}\n{"kind":"scr`,
  })
  const { status, stderr } = await shell.run('discover', app, '--port', '4550')
  expect(status).toBe(2)
  expect(stderr).toContain(
    'A run that ended early has seen 1 screen, 0 operations, 0 fields read. Last: Basket (/basket). Without a call so far: /basket. Go on with it: --resume. Forget it: --fresh.',
  )
})

test('lets a script click', async () => {
  const shell = shellIn({
    'walk.mjs': `export default async ({ page, journey }) => {
      journey('Follow the order')
      await page.getByText('Lemons').waitFor()
      await page.getByRole('link', { name: 'Your order' }).click()
      await page.getByText('on-its-way').waitFor()
    }`,
  })
  const { status, stdout } = await shell.run('discover', app, '--script', 'walk.mjs')
  expect(status).toBe(0)
  expect(stdout).toContain('Follow the order  2 steps\n')
  expect(stdout).toContain('  /orders/:orderId  1 call, 1 field read, 0 copied, 2 never touched\n')
  expect(shell.read('journeys/follow-the-order.journey.yaml')).toContain(
    'needs:\n          - status',
  )
}, 30_000)

test('says that an app does not run', async () => {
  const shell = shellIn({ 'walk.mjs': 'export default () => {}' })
  const { status, stderr } = await shell.run(
    'discover',
    'http://127.0.0.1:9',
    '--script',
    'walk.mjs',
  )
  expect([status, stderr]).toEqual([2, expect.stringContaining('could not be opened')])
})

test('follows the links, and clicks nothing', async () => {
  const shell = shellIn({})
  const { status, stdout } = await shell.run('discover', app, '--follow', '--json')
  expect(status).toBe(0)
  const { found } = JSON.parse(stdout) as {
    found: { journeys: { steps: { screen: string }[] }[] }
  }
  expect(found.journeys.flatMap((one) => one.steps.map((step) => step.screen))).toEqual([
    '/',
    '/orders/:orderId',
    '/help',
  ])
}, 30_000)

/** What the recorder in a page tells of one look at a screen. */
function click(index: number): readonly object[] {
  const path = index % 2 === 0 ? '/' : `/orders/${4_000 + index}`
  const url = `${app}${index % 2 === 0 ? '/api/shelves' : `/api${path}`}`
  return [
    { kind: 'screen', at: index * 1_000, path, via: 'move' },
    {
      kind: 'call',
      at: index * 1_000 + 5,
      ms: 20 + index,
      method: 'GET',
      url,
      status: 200,
      type: 'application/json',
      on: path,
      body:
        index % 2 === 0 ? { items: [index] } : { id: String(4_000 + index), status: 'on-its-way' },
    },
    { kind: 'named', title: 'Shop', heading: index % 2 === 0 ? 'Shelves' : 'Your order' },
    {
      kind: 'reads',
      name: `GET ${url}`,
      fields: { [index % 2 === 0 ? 'items' : 'status']: { read: 1, copied: 0, missed: 0 } },
    },
  ]
}

async function discovering(
  dir: string,
  ...more: readonly string[]
): Promise<{
  readonly child: ChildProcess
  readonly said: () => string
  readonly tell: (told: readonly object[]) => Promise<void>
  readonly ended: () => Promise<void>
}> {
  const child = spawn(
    process.execPath,
    [binary, 'discover', app, '--dir', dir, '--port', '0', '--name', 'Shop', ...more],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let text = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (part: Buffer) => {
      text += part.toString()
      const found = /Open (http:\S+)/.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('close', () => reject(new Error(text)))
  })
  return {
    child,
    said: () => text,
    async tell(told) {
      const { status } = await fetch(`${address}/_throughline/discover`, {
        method: 'POST',
        body: JSON.stringify(told),
      })
      expect(status).toBe(204)
    },
    async ended() {
      child.kill('SIGINT')
      await once(child, 'close')
    },
  }
}

function filesIn(dir: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((one) => /\.(yaml|graphql)$/.test(one))
      .toSorted()
      .map((one) => [one, readFileSync(join(dir, one), 'utf8')]),
  )
}

function shows(address: string, field: string): string {
  return `<main></main><script>fetch('${address}').then((answer) => answer.json())
    .then((answer) => { document.querySelector('main').textContent = answer.${field} })</script>`
}

async function serving(pages: Readonly<Record<string, string | object>>): Promise<string> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '/']
    if (page === undefined) return void response.writeHead(404).end()
    response.setHeader('content-type', typeof page === 'string' ? 'text/html' : 'application/json')
    response.end(typeof page === 'string' ? `<title>Shop</title>${page}` : JSON.stringify(page))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}
