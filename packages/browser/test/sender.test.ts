import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { senderTo } from '../src/sdk/sender.ts'

const sent: string[] = []
let status = 204

beforeEach(() => {
  sent.length = 0
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('fetch', (_address: string, { body }: { readonly body: string }) => {
    sent.push(body)
    return status === 0
      ? Promise.reject(new TypeError('Failed to fetch'))
      : Promise.resolve(new Response(null, { status }))
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test.each([
  [204, 'goes on and sends what comes next', 1, false],
  [205, 'holds nothing up any more and sends what comes next', 0, false],
  [401, 'holds nothing up any more and sends what comes next', 0, false],
  [429, 'goes on and sends the same again', 1, true],
  [503, 'goes on and sends the same again', 1, true],
  [0, 'goes on and sends the same again', 1, true],
])('after an answer of %i it %s', async (answer, _what, left, again) => {
  status = answer
  const delays = [['store.getBasket', [250], 1]]
  const send = senderTo('https://collect.example/v1/beacon', delays, () => ['session-1'])
  send(['v', 1000, 1])
  await vi.advanceTimersByTimeAsync(5000)
  expect(sent).toHaveLength(1)
  expect(delays).toHaveLength(left)

  status = 204
  send(['l', 2000, 1, 'page'])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(sent[1] === sent[0]).toBe(again)
  expect(sent.at(-1)).toContain('"l"')
})
