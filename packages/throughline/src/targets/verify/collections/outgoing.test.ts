import { seededChoices } from '@throughline/core'
import { expect, test } from 'vitest'
import type { CollectionBody, CollectionRequest } from './collection.ts'
import { outgoing } from './outgoing.ts'

function sent(given: Partial<CollectionRequest>, ...scopes: Readonly<Record<string, string>>[]) {
  return outgoing(
    {
      name: 'Pay',
      method: 'POST',
      url: '{{baseUrl}}/orders',
      path: new Map(),
      headers: [],
      variables: new Map(),
      scripts: [],
      ...given,
    },
    {
      scopes: [...scopes, { baseUrl: 'http://shop.test' }].map(
        (one) => new Map(Object.entries(one)),
      ),
      choices: seededChoices('1'),
      readFile: (path) => (path === 'receipt.txt' ? new TextEncoder().encode('paid') : undefined),
    },
  )
}

function bodyOf(body: CollectionBody, ...scopes: Readonly<Record<string, string>>[]) {
  const made = sent({ body }, ...scopes)
  if (made.kind === 'left') return { text: made.reason }
  return {
    type: made.headers.find(([name]) => name === 'content-type')?.[1],
    text: new TextDecoder().decode(made.body),
  }
}

test('lets data win over the environment, and values name others', () => {
  const made = sent(
    { url: '{{baseUrl}}/orders/:id?of={{who}}', path: new Map([['id', '{{order}}']]) },
    { order: 'CM 1' },
    { order: 'never', who: '{{name}}', name: 'maya' },
  )
  expect(made).toMatchObject({
    kind: 'ready',
    url: new URL('http://shop.test/orders/CM%201?of=maya'),
  })
})

test('is not sent while a variable has no value, and says which', () => {
  expect(sent({ url: '{{baseUrl}}/orders/{{order}}' })).toMatchObject({
    kind: 'left',
    reason: expect.stringContaining('`{{order}}` has no value') as string,
  })
})

test('ends where variables name each other in a circle', () => {
  expect(sent({ url: '{{a}}' }, { a: '{{b}}', b: '{{a}}' }).kind).toBe('left')
})

test('writes bodies of every mode', () => {
  expect(
    bodyOf({ mode: 'raw', text: '{"sku":"{{sku}}"}', type: 'application/json' }, { sku: 'tea' }),
  ).toEqual({
    type: 'application/json',
    text: '{"sku":"tea"}',
  })
  expect(bodyOf({ mode: 'urlencoded', fields: [{ name: 'who', value: 'Maya & Tom' }] })).toEqual({
    type: 'application/x-www-form-urlencoded',
    text: 'who=Maya+%26+Tom',
  })
  expect(bodyOf({ mode: 'graphql', query: '{ basket { id } }', variables: '' }).text).toBe(
    '{"query":"{ basket { id } }","variables":{}}',
  )
  expect(bodyOf({ mode: 'file', file: 'receipt.txt' }).text).toBe('paid')
  const form = bodyOf({
    mode: 'formdata',
    fields: [
      { name: 'note', value: 'thanks' },
      { name: 'receipt', value: '', file: 'receipt.txt', type: 'text/plain' },
    ],
  })
  expect(form.type).toMatch(/^multipart\/form-data; boundary=/)
  expect(form.text).toContain('name="note"\r\n\r\nthanks\r\n')
  expect(form.text).toContain('filename="receipt.txt"\r\nContent-Type: text/plain\r\n\r\npaid\r\n')
  expect(bodyOf({ mode: 'file', file: 'gone.txt' })).toEqual({
    text: 'its file `gone.txt` cannot be read',
  })
})

test.each([
  ['bearer', { token: '{{t}}' }, ['authorization', 'Bearer abc']],
  ['basic', { username: 'maya', password: '{{t}}' }, ['authorization', 'Basic bWF5YTphYmM=']],
  ['apikey', { key: 'X-Shop', value: '{{t}}' }, ['X-Shop', 'abc']],
  ['oauth2', { accessToken: '{{t}}' }, ['authorization', 'Bearer abc']],
] as const)('shows credentials of type %s', (type, settings, header) => {
  const made = sent({ auth: { type, settings: new Map(Object.entries(settings)) } }, { t: 'abc' })
  expect(made).toMatchObject({ credentials: [header], notes: [] })
})

test('says that it cannot make credentials of another type', () => {
  expect(sent({ auth: { type: 'awsv4', settings: new Map() } })).toMatchObject({
    notes: [expect.stringContaining('credentials of type awsv4')],
  })
})
