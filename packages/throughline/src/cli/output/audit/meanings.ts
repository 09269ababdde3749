import type { Verdict } from '../../../targets/audit/judge.ts'

/** What each verdict means, in a sentence for somebody who does not read code. */
export const meanings: Readonly<Record<Verdict, string>> = {
  blank: 'Most of the screen is missing, and nobody says why.',
  'white page': 'There is nothing on the page at all.',
  'endless loading': 'It looks as if something were coming; nothing comes.',
  garbage: 'People read what was meant for programs: undefined, NaN, an error.',
  silent: 'A part is missing, or said to be empty, without a word about the failure.',
  'wrong success': 'The page says that all went well. It did not.',
  'retry storm': 'The page asks again and again, without a pause.',
  frozen: 'The page no longer answers, or dies.',
  message: 'People are told in words.',
  fallback: 'Something sensible stands there instead.',
  redirect: 'People are led to another page.',
  unchanged: 'The screen is as on a good day.',
}
