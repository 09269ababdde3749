import { expect, onTestFinished, test, vi } from 'vitest'
import { shellIn } from '../../../test/shell.ts'

// A database is loaded for each command.
vi.setConfig({ testTimeout: 60_000 })

const day = new Date(Date.now() - 86_400_000)
const stamp = `${String(day.getUTCDate()).padStart(2, '0')}/${day.toLocaleString('en', { month: 'short', timeZone: 'UTC' })}/${day.getUTCFullYear()}`
const line = (second: number, path: string, status = 200): string =>
  `203.0.113.7 - - [${stamp}:10:00:${String(second).padStart(2, '0')} +0000] "GET ${path} HTTP/2.0" ${status} 512 "-" "Mozilla/5.0 (X11; Linux)" 0.040`
const shop = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /api/basket: { get: { operationId: getBasket, responses: { "200": { description: The basket } } } }
`,
  'checkout.journey.yaml':
    'journey: checkout\nsteps: [{ step: basket, screen: /basket, calls: [store.getBasket] }, { step: pay, screen: /pay }]\n',
  'access.log': [
    line(1, '/basket'),
    line(2, '/api/basket'),
    line(3, '/api/basket', 500),
    line(4, '/pay'),
    'broken',
  ].join('\n'),
}

test('keeps what a log says once, and the report has it', async () => {
  const shell = shellIn(shop)
  const dry = await shell.run('import', 'access.log', '--as', 'evidence', '--dry-run')
  expect(dry.stdout).toMatch(
    /^Would keep 4 events of 1 session from access\.log \(log\): view 2, call 2\n/,
  )
  const first = await shell.run(
    'import',
    'access.log',
    '--as',
    'evidence',
    '--environment',
    'production',
  )
  expect(first).toMatchObject({ status: 0 })
  expect(first.stdout).toBe(
    'Kept 4 events of 1 session from access.log (log): view 2, call 2\nOperations  store.getBasket\nSteps       checkout/basket, checkout/pay\n',
  )
  expect(first.stderr).toBe(
    'Not carried over: 1 × lines that are no line of this log (first in line 5)\n',
  )
  const again = await shell.run('import', 'access.log', '--as', 'evidence', '--json')
  expect(JSON.parse(again.stdout)).toMatchObject({ events: 4, kept: 0, sessions: 1 })

  const report = JSON.parse(
    (await shell.run('report', '--json', '--environment', 'production')).stdout,
  )
  expect(report.journeys[0]).toMatchObject({ sessions: 1, finished: 1 })
  expect(report.operations).toMatchObject([
    {
      operation: 'store.getBasket',
      side: 'server',
      calls: 2,
      failed: 1,
      steps: ['checkout/basket'],
    },
  ])
})

test('goes through the server that has the evidence open', async () => {
  const shell = shellIn(shop)
  const dev = shell.start('dev', '--port', '0', '--json')
  onTestFinished(() => void dev.stop())
  await dev.says('"summary"')
  const { studio } = JSON.parse(dev.stdout()) as { studio: string }
  // The store opens when somebody needs it.
  const sent = await fetch(`${new URL(studio).origin}/v1/beacon`, { method: 'POST', body: '' })
  expect(sent.status).toBe(400)
  const token = new URL(studio).searchParams.get('token')!
  await fetch(`${new URL(studio).origin}/api/evidence/choices`, {
    headers: { authorization: `Bearer ${token}` },
  })
  for (const kept of [4, 0])
    expect(
      JSON.parse((await shell.run('import', 'access.log', '--as', 'evidence', '--json')).stdout),
    ).toMatchObject({ kept })
  const report = JSON.parse((await shell.run('report', '--json')).stdout)
  expect(report.journeys[0]).toMatchObject({ sessions: 1, finished: 1 })
  expect(await dev.stop()).toMatchObject({ status: 0 })
})

test('says what is wrong with what it was given', async () => {
  const shell = shellIn({ ...shop, 'notes.txt': 'Dear Maya' })
  const wrong = async (...argv: readonly string[]) => {
    const { status, stderr } = await shell.run('import', ...argv)
    return `${status} ${stderr}`
  }
  expect(await wrong('notes.txt', '--as', 'evidence')).toMatch(
    /^2 [^]*no evidence that can be taken in/,
  )
  expect(await wrong('missing.log', '--as', 'evidence')).toMatch(/^2 [^]*no file missing\.log/)
  expect(await wrong('access.log', '--release', '1.4')).toMatch(/^2 [^]*go with `--as evidence`/)
})
