import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsedText } from '@throughline/core'
import { changedText, type Change } from './change-text.ts'
import { valueAt } from './change-value.ts'
import type { Path } from './layout.ts'
import type { Plain } from './plain.ts'

const journey = `# What the team agreed in May.
journey: checkout   # the id
title: 'Buy what is in the basket'
pains:
  # Heard in every interview
  - Shoppers leave when the delivery date comes late
steps:
  # Everybody begins here
  - step: basket
    title: Review the basket
    feeling: { score: -1, quote: "When does it come?", from: 14 interviews }
    calls:
      - operation: store.getBasket # fast
        needs:
          - items[].name   # as on the label
          - { path: "items[].price.amount", label: Price }
          # A wish
          - path: eta
            why: It stops people leaving
        states:
          404: { show: A new, empty basket }
          5xx: Retry banner
          # to do: offline
    next: [delivery]

  # Only where we deliver
  - step: delivery
    title: Choose when

    # they come back to this later
    screen: /delivery

  - step: payment
    title: Pay
owner: checkout
`
const call = ['steps', 0, 'calls', 0]

/** The lines that a change takes away and puts in. */
function changed(
  change: Change,
  text = journey,
  path = 'checkout.journey.yaml',
): readonly string[] {
  const before = text.split('\n')
  const after = changedText({ path, text }, change).split('\n')
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before.at(-1 - end) === after.at(-1 - end)
  )
    end++
  return [
    ...before.slice(start, before.length - end).map((line) => `-${line}`),
    ...after.slice(start, after.length - end).map((line) => `+${line}`),
  ]
}

