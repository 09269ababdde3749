import { expect, test } from 'vitest'
import { bruBlocks, bruPairs } from './bru-language.ts'

test('reads blocks and pairs: quoted names, what is switched off, texts over several lines', () => {
  const { blocks, problems } = bruBlocks(`meta {
  name: Add a coupon
  tags: [
    smoke
  ]
}

post {
  url: {{baseUrl}}/coupons
}

headers {
  ~X-Off: 1
  "colon:name": a: b
  X-Long: '''
    one
    two
  '''
}

body:json {
  {
    "code": "SUMMER"
  }
}
`)
  expect(problems).toEqual([])
  expect(blocks.map(({ name, line }) => [name, line])).toEqual([
    ['meta', 1],
    ['post', 8],
    ['headers', 12],
    ['body:json', 21],
  ])
  expect(bruPairs(blocks[2]!.text)).toEqual([
    { name: 'X-Off', value: '1', disabled: true },
    { name: 'colon:name', value: 'a: b', disabled: false },
    { name: 'X-Long', value: 'one\ntwo', disabled: false },
  ])
  expect(JSON.parse(blocks[3]!.text)).toEqual({ code: 'SUMMER' })
})

test('gives a block that is never closed as far as it goes, and says its line', () => {
  const { blocks, problems } = bruBlocks('oops\nget {\n  url: https://shop.example/basket\n')
  expect(bruPairs(blocks[0]!.text)[0]).toMatchObject({
    name: 'url',
    value: 'https://shop.example/basket',
  })
  expect(problems).toEqual([
    'line 1 begins no block: oops',
    'the block `get` of line 2 is never closed',
  ])
})
