import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { bodyField } from '../schema/fields.ts'
import type { Field } from '../schema/field.ts'
import { xmlElement } from './xml-element.ts'
import { xmlTextOf } from './xml-text.ts'
import { valueOfXml } from './xml-value.ts'

const ORDER = `
type: object
required: [id, lines]
xml: { name: order, namespace: 'urn:shop', prefix: s }
properties:
  id: { type: integer, xml: { attribute: true } }
  note: { type: string, xml: { name: remark } }
  lines: { type: array, xml: { wrapped: true }, items: { type: object, xml: { name: line }, properties: { sku: { type: string, xml: { attribute: true } }, quantity: { type: integer } } } }
  coupons: { type: array, items: { type: string, xml: { name: coupon } } }
  gift: { type: boolean }
  paid: { type: [number, 'null'] }
`

const SENT = `<?xml version="1.0"?>
<!-- from the till -->
<s:order xmlns:s="urn:shop" id="7">
  <remark>Ring &amp; wait <![CDATA[<twice>]]>&#x21;</remark>
  <lines><line sku="rye"><quantity>2</quantity></line><line sku="egg"><quantity>12</quantity></line></lines>
  <coupon>TEN</coupon><coupon>HONEY</coupon>
  <gift>true</gift>
  <paid xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>
</s:order>`

const VALUE = {
  id: 7,
  note: 'Ring & wait <twice>!',
  lines: [
    { sku: 'rye', quantity: 2 },
    { sku: 'egg', quantity: 12 },
  ],
  coupons: ['TEN', 'HONEY'],
  gift: true,
  paid: null,
}

test('reads names, attributes, wrapped and bare lists as the contract says', () => {
  expect(read(SENT, fieldOf(ORDER))).toEqual(VALUE)
})

test('writes what it reads', () => {
  const field = fieldOf(ORDER)
  const text = xmlTextOf(VALUE, field)
  expect(text).toContain('<s:order xmlns:s="urn:shop" id="7">')
  expect(text).toContain('<lines><line sku="rye"><quantity>2</quantity></line>')
  expect(text).toContain('<coupon>TEN</coupon><coupon>HONEY</coupon>')
  expect(read(text, field)).toEqual(VALUE)
})

test('takes nothing for a property that is called otherwise in XML', () => {
  const field = fieldOf(ORDER)
  const sent = '<order note="n"><id>7</id><note>Ring</note><lines><row sku="rye"/></lines></order>'
  expect(read(sent, field)).toEqual({
    '@note': 'n',
    '<id>': '7',
    '<note>': 'Ring',
    lines: [{ row: { sku: 'rye' } }],
  })
})

test('reads numbers and truth as XML Schema writes them', () => {
  const sent = '<order id=" 7 "><lines/><gift>1</gift><paid>\n 2.5\n</paid></order>'
  expect(read(sent, fieldOf(ORDER))).toEqual({ id: 7, lines: [], gift: true, paid: 2.5 })
})

test('knows the node types of OpenAPI 3.2', () => {
  const field = fieldOf(`
type: object
xml: { name: price }
properties:
  currency: { type: string, xml: { nodeType: attribute } }
  amount: { type: number, xml: { nodeType: text } }
`)
  const value = { currency: 'EUR', amount: 3.5 }
  const text = xmlTextOf(value, field)
  expect(text).toContain('<price currency="EUR">3.5</price>')
  expect(read(text, field)).toEqual(value)
  const note = fieldOf(
    'type: object\nxml: { name: note }\nproperties: { text: { type: string, xml: { nodeType: cdata } } }',
  )
  expect(xmlTextOf({ text: 'a < b ]]> c' }, note)).toContain('<![CDATA[a < b ]]]]><![CDATA[> c]]>')
  expect(read(xmlTextOf({ text: 'a < b ]]> c' }, note), note)).toEqual({ text: 'a < b ]]> c' })
})

test('takes an element of another namespace for another element', () => {
  const field = fieldOf(
    "type: object\nproperties: { sku: { type: string, xml: { namespace: 'urn:shop' } } }",
  )
  expect(read('<line xmlns:s="urn:shop"><s:sku>rye</s:sku></line>', field)).toEqual({ sku: 'rye' })
  expect(read('<line xmlns:s="urn:else"><s:sku>rye</s:sku></line>', field)).toEqual({
    's:sku': 'rye',
  })
})

test('writes names and characters that XML has no room for as well as it can', () => {
  const field = fieldOf('type: object\nxml: { name: 9 lives }')
  expect(xmlTextOf({ 'is fine': 'bell\u0007 <3' }, fieldOf('type: object'))).toContain(
    '<root><is_fine>bell &lt;3</is_fine></root>',
  )
  expect(xmlTextOf({}, field)).toContain('<_9_lives/>')
})

test.each([
  ['<!DOCTYPE order [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><order>&b;</order>', 'document type'],
  ['<!DOCTYPE order SYSTEM "file:///etc/passwd"><order/>', 'document type'],
  ['<order>&till;</order>', '&till; is no entity'],
  ['<order>&#0;</order>', '&#0; is no entity'],
  ['<order><line></order>', '</line> must close <line>'],
  ['<order>', '</order> is missing (line 1, column 8)'],
  ['<order a="1" a="2"/>', 'stands twice'],
  ['<s:order/>', 'prefix s'],
  ['<order/><order/>', 'nothing may come after'],
  ['<a>'.repeat(300), 'nested more than 200 deep'],
  ['', 'an element must come first'],
])('refuses %s', (text, problem) => {
  expect(xmlElement(text)).toEqual({ problem: expect.stringContaining(problem) })
})

function read(text: string, field: Field): unknown {
  const root = xmlElement(text)
  if ('problem' in root) throw new Error(root.problem)
  return valueOfXml(root, field)
}

function fieldOf(schema: string): Field {
  const text = `
openapi: 3.2.0
info: { title: Store, version: '1' }
paths:
  /orders:
    get:
      responses:
        '200':
          description: x
          content:
            application/xml:
              schema:
${schema
  .trim()
  .split('\n')
  .map((line) => `                ${line}`)
  .join('\n')}
`
  const files = { paths: ['store.yaml'], read: () => ({ path: 'store.yaml', text }) }
  const contract = compile(files, { contracts: ['store.yaml'] }).graph.apis[0]!.contract!
  return bodyField(contract.operations[0]!.responses()[0]!.content[0]!.schema)
}