test.each<[string, Change, readonly string[]]>([
  [
    'keeps quotes',
    { kind: 'set', path: ['title'], value: "Buy it, don't wait" },
    ["-title: 'Buy what is in the basket'", "+title: 'Buy it, don''t wait'"],
  ],
  [
    'keeps a comment beside a value',
    { kind: 'set', path: ['journey'], value: 'buy' },
    ['-journey: checkout   # the id', '+journey: buy   # the id'],
  ],
  [
    'quotes what would end in braces',
    { kind: 'set', path: ['steps', 0, 'feeling', 'quote'], value: 'Well, no' },
    [
      '-    feeling: { score: -1, quote: "When does it come?", from: 14 interviews }',
      '+    feeling: { score: -1, quote: "Well, no", from: 14 interviews }',
    ],
  ],
  [
    'quotes a number that is a text',
    { kind: 'set', path: ['steps', 0, 'title'], value: '404' },
    ['-    title: Review the basket', '+    title: "404"'],
  ],
  [
    'takes the rest of a text with a comma along',
    { kind: 'set', path: [...call, 'states', '404', 'show'], value: 'A new basket' },
    ['-          404: { show: A new, empty basket }', '+          404: { show: A new basket }'],
  ],
  [
    'adds behind a text with a comma',
    { kind: 'set', path: [...call, 'states', '404', 'test'], value: 'role=alert' },
    [
      '-          404: { show: A new, empty basket }',
      '+          404: { show: A new, empty basket, test: role=alert }',
    ],
  ],
  [
    'makes a map of a text, as its neighbours are',
    {
      kind: 'set',
      path: [...call, 'states', '5xx'],
      value: { show: 'Retry banner', recover: 'retry' },
    },
    ['-          5xx: Retry banner', '+          5xx: { show: Retry banner, recover: retry }'],
  ],
  [
    'makes a map of an item, as its neighbours are',
    { kind: 'set', path: [...call, 'needs', 0], value: { path: 'items[].name', label: 'Name' } },
    [
      '-          - items[].name   # as on the label',
      '+          - path: items[].name   # as on the label',
      '+            label: Name',
    ],
  ],
  [
    'puts a new key where people look for it',
    {
      kind: 'set',
      path: ['steps', 0, 'screen'],
      value: '/basket',
      order: ['step', 'title', 'screen', 'feeling'],
    },
    ['+    screen: /basket'],
  ],
  [
    'puts a new key after what is indented below the one before',
    { kind: 'set', path: [...call, 'budget'], value: { p75: '300ms' } },
    ['+        budget: { p75: 300ms }'],
  ],
  [
    'makes lists and maps on the way',
    {
      kind: 'insert',
      path: ['steps', 2, 'calls'],
      at: 0,
      value: { operation: 'store.pay', needs: ['id', 'items[].name'] },
    },
    [
      '+    calls:',
      '+      - operation: store.pay',
      '+        needs:',
      '+          - id',
      '+          - items[].name',
    ],
  ],
  [
    'adds a state before the comment that ends the map',
    { kind: 'set', path: [...call, 'states', 'offline', 'same'], value: '5xx' },
    ['+          offline: { same: 5xx }'],
  ],
  [
    'appends to a flow list',
    { kind: 'insert', path: ['steps', 0, 'next'], at: 1, value: 'pay, later' },
    ['-    next: [delivery]', '+    next: [delivery, "pay, later"]'],
  ],
  [
    'appends to a list',
    { kind: 'insert', path: ['pains'], at: 1, value: 'no: it is late #1' },
    ['+  - "no: it is late #1"'],
  ],
  [
    'inserts above the comment of the next item',
    { kind: 'insert', path: [...call, 'needs'], at: 2, value: 'total' },
    ['+          - total'],
  ],
  [
    'keeps the empty line between steps',
    { kind: 'insert', path: ['steps'], at: 1, value: { step: 'address', title: 'Say where' } },
    ['+  - step: address', '+    title: Say where', '+'],
  ],
  [
    'keeps the empty line before the last step',
    { kind: 'insert', path: ['steps'], at: 3, value: { step: 'done', title: 'Know it' } },
    ['+', '+  - step: done', '+    title: Know it'],
  ],
  [
    'takes an item with the comment above it',
    { kind: 'remove', path: [...call, 'needs', 2] },
    ['-          # A wish', '-          - path: eta', '-            why: It stops people leaving'],
  ],
  [
    'takes a list along with its last item',
    { kind: 'remove', path: ['pains', 0] },
    [
      '-pains:',
      '-  # Heard in every interview',
      '-  - Shoppers leave when the delivery date comes late',
    ],
  ],
  [
    'takes a step and one of the empty lines',
    { kind: 'remove', path: ['steps', 1] },
    [
      '-  # Only where we deliver',
      '-  - step: delivery',
      '-    title: Choose when',
      '-',
      '-    # they come back to this later',
      '-    screen: /delivery',
      '-',
    ],
  ],
  [
    'keeps a list that must stand',
    { kind: 'remove', path: ['steps', 0, 'next', 0] },
    ['-    next: [delivery]', '+    next: []'],
  ],
  [
    'moves a step with its comments',
    { kind: 'move', path: ['steps'], from: 1, to: 2 },
    [
      '-  # Only where we deliver',
      '-  - step: delivery',
      '-    title: Choose when',
      '-',
      '-    # they come back to this later',
      '-    screen: /delivery',
      '-',
      '-  - step: payment',
      '-    title: Pay',
      '+  - step: payment',
      '+    title: Pay',
      '+',
      '+  # Only where we deliver',
      '+  - step: delivery',
      '+    title: Choose when',
      '+',
      '+    # they come back to this later',
      '+    screen: /delivery',
    ],
  ],
  [
    'copies a step as it is written',
    { kind: 'copy', path: ['steps'], from: 1 },
    [
      '+  - step: delivery',
      '+    title: Choose when',
      '+',
      '+    # they come back to this later',
      '+    screen: /delivery',
      '+',
    ],
  ],
])('%s', (_, change, lines) => expect(changed(change)).toEqual(lines))

