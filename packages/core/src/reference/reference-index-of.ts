import { nameOf, nodesOfKind } from '../2-link/ask.ts'
import type { ApiNode, Graph } from '../2-link/graph.ts'
import { operationAddress } from '../blueprint/studio-address.ts'
import type { Contract } from '../operation/api.ts'
import type { Operation } from '../operation/operation.ts'
import { child, childrenOf, isObject, rootOf } from '../text/site.ts'
import { typeNamesOf } from './contract-types.ts'
import type { ReferenceApi, ReferenceEntry, ReferenceIndex } from './reference.ts'
import { usageOf } from './usage.ts'

/** Every operation of every contract, by API and tag. Walks no schema. */
export function referenceIndexOf(graph: Graph): ReferenceIndex {
  const byApi = Map.groupBy(nodesOfKind(graph, 'operation'), (one) => one.api)
  return { apis: graph.apis.map((api) => apiOf(graph, api, byApi.get(api.name) ?? [])) }
}

function apiOf(
  graph: Graph,
  { name, contract, owner, origin }: ApiNode,
  operations: readonly Operation[],
): ReferenceApi {
  const tags = contract === undefined ? new Map<string, string>() : tagsOf(contract)
  const description = contract && textAt(contract.site.value, 'description')
  return {
    name,
    version: contract?.version ?? 'unreadable',
    protocol: contract?.protocol ?? 'rest',
    file: contract?.root.file.path ?? origin.source.file.path,
    operations: operations.length,
    groups: groupsOf(graph, operations, tags),
    types: contract === undefined ? [] : typeNamesOf(contract).slice(0, mostTypes),
    ...(contract?.title !== undefined && { title: contract.title }),
    ...(owner !== undefined && { owner }),
    ...(description !== undefined && { description: description.slice(0, 4000) }),
  }
}

const mostTypes = 2000

/** Groups in the order in which the contract lists its tags, then in the order of first use. */
function groupsOf(
  graph: Graph,
  operations: readonly Operation[],
  tags: ReadonlyMap<string, string>,
): ReferenceApi['groups'] {
  const groups = Map.groupBy(operations, groupOf)
  const order = [...tags.keys()].filter((tag) => groups.has(tag))
  const listed = new Set(order)
  return [...order, ...[...groups.keys()].filter((name) => !listed.has(name))].map((name) => {
    const description = tags.get(name)
    return {
      name,
      operations: (groups.get(name) ?? []).map((operation) => entryOf(graph, operation)),
      ...(description !== undefined && description !== '' && { description }),
    }
  })
}

function groupOf({ protocol, method, tags, path }: Operation): string {
  if (protocol === 'graphql') return graphqlGroups[method] ?? method
  return tags[0] ?? path.split('/').find((part) => part !== '' && !part.startsWith('{')) ?? '/'
}

const graphqlGroups: Readonly<Record<string, string>> = {
  query: 'Queries',
  mutation: 'Mutations',
  subscription: 'Subscriptions',
}

function entryOf(graph: Graph, operation: Operation): ReferenceEntry {
  const id = nameOf(operation.id)
  const { callers, missing } = usageOf(graph, id)
  return {
    id,
    method: operation.method,
    path: operation.path,
    deprecated: operation.deprecated,
    callers: new Set(callers.map((one) => one.step)).size,
    missing: missing.size,
    url: operationAddress(id),
    ...(operation.title !== undefined && { title: operation.title }),
    ...(operation.stage !== 'live' && { stage: operation.stage }),
  }
}

/** Names and descriptions of the contract's tags, in its order. */
function tagsOf({ root }: Contract): ReadonlyMap<string, string> {
  const tags = child(rootOf(root), 'tags')
  const found = new Map<string, string>()
  for (const { value } of tags === undefined ? [] : childrenOf(tags)) {
    const name = textAt(value, 'name')
    if (name !== undefined) found.set(name, textAt(value, 'description')?.slice(0, 1000) ?? '')
  }
  return found
}

function textAt(value: unknown, key: string): string | undefined {
  const text = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return typeof text === 'string' ? text : undefined
}
