import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { graphOf } from '../../../../core/test/graph-of.ts'
import { shellIn } from '../../../test/shell.ts'
import { collector } from '../../targets/observe/collector.ts'
import { evidenceFolder } from '../../targets/observe/evidence-folder.ts'
import { forwarding } from '../../targets/observe/forwarding.ts'
import { openDuckdbStore } from '../../targets/observe/store/duckdb-store.ts'

/** What nobody may ever find again, by the way it is classified. */
const secrets = {
  // The contract says it.
  nickname: 'Zq7Nickname',
  // The policy says it, by its path.
  pet: 'Zq7Pet',
  // The contract says it of the object; the field itself is called as many others are.
  alias: 'Zq7Alias',
  // The policy says it, by its name.
  voucher: 'Zq7Voucher',
  email: 'zq7person@shop.example',
  // Everybody knows.
  token: 'Zq7TokenOfTheShop',
}
const all = [...Object.values(secrets), 'Zq7', 'zq7']

const customer = `type: object
                required: [nickname, total]
                properties:
                  nickname: { type: string, maxLength: 4, x-data-classification: { category: PII, sensitivity: confidential } }
                  pet: { type: string, enum: [cat, dog] }
                  alias: { type: object, x-data-classification: personal, properties: { name: { type: string, maxLength: 2 } } }
                  voucherCode: { type: string, pattern: '^[0-9]+$' }
                  email: { type: string, format: email }
                  accessToken: { type: string }
                  total: { type: number }`
const files = (forward: string) => ({
  'throughline.yaml': `throughline: 1
name: Shop
apis: { store: { contract: store.yaml } }
collector: { forward: [{ url: "${forward}" }] }
`,
  'policy.yaml': `classes:
  personal: { contains: [email, voucherCode], rule: never in logs }
  secret: { contains: [token], rule: never in a response }
fields: [{ match: "**.pet", class: personal }]
`,
  'store.yaml': `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /customer:
    get:
      operationId: getCustomer
      parameters: [{ name: nickname, in: query, schema: { type: string } }]
      responses:
        '200':
          description: The customer
          content:
            application/json:
              schema:
                ${customer}
    post:
      operationId: changeCustomer
      requestBody:
        content:
          application/json:
            schema:
                ${customer.replace(/required:.*\n/, 'required: [total]\n')}
      responses: { '204': { description: Changed } }
`,
  'checkout.journey.yaml': `journey: checkout
steps:
  - { step: account, screen: /account, calls: [{ operation: store.getCustomer, needs: [nickname, total] }] }
`,
})

const answer = JSON.stringify({
  nickname: secrets.nickname,
  pet: secrets.pet,
  alias: { name: secrets.alias },
  voucherCode: secrets.voucher,
  email: secrets.email,
  accessToken: secrets.token,
  total: 'seven',
})

async function served(
  handle: (path: string, body: Buffer) => string,
): Promise<{ readonly url: string; readonly port: number }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.setHeader('set-cookie', `sid=${secrets.token}`)
      const body = Buffer.concat(chunks)
      const packed = request.headers['content-encoding'] === 'gzip'
      response.end(handle(request.url ?? '', packed ? gunzipSync(body) : body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port }
}

/** Where a text stands in a folder: in a file as it is, or in what is packed in it. */
function found(folder: string, leftOut: readonly string[] = []): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const name = path.slice(folder.length + 1)
      if (leftOut.includes(name)) return []
      return [name, ...texts(readFileSync(path))].flatMap((text) => inText(text, name))
    })
}

function inText(text: string, where: string): readonly string[] {
  const at = all.map((one) => text.indexOf(one)).find((one) => one !== -1)
  return at === undefined ? [] : [`${where}: ${text.slice(Math.max(0, at - 80), at + 40)}`]
}

