import { expect, test } from 'vitest'
import { compiled } from '../../test/compile-marked.ts'
import { diffGraphs } from '../diff/diff-graphs.ts'
import { applyOverlay } from '../overlay/apply-overlay.ts'
import { migrationFor } from './migration.ts'

const answer = (properties: string): string =>
  `{ responses: { '200': { description: It, content: { application/json: { schema: { type: object, required: [total], properties: { ${properties} } } } } } } }`
const shop = (paths: string) => ({
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml, owner: orders } }\nteams: { orders: { role: backend }, checkout: { role: ux } }\n',
  'checkout.journey.yaml':
    'journey: checkout\nowner: checkout\nsteps: [{ step: basket, screen: /basket, calls: [{ operation: store GET /basket, needs: [eta] }] }]\n',
  'store.yaml': `openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths: ${paths}\n`,
})
const old = shop(
  `{ /basket: { get: ${answer('total: { type: number }, eta: { type: string }')} }, /cart: { get: ${answer('a: {}')} } }`,
)

function migrated(paths: string) {
  const files = shop(paths)
  const before = compiled(old).graph
  const after = compiled(files).graph
  const change = diffGraphs(before, after).changes.find((one) => one.level === 'breaking')!
  const migration = migrationFor(before, after, change)!
  const { compatibility } = migration
  if (compatibility === undefined) return { migration, left: undefined }
  const { value } = applyOverlay(after.apis[0]!.contract!.root.value, compatibility.overlay)
  const mended = compiled({ ...files, 'store.yaml': JSON.stringify(value) }).graph
  return {
    migration,
    left: diffGraphs(before, mended).changes.filter((one) => one.level === 'breaking'),
  }
}

test('keeps a removed field, deprecated, and names the screens that must move', () => {
  const { migration, left } = migrated(
    `{ /basket: { get: ${answer('total: { type: number }')} }, /cart: { get: ${answer('a: {}')} } }`,
  )
  expect(left).toEqual([])
  expect(migration.steps.map((one) => one.phase)).toEqual(['expand', 'migrate', 'contract'])
  expect(migration.steps[0]!.text).toMatch(/^The team orders keeps the old one/)
  expect(migration.steps[1]!.text).toContain('checkout/basket (checkout)')
  expect(migration.compatibility!.overlay.actions).toMatchObject([
    { update: { eta: { type: 'string', deprecated: true } } },
  ])
})

test('brings a removed operation back with the path it stood under', () => {
  const { left, migration } = migrated(`{ /cart: { get: ${answer('a: {}')} } }`)
  expect(left).toEqual([])
  expect(migration.compatibility!.overlay.actions).toMatchObject([
    { target: '$.paths', update: { '/basket': { get: { deprecated: true } } } },
  ])
})

test('has a plan, and no overlay, for what can not stand beside the new', () => {
  const { migration } = migrated(
    `{ /basket: { get: ${answer('total: { type: number }, eta: { type: integer }')} }, /cart: { get: ${answer('a: {}')} } }`,
  )
  expect(migration.compatibility).toBeUndefined()
  expect(migration.steps[0]!.text).toContain('beside the old one, under another name')
})

test('has none for a change that breaks nothing', () => {
  const before = compiled(old).graph
  const after = compiled(
    shop(
      `{ /basket: { get: ${answer('total: { type: number }, eta: { type: string }, b: {}')} }, /cart: { get: ${answer('a: {}')} } }`,
    ),
  ).graph
  const [change] = diffGraphs(before, after).changes
  expect(migrationFor(before, after, change!)).toBeUndefined()
})
