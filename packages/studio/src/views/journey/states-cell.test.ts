import { expect, test } from 'vitest'
import { chipWord } from './states-cell.tsx'

test('a chip says the condition, and of a problem type its last word', () => {
  expect(chipWord('timeout')).toBe('timeout')
  expect(chipWord('404')).toBe('404')
  expect(chipWord('problem: https://shop.example/problems/out-of-stock/')).toBe('out-of-stock')
  expect(chipWord('problem: urn:shop:card-declined')).toBe('card-declined')
  expect(chipWord('problem:')).toBe('')
})
