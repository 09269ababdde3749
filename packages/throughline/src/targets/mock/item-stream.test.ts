import { request } from 'node:http'
import { compile } from '@throughline/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from './listen.ts'
import type { Listening } from './listen.ts'
import { mock } from './mock.ts'
import type { Mock } from './mock.ts'

const store = `
openapi: 3.2.0
info: { title: Store, version: '1' }
paths:
  /deliveries:
    get:
      operationId: followDeliveries
      responses:
        '200':
          description: x
          content:
            text/event-stream:
              itemSchema:
                type: object
                required: [data, event]
                properties:
                  event: { type: string, enum: [moved] }
                  id: { type: string }
                  data: { type: string, contentMediaType: application/json, contentSchema: { type: object, required: [city], properties: { city: { type: string } } } }
  /prices:
    get:
      operationId: followPrices
      responses:
        '200':
          description: x
          content:
            application/jsonl: { itemSchema: &price { type: object, required: [sku, price], properties: { sku: { type: string }, price: { type: integer } } } }
            application/json-seq: { itemSchema: *price }
  /chat:
    get: { operationId: chat, responses: { '200': { description: x, content: { text/event-stream: { schema: { type: object, required: [delta], properties: { delta: { type: string } } } } } } } }
`

const scenarios: Readonly<Record<string, string>> = {
  five: '{ operation: store.followPrices, stream: { every: 1ms, items: 5 } }',
  cut: '{ operation: store.chat, fault: reset, stream: { every: 1ms, items: 4 } }',
  half: '{ operation: store.chat, fault: truncate, stream: { every: 1ms, items: 4 } }',
  torn: '{ operation: store.followPrices, fault: malformed, stream: { every: 1ms, items: 3 } }',
  hang: '{ operation: store.chat, stream: { every: 1ms, items: 2, after: silence } }',
  forever: '{ operation: store.chat, stream: { every: 1ms, items: 2, after: continue } }',
  bare: '{ operation: store.followPrices, fault: "drop:sku", stream: { every: 1ms, items: 2 } }',
}

test('sends events one by one, as the contract describes them', async () => {
  const response = await ask('GET /deliveries')
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events = (await response.text()).trimEnd().split('\n\n')
  expect(events).toHaveLength(3)
  events.forEach((event, index) => {
    const lines = new Map(
      event.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]),
    )
    expect([lines.get('event'), lines.get('id')]).toEqual(['moved', String(index + 1)])
    expect(JSON.parse(lines.get('data')!)).toEqual({ city: expect.any(String) })
  })
})

test('goes on where a client had left', async () => {
  const text = await (await ask('GET /chat')).text()
  const later = await (await ask('GET /chat', { 'last-event-id': '2' })).text()
  expect(later.split('\n\n')[0]).toBe(text.split('\n\n')[2])
})

test('sends lines one by one as a scenario says, and ends', async () => {
  const lines = (await (await ask('GET /prices', play('five'))).text()).trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual(
    Array.from({ length: 5 }, () => ({ sku: expect.any(String), price: expect.any(Number) })),
  )
  const sequence = await ask('GET /prices', { ...play('five'), accept: 'application/json-seq' })
  expect((await sequence.text()).split('\u001e').slice(1).map(isJson)).toEqual(Array(5).fill(true))
})

test('lets faults act in the middle of a stream', async () => {
  await expect((await ask('GET /chat', play('cut'))).text()).rejects.toThrow('cut the connection')
  const torn = (await (await ask('GET /prices', play('torn'))).text()).trimEnd().split('\n')
  expect(torn.map(isJson)).toEqual([true, false, true])
  const bare = (await (await ask('GET /prices', play('bare'))).text()).trimEnd().split('\n')
  expect(bare.map((line) => Object.keys(JSON.parse(line) as object))).toEqual([
    ['price'],
    ['price'],
  ])
})

let running: Listening
beforeAll(async () => {
  running = await listen(served(), { port: 0 })
})
afterAll(() => running.close())

test.each([
  ['cut', 2, 'aborted'],
  ['half', 2, 'aborted'],
])('cuts a real line after what was sent: %s', async (scenario, least, how) => {
  const { text, ended } = await overTheLine('/chat', scenario)
  expect(text.match(/\n\n/g)?.length ?? 0).toBeGreaterThanOrEqual(least)
  expect(ended).toBe(how)
})

test.each(['hang', 'forever'])('ends a stream when the client leaves: %s', async (scenario) => {
  const { text, ended } = await overTheLine('/chat', scenario, 5)
  expect([text.includes('data: {'), ended]).toEqual([true, 'left'])
  expect((await fetch(`${running.url}/prices`)).status).toBe(200)
})

/** What a client reads until the line is cut, or until it has read so many characters. */
function overTheLine(path: string, scenario: string, enough = Infinity) {
  return new Promise<{ text: string; ended: string }>((resolve, reject) => {
    const asked = request(`${running.url}${path}`, { headers: play(scenario) }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length < enough) return
        asked.destroy()
        resolve({ text, ended: 'left' })
      })
      response.on('error', () => resolve({ text, ended: 'aborted' }))
      response.on('end', () => resolve({ text, ended: 'end' }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

function play(name: string): Readonly<Record<string, string>> {
  return { 'throughline-scenario': name }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function served(): Mock {
  const texts: Record<string, string> = {
    'store.yaml': store,
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }',
  }
  for (const [name, rule] of Object.entries(scenarios))
    texts[`scenarios/${name}.scenario.yaml`] = `scenario: ${name}\nrules: [${rule}]`
  const files = {
    paths: Object.keys(texts),
    read: (path: string) => {
      const text = texts[path]
      return text === undefined ? { path, unreadable: 'missing' as const } : { path, text }
    },
  }
  return mock(compile(files).graph)
}

function ask(line: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const [method = 'GET', path = '/'] = line.split(' ')
  return served().handle(new Request(`http://localhost${path}`, { method, headers }))
}
