import { existsSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { createServer as createHttpServer } from 'node:http'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchedContracts } from './fetched-contracts.ts'

const files: Readonly<Record<string, string>> = {
  '/v1/store.yaml':
    'openapi: 3.1.0\npaths: { /basket: { $ref: "paths/basket.yaml#/basket" }, /x: { $ref: ../secret.yaml } }',
  '/v1/paths/basket.yaml': 'basket: { get: { $ref: ../shared/answer.yaml } }',
  '/v1/shared/answer.yaml': 'responses: {}',
  '/secret.yaml': 'secret: true',
  '/v3/api-docs': '{"openapi":"3.1.0"}',
  '/page': '<!DOCTYPE html><title>Store</title>',
  '/empty.yaml': '\n',
}
const server = createHttpServer(({ url = '' }, response) => {
  const text = Object.hasOwn(files, url) ? files[url] : undefined
  response.writeHead(text === undefined ? 404 : 200).end(text ?? 'nothing')
})
let address = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

test('fetches a contract and the files below it that it refers to, and throws them away', async () => {
  const { targets, remove } = await fetchedContracts([`${address}/v1/store.yaml`, 'own.yaml'])
  const [store = '', own] = targets
  expect([basename(store), own]).toEqual(['store.yaml', 'own.yaml'])
  const folder = dirname(store)
  expect(readFileSync(join(folder, 'paths/basket.yaml'), 'utf8')).toContain('basket')
  expect(readFileSync(join(folder, 'shared/answer.yaml'), 'utf8')).toContain('responses')
  expect(existsSync(join(folder, '../secret.yaml'))).toBe(false)
  remove()
  expect(existsSync(folder)).toBe(false)
})

test('names a file by what is in it where the address does not say', async () => {
  const { targets, remove } = await fetchedContracts([`${address}/v3/api-docs`])
  remove()
  expect(targets.map((one) => basename(one))).toEqual(['api-docs.json'])
})

test('leaves files alone', async () => {
  const targets = ['store.yaml', 'https.yaml']
  expect((await fetchedContracts(targets)).targets).toBe(targets)
})

test('says what came instead of a contract', async () => {
  for (const [path, problem] of [
    ['/page', 'answers a page, not a contract'],
    ['/gone.yaml', 'answers 404, not a contract'],
    ['/empty.yaml', 'answers nothing'],
  ] as const)
    await expect(fetchedContracts([address + path])).rejects.toThrow(
      expect.objectContaining({ code: 'TL9001', message: expect.stringContaining(problem) }),
    )
  const free = createServer()
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve))
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  await expect(fetchedContracts([`http://127.0.0.1:${port}/store.yaml`])).rejects.toThrow(
    "can't be fetched",
  )
})
