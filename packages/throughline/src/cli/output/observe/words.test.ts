import { expect, test } from 'vitest'
import { experimentText, surveyText } from './words.ts'

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

test('says of a difference that only a single look would claim that it is too early', () => {
  const said = (verdict: 'sure' | 'early'): string =>
    experimentText({
      kind: 'flag',
      name: 'new-basket: on',
      journey: 'checkout',
      state: 'running',
      arms: [],
      result: {
        kind: 'estimate',
        label: 'experiment',
        difference: { value: 0.07, low: 0.01, high: 0.13 },
        chance: 0.02,
        anytime: { low: verdict === 'sure' ? 0.004 : -0.02, high: 0.16 },
        verdict,
      },
    })
  expect(said('early')).toContain(
    'Too early to say: more leave, 7 % of the visits (95 %: 1 % to 13 %), were this the only look; however often one looks, 95 %: -2 % to 16 %. This is an experiment.',
  )
  expect(said('sure')).toContain('More leave, 7 % of the visits')
})
