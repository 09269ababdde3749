import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compile, type Files } from '@throughline/core'
import { openWorkspace } from '../../../packages/throughline/src/workspace/workspace.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(`${folder}/README.md`, 'utf8')

test('has exactly the three faults that the README names, and no other error or warning', () => {
  expect(findings(openWorkspace(folder))).toEqual([
    'error budget-exceeds-step checkout/product',
    'error missing-state checkout/delivery',
    'error need-not-in-contract checkout/basket',
  ])
})

test('offers the near miss of the field that is not there', () => {
  const missing = compile(openWorkspace(folder)).diagnostics.find(
    (one) => one.rule === 'need-not-in-contract',
  )
  expect(missing?.message).toContain('Did you mean `delivery.arrivalDays`?')
})

const contract = 'apis/store.openapi.yaml'
const journey = 'journeys/checkout.journey.yaml'
const arrival = fromReadme('            arrival: {')
const slotGone = fromReadme('          409: {')
const wait = fromReadme('        after: store.getProduct')

test.each([
  [
    'need-not-in-contract',
    contract,
    (text: string) => text.replace(/(\n +arrivalDays: \{.*)/, `$1\n${arrival}`),
  ],
  [
    'missing-state',
    journey,
    (text: string) => text.replace(/(store\.chooseDeliverySlot\n[^]*?states:)/, `$1\n${slotGone}`),
  ],
  [
    'budget-exceeds-step',
    journey,
    (text: string) =>
      text.replace(
        `${wait}\n        sends: [productId, first]`,
        '        sends: [productId, first]',
      ),
  ],
])('is rid of %s with the one edit that the README shows', (rule, path, edit) => {
  const rest = findings(edited(openWorkspace(folder), path, edit))
  expect(rest).toHaveLength(2)
  expect(rest.join()).not.toContain(rule)
})

function findings(files: Files): readonly string[] {
  return compile(files)
    .diagnostics.filter((one) => one.severity !== 'info')
    .map(({ severity, rule, subject }) => `${severity} ${rule} ${subject}`)
    .toSorted()
}

function fromReadme(start: string): string {
  const line = readme.split('\n').find((one) => one.startsWith(start))
  if (line === undefined)
    throw new Error(`The README no longer shows a line that starts with ${start}`)
  return line
}

function edited(files: Files, path: string, edit: (text: string) => string): Files {
  const before = files.read(path)
  if (!('text' in before)) throw new Error(`There is no ${path}`)
  const after = { path, text: edit(before.text) }
  expect(after.text).not.toBe(before.text)
  return { paths: files.paths, read: (asked) => (asked === path ? after : files.read(asked)) }
}
