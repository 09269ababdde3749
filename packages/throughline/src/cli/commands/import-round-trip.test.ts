import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { shellIn } from '../../../test/shell.ts'

const shop = {
  'throughline.yaml':
    'throughline: 1\nname: Shop\napis: { store: { contract: apis/store.yaml } }\n',
  'apis/store.yaml': `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket:
    get:
      operationId: getBasket
      responses:
        200: { description: The basket, content: { application/json: { schema: { type: object }, example: { count: 2, items: [{ name: Mug }] } } } }
  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string }, example: CM-1 }]
      responses:
        200: { description: The order, content: { application/json: { schema: { type: object }, example: { number: CM-1 } } } }
`,
}

// What all three can hold: which operations there are, and what each answers on a good day. A HAR has addresses, no templates.
test.each(['postman', 'mockoon', 'har'])(
  'gives back the operations and answers that %s was written from',
  async (format) => {
    const { stdout, status } = await shellIn(shop).run('export', '--format', format)
    expect(status).toBe(0)
    const other = shellIn({ 'shop.json': stdout })
    const done = await other.run('import', 'shop.json', '--json')
    expect(done).toMatchObject({ status: 0 })
    expect(JSON.parse(done.stdout)).toMatchObject({ format, loss: { changed: [] } })
    const contract = parse(other.read('apis/shop.openapi.yaml')) as {
      readonly paths: Readonly<Record<string, unknown>>
    }
    expect(Object.keys(contract.paths).map((path) => path.replace(/\{.*\}|sample$/, '{}'))).toEqual(
      ['/basket', '/orders/{}'],
    )
    const text = JSON.stringify(contract)
    expect(text).toContain('{"count":2,"items":[{"name":"Mug"}]}')
    expect(text).toContain('{"number":"CM-1"}')
    const again = shellIn({ ...shop, 'shop.json': stdout })
    const known = JSON.parse((await again.run('import', 'shop.json', '--json')).stdout) as {
      readonly operations: readonly string[]
      readonly written: readonly string[]
    }
    expect([...known.operations].sort()).toEqual(['store.getBasket', 'store.getOrder'])
    expect(known.written.some((path) => path.startsWith('apis/'))).toBe(false)
  },
)
