import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { compile } from '../compile.ts'
import type { Graph } from '../2-link/graph.ts'
import { filesOf } from '../../test/in-memory-files.ts'
import { referenceIndexOf } from './reference-index-of.ts'
import { referenceFieldsOf, referenceOperationOf } from './reference-operation-of.ts'

const mockUrl = 'http://localhost:4401'
const contracts = [
  ['github.json', import.meta.resolve('@octokit/openapi/generated/api.github.com.json'), 1000],
  [
    'github.graphql',
    new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema')).href,
    250,
  ],
] as const

let graphs: ReadonlyMap<string, Graph>
beforeAll(() => {
  graphs = new Map(
    contracts.map(([path, address]) => {
      const text = readFileSync(new URL(address), 'utf8')
      return [path, compile(filesOf({ [path]: text }), { contracts: [path] }).graph]
    }),
  )
}, 60_000)

test.each(contracts)(
  'lists and opens every operation of %s',
  (path, _, atLeast) => {
    const graph = graphs.get(path)!
    const index = referenceIndexOf(graph)
    const ids = index.apis.flatMap((api) =>
      api.groups.flatMap((group) => group.operations.map((one) => one.id)),
    )
    expect(ids.length).toBeGreaterThan(atLeast)
    expect(index.apis[0]!.operations).toBe(ids.length)
    expect(new Set(ids).size).toBe(ids.length)

    const broken: string[] = []
    for (const id of ids) {
      const operation = referenceOperationOf(graph, id, { mockUrl })
      JSON.stringify(operation)
      if (operation === undefined || operation.samples.some((one) => one.text === ''))
        broken.push(id)
    }
    expect(broken).toEqual([])
  },
  60_000,
)

test.each(contracts)(
  'opens what it says can be opened in %s',
  (path) => {
    const graph = graphs.get(path)!
    const wrong: string[] = []
    const ids = referenceIndexOf(graph).apis.flatMap((api) =>
      api.groups.flatMap((group) => group.operations.map((one) => one.id)),
    )
    for (const id of ids.filter((_, index) => index % 25 === 0)) {
      const operation = referenceOperationOf(graph, id, { mockUrl })!
      const success = operation.responses.find((one) => one.status === operation.success)
      const level = success?.content[0]?.root?.children?.flatMap((one) => one.children ?? []) ?? []
      for (const node of level.filter((one) => one.hasChildren).slice(0, 5)) {
        const opened = referenceFieldsOf(graph, id, { kind: 'response' }, node.path)?.field
        if (opened?.path !== node.path || opened.type !== node.type || !opened.children?.length)
          wrong.push(`${id} ${node.path}`)
      }
    }
    expect(wrong).toEqual([])
  },
  60_000,
)
