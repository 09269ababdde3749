import { expect, test } from 'vitest'
import { filesOf } from '../../test/in-memory-files.ts'
import { descend, pathOf, rootOf, type Site } from '../text/site.ts'
import { documentOf } from './document.ts'
import { resolve, resolveDynamicReference, resolveReference, resourceRoot } from './reference.ts'

const store = {
  'apis/store.yaml': `
openapi: 3.1.0
components:
  schemas:
    Basket: { $ref: '#/components/schemas/Cart' }
    Cart: { type: object, description: the cart }
    Odd~name/with%: { type: string }
    Loop: { $ref: '#/components/schemas/Back' }
    Back: { $ref: '#/components/schemas/Loop' }
    Self: { $ref: '#/components/schemas/Self' }
    Money: { $ref: ../shared/money.json }
    Deep: { $ref: '../shared/money.json#/$defs/Amount' }
    List: { oneOf: [ { type: string }, { type: number } ] }
    Tree:
      $id: https://store.example/tree
      $dynamicAnchor: node
      properties: { children: { items: { $dynamicRef: '#node' } } }
      $defs: { leaf: { $anchor: leaf, type: string } }
    CategoryTree:
      $id: https://store.example/category
      $dynamicAnchor: node
      $ref: tree
`,
  'shared/money.json': '{ "$defs": { "Amount": { "type": "number" } }, "$ref": "#/$defs/Amount" }',
}

test.each([
  ['#/components/schemas/Basket', 'apis/store.yaml components.schemas.Cart'],
  ['#/components/schemas/Odd~0name~1with%25', 'apis/store.yaml components.schemas.Odd~name/with%'],
  ['#/components/schemas/List/oneOf/1', 'apis/store.yaml components.schemas.List.oneOf.1'],
  ['#/components/schemas/List/oneOf/01', undefined],
  ['#/components/schemas/Money', 'shared/money.json $defs.Amount'],
  ['#/components/schemas/Deep', 'shared/money.json $defs.Amount'],
  ['store.yaml#/components/schemas/Cart', 'apis/store.yaml components.schemas.Cart'],
  ['https://store.example/tree#leaf', 'apis/store.yaml components.schemas.Tree.$defs.leaf'],
  ['https://store.example/tree#/$defs/leaf', 'apis/store.yaml components.schemas.Tree.$defs.leaf'],
  ['#leaf', undefined],
  ['#/components/schemas/__proto__', undefined],
  ['#/components/schemas/Cart/description/length', undefined],
  ['../../outside.yaml', undefined],
  ['/etc/passwd', undefined],
  ['file:///etc/passwd', undefined],
  ['https://elsewhere.example/x', undefined],
])('follows %s', (reference, expected) => {
  const found = resolveReference(root(store, 'apis/store.yaml'), reference)
  expect(found && shown(resolve(found))).toBe(expected)
})

test('gives a circle of references back as it is', () => {
  for (const name of ['Loop', 'Self']) {
    const site = descend(root(store, 'apis/store.yaml'), ['components', 'schemas', name])!
    expect(resolve(site)).toBe(site)
  }
})

test('gives the same site for the same reference', () => {
  const site = root({ 'a.yaml': 'one: { two: 2 }' }, 'a.yaml')
  expect(resolveReference(site, '#/one')).toBe(resolveReference(site, '#/one'))
})

test('follows a dynamic reference to the outermost resource that a validator came through', () => {
  const schemas = descend(root(store, 'apis/store.yaml'), ['components', 'schemas'])!
  const items = descend(schemas, ['Tree', 'properties', 'children', 'items'])!
  const category = descend(schemas, ['CategoryTree'])!
  expect(shown(resolveReference(items, '#node')!)).toBe('apis/store.yaml components.schemas.Tree')
  expect(
    shown(resolveDynamicReference(items, '#node', [resourceRoot(category), resourceRoot(items)])!),
  ).toBe('apis/store.yaml components.schemas.CategoryTree')
  expect(shown(resolve(descend(category, [])!))).toBe('apis/store.yaml components.schemas.Tree')
})

test('finds a file by the name that it gives itself ($self, $id), without a network', () => {
  const files = {
    'store.yaml': `
openapi: 3.2.0
$self: https://store.example/apis/store.yaml
a: { $ref: shared.yaml#/components/schemas/Money }
b: { $ref: 'https://store.example/schemas/price' }
c: { $ref: '#/a' }
d: { $ref: near.yaml }
`,
    'lib/shared-things.yaml':
      'openapi: 3.2.0\n$self: https://store.example/apis/shared.yaml\ncomponents: { schemas: { Money: { type: number } } }\n',
    'lib/price.json': '{ "$id": "https://store.example/schemas/price", "type": "number" }',
    'near.yaml': 'type: string\n',
  }
  const site = root(files, 'store.yaml')
  expect(['a', 'b', 'c', 'd'].map((key) => shown(resolve(descend(site, [key])!)))).toEqual([
    'lib/shared-things.yaml components.schemas.Money',
    'lib/price.json ',
    'lib/shared-things.yaml components.schemas.Money',
    'near.yaml ',
  ])
})

function root(texts: Record<string, string>, path: string): Site {
  return rootOf(documentOf(filesOf(texts), path).document!)
}

function shown(site: Site): string {
  return `${site.document.file.path} ${pathOf(site).join('.')}`
}
