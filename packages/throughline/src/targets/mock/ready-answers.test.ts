import { expect, test } from 'vitest'
import type { Answer } from './answer.ts'
import { readyAnswers } from './ready-answers.ts'

const basket: Answer = { status: 200, headers: [], body: Buffer.from('{"total":5}') }

test('keeps what is asked a second time, with memory of its own', () => {
  const ready = readyAnswers()
  expect([ready.isWorthwhile('/basket', basket), ready.isWorthwhile('/basket', basket)]).toEqual([
    false,
    true,
  ])
  ready.keep('/basket', basket, 'baskets')
  const kept = ready.get('/basket')!
  expect([kept.reads, Buffer.from(kept.answer.body!).toString()]).toEqual([
    'baskets',
    '{"total":5}',
  ])
  expect(kept.answer.body!.buffer.byteLength).toBe(basket.body!.length)
})

test('begins anew when there are too many, or they are too long', () => {
  for (const ready of [readyAnswers(2), readyAnswers(100, 600)]) {
    for (const key of ['/a', '/b', '/c']) ready.keep(key, basket, undefined)
    expect(['/a', '/b', '/c'].map((key) => ready.get(key) !== undefined)).toEqual([
      false,
      false,
      true,
    ])
  }
  expect(readyAnswers(10, 80).isWorthwhile('/basket', basket)).toBe(false)
})
