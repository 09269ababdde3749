import { readFileSync } from 'node:fs'
import {
  compile,
  generate,
  isJsonType,
  mainContent,
  seededChoices,
  validatorOf,
} from '@throughline/core'
import type { Graph, Operation, Parameter } from '@throughline/core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from './answer.ts'
import { headerOf } from './answer.ts'
import { mock } from './mock.ts'
import { usualResponse } from './response.ts'

describe('GitHub, REST', () => {
  let graph: Graph
  beforeAll(() => {
    graph = graphOf(
      'github.json',
      readFileSync(
        new URL(import.meta.resolve('@octokit/openapi/generated/api.github.com.json')),
        'utf8',
      ),
    )
  })

  test('answers operations all over the contract with bodies that are valid by their schemas', async () => {
    const { operations } = graph.apis[0]!.contract!
    const sample = operations.filter((_, index) => index % 3 === 0)
    expect(sample.length).toBeGreaterThan(300)
    const served = mock(graph)
    const wrong: string[] = []
    for (const operation of sample) {
      const request = requestFor(operation)
      // What one call removes is there for the next.
      const header = (name: string): string | undefined =>
        name === 'throughline-session' ? operation.id : request.header(name)
      const problem = problemOf(operation, await served.answer({ ...request, header }))
      if (problem !== undefined) wrong.push(`${operation.method} ${operation.path}: ${problem}`)
    }
    expect(wrong).toEqual([])
  })

  test.each(['minimal', 'empty', 'one', 'many', 'extreme'])(
    'answers with valid bodies in the data set %s',
    async (dataset) => {
      const { operations } = graph.apis[0]!.contract!
      const sample = operations.filter((one, index) => one.method === 'GET' && index % 5 === 0)
      expect(sample.length).toBeGreaterThan(100)
      const served = mock(graph, { dataset })
      const wrong: string[] = []
      for (const operation of sample) {
        const problem = problemOf(operation, await served.answer(requestFor(operation)))
        if (problem !== undefined) wrong.push(`${operation.method} ${operation.path}: ${problem}`)
      }
      expect(wrong).toEqual([])
    },
    60_000,
  )

  test('tells labels apart by names that look like names', async () => {
    const served = mock(graph, { dynamic: true })
    const named: string[][] = []
    for (let shop = 0; shop < 30; shop++) {
      const url = `/repos/octocat/shop-${shop}/labels`
      const { body } = await served.answer({ method: 'GET', url, header: () => undefined })
      const labels = JSON.parse(Buffer.from(body ?? []).toString()) as { readonly name: string }[]
      named.push(labels.map((one) => one.name))
    }
    expect(named.every((names) => new Set(names).size === names.length)).toBe(true)
    expect(named.flat().filter((name) => !/^[A-Z][a-z ]+$/.test(name))).toEqual([])
  })

  test('answers with the same bytes in another mock', async () => {
    const list = graph.apis[0]!.contract!.operations.filter((_, index) => index % 60 === 7)
    const bytes = (one: Answer): string => Buffer.from(one.body ?? []).toString()
    for (const operation of list) {
      const request = requestFor(operation)
      expect(bytes(await mock(graph, { dynamic: true }).answer(request))).toBe(
        bytes(await mock(graph, { dynamic: true }).answer(request)),
      )
    }
  })
})

test('answers a real query on the GraphQL schema of GitHub', async () => {
  const { graph } = compile(
    filesOf(
      'github.graphql',
      readFileSync(
        new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema')),
        'utf8',
      ),
    ),
    { contracts: ['github.graphql'] },
  )
  const query = `{
    repository(owner: "octo", name: "store") {
      name url createdAt isPrivate stargazerCount
      owner { __typename login ... on Organization { membersWithRole { totalCount } } }
      issues(first: 2, states: OPEN) { totalCount pageInfo { hasNextPage endCursor } edges { node { id title state author { login } labels(first: 1) { nodes { name color } } } } nodes { id } }
    }
  }`
  const answer = await mock(graph).answer({
    method: 'POST',
    url: '/graphql',
    body: Buffer.from(JSON.stringify({ query })),
    header: (name) => (name === 'content-type' ? 'application/json' : undefined),
  })
  const result: {
    data: {
      repository: {
        issues: { totalCount: number; edges: { node: { id: string } }[]; nodes: { id: string }[] }
      }
    }
  } = JSON.parse(Buffer.from(answer.body!).toString())
  expect(result).toMatchObject({
    data: {
      repository: {
        isPrivate: expect.any(Boolean),
        url: expect.stringMatching(/^https?:/),
        createdAt: expect.stringMatching(/^\d{4}-/),
      },
    },
  })
  const { issues } = result.data.repository
  expect(issues.edges).toHaveLength(2)
  expect(issues.totalCount).toBeGreaterThanOrEqual(2)
  expect(issues.edges.map((one) => one.node.id)).toEqual(issues.nodes.map((one) => one.id))
})

const schema =
  '{ type: object, required: [id, price], properties: { id: { type: string }, price: { type: number, minimum: 0 } } }'

