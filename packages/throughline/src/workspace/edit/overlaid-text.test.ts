import { applyOverlay, parsedText, type OverlayAction } from '@throughline/core'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { overlaidText } from './overlaid-text.ts'

const yaml = `openapi: 3.1.0 # agreed
info: { title: Store, version: 1.0.0 }

# What people can ask
paths:
  /basket:
    get:
      operationId: getBasket
      tags: [basket, old]   # two
      responses:
        '200':
          description: The basket
components:
  schemas:
    # The heart of it all
    Basket:
      type: object
      required:
        - items
      properties:
        items: { type: array }   # never null

        total: { type: number }
`

const overlay = (...actions: readonly OverlayAction[]) => ({
  overlay: '1.1.0',
  info: { title: 'x', version: '1' },
  actions,
})

function after(text: string, path: string, ...actions: readonly OverlayAction[]): string {
  const file = { path, text }
  const changed = overlaidText(file, overlay(...actions))
  expect(parsedText({ path, text: changed }).value).toEqual(
    applyOverlay(parsedText(file).value, { actions }).value,
  )
  return changed
}

const eta: readonly OverlayAction[] = [
  {
    target: '$.components.schemas.Basket.properties',
    update: { eta: { type: 'string', format: 'date' } },
  },
  { target: '$.components.schemas.Basket', update: { required: ['eta'] } },
]

test('adds to a contract and leaves its comments, order and quotes alone', () => {
  expect(after(yaml, 'store.yaml', ...eta)).toBe(
    yaml
      .replace('        - items\n', '        - items\n        - eta\n')
      .replace(
        '        total: { type: number }\n',
        '        total: { type: number }\n        eta: { type: string, format: date }\n',
      ),
  )
})

test('writes what would make a long line on lines of its own', () => {
  const update = {
    409: {
      description: 'Somebody else took it',
      content: {
        'application/problem+json': {
          schema: {
            type: 'object',
            properties: { title: { type: 'string' }, status: { type: 'integer' } },
          },
        },
      },
    },
  }
  expect(after(yaml, 'store.yaml', { target: "$.paths['/basket'].get.responses", update }))
    .toContain(`          description: The basket
        409:
          description: Somebody else took it
          content:
            application/problem+json:
`)
})

test('removes and copies, and keeps a list or map that becomes empty', () => {
  expect(after(yaml, 'store.yaml', { target: "$..tags[?@ == 'old']", remove: true })).toBe(
    yaml.replace('[basket, old]', '[basket]'),
  )
  expect(
    after(yaml, 'store.yaml', { target: '$.components.schemas.Basket.required[*]', remove: true }),
  ).toContain('required: []')
  expect(
    after(
      yaml,
      'store.yaml',
      { target: '$.paths', update: { '/cart': {} } },
      { target: "$.paths['/cart']", copy: "$.paths['/basket']" },
      { target: "$.paths['/basket']", remove: true },
    ),
  ).toContain('/cart:')
})

test('applied twice is applied once', () => {
  const once = after(yaml, 'store.yaml', ...eta)
  expect(overlaidText({ path: 'store.yaml', text: once }, overlay(...eta))).toBe(once)
})

describe('JSON', () => {
  const value = parsedText({ path: 'store.yaml', text: yaml }).value
  test.each([
    ['as a program prints it', `${JSON.stringify(value, null, 2)}\n`],
    ['on one line', JSON.stringify(value)],
    ['by hand', JSON.stringify(value, null, 2).replace('"Store",', '"Store"  ,')],
  ])('%s is changed where it must be', (_, text) => {
    const changed = after(text, 'store.json', ...eta)
    expect(changed.length).toBeGreaterThan(text.length)
    expect(changed.endsWith('\n')).toBe(text.endsWith('\n'))
  })
})

test('says what no longer fits', () => {
  const tell = (action: OverlayAction): string => {
    try {
      return overlaidText({ path: 'store.yaml', text: yaml }, overlay(action))
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(tell({ target: '$.components.schemas.Cart', update: {} })).toBe(
    'store.yaml has nothing at $.components.schemas.Cart',
  )
  expect(tell({ target: '$.info', update: [] })).toBe(
    "Action 1 does not fit store.yaml: it can't merge a list into `info`, which is a map",
  )
})

test('changes the contract of GitHub, as large as it is', () => {
  const path = 'api.github.com.json'
  const text = readFileSync(
    new URL(`../../../../../node_modules/@octokit/openapi/generated/${path}`, import.meta.url),
    'utf8',
  )
  const changed = overlaidText(
    { path, text },
    overlay({ target: "$.paths['/'].get", update: { 'x-owner': 'root' } }),
  )
  expect(changed.length - text.length).toBeLessThan(60)
  expect(changed).toContain('"x-owner": "root"')
})