test.each<[string, string, Change, string]>([
  [
    'a list that must stand when its last item goes',
    'steps:\n  - step: a\n    title: A\nowner: x\n',
    { kind: 'remove', path: ['steps', 0] },
    'steps: []\nowner: x\n',
  ],
  [
    'no line break at the end',
    'pains:\n  - Late',
    { kind: 'insert', path: ['pains'], at: 1, value: 'Dear' },
    'pains:\n  - Late\n  - Dear',
  ],
  [
    'moved to an end without a line break',
    'pains:\n  - Late\n  - Dear',
    { kind: 'move', path: ['pains'], from: 0, to: 1 },
    'pains:\n  - Dear\n  - Late',
  ],
  [
    'line ends of Windows',
    'journey: a\r\npains:\r\n  - Late # c\r\n',
    { kind: 'insert', path: ['pains'], at: 0, value: 'Dear' },
    'journey: a\r\npains:\r\n  - Dear\r\n  - Late # c\r\n',
  ],
  [
    'a list as far out as its key',
    'steps:\n- step: a\n  title: A\n# b\n- step: b\n',
    { kind: 'insert', path: ['steps', 0, 'calls'], at: 0, value: { operation: 'x' } },
    'steps:\n- step: a\n  title: A\n  calls:\n  - operation: x\n# b\n- step: b\n',
  ],
  [
    'braces without spaces',
    'a: {p75: 1s}\nb: {c: d}\n',
    { kind: 'set', path: ['a', 'size'], value: '20kB' },
    'a: {p75: 1s, size: 20kB}\nb: {c: d}\n',
  ],
  [
    'a flow list over lines',
    'next: [\n  a, # first\n  b  # second\n  ]\n',
    { kind: 'insert', path: ['next'], at: 2, value: 'c' },
    'next: [\n  a, # first\n  b,  # second\n  c\n  ]\n',
  ],
  [
    'a flow list over lines, its last item gone',
    'next: [\n  a, # first\n  b  # second\n  ]\n',
    { kind: 'remove', path: ['next', 1] },
    'next: [\n  a # first\n  ]\n',
  ],
  [
    'a trailing comma',
    'next: [a, b,]\n',
    { kind: 'insert', path: ['next'], at: 2, value: 'c' },
    'next: [a, b, c,]\n',
  ],
  [
    'an empty list',
    'steps: []\n',
    { kind: 'insert', path: ['steps'], at: 0, value: { step: 'a', title: 'A' } },
    'steps:\n  - step: a\n    title: A\n',
  ],
  [
    'a key without a value and its comment',
    'states: # soon\nowner: x\n',
    { kind: 'set', path: ['states', '404', 'show'], value: 'Gone' },
    'states: # soon\n  404: { show: Gone }\nowner: x\n',
  ],
  [
    'a literal text',
    'goal: |\n  One\n  two\nowner: x\n',
    { kind: 'set', path: ['goal'], value: 'Three\nfour\n' },
    'goal: |\n  Three\n  four\nowner: x\n',
  ],
  [
    'a literal text that becomes short',
    'goal: |\n  One\n  two\n\nowner: x\n',
    { kind: 'set', path: ['goal'], value: 'Three' },
    'goal: Three\n\nowner: x\n',
  ],
  [
    'a folded plain text',
    'goal: One\n  two # c\nowner: x\n',
    { kind: 'set', path: ['goal'], value: 'Three' },
    'goal: Three # c\nowner: x\n',
  ],
  [
    'the key beside the dash',
    'needs:\n  - label: A\n    path: a\n',
    { kind: 'remove', path: ['needs', 0, 'label'] },
    'needs:\n  - path: a\n',
  ],
  [
    'the key beside the dash with a comment',
    'needs:\n  - label: A # c\n    path: a\n',
    { kind: 'remove', path: ['needs', 0, 'label'] },
    'needs:\n  -  # c\n    path: a\n',
  ],
  [
    'an inline persona that becomes a name',
    'persona: # who\n  name: Anna\n  goal: x\nowner: x\n',
    { kind: 'set', path: ['persona'], value: 'anna' },
    'persona: anna\nowner: x\n',
  ],
  [
    'four spaces',
    'journey: a\nsteps:\n    - step: a\n      calls:\n          - operation: b\n',
    { kind: 'insert', path: ['steps', 0, 'calls', 0, 'needs'], at: 0, value: 'id' },
    'journey: a\nsteps:\n    - step: a\n      calls:\n          - operation: b\n            needs:\n                - id\n',
  ],
  [
    'two documents of comments',
    '---\n# a\njourney: a # b\n...\n',
    { kind: 'set', path: ['title'], value: 'A' },
    '---\n# a\njourney: a # b\ntitle: A\n...\n',
  ],
  [
    'quotes around everything',
    'a: "x"\nb: "y"\nc: "z"\nd: "z"\ne: ["a", "b"]\n',
    { kind: 'insert', path: ['e'], at: 2, value: 'c' },
    'a: "x"\nb: "y"\nc: "z"\nd: "z"\ne: ["a", "b", "c"]\n',
  ],
])('keeps %s', (_, text, change, after) => {
  expect(changedText({ path: 'a.yaml', text }, change)).toBe(after)
})

