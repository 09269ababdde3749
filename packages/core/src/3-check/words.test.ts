import { expect, test } from 'vitest'
import { holdingWords } from './words.ts'

test.each([
  ['email', 'email', true],
  ['email', 'customerEmail', true],
  ['email', 'work_emails', true],
  ['email', 'emailVerified', false],
  ['cardNumber', 'primary_card_number', true],
  ['cardNumber', 'card', false],
  ['cardNumber', 'cardnumber', true],
  ['name', 'filename', false],
  ['name', 'firstName', true],
  ['token', 'accessToken', true],
  ['token', 'nextPageToken', false],
])('a class that contains %s covers %s: %s', (words, name, covered) => {
  expect(holdingWords([words])(name)).toBe(covered)
})
