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
  for (let id = 0; id < 5_000; id++)
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