test.each<[string, string, Change, string]>([
  [
    'adds a key',
    '{\n\t"journey": "a",\n\t"steps": []\n}\n',
    { kind: 'set', path: ['title'], value: 'A "b"\n' },
    '{\n\t"journey": "a",\n\t"steps": [],\n\t"title": "A \\"b\\"\\n"\n}\n',
  ],
  [
    'adds to an empty list',
    '{ "journey": "a", "steps": [] }',
    { kind: 'insert', path: ['steps'], at: 0, value: { step: 'a' } },
    '{ "journey": "a", "steps": [{ "step": "a" }] }',
  ],
  [
    'spreads what its neighbours spread',
    '{\n  "steps": [\n    {\n      "step": "a"\n    }\n  ]\n}\n',
    { kind: 'insert', path: ['steps'], at: 1, value: { step: 'b', next: ['a'] } },
    '{\n  "steps": [\n    {\n      "step": "a"\n    },\n    {\n      "step": "b",\n      "next": [\n        "a"\n      ]\n    }\n  ]\n}\n',
  ],
  [
    'removes the last',
    '{\n  "needs": [\n    "a",\n    "b"\n  ]\n}\n',
    { kind: 'remove', path: ['needs', 1] },
    '{\n  "needs": [\n    "a"\n  ]\n}\n',
  ],
  [
    'removes a middle one',
    '{"needs":["a","b","c"]}',
    { kind: 'remove', path: ['needs', 1] },
    '{"needs":["a","c"]}',
  ],
  [
    'moves',
    '{\n  "needs": [\n    "a",\n    { "path": "b" }\n  ]\n}\n',
    { kind: 'move', path: ['needs'], from: 0, to: 1 },
    '{\n  "needs": [\n    { "path": "b" },\n    "a"\n  ]\n}\n',
  ],
])('%s in JSON', (_, text, change, after) => {
  expect(changedText({ path: 'a.journey.json', text }, change)).toBe(after)
})

test.each([
  ['an anchor that others use', 'a: &x Late\nb: *x\n', ['a']],
  ['a map that is an alias', 'a: &x { show: Late }\nb: *x\n', ['b', 'show']],
  ['an anchor inside', 'a: &x { show: Late }\nb: *x\n', ['a', 'show']],
])('refuses %s', (_, text, path) => {
  expect(() => changedText({ path: 'a.yaml', text }, { kind: 'set', path, value: 'Soon' })).toThrow(
    /can't be changed here|can't be read/,
  )
})

const examples = ['checkout', 'track-order'].map((name) =>
  readFileSync(
    new URL(`../../../../../examples/storefront/journeys/${name}.journey.yaml`, import.meta.url),
    'utf8',
  ),
)
const nasty = `{ # one
  "journey": a, steps: [
    # first
    { step: a, needs: [x, "y,z"] }, # beside
    { step: b # inside
      , title: B },
  ] # end
}
`

