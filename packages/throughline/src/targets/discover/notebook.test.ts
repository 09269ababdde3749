import { appendFileSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { discoveredIn } from '@throughline/core'
import { notebookAt } from './notebook.ts'

const call = (id: number): object => ({
  kind: 'call',
  at: id,
  ms: 20,
  method: 'GET',
  url: `http://localhost:4000/orders/${id}?email=maya@mail.example`,
  status: 200,
  type: 'application/json',
  body: {
    id,
    email: 'maya@mail.example',
    accessToken: 'abc',
    phone: '+49 761 1234',
    items: Array.from({ length: 500 }, () => ({ name: 'Lemons' })),
  },
})

test('writes each line masked and at once, and reads them again after a crash', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'discover-')), 'deep', 'discover.ndjson')
  const notebook = notebookAt(path)
  notebook.add([
    { kind: 'screen', at: 1, path: '/orders/17', via: 'load' },
    call(17),
    { kind: 'nonsense' },
    null,
  ])
  const text = readFileSync(path, 'utf8')
  expect(text).toContain('person@example.com')
  expect(text).not.toMatch(/maya|abc|761/)
  appendFileSync(path, '{"kind":"call","half')
  const again = notebookAt(path)
  expect(again.observations()).toEqual(notebook.observations())
  expect(discoveredIn(again.observations()).journeys[0]?.steps[0]?.screen).toBe('/orders/:orderId')
})

test('stays small, however long somebody clicks', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'discover-')), 'discover.ndjson')
  const notebook = notebookAt(path)
  for (let id = 0; id < 2_000; id++)
    notebook.add([{ kind: 'screen', at: id, path: `/orders/${id}`, via: 'move' }, call(id)])
  expect(
    notebook.observations().filter((one) => one.kind === 'call' && one.body !== undefined),
  ).toHaveLength(8)
  expect(statSync(path).size).toBeLessThan(2_000_000)
  const { apis } = discoveredIn(notebook.observations())
  expect(JSON.stringify(apis).length).toBeLessThan(20_000)
})

test('takes back the last screen', () => {
  const notebook = notebookAt(undefined)
  notebook.add([
    { kind: 'screen', at: 1, path: '/', via: 'load' },
    { kind: 'screen', at: 2, path: '/basket', via: 'move' },
    { kind: 'undo' },
  ])
  expect(discoveredIn(notebook.observations()).journeys[0]?.steps.map((one) => one.screen)).toEqual(
    ['/'],
  )
})

test('keeps what people said about the result, over a crash and over any number of visits', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'discover-')), 'discover.ndjson')
  const notebook = notebookAt(path)
  notebook.add([
    { kind: 'screen', at: 0, path: '/orders/1', via: 'load' },
    {
      kind: 'edit',
      edit: { kind: 'name-step', walk: '', screen: '/orders/:id', title: 'The order' },
    },
    { kind: 'edit', edit: { kind: 'name-step', walk: '', title: 'Of no screen' } },
    { kind: 'links', paths: ['/orders/1', '/help', 'https://elsewhere.example/'] },
  ])
  for (let id = 0; id < 2_000; id++)
    notebook.add([{ kind: 'screen', at: id, path: `/orders/${id}`, via: 'move' }, call(id)])
  const again = notebookAt(path).observations()
  expect(again.length).toBeLessThan(4_000)
  expect(again.filter((one) => one.kind === 'edit')).toHaveLength(1)
  expect(again.filter((one) => one.kind === 'links')).toEqual([
    { kind: 'links', paths: ['/orders/1', '/help'] },
  ])
  expect(discoveredIn(again).journeys[0]?.steps[0]).toMatchObject({
    title: 'The order',
    visits: 2_001,
  })
})

test('cuts what is too large to keep, and keeps what shows something new', () => {
  const notebook = notebookAt(undefined)
  const order = (id: number, more: object = {}): object => ({
    ...call(id),
    body: { id, text: 'Lemons '.repeat(50), ...more },
  })
  for (let id = 0; id < 20; id++) notebook.add([order(id)])
  notebook.add([order(20, { notice: 'Sold out' }), order(21, { notice: 'Sold out' })])
  const lists = Array.from({ length: 90 }, () =>
    Array.from({ length: 90 }, () => 'Lemons '.repeat(50)),
  )
  notebook.add([{ ...call(22), url: 'http://localhost:4000/shelves', body: { lists } }])
  const bodies = notebook
    .observations()
    .flatMap((one) =>
      one.kind === 'call' && one.body !== undefined ? [JSON.stringify(one.body)] : [],
    )
  expect(bodies).toHaveLength(8 + 1 + 1)
  expect(bodies[8]).toContain('Sold out')
  expect(bodies[9]!.length).toBeLessThan(100_000)
})
