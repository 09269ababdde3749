import type { CheckName } from '../../../targets/verify/finding.ts'

interface CheckWords {
  /** What is wrong, as a heading. */
  readonly title: string
  /** What people may notice of it. */
  readonly means: string
}

/** What each check asks, for those who read no schemas. */
export const checkWords: Readonly<Record<CheckName, CheckWords>> = {
  'not-a-server-error': {
    title: 'The backend fails',
    means: 'The screen gets an error that nobody described; people see whatever the app does then.',
  },
  'status-documented': {
    title: 'An answer that nobody agreed on',
    means: 'No screen was designed for it, so what people see is left to chance.',
  },
  'content-type': {
    title: 'An answer in another format',
    means: 'The app may not be able to read it at all.',
  },
  'response-headers': {
    title: 'A promised header is missing',
    means: 'Paging, caching or a hint to try again may not work.',
  },
  'response-schema': {
    title: 'An answer of another shape',
    means: 'A screen may show nothing, or something wrong, where this value belongs.',
  },
  'invalid-accepted': {
    title: 'A wrong request is taken',
    means: 'People are not told of their mistake, and wrong data is kept.',
  },
  'valid-rejected': {
    title: 'A right request is refused',
    means: 'People are told of a mistake that they did not make.',
  },
  'unsupported-method': {
    title: 'A method that does not exist is answered',
    means: 'People see nothing of it; integrators are misled.',
  },
  'missing-required-header': {
    title: 'A required header may be left out',
    means: 'People see nothing of it; a rule of the API is not enforced.',
  },
  'authentication-ignored': {
    title: 'It answers without signing in',
    means: 'Anybody can read or change what belongs to somebody.',
  },
  'authentication-broken': {
    title: 'Signing in does not work as described',
    means: 'People may be sent away though they are signed in, or not be asked to sign in again.',
  },
  'other-user-sees': {
    title: 'One person sees what belongs to another',
    means: 'Private data is shown to strangers.',
  },
  'use-after-delete': {
    title: 'What was deleted is still there',
    means: 'People meet again what they removed.',
  },
  'available-after-create': {
    title: 'What was created is not there',
    means: 'People do not find what they have just made.',
  },
  pagination: {
    title: 'Pages that overlap or leave something out',
    means: 'People see things twice, or never.',
  },
  caching: {
    title: 'Answers are kept longer or shorter than agreed',
    means: 'People see what is out of date, or wait for what they have already seen.',
  },
  'error-body': {
    title: 'An error that says nothing helpful',
    means: 'The screen cannot tell people what went wrong and what to do.',
  },
  leak: {
    title: 'An answer gives away inner workings',
    means: 'Attackers learn how the backend is built.',
  },
  'classified-data': {
    title: 'Protected data where it must not be',
    means: 'What the policy protects leaves the backend.',
  },
  'need-missing': {
    title: 'A screen does not get what it needs',
    means: 'A part of the screen stays empty.',
  },
  budget: {
    title: 'Slower or larger than agreed',
    means: 'People wait longer than the step allows.',
  },
  cors: {
    title: 'The app is not allowed to ask',
    means: 'The browser blocks the call, and the screen stays empty.',
  },
  idempotency: {
    title: 'Doing it twice is not like doing it once',
    means: 'A second tap or a retry may order or pay twice.',
  },
  'conditional-request': {
    title: 'Changes of others are overwritten',
    means: 'What one person saved may be lost when another saves.',
  },
  poison: {
    title: 'One call breaks the others',
    means: 'After it, screens fail that have nothing to do with it.',
  },
  connection: {
    title: 'No whole answer',
    means: 'The screen waits, and shows what it shows when the network fails.',
  },
  graphql: {
    title: 'A GraphQL answer that breaks the rules',
    means: 'The app may read nulls or errors wrongly.',
  },
  drift: {
    title: 'Answers that nobody described',
    means: 'The backend has moved on, and the contract has not.',
  },
}
