import { expect, test } from 'vitest'
import { surveyText } from './words.ts'

const result = {
  survey: 'wait',
  answers: 100,
  quota: 300,
  mean: 3.4,
  scale: { from: 1, to: 5 },
  distribution: [
    { value: 1, answers: 40 },
    { value: 5, answers: 60 },
  ],
  texts: [],
}

test('says what the unhappy had met beside the happy, and what that is worth', () => {
  expect(
    surveyText({
      ...result,
      unhappy: { answers: 40, waited: 900, troubled: 0.25 },
      happy: { answers: 60, waited: 300, troubled: 0 },
    }),
  ).toBe(
    '100 answers of at most 300, 3.4 on average of 1 to 5 (1: 40, 5: 60). Half of the 40 unhappy had waited longer than 900 ms, half of the 60 happy longer than 300 ms; 25 % of the 40 unhappy and 0 % of the 60 happy had met an error. This is an association.',
  )
})

test('gives no figure of a few, but says so', () => {
  expect(surveyText({ ...result, unhappy: { answers: 4 }, happy: { answers: 6 } })).toBe(
    '100 answers of at most 300, 3.4 on average of 1 to 5 (1: 40, 5: 60). What the 4 unhappy and the 6 happy had waited is not said: too few.',
  )
})
