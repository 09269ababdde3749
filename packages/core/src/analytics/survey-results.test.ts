import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import type { SurveyRow } from './answers.ts'
import { surveyResults } from './survey-results.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\nname: Shop\n',
  'checkout.journey.yaml': 'journey: checkout\nsteps: [{ step: delivery, screen: /delivery }]\n',
  'delivery-date.survey.yaml':
    'survey: delivery-date\nquestion: Did you find out when it comes?\nask: after-step\nstep: checkout/delivery\nscale: { from: 1, to: 5 }\nquota: 300\n',
}
const { surveys } = compile({
  paths: Object.keys(files),
  read: (path) => ({ path, text: files[path] ?? '' }),
}).graph.declarations

/** Answers of 1 to 5 in turn: the lower the answer, the longer they had waited; every 1 met an error. */
function answers(count: number): readonly SurveyRow[] {
  return Array.from({ length: count }, (_, index) => {
    const value = 1 + (index % 5)
    return {
      survey: 'delivery-date',
      step: 'checkout/delivery',
      session: `s${index}`,
      time: 1_000_000 + index,
      value,
      wait: (6 - value) * 1000,
      troubles: value === 1 ? 1 : 0,
      ...(index === 7 && { text: 'Write to maya@example.org when it is mended' }),
    }
  })
}

test('sets what the unhappy had waited beside what the happy had', () => {
  const [result] = surveyResults(answers(100), surveys, 20)
  expect(result).toMatchObject({
    survey: 'delivery-date',
    question: 'Did you find out when it comes?',
    step: 'checkout/delivery',
    answers: 100,
    quota: 300,
    mean: 3,
    unhappy: { answers: 40, waited: 4500, troubled: 0.5 },
    happy: { answers: 40, waited: 1500, troubled: 0 },
  })
  expect(result!.distribution).toEqual([1, 2, 3, 4, 5].map((value) => ({ value, answers: 20 })))
  expect(result!.texts).toEqual([
    { text: 'Write to [e-mail] when it is mended', value: 3, at: '1970-01-01T00:16:40.007Z' },
  ])
})

test('gives no figure for fewer than the least number of answers', () => {
  const [result] = surveyResults(answers(45), surveys, 20)
  expect(result).toMatchObject({ answers: 45, mean: 3 })
  expect(result!.unhappy).toEqual({ answers: 18 })
  expect(surveyResults(answers(15), surveys, 20)[0]).not.toHaveProperty('mean')
})

test('shows a value that nobody chose, and keeps imported questions apart', () => {
  const [asked, imported] = surveyResults(
    [
      ...answers(2),
      { survey: 'How was it?', step: '', session: '', time: 5, value: 9, troubles: 0 },
    ],
    surveys,
    20,
  )
  expect(asked!.distribution.map(({ answers: of }) => of)).toEqual([1, 1, 0, 0, 0])
  expect(imported).toEqual({
    survey: 'How was it?',
    answers: 1,
    distribution: [{ value: 9, answers: 1 }],
    texts: [],
  })
})