function texts(bytes: Buffer): readonly string[] {
  const plain = [bytes.toString('latin1'), bytes.toString('utf16le')]
  for (const unpacked of [gunzipSync, zstdDecompressSync, inflateSync])
    try {
      plain.push(unpacked(bytes).toString('latin1'))
    } catch {
      // It is packed another way, or not at all.
    }
  return plain
}

test('writes a classified value nowhere: recordings, reports, runs, discoveries, documentation', async () => {
  const backend = await served(() => answer)
  const shell = shellIn(files('http://localhost:9'))
  const said: string[] = []
  for (const file of ['session.har', 'examples.overlay.yaml']) {
    const started = shell.start(
      'mock',
      '-p',
      '0',
      '--proxy',
      backend.url,
      '--record',
      file,
      '--json',
    )
    await started.says('"summary"')
    const { url } = JSON.parse(started.stdout()) as { url: string }
    const ask = `${url}/store/customer?nickname=${secrets.nickname}`
    const told = await fetch(ask, { headers: { authorization: `Bearer ${secrets.token}` } })
    expect(await told.text()).toContain(secrets.nickname)
    await fetch(`${url}/store/customer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: `sid=${secrets.token}` },
      body: answer,
    })
    const { stdout, stderr } = await started.stop()
    said.push(stdout, stderr)
  }
  expect(shell.read('session.har')).toContain('[redacted personal]')

  const tested = [
    'test',
    '--target',
    backend.url,
    '--header',
    `X-Api-Key: ${secrets.token}`,
    '--auth-command',
    `echo ${secrets.token}`,
  ]
  const reports = 'report.html,junit.xml,test.sarif,test.har,test.md'
  for (const more of [['--report', reports], ['--json'], ['--format', 'github']]) {
    const { status, stdout, stderr } = await shell.run(...tested, ...more)
    expect(status).toBe(1)
    said.push(stdout, stderr)
  }
  expect(shell.read('report.html')).toContain('response-schema')
  expect(shell.list().some((path) => path.startsWith('.throughline/runs/'))).toBe(true)

  const discovering = shell.start('discover', backend.url, '--port', '0', '--no-studio')
  await discovering.says('Ctrl-C when you are done')
  const [proxy] = /http:\/\/localhost:\d+/.exec(discovering.stderr())!
  const ask = `/customer?nickname=${secrets.nickname}`
  const told = { headers: { authorization: `Bearer ${secrets.token}` } }
  expect(await (await fetch(proxy + ask, told)).text()).toContain(secrets.nickname)
  await fetch(`${proxy}/_throughline/discover`, {
    method: 'POST',
    body: JSON.stringify([
      { kind: 'screen', at: 0, path: '/account', via: 'load' },
      {
        kind: 'call',
        at: 1,
        ms: 5,
        method: 'GET',
        url: backend.url + ask,
        status: 200,
        type: 'application/json',
        sent: JSON.parse(answer) as unknown,
        body: JSON.parse(answer) as unknown,
      },
    ]),
  })
  const { stdout, stderr } = await discovering.stop()
  said.push(stdout, stderr)
  expect(shell.read('.throughline/discover-finished.ndjson')).toContain('"total"')

  for (const audience of [[], ['--audience', 'public']])
    said.push((await shell.run('docs', '-o', `site${audience.length}`, ...audience)).stdout)
  said.push((await shell.run('lineage', '--format', 'csv', '-o', 'lineage.csv')).stdout)
  expect(said.flatMap((text) => inText(text, 'said'))).toEqual([])
  expect(found(shell.folder)).toEqual([])
}, 120_000)

test('keeps no classified value of what services and pages say, and forwards none', async () => {
  const forwarded: string[] = []
  const receiver = await served((path, body) => {
    forwarded.push(path, body.toString('latin1'))
    return '{}'
  })
  const shell = shellIn(files(`http://localhost:${receiver.port}`))
  const graph = graphOf(files(`http://localhost:${receiver.port}`))
  const folder = evidenceFolder(shell.folder)
  mkdirSync(folder, { recursive: true })
  const store = await openDuckdbStore({ folder })
  const queue = forwarding({ graph: () => graph, folder: join(folder, 'forward'), env: {} })
  const taking = collector({
    store: () => Promise.resolve(store),
    graph: () => graph,
    forward: (batch, events) => queue.take(batch, events),
  })
  const send = async (path: string, body: unknown, type: string): Promise<number> =>
    (
      await taking.fetch(
        new Request(`http://localhost${path}`, {
          method: 'POST',
          headers: { 'content-type': type, host: 'localhost' },
          body: JSON.stringify(body),
        }),
      )
    ).status

  const now = Date.now()
  const nano = (ms: number): string => `${ms}000000`
  const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } })
  const attributes = [
    attribute('http.request.method', 'GET'),
    attribute('url.full', `https://shop.example/customer?nickname=${secrets.nickname}`),
    attribute('url.query', `nickname=${secrets.nickname}`),
    attribute('nickname', secrets.nickname),
    attribute('app.customer.nick_name', secrets.nickname),
    attribute('shop.pet', secrets.pet),
    attribute('alias.name', secrets.alias),
    attribute('voucherCode', secrets.voucher),
    attribute('http.request.header.authorization', `Bearer ${secrets.token}`),
    attribute('note', `Write to ${secrets.email}`),
    attribute('tenant', 'corner'),
  ]
  const span = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    name: 'GET /customer',
    startTimeUnixNano: nano(now),
    endTimeUnixNano: nano(now + 5),
    attributes,
    events: [
      {
        name: 'exception',
        timeUnixNano: nano(now),
        attributes: [
          attribute('exception.type', 'Refused'),
          attribute('exception.message', `${secrets.email} came with Bearer ${secrets.token}`),
        ],
      },
    ],
  }
  const log = {
    timeUnixNano: nano(now),
    body: { stringValue: `GET /customer?nickname=${secrets.nickname} for ${secrets.email}` },
    attributes,
  }
  const json = 'application/json'
  expect(
    await send('/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }, json),
  ).toBe(200)
  expect(
    await send('/v1/logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }] }, json),
  ).toBe(200)
  const beacon = [
    1,
    'batch-12345',
    now,
    'session-12345',
    'phone',
    '4g',
    'live',
    '1',
    [],
    [[0, `/account?nickname=${secrets.nickname}`, 'checkout/account']],
    [
      ['v', 0, 0],
      ['e', 1, 0, 'TypeError', `No ${secrets.email} at /customer?nickname=${secrets.nickname}`],
      ['q', 2, 0, 'happy', 3, `Ask ${secrets.email}`],
    ],
  ]
  expect(await send('/v1/beacon', beacon, 'text/plain')).toBe(204)
  await expect.poll(() => forwarded.length, { timeout: 10_000 }).toBeGreaterThan(3)
  await queue.close()
  const rows = await store.query({ name: 'all', sql: 'SELECT * FROM events' }, {})
  expect(JSON.stringify(rows)).toContain('corner')
  expect(inText(JSON.stringify(rows), 'the database')).toEqual([])
  // Older days are packed away in Parquet, column by column: read back as they stand there.
  const later = now + 5 * 86_400_000
  await store.retain({ hotDays: 1, keepDays: 90, rollupDays: 400, now: later })
  const packed = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  expect(packed.some((path) => path.endsWith('.parquet'))).toBe(true)
  const cold = JSON.stringify(await store.query({ name: 'all', sql: 'SELECT * FROM events' }, {}))
  expect(cold).toContain('corner')
  expect(inText(cold, 'Parquet')).toEqual([])
  await store.close()
  expect(forwarded.join()).toContain('corner')
  expect(forwarded.flatMap((text) => inText(text, 'forwarded'))).toEqual([])
  writeFileSync(join(shell.folder, 'report.json'), (await shell.run('report', '--json')).stdout)
  expect(found(shell.folder)).toEqual([])
}, 120_000)
