import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { linkCheck } from './broken-links.ts'
import { docsOf, type DocsOptions } from './docs-of.ts'
import { liesOn } from './lies.ts'
import { plainText } from './markdown-blocks.ts'
import { plainBlocks } from './plain-blocks.ts'
import type { DocsPage } from './page.ts'

const files: Readonly<Record<string, string>> = {
  'throughline.yaml': `
throughline: 1
name: Shop
apis: { store: { contract: store.yaml, owner: orders } }
states: { 5xx: { show: Something broke at our end } }
`,
  'policy.yaml': `
classes:
  personal: { contains: [email], rule: never in logs }
`,
  'store.yaml': `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      summary: What is in the basket
      responses:
        '200':
          description: The basket
          content:
            application/json:
              schema:
                type: object
                required: [total]
                properties:
                  total: { type: integer }
                  email: { type: string }
                  apiKey: { type: string }
                  items: { type: array, items: { type: object, properties: { name: { type: string } } } }
              examples:
                full: { value: { total: 520, email: ada@shop.example, apiKey: sk-very-secret, items: [{ name: Loaf, shelf: 4 }] } }
                wrong: { value: { email: ada@shop.example } }
        '404': { description: No basket yet }
        '503': { description: Closed }
  /admin/get-basket:
    post:
      operationId: GetBasket
      responses: { '204': { description: done } }
`,
  'journeys/checkout.journey.yaml': `
journey: checkout
title: Buy it
goal: Pay within *two* minutes
steps:
  - step: basket
    title: Review the basket
    calls:
      - operation: store.getBasket
        needs: ["items[].name", { path: email, label: Where the receipt goes, absent: No receipt }, eta]
        states:
          404: { show: A new basket, recover: look around }
`,
}

function docs(options: DocsOptions = {}) {
  const { graph, diagnostics } = compile({
    paths: Object.keys(files),
    read: (path) =>
      Object.hasOwn(files, path) ? { path, text: files[path]! } : { path, unreadable: 'missing' },
  })
  return docsOf(graph, { diagnostics, ...options })
}

function textOf({ blocks }: DocsPage): string {
  return plainBlocks(blocks)
    .flatMap((one): readonly string[] => {
      switch (one.kind) {
        case 'code':
          return [one.text]
        case 'list':
          return one.items.map(plainText)
        case 'table':
          return one.rows.map((row) => row.map(plainText).join(' | '))
        default:
          return [plainText(one.text)]
      }
    })
    .join('\n')
}

test('has a page for each journey, API and operation, and every link leads somewhere', () => {
  const all = docs()
  expect(all.heads.map(({ path }) => path)).toEqual([
    'index',
    'journeys/checkout',
    'what-people-read',
    'apis/store',
    'apis/store/get-basket',
    'apis/store/get-basket-2',
    'rules-about-data',
    'changes',
  ])
  const links = linkCheck(all)
  for (const { path } of all.heads) links.take(all.page(path)!)
  expect(links.broken()).toEqual([])
})

test('says beside each field which screen needs it, and in place what the contract lacks', () => {
  const page = docs().page('apis/store/get-basket')!
  const rows = page.blocks.flatMap((one) => (one.kind === 'fields' ? one.rows : []))
  expect(
    rows.map(({ name, depth, missing, usedBy }) => [name, depth, missing, plainText(usedBy)]),
  ).toEqual([
    ['total', 0, false, ''],
    ['email', 0, false, 'Review the basket'],
    ['apiKey', 0, false, ''],
    ['items', 0, false, ''],
    ['name', 1, false, 'Review the basket'],
    ['eta', 0, true, 'Review the basket'],
  ])
})

test('shows what each screen reads of the example, and nothing else', () => {
  const page = docs().page('apis/store/get-basket')!
  const flow = page.blocks.find(
    (one) => one.kind === 'tabs' && one.label === 'What each step reads',
  )
  expect(flow?.kind === 'tabs' && JSON.parse(flow.items[0]!.text)).toEqual({
    email: 'ada@shop.example',
    items: [{ name: 'Loaf' }],
  })
})

test('tells what people read for each error, of the step or of the whole app', () => {
  const text = textOf(docs().page('apis/store/get-basket')!)
  expect(text).toContain('404 | No basket yet | Review the basket: A new basket')
  expect(text).toContain('503 | Closed | Something broke at our end (everywhere in the app)')
})

test('masks secrets for everybody, and what is personal for people outside of the house', () => {
  const inside = textOf(docs().page('apis/store/get-basket')!)
  expect(inside).not.toContain('sk-very-secret')
  expect(inside).toContain('ada@shop.example')
  const outside = docs({ audience: 'public' })
  const everything = outside.heads.map(({ path }) => textOf(outside.page(path)!)).join('\n')
  expect(everything).not.toMatch(/sk-very-secret|ada@shop\.example|Review the basket|orders/)
})

test('says which example breaks its schema', () => {
  expect(liesOn(docs().page('apis/store/get-basket')!)).toEqual([
    {
      page: 'apis/store/get-basket',
      message: 'the example “wrong” breaks its schema it has no `total`, which is required',
    },
  ])
})

test('says when an operation was last proven by a test run, and when not', () => {
  const proven = docs({
    evidence: {
      reached: new Map(),
      seen: new Map(),
      tested: {
        at: '2026-11-20T10:00:00Z',
        target: 'https://staging.shop.example',
        operations: new Map([['store.getBasket', { statuses: ['200', '404'], findings: [] }]]),
      },
    },
  })
  expect(textOf(proven.page('apis/store/get-basket')!)).toContain(
    'Proven 20 November 2026, against https://staging.shop.example: it answered 200, 404.',
  )
  expect(textOf(docs().page('apis/store/get-basket')!)).toContain('Not proven by a test run yet')
})

test('leaves the reference out for UX people', () => {
  expect(docs({ audience: 'ux' }).heads.map(({ kind }) => kind)).toEqual([
    'home',
    'journey',
    'errors',
    'policy',
    'changes',
  ])
})
