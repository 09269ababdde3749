import type { Graph, GraphqlDocument } from '@throughline/core'
import { jsonOf, type Exchange } from './exchange.ts'

/** One value of an answer, and where the contract describes it. */
export interface Datum {
  /** By its name: `listProducts`. A GraphQL document may ask for other fields than the case's. */
  readonly operation: string
  /** In the contract's words: `items[].price`. */
  readonly path: string
  /** As it stands in the answer, aliases and all: `data.reviews[].stars`. */
  readonly shown: string
  readonly value: unknown
}

/** Every value of an answer: of lists the first twenty, of objects the first five hundred, no deeper than twelve. */
export function* dataIn(exchange: Exchange, graph: Graph): Generator<Datum> {
  const { operation } = exchange.case
  const body = jsonOf(exchange)
  if (operation.protocol !== 'graphql') {
    for (const { path, value } of valuesIn(body))
      yield { operation: operation.name, path, shown: path, value }
    return
  }
  const data: unknown =
    body !== null && typeof body === 'object' && Object.hasOwn(body, 'data')
      ? Reflect.get(body, 'data')
      : undefined
  if (data === null || typeof data !== 'object') return
  const document = documentOf(exchange, graph)
  const roots = Object.entries(data) as [string, unknown][]
  for (const [root, held] of roots) {
    for (const { path, value } of valuesIn(held)) {
      const selected = document?.selected.find(
        (one) => one.path === (document.fields.length > 1 ? joined(root, path) : path),
      )
      yield {
        operation: selected?.operation ?? (document === undefined ? root : operation.name),
        path: selected?.field ?? path,
        shown: joined(`data.${root}`, path),
        value,
      }
    }
  }
}

/** The document of the UI that a case sends, which says what its aliases stand for. */
function documentOf({ case: one }: Exchange, graph: Graph): GraphqlDocument | undefined {
  const [, name] = /\/graphql\/document\/(.+)$/.exec(one.id) ?? []
  if (name === undefined) return undefined
  return graph.apis
    .find((api) => api.name === one.operation.api)
    ?.contract?.graphql?.documents.find((document) => document.name === name)
}

function joined(before: string, path: string): string {
  return path === '' || path.startsWith('[') ? before + path : `${before}.${path}`
}

function* valuesIn(
  value: unknown,
  path = '',
  depth = 0,
): Generator<{ readonly path: string; readonly value: unknown }> {
  if (depth > 12 || value === null || typeof value !== 'object') return
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 20) as unknown[]) {
      yield { path: `${path}[]`, value: one }
      yield* valuesIn(one, `${path}[]`, depth + 1)
    }
    return
  }
  for (const [name, one] of Object.entries(value).slice(0, 500) as [string, unknown][]) {
    const at = joined(path, name).replace(/^\./, '')
    yield { path: at, value: one }
    yield* valuesIn(one, at, depth + 1)
  }
}
