import { child } from '../text/site.ts'
import type { SurveyDeclaration } from './declarations.ts'
import { idFromFile, identifier } from './identifier.ts'
import { duration } from './quantity.ts'
import {
  about,
  mapped,
  numberBetween,
  oneOf,
  record,
  text,
  textLike,
  unplaced,
  wholeNumber,
  withFallback,
  wrong,
  type Shape,
} from './shape.ts'

const scale = mapped(
  unplaced(
    record(
      'A scale',
      {
        from: about('The lowest answer.', wholeNumber(0, 10), 1),
        to: about('The highest answer.', wholeNumber(1, 10), 5),
      },
      {
        low: about('What the lowest one means.', text, 'Not at all'),
        high: about('What the highest one means.', text, 'At once'),
      },
    ),
  ),
  (found) => ({
    ...found,
    from: Math.min(found.from, found.to),
    to: Math.max(found.from, found.to),
  }),
)

const step = textLike(
  '^(any|[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9_-]*)$',
  'must be a step such as `checkout/basket`, or `any`',
)

const fields = record(
  'A survey',
  {
    survey: about('The id of the survey.', withFallback(identifier, idFromFile), 'delivery-date'),
    question: about(
      'What people are asked.',
      textLike('\\S', 'must be a question'),
      'Did you find out when it comes?',
    ),
    ask: about(
      'When: people have gone on from the step, an error came up on it, or an answer on it was slow.',
      oneOf('after-step', 'after-error', 'after-slow-answer'),
      'after-step',
    ),
    step: about('Which step it is about, or any.', step, 'checkout/basket', 'any'),
  },
  {
    title: about('What the survey is for, in a few words.', text, 'Is the date easy to find?'),
    over: about('With `after-slow-answer`: how long the answer took at least.', duration, '3s'),
    scale: about('Answers in numbers.', scale, {
      from: 1,
      to: 5,
      low: 'Not at all',
      high: 'At once',
    }),
    text: about('Over the field for words; without it there is none.', text, 'What was missing?'),
    share: about('The share of visits that may be asked, in per cent.', numberBetween(0, 100), 10),
    quota: about('After so many answers nobody is asked any more.', wholeNumber(1), 300),
    throttle: about('How long the same person is left alone.', duration, '30d'),
    words: about(
      'The words of the panel, in the language of the page.',
      unplaced(
        record(
          'The words of a survey',
          {},
          {
            send: about('On the button.', text, 'Send'),
            close: about('What the close button is called.', text, 'Close'),
            thanks: about('What is shown in the end.', text, 'Thank you.'),
          },
        ),
      ),
    ),
  },
)

/** `*.survey.yaml`: one question that people are asked where it arises. */
export const surveyFile: Shape<SurveyDeclaration> = {
  ...mapped(
    fields,
    ({ survey, step, ask, over, share, quota, throttle, words, ...found }, site, report) => {
      if (found.scale === undefined && found.text === undefined)
        return wrong(
          site,
          report,
          'must have `scale` or `text`, else nobody could answer',
          'A survey',
        )
      return {
        ...found,
        id: survey,
        ...(step !== 'any' && { step }),
        stepSite: child(site, 'step') ?? site,
        ask,
        over: over ?? 3000,
        share: (share ?? 100) / 100,
        ...(quota !== undefined && { quota }),
        throttle: throttle ?? 30 * 86_400_000,
        words: {
          send: words?.send ?? 'Send',
          close: words?.close ?? 'Close',
          thanks: words?.thanks ?? 'Thank you.',
        },
      }
    },
  ),
  schema: (definitions) => ({
    ...fields.schema(definitions),
    anyOf: [{ required: ['scale'] }, { required: ['text'] }],
  }),
}
