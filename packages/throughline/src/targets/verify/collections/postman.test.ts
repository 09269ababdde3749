import { expect, test } from 'vitest'
import { postmanCollection } from './postman.ts'

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

test('gives requests the credentials, variables and scripts of their folders', () => {
  const { requests, variables } = postmanCollection(
    {
      info: { name: 'Shop', schema },
      auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
      variable: [
        { key: 'baseUrl', value: 'http://shop.test' },
        { key: 'old', value: '1', disabled: true },
      ],
      item: [
        {
          name: 'Checkout',
          event: [{ listen: 'prerequest', script: { exec: 'pm.variables.set("a", 1)' } }],
          item: [
            { name: 'Basket', request: { method: 'get', url: '{{baseUrl}}/basket' } },
            { name: 'Prices', request: { auth: { type: 'noauth' }, url: '{{baseUrl}}/prices' } },
          ],
        },
      ],
    },
    'shop.json',
  )
  expect(requests).toMatchObject([
    {
      name: 'Checkout / Basket',
      method: 'GET',
      auth: { type: 'bearer', settings: new Map([['token', '{{token}}']]) },
      scripts: [{ when: 'before' }],
    },
    { name: 'Checkout / Prices' },
  ])
  expect(requests[1]).not.toHaveProperty('auth')
  expect([...variables]).toEqual([['baseUrl', 'http://shop.test']])
})

test('reads version 2.0, where credentials are an object, and an address in parts', () => {
  const [request] = postmanCollection(
    {
      info: { name: 'Shop', schema: schema.replace('v2.1.0', 'v2.0.0') },
      item: [
        {
          name: 'Order',
          request: {
            method: 'GET',
            auth: { type: 'basic', basic: { username: 'maya', password: 'x' } },
            header: 'X-Tenant: corner\nX-Empty:',
            url: {
              protocol: 'https',
              host: ['shop', 'test'],
              port: '8443',
              path: ['orders', ':id'],
              query: [
                { key: 'page', value: '2' },
                { key: 'old', value: '1', disabled: true },
              ],
              variable: [{ key: 'id', value: 'CM-1' }],
            },
          },
        },
      ],
    },
    'shop.json',
  ).requests
  expect(request).toMatchObject({
    url: 'https://shop.test:8443/orders/:id?page=2',
    path: new Map([['id', 'CM-1']]),
    headers: [
      { name: 'X-Tenant', value: 'corner' },
      { name: 'X-Empty', value: '' },
    ],
    auth: {
      type: 'basic',
      settings: new Map([
        ['username', 'maya'],
        ['password', 'x'],
      ]),
    },
  })
})

test('says what a file is that is no collection', () => {
  expect(() => postmanCollection({ openapi: '3.1.0' }, 'apis/store.json')).toThrow(
    'apis/store.json is no Postman collection',
  )
})
