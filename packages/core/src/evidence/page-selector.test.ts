import { expect, test } from 'vitest'
import { pageSelector } from './page-selector.ts'

test.each([
  ['[data-state=loading]', '[data-state=loading]', ''],
  ['css=.basket > li:visible', '.basket > li', ''],
  ['role=alert', '[role=alert]', ''],
  ['role=dialog', '[role=dialog],dialog[open]', ''],
  ['text=Your basket  is empty', 'body', 'your basket is empty'],
  ['text="We don\'t know yet"', 'body', "we don't know yet"],
  ['"Sold out"', 'body', 'sold out'],
  ["[data-call='reviews']:has-text('customers say')", "[data-call='reviews']", 'customers say'],
  ['data-testid=basket', '[data-testid="basket"]', ''],
])('says %s in the words of a page', (test, css, text) => {
  expect(pageSelector(test)).toEqual({ css, text })
})

test.each([
  '//main/p',
  'xpath=//p',
  'main >> text=Hi',
  'text=/hi/i',
  'role=alert[name="x"]',
  'p:near(a)',
])('leaves %s to Playwright', (test) => {
  expect(pageSelector(test)).toBeUndefined()
})
