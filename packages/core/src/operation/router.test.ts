import { expect, test } from 'vitest'
import { rootOf } from '../text/site.ts'
import type { Document } from '../text/site.ts'
import type { Operation, Parameter } from './operation.ts'
import { routerOf } from './router.ts'

test('finds the operation and its path parameters', () => {
  expect(
    answers(['GET /basket', 'GET /orders/{id}', 'POST /orders/{id}/items'], 'GET /orders/17'),
  ).toBe('GET /orders/{id} id=17')
  expect(answers(['GET /orders/{id}', 'POST /orders/{id}/items'], 'POST /orders/17/items')).toBe(
    'POST /orders/{id}/items id=17',
  )
})

test('prefers literal text to a mixed segment, and a mixed segment to a parameter', () => {
  const shop = [
    'GET /orders/{id}',
    'GET /orders/{id}.json',
    'GET /orders/last',
    'POST /orders/{id}:cancel',
    'GET /orders/{id}:cancel',
  ]
  expect(answers(shop, 'GET /orders/last')).toBe('GET /orders/last')
  expect(answers(shop, 'GET /orders/17.json')).toBe('GET /orders/{id}.json id=17')
  expect(answers(shop, 'GET /orders/17:cancel')).toBe('GET /orders/{id}:cancel id=17')
  expect(answers(shop, 'GET /orders/17')).toBe('GET /orders/{id} id=17')
  expect(answers(shop, 'POST /orders/a%20b%3Acancel')).toBe('POST /orders/{id}:cancel id=a%20b')
  expect(answers(shop, 'GET /orders/.json')).toBe('GET /orders/{id} id=.json')
})

test('goes back when literal text leads nowhere', () => {
  const shop = [
    'GET /orders/last/receipt',
    'GET /orders/{id}/items',
    'DELETE /orders/{id}',
    'GET /orders/last',
  ]
  expect(answers(shop, 'GET /orders/last/items')).toBe('GET /orders/{id}/items id=last')
  expect(answers(shop, 'DELETE /orders/last')).toBe('DELETE /orders/{id} id=last')
})

test('keeps the names that each path gives to the same segment', () => {
  const shop = [
    'GET /teams/{enterprise-team}',
    'DELETE /teams/{team_slug}',
    'GET /teams/{org.id}/members',
  ]
  expect(answers(shop, 'GET /teams/a')).toBe('GET /teams/{enterprise-team} enterprise-team=a')
  expect(answers(shop, 'DELETE /teams/a')).toBe('DELETE /teams/{team_slug} team_slug=a')
  expect(answers(shop, 'GET /teams/a/members')).toBe('GET /teams/{org.id}/members org.id=a')
})

test('gives parameters raw and compares literal text decoded', () => {
  expect(answers(['GET /café/{name}'], 'GET /caf%C3%A9/a%2Fb')).toBe('GET /café/{name} name=a%2Fb')
  expect(answers(['GET /compare/{base}...{head}'], 'GET /compare/main...fix')).toBe(
    'GET /compare/{base}...{head} base=main head=fix',
  )
})

test('accepts the base path of a server, and its absence', () => {
  const shop = ['GET /orders', 'GET /{user}/{list}']
  expect(answers(shop, 'GET /shop/v1/orders', ['/shop', '/shop/v1'])).toBe('GET /orders')
  expect(answers(shop, 'GET /orders', ['/shop/v1'])).toBe('GET /orders')
  expect(answers(shop, 'GET /v1/orders', ['/v1'])).toBe('GET /orders')
  expect(answers(['GET /v1/orders'], 'GET /v1/orders', ['/v1'])).toBe('GET /v1/orders')
  expect(answers(['GET /'], 'GET /v1', ['/v1'])).toBe('GET /')
})

test('says which methods a path has, and answers HEAD from GET', () => {
  expect(answers(['GET /basket', 'PUT /basket'], 'DELETE /basket')).toBe('allow GET, HEAD, PUT')
  expect(answers(['GET /basket'], 'HEAD /basket')).toBe('GET /basket')
  expect(answers(['QUERY /orders'], 'QUERY /orders')).toBe('QUERY /orders')
})

