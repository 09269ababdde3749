import { expect, test } from 'vitest'
import { translated } from './mockoon-template.ts'

const buckets = new Map<string, unknown>([['people', [{ name: "O'Neil" }]]])

test.each([
  ["{{now 'yyyy-MM-dd'}}", '{{date}}'],
  ["{{now 'x'}}", '{{milliseconds}}'],
  ["{{faker 'number.int' min=3 max=5}}", "{{fake 'count' 'integer' 3 5}}"],
  ["{{faker 'number.int' 9}}", "{{fake 'count' 'integer' null 9}}"],
  ['{{int 1 10}}', "{{fake 'count' 'integer' 1 10}}"],
  ["{{data 'people' '0.name'}}", '{{parse \'"O\\u0027Neil"\'}}'],
  ['{{{stringify (array 1 2)}}}', '{{{json (list 1 2)}}}'],
  [
    "{{#switch (body 'kind')}}{{#case 'gift'}}a{{/case}}{{#case 'tea'}}b{{/case}}{{#default}}c{{/default}}{{/switch}}",
    "{{#if (eq body.kind 'gift')}}a{{/if}}{{#if (and (eq body.kind 'tea') (not (or (eq body.kind 'gift'))))}}b{{/if}}{{#unless (or (eq body.kind 'gift') (eq body.kind 'tea'))}}c{{/unless}}",
  ],
])('writes %s of Mockoon as scenarios write it', (theirs, ours) => {
  expect(translated(theirs, buckets)).toEqual({ text: ours, unknown: [] })
})

test('says which format of a time and which bounds of a number are lost', () => {
  expect(translated("{{now 'EEEE'}} {{int 1 (body 'most')}}", buckets).unknown).toEqual([
    'now with the format EEEE',
    'int with bounds that are no numbers',
  ])
})