test.each([
  [
    '2.0',
    `
swagger: '2.0'
info: { title: Store, version: '1' }
basePath: /v1
produces: [application/json]
paths:
  /products/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, type: string }, { name: with, in: query, type: array, items: { type: string }, collectionFormat: pipes }]
      responses: { 200: { description: x, schema: ${schema} } }
    post:
      consumes: [application/x-www-form-urlencoded]
      parameters: [{ name: id, in: path, required: true, type: string }, { name: price, in: formData, type: integer, required: true }]
      responses: { 201: { description: x, schema: ${schema} } }
`,
  ],
  [
    '3.0',
    `
openapi: 3.0.3
info: { title: Store, version: '1' }
servers: [{ url: /v1 }]
paths:
  /products/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: x, content: { application/json: { schema: ${schema} } } } } }
    post:
      requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, required: [price], properties: { price: { type: integer } } } } } }
      responses: { '201': { description: x, content: { application/json: { schema: ${schema} } } } }
`,
  ],
  [
    '3.1',
    `
openapi: 3.1.0
info: { title: Store, version: '1' }
servers: [{ url: 'https://store.example/{v}', variables: { v: { default: v1 } } }]
paths:
  /products/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: x, content: { application/json: { schema: ${schema} } } } } }
    post:
      requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, required: [price], properties: { price: { type: [integer, 'null'] } } } } } }
      responses: { '201': { description: x, content: { application/json: { schema: ${schema} } } } }
`,
  ],
  [
    '3.2',
    `
openapi: 3.2.0
info: { title: Store, version: '1' }
servers: [{ url: /v1 }]
paths:
  /products/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    query: { responses: { '200': { description: x, content: { application/json: { schema: ${schema} } } } } }
    get: { responses: { '200': { description: x, content: { application/json: { schema: ${schema} } } } } }
    post:
      requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, required: [price], properties: { price: { type: integer } } } } } }
      responses: { '201': { description: x, content: { application/json: { schema: ${schema} } } } }
`,
  ],
])('serves a contract of OpenAPI %s', async (version, text) => {
  const served = mock(graphOf('store.yaml', text))
  const ask = (method: string, path: string, body?: string): Promise<Response> =>
    served.handle(
      new Request(`http://localhost${path}`, {
        method,
        ...(body !== undefined && {
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
      }),
    )
  const read = await ask('GET', '/v1/products/bread?with=a|b')
  expect([read.status, await read.json()]).toEqual([
    200,
    { id: 'bread', price: expect.any(Number) },
  ])
  expect((await ask('POST', '/products/bread', 'price=3')).status).toBe(201)
  expect(await (await ask('POST', '/products/bread', 'price=three')).json()).toMatchObject({
    violations: [{ pointer: '/price' }],
  })
  expect((await ask('QUERY', '/products/bread')).status).toBe(version === '3.2' ? 200 : 405)
})

function filesOf(path: string, text: string) {
  const file = { path, text }
  return { paths: [path], read: () => file }
}

function graphOf(path: string, text: string): Graph {
  return compile(filesOf(path, text), { contracts: [path] }).graph
}

/** A request that keeps to the contract. */
function requestFor(operation: Operation): Parameters<ReturnType<typeof mock>['answer']>[0] {
  let path = operation.path
  const query: string[] = []
  const headers = new Map<string, string>()
  for (const parameter of operation.parameters()) {
    if (parameter.in === 'path')
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(textFor(parameter)))
    if (!parameter.required) continue
    if (parameter.in === 'query')
      query.push(`${parameter.name}=${encodeURIComponent(textFor(parameter))}`)
    if (parameter.in === 'header') headers.set(parameter.name.toLowerCase(), textFor(parameter))
  }
  const media = mainContent(operation.requestBody()?.content ?? [])
  const value =
    media?.schema && isJsonType(media.type)
      ? generate(media.schema, seededChoices(1), { direction: 'request', dataset: 'minimal' })
      : 'text'
  const body = media && Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  if (media !== undefined) headers.set('content-type', media.type)
  return {
    method: operation.method,
    url: path + (query.length > 0 ? `?${query.join('&')}` : ''),
    header: (name) => headers.get(name),
    body,
  }
}

function textFor({ schema, name }: Parameter): string {
  const value =
    schema === undefined
      ? 'text'
      : generate(schema, seededChoices(name), { direction: 'request', name })
  const items: unknown[] = Array.isArray(value) ? value : [value]
  return items.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(',')
}

function problemOf(operation: Operation, { status, body, headers }: Answer): string | undefined {
  const usual = usualResponse(operation)
  if (status !== usual.status)
    return `answers ${status}: ${Buffer.from(body ?? [])
      .toString()
      .slice(0, 300)}`
  const type = headerOf({ status, headers, body }, 'content-type')
  const media = usual.response?.content.find((one) => one.type === type)
  if (media?.schema === undefined || !isJsonType(media.type)) return undefined
  const [first] = validatorOf(media.schema)(JSON.parse(Buffer.from(body ?? []).toString()), {
    direction: 'response',
  })
  return first && `${first.path.join('/')} ${first.message}`
}