test('tells paths apart that differ only in their query', () => {
  const shop = ['GET /search?type=order', 'GET /search', 'GET /search?type=item']
  expect(answers(shop, 'GET /search?type=item&page=2')).toBe('GET /search?type=item')
  expect(answers(shop, 'GET /search?page=2')).toBe('GET /search')
  expect(answers(['GET /search?type=order'], 'GET /search?type=item')).toBe(
    'nearest GET /search?type=order',
  )
})

test('lets a last parameter hold slashes when the contract says so', () => {
  const slashes = { 'GET /files/{path}': { path: { 'x-multi-segment': true } } }
  expect(answers(['GET /files/{path}'], 'GET /files/a/b.txt', [], slashes)).toBe(
    'GET /files/{path} path=a/b.txt',
  )
  expect(answers(['GET /files/{path}'], 'GET /files/a/b.txt')).toBe('nearest GET /files/{path}')
  expect(answers(['GET /{proxy+}', 'GET /orders'], 'GET /a/b/c')).toBe('GET /{proxy+} proxy=a/b/c')
})

test('names the nearest operations of a path that no contract has', () => {
  const shop = ['GET /basket', 'GET /orders/{id}', 'POST /orders', 'GET /coupons']
  expect(answers(shop, 'GET /baskets')).toBe('nearest GET /basket')
  expect(answers(shop, 'POST /order')).toBe('nearest POST /orders')
  expect(answers(shop, 'GET /v2/x/y')).toBe('nearest ')
})

test('survives hostile paths', () => {
  const shop = ['GET /{a}{b}{c}x', 'GET /{unclosed', 'GET /{__proto__}/a', 'GET relative']
  expect(answers(shop, `GET /${'/'.repeat(5000)}`)).toBe('nearest ')
  expect(answers(shop, 'GET /%E0%A4%A')).toBe('nearest ')
  expect(answers(shop, 'GET /{unclosed')).toBe('GET /{unclosed')
  expect(answers(shop, 'GET /abcx')).toBe('GET /{a}{b}{c}x a=a b=b c=c')
  expect(answers(shop, 'GET /1/a')).toBe('GET /{__proto__}/a __proto__=1')
})

function answers(
  lines: readonly string[],
  request: string,
  basePaths: readonly string[] = [],
  parameters: Record<string, Record<string, object>> = {},
): string {
  const router = routerOf(
    lines.map((line) => operation(line, parameters[line] ?? {})),
    basePaths,
  )
  const [method = '', target = ''] = request.split(' ')
  const [path = '', query] = target.split('?')
  const match = router.match(method, path, query)
  if (match.kind === 'method-not-allowed') return `allow ${match.allow.join(', ')}`
  if (match.kind === 'not-found') return `nearest ${match.nearest().map(lineOf).join(', ')}`
  return [
    lineOf(match.operation),
    ...[...match.pathParameters].map(([name, value]) => `${name}=${value}`),
  ].join(' ')
}

function lineOf({ method, path }: Operation): string {
  return `${method} ${path}`
}

function operation(line: string, parameters: Record<string, object>): Operation {
  const [method = '', path = ''] = line.split(' ')
  const document: Document = {
    file: { path: 'store.yaml', text: '' },
    value: {},
    dialect: 'json-schema-2020-12',
    base: '',
    locate: () => [],
    open: () => undefined,
  }
  return {
    kind: 'operation',
    id: `op:store.${line}`,
    api: 'store',
    name: line,
    protocol: 'rest',
    method,
    path,
    tags: [],
    deprecated: false,
    stage: 'live',
    site: rootOf(document),
    parameters: () =>
      Object.entries(parameters).map(([name, value]) => parameter(name, { ...document, value })),
    requestBody: () => undefined,
    responses: () => [],
    security: () => [],
  }
}

function parameter(name: string, document: Document): Parameter {
  return {
    name,
    in: 'path',
    required: true,
    deprecated: false,
    schema: undefined,
    style: 'simple',
    explode: false,
    allowReserved: false,
    examples: [],
    site: rootOf(document),
  }
}
