import { expect, test } from 'vitest'
import { eventFrom } from './event-from.ts'

test('takes the columns of evidence and nothing else', () => {
  const call = {
    kind: 'call',
    time: 1.5,
    operation: 'store.getBasket',
    status: 200,
    flags: ['basket=new'],
  }
  expect(eventFrom({ ...call, email: 'maya@example.com', step: null })).toEqual(call)
  expect(eventFrom(JSON.parse('{"kind":"view","time":1,"__proto__":{"step":"x"}}'))).toEqual({
    kind: 'view',
    time: 1,
  })
  expect(eventFrom({ kind: 'view', time: 1, name: 'x'.repeat(5000) })?.name).toHaveLength(1000)
})

test.each([
  [null],
  ['call'],
  [{ kind: 'purchase', time: 1 }],
  [{ kind: 'call' }],
  [{ kind: 'call', time: '1' }],
  [{ kind: 'call', time: Number.NaN }],
  [{ kind: 'call', time: 1, status: 200.5 }],
  [{ kind: 'call', time: 1, step: ['checkout'] }],
  [{ kind: 'call', time: 1, attributes: { text: 'x'.repeat(9000) } }],
])('takes no %j', (value) => {
  expect(eventFrom(value)).toBeUndefined()
})
