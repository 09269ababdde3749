import { expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import { rootOf } from '../text/site.ts'
import { documentOf } from './document.ts'
import { via } from './via.ts'

function read(text: string) {
  const { document } = documentOf(filesOf({ 'via.yaml': text }), 'via.yaml')
  const said: string[] = []
  const found = via.read(rootOf(document!), (one) => {
    said.push(`${one.code} ${one.message}`)
  })
  return {
    found: found?.map((action) =>
      Object.fromEntries(Object.entries(action).filter(([key]) => key !== 'site')),
    ),
    said,
  }
}

test('reads what somebody does on a screen, in order', () => {
  expect(
    read(`
- goto: /products/sourdough
- fill: ["[name=quantity]", 2]
- select: ["#slot", wed]
- check: role=radio >> nth=0
- click: role=button[name="Into the basket"]
- press: Enter
- wait: role=alert
- script: journeys/pay.via.js
`),
  ).toEqual({
    found: [
      { kind: 'goto', path: '/products/sourdough' },
      { kind: 'fill', selector: '[name=quantity]', value: '2' },
      { kind: 'select', selector: '#slot', value: 'wed' },
      { kind: 'check', selector: 'role=radio >> nth=0' },
      { kind: 'click', selector: 'role=button[name="Into the basket"]' },
      { kind: 'press', key: 'Enter' },
      { kind: 'wait', selector: 'role=alert' },
      { kind: 'script', path: 'journeys/pay.via.js' },
    ],
    said: [],
  })
})

test('says what is wrong with an action, and keeps the others', () => {
  const { found, said } = read(`
- { click: role=button, press: Enter }
- fill: "[name=email]"
- clik: role=button
- click: role=link
`)
  expect(found).toEqual([{ kind: 'click', selector: 'role=link' }])
  expect(said).toEqual([
    expect.stringMatching(/^TL1004 Item 1 .*must be one action: `goto`, `click`/),
    expect.stringMatching(/^TL1004 .*must be a selector and a value/),
    expect.stringMatching(/^TL1008 .*Did you mean `click`/),
    expect.stringMatching(/^TL1004 Item 3 .*must be one action/),
  ])
})
