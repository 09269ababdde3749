import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { loadLocale, seedIn, seedLike, wordsFor } from './locale.ts'
import { mock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'

const store = `
openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /customers/{id}:
    get:
      operationId: getCustomer
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: x, content: { application/json: { schema: { type: object, required: [id, firstName, lastName, email, city, country, phone, currency, zip], properties: { id: { type: string }, firstName: { type: string }, lastName: { type: string }, email: { type: string, format: email }, city: { type: string }, country: { type: string }, phone: { type: string }, currency: { type: string }, zip: { type: string, pattern: '^[0-9]{5}$' } } } } } }
`

interface Customer {
  readonly firstName: string
  readonly city: string
  readonly currency: string
  readonly country: string
  readonly phone: string
  readonly email: string
  readonly zip: string
}

test('makes people of the locale that the mock is started with, the same for the same seed', async () => {
  const german = await customer(shop({ locale: 'de' }))
  expect(german).toMatchObject({
    country: 'Deutschland',
    currency: 'EUR',
    phone: expect.stringMatching(/^\+49/),
    zip: expect.stringMatching(/^\d{5}$/),
  })
  expect((await loadLocale('de'))!.given).toContain(german.firstName)
  expect(await customer(shop({ locale: 'de' }))).toEqual(german)
  expect((await customer(shop({ locale: 'de', seed: 2 }))).firstName).not.toBe(german.firstName)
  expect((await customer(shop())).country).not.toBe('Deutschland')
})

test('keeps a request with a seed of its own in the language', async () => {
  const served = shop({ locale: 'de' })
  expect(await customer(served, { prefer: 'seed=other seed' })).toMatchObject({
    country: 'Deutschland',
  })
})

test('speaks the language of a scenario and of a persona to those who play them', async () => {
  const served = shop()
  const tokyo = await customer(served, { 'throughline-scenario': 'tokyo' })
  expect(tokyo).toMatchObject({
    country: '日本',
    currency: 'JPY',
    email: expect.stringMatching(/^[\w.]+@example\.com$/),
  })
  const joao = await customer(served, { 'throughline-persona': 'joao' })
  expect(joao).toMatchObject({ country: 'Brasil', currency: 'BRL' })
  expect((await customer(served)).country).not.toBe('Brasil')
})

test('falls back to the language where the country has no words, and to none', async () => {
  expect((await loadLocale('de-LI'))?.given).toEqual((await loadLocale('de'))?.given)
  expect(await loadLocale('xx')).toBeUndefined()
  expect(await loadLocale('../../etc')).toBeUndefined()
  expect(seedLike('7', seedIn('1', 'pt-BR'))).toBe('7 (pt_BR)')
  expect([seedIn('1', undefined), wordsFor('1 op:store.GET /a (de)')]).toEqual(['1', undefined])
})

function shop(options: MockOptions = {}): Mock {
  const texts: Readonly<Record<string, string>> = {
    'store.yaml': store,
    'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }',
    'scenarios/tokyo.scenario.yaml': 'scenario: tokyo\nlocale: ja',
    'personas/joao.yaml': 'persona: joao\nlocale: pt-BR',
  }
  const files = {
    paths: Object.keys(texts),
    read: (path: string) => {
      const text = texts[path]
      return text === undefined ? { path, unreadable: 'missing' as const } : { path, text }
    },
  }
  return mock(compile(files).graph, options)
}

async function customer(
  served: Mock,
  headers: Readonly<Record<string, string>> = {},
): Promise<Customer> {
  const answer = await served.handle(new Request('http://localhost/customers/7', { headers }))
  expect(answer.status).toBe(200)
  return (await answer.json()) as Customer
}
