import { expect, test } from 'vitest'
import { seededChoices } from './choices.ts'
import { patternOf } from './pattern.ts'
import { textMatching } from './pattern-text.ts'

test.each([
  '^[A-Z]{3}$',
  '^ORD-\\d{6}(-[a-f0-9]{4})?$',
  '^(card|bank|cash)$',
  '^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$',
  '^\\+?[1-9]\\d{1,14}$',
  '^#(?:[0-9a-fA-F]{3}){1,2}$',
  '[0-9]+(\\.[0-9]{1,2})?',
  '^(?<year>\\d{4})-(?<month>0[1-9]|1[0-2])$',
  '^[\\w.-]+/[\\w.-]+$',
  '^\\p{Lu}\\p{L}*$',
  '^[\\u4e00-\\u9fff]{2}$',
  '^([a-z])\\1$',
  '^$',
  '^.{200}$',
  '^(?i)sku$',
  '^[a-z]+(?!.*--)$',
  '^arn:aws:iam::\\d{12}:role/[A-Za-z0-9+=,.@_-]{1,64}$',
  '^(([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\.){3}([0-9]|25[0-5])$',
])('writes what %s matches', (source) => {
  const pattern = patternOf(source)
  for (let seed = 0; seed < 20; seed++) {
    const text = textMatching(source, seededChoices(seed), 300)
    expect(text).toMatch(pattern!)
  }
})

test('gives up where it cannot read', () => {
  for (const source of ['(', '[a', '\\', '\\p{Emoji}', '('.repeat(500)])
    expect(textMatching(source, seededChoices(1))).toBeUndefined()
})

test('stays small whatever the quantifiers say', () => {
  const text = textMatching('^((((a{1000}){1000}){1000}){1000})$', seededChoices(1), 100)
  expect(text).toBeUndefined()
  expect(textMatching('^(a{10}){10,}$', seededChoices(1), 100)).toMatch(/^(a{10}){10,18}$/)
})
