import { compile, type Graph } from '@throughline/core'
import { expect, test } from 'vitest'
import { blueprintCsv } from './blueprint-csv.ts'
import { blueprintHtml } from './blueprint-html.ts'

const texts: Readonly<Record<string, string>> = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        200:
          description: The basket
          content: { application/json: { schema: { type: object, required: [total], properties: { total: { type: integer } } } } }
`,
  'checkout.journey.yaml': `
journey: checkout
title: "<script>alert(1)</script>"
steps:
  - step: basket
    title: "=HYPERLINK(\\"http://evil.example\\")"
    screen: /basket
    feeling: { score: -1, quote: "+1 for me", from: 14 interviews }
    budget: { p75: 1s }
    calls:
      - operation: store.getBasket
        budget: { p75: 300ms, size: 20kB }
        needs: [{ path: total, label: Sum }, eta]
        states: { 5xx: { show: "@everyone: try again", test: role=alert } }
`,
}

function graph(): Graph {
  return compile({
    paths: Object.keys(texts),
    read: (path) =>
      texts[path] === undefined ? { path, unreadable: 'missing' } : { path, text: texts[path] },
  }).graph
}

test('writes a row for each thing of each lane, and no cell that a spreadsheet runs', () => {
  const { text } = blueprintCsv(graph(), {})
  const rows = text.trim().split('\r\n')
  const inLane = (lane: string) => rows.filter((row) => row.includes(`,${lane},`))
  expect(inLane('feeling')[0]).toContain(`,feeling,'+1 for me,,,,-1,`)
  expect(inLane('needs').map((row) => row.split(',').slice(5, 10))).toEqual([
    ['Sum', 'store.getBasket', 'total', 'integer', 'covered'],
    ['Eta', 'store.getBasket', 'eta', '', 'missing'],
  ])
  expect(inLane('calls')[0]).toMatch(/GET \/basket,.*,300,20000,$/)
  expect(inLane('states').join('\n')).toContain(`'@everyone: try again`)
  expect(inLane('findings').join('\n')).toContain('TL2003')
  expect(text).not.toMatch(/(^|,)"?[=+@]/m)
})

test('writes a page that needs nothing else, and runs nothing', () => {
  const { text } = blueprintHtml(graph(), { journey: 'checkout' })
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(text).not.toMatch(/<script|https?:\/\/(?!evil)|<link|<img/)
  expect(text).toContain('<b class="bad">no field</b>')
  expect(text).toContain('GET /basket')
  expect(() => blueprintHtml(graph(), { journey: 'chekout' })).toThrow('Did you mean `checkout`?')
})
