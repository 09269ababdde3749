import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../../targets/mock/listen.ts'
import { mock } from '../../targets/mock/mock.ts'
import { graphOf } from '../../../../core/test/graph-of.ts'
import { placesInMock, targetFrom, targetWord } from './target.ts'

const apis = [
  { name: 'store', environments: new Map([['staging', 'https://staging.shop.example/api/']]) },
  { name: 'reviews', environments: new Map<string, string>() },
]

test.each([
  ['http://localhost:8080/', 'http://localhost:8080', {}],
  ['http://localhost:8080/?shop=2', 'http://localhost:8080/?shop=2', {}],
  ['staging', 'https://staging.shop.example/api', { store: 'https://staging.shop.example/api' }],
  [
    'reviews=http://localhost:8081/graphql,store=staging',
    'http://localhost:8081/graphql',
    { reviews: 'http://localhost:8081/graphql', store: 'https://staging.shop.example/api' },
  ],
])('reads the target %s', (given, address, addresses) => {
  const target = targetFrom(given, apis)
  expect(target.address).toBe(address)
  expect(Object.fromEntries(target.addresses)).toEqual(addresses)
})

test.each([
  [undefined, 'Name the backend: `--target http://localhost:8080`, or an environment: staging.'],
  ['stagin', '`stagin` is neither an address (http://localhost:8080) nor an environment'],
  ['stroe=http://localhost:8080', 'There is no API `stroe` to test. Did you mean `store`?'],
  ['reviews=staging', '`staging` is neither an address'],
  ['store=ftp://localhost', '`ftp://localhost` is neither an address'],
])('says what is wrong with the target %s', (given, words) => {
  expect(() => targetFrom(given, apis)).toThrow(words)
})

test('tells a report where was tested, without what may be secret', () => {
  const word = (given: string): string => targetWord(given, targetFrom(given, apis))
  expect(word('staging')).toBe('staging')
  expect(word('http://anna:secret@localhost:8080/api?key=1')).toBe('http://localhost:8080')
  expect(word('store=http://anna:secret@localhost:8080,reviews=http://localhost:2')).toBe(
    'store=http://localhost:8080,reviews=http://localhost:2',
  )
})

test('finds the APIs of a mock below their names, and nothing elsewhere', async () => {
  const graph = graphOf({
    'throughline.yaml':
      'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml }, reviews: { contract: reviews.graphql } }\n',
    'store.yaml': 'openapi: 3.1.0\ninfo: { title: Store, version: "1" }\npaths: {}\n',
    'reviews.graphql': 'type Query { stars: Int }\n',
  })
  const running = await listen(mock(graph), { port: 0 })
  onTestFinished(() => running.close())
  const { url } = running
  expect(Object.fromEntries(await placesInMock(url, graph.apis))).toEqual({
    store: `${url}/store`,
    reviews: `${url}/reviews/graphql`,
  })
  const other = createServer((_, response) => response.end('{"situation":1}')).listen(0)
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  expect((await placesInMock(`http://localhost:${port}`, graph.apis)).size).toBe(0)
  expect((await placesInMock('http://localhost:1', graph.apis)).size).toBe(0)
})