test('keeps all that a change is not about, whatever is changed in whatever order', () => {
  expect.hasAssertions()
  const sources = [
    ...examples,
    journey,
    nasty,
    ...examples.map((text) => text.replaceAll('\n', '\r\n')),
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
      (source, seeds) => {
        let text = source
        for (let at = 0; at < 12; at += 4) {
          const before = parsedText({ path: 'a.yaml', text }).value as Plain
          const change = anyChange(before, seeds.slice(at, at + 4))
          const next = changedText({ path: 'a.yaml', text }, change)
          keepsTheRest(text, next, change, before)
          text = next
        }
      },
    ),
    { numRuns: 80 },
  )
}, 60_000)

/** Every comment and every line that the change is not about stands there as before, in the same order. */
function keepsTheRest(before: string, after: string, change: Change, value: Plain): void {
  const lost = missing(before.split('\n'), after.split('\n'))
  const about = JSON.stringify(change)
  if (change.kind === 'insert' || change.kind === 'copy') {
    // At most the line of a list in brackets, or of the item that gets a comma.
    expect(lost.length, about).toBeLessThanOrEqual(1)
    expect(comments(after), about).toEqual(expect.arrayContaining([...comments(before)]))
  } else if (change.kind === 'set') {
    const old = valueAt(value, change.path)
    if (old === undefined || typeof old !== 'object')
      expect(lost.length, about).toBeLessThanOrEqual(
        typeof old === 'string' && old.includes('\n') ? 99 : 1,
      )
    if (old === undefined || typeof old !== 'object')
      expect(comments(after).length, about).toBeGreaterThanOrEqual(comments(before).length)
  } else if (change.kind === 'move') {
    expect(comments(after).toSorted(), about).toEqual(comments(before).toSorted())
    expect(after.replaceAll(/\s/g, '').length).toBe(before.replaceAll(/\s/g, '').length)
  } else {
    expect(missing(after.split('\n'), before.split('\n')).length, about).toBeLessThanOrEqual(1)
  }
}

const comments = (text: string): readonly string[] =>
  text.match(/(?<=^|\s)#[ a-zA-Z][^\r\n]*/gm) ?? []

/** Lines of one text that the other lacks. */
function missing(from: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1)
  return from.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}

const newValues: readonly Plain[] = [
  'A new, empty basket',
  'no',
  'Say: "why" #1',
  '5xx',
  '404',
  'Plain words',
  'items[].name',
  404,
  { show: 'Late, sorry', test: 'role=alert' },
  ['a', 'b, c'],
  { path: 'eta' },
]

function anyChange(value: Plain, [a = 0, b = 0, c = 0, d = 0]: readonly number[]): Change {
  const paths: Path[] = []
  const lists: Path[] = []
  const maps: Path[] = []
  const visit = (one: Plain, path: Path): void => {
    if (path.length > 0) paths.push(path)
    if (Array.isArray(one)) {
      if (one.length > 0) lists.push(path)
      one.forEach((inner: Plain, at) => visit(inner, [...path, at]))
    } else if (one !== null && typeof one === 'object') {
      maps.push(path)
      for (const [key, inner] of Object.entries(one)) visit(inner, [...path, key])
    }
  }
  visit(value, [])
  const inner = newValues[d % newValues.length]!
  const list = lists[b % lists.length]!
  const items = lists.length === 0 ? [] : (valueAt(value, list) as readonly Plain[])
  if (lists.length > 0) {
    if (a % 6 === 0) return { kind: 'insert', path: list, at: c % (items.length + 1), value: inner }
    if (a % 6 === 1)
      return { kind: 'move', path: list, from: c % items.length, to: d % items.length }
    if (a % 6 === 2) return { kind: 'copy', path: list, from: c % items.length }
  }
  if (a % 6 === 3 && paths.length > 30) return { kind: 'remove', path: paths[b % paths.length]! }
  if (a % 6 === 4) return { kind: 'set', path: [...maps[b % maps.length]!, `x-${c}`], value: inner }
  return { kind: 'set', path: paths[b % paths.length]!, value: inner }
}
