import { expect, test } from 'vitest'
import { iterationsIn } from './iterations.ts'

test('reads a row for each line, with commas, quotes and lines inside of quotes', () => {
  const rows = iterationsIn('sku,note\r\ntea,"two, please"\nmug,"a ""big""\none"\n\n', 'data.csv')
  expect(rows.map((row) => Object.fromEntries(row))).toEqual([
    { sku: 'tea', note: 'two, please' },
    { sku: 'mug', note: 'a "big"\none' },
  ])
})

test('reads a list of objects', () => {
  const rows = iterationsIn('[{"sku":"tea","count":2,"gift":{"to":"Tom"}}]', 'data.json')
  expect(Object.fromEntries(rows[0]!)).toEqual({ sku: 'tea', count: '2', gift: '{"to":"Tom"}' })
})

test('says what is wrong with a file', () => {
  expect(() => iterationsIn('sku\n', 'data.csv')).toThrow('data.csv has no rows')
  expect(() => iterationsIn('[1]', 'data.json')).toThrow('row 1 is no object')
})
