import { nameOf, nodeOf, nodesOfKind } from '../2-link/ask.ts'
import { fieldOperation, findOperation } from '../2-link/find-operation.ts'
import type { CallNode, Graph, NeedNode, StepNode } from '../2-link/graph.ts'
import { routeKey } from '../2-link/operation-index.ts'
import type { GraphqlDocument } from '../operation/api.ts'
import type { Operation } from '../operation/operation.ts'
import type { SupportedClient } from './change.ts'
import type { OperationPair } from './spot.ts'

/** One call of one step, and the operation of both contracts that it means. */
export interface Use {
  readonly graph: Graph
  readonly pair: OperationPair
  readonly call: CallNode
  readonly step: StepNode
  /** `checkout/basket` */
  readonly name: string
  readonly owner: string | undefined
  readonly screen: string | undefined
  readonly client: string | undefined
  /** Each need, and the path that it reads in the contract (GraphQL documents have names of their own). */
  readonly needs: readonly { readonly need: NeedNode; readonly path: string }[]
  /** GraphQL: what the document that is sent asks of this operation. */
  readonly document?: UsedDocument
}

interface UsedDocument {
  readonly text: string
  /** Every field that it selects, without aliases: `[].author.name`. */
  readonly fields: readonly string[]
  /** Every argument that it sends, by the field that takes it: '' for the operation itself. */
  readonly sends: readonly { readonly field: string; readonly name: string }[]
}

export interface Uses {
  readonly all: readonly Use[]
  readonly of: (pair: OperationPair) => readonly Use[]
  /** Whether any journey calls this API: only then does "no journey needs it" say anything. */
  readonly isKnown: (api: string | undefined) => boolean
}

/**
 * Who uses what: the journeys as they will be (those of `before` where `after` has none), and those of released apps that are
 * still supported.
 */
export function usesOf(
  before: Graph,
  after: Graph,
  clients: readonly SupportedClient[],
  pairs: readonly OperationPair[],
  now: Date | undefined,
): Uses {
  const known = indexed(pairs)
  const all: Use[] = []
  const own = after.journeys.length > 0 ? after : before
  collect(own, before, undefined, known, all)
  const today = now?.toISOString().slice(0, 10)
  for (const { name, graph, supportedUntil } of clients) {
    if (today !== undefined && supportedUntil !== undefined && today > supportedUntil.slice(0, 10))
      continue
    collect(graph, graph, name, known, all)
  }
  const byPair = Map.groupBy(all, (use) => use.pair)
  const apis = new Set(all.flatMap(({ pair }) => [pair.before?.api, pair.after?.api]))
  return {
    all,
    of: (pair) => byPair.get(pair) ?? [],
    isKnown: (api) => api !== undefined && apis.has(api),
  }
}

type Index = (operation: Operation) => OperationPair | undefined

function indexed(pairs: readonly OperationPair[]): Index {
  const byObject = new Map<Operation, OperationPair>()
  const byName = new Map<string, OperationPair>()
  for (const pair of pairs) {
    for (const one of [pair.before, pair.after]) {
      if (one === undefined) continue
      byObject.set(one, pair)
      for (const key of keysOf(one)) if (!byName.has(key)) byName.set(key, pair)
    }
  }
  return (operation) =>
    byObject.get(operation) ??
    keysOf(operation)
      .map((key) => byName.get(key))
      .find((pair) => pair !== undefined)
}

function keysOf({ api, name, method, path }: Operation): readonly string[] {
  return [`${api} ${routeKey(method, path)}`, `${api}.${name}`]
}

function collect(
  graph: Graph,
  before: Graph,
  client: string | undefined,
  pairOf: Index,
  all: Use[],
): void {
  for (const call of nodesOfKind(graph, 'call')) {
    const step = nodeOf(graph, 'step', call.step)
    if (step === undefined) continue
    const called =
      nodeOf(graph, 'operation', call.operation) ??
      findOperation(before.apis, call.name, call.origin).operation
    const owner = nodeOf(graph, 'journey', step.journey)?.owner
    const document = call.document && asBefore(before, called?.api, call.document)
    const byPair = new Map<OperationPair, Use['needs'][number][]>()
    const main = called && pairOf(called)
    if (main !== undefined) byPair.set(main, [])
    for (const name of document?.fields ?? []) {
      const field = called && findField(before, called.api, document!.method, name)
      const pair = field && pairOf(field)
      if (pair !== undefined && !byPair.has(pair)) byPair.set(pair, [])
    }
    for (const id of call.needs) {
      const need = nodeOf(graph, 'need', id)
      if (need === undefined) continue
      const field = nodeOf(graph, 'field', need.field)
      const operation = nodeOf(graph, 'operation', field?.operation)
      const pair = (operation && pairOf(operation)) ?? main
      if (pair === undefined) continue
      const asked = document?.selected.find((one) => one.path === need.path)
      const path = field?.path ?? asked?.field ?? need.path
      byPair.set(pair, [...(byPair.get(pair) ?? []), { need, path }])
    }
    for (const [pair, needs] of byPair) {
      all.push({
        graph,
        pair,
        call,
        step,
        name: nameOf(step.id),
        owner,
        screen: step.screen,
        client,
        needs,
        ...(document !== undefined && { document: usedDocument(document, pair) }),
      })
    }
  }
}

/**
 * A document as the earlier contract understood it, where its text is still the same: what a schema no longer has is left out of what the
 * document selects.
 */
function asBefore(
  before: Graph,
  api: string | undefined,
  document: GraphqlDocument,
): GraphqlDocument {
  const contract = before.apis.find((one) => one.name === api)?.contract
  const earlier = contract?.graphql?.documents.find((one) => one.name === document.name)
  return earlier?.text === document.text ? earlier : document
}

function findField(graph: Graph, api: string, method: string, name: string): Operation | undefined {
  const contract = graph.apis.find((one) => one.name === api)?.contract
  return contract && fieldOperation(contract.operations, method, name)
}

function usedDocument(
  { text, selected, sends }: GraphqlDocument,
  { before, after }: OperationPair,
): UsedDocument {
  const name = (before ?? after)?.path
  const isOwn = ({ operation }: { readonly operation: string }): boolean => operation === name
  return {
    text,
    fields: selected.filter(isOwn).map((one) => one.field),
    sends: sends.filter(isOwn),
  }
}
