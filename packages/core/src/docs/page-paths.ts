import { nodesOfKind, nameOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { slug } from '../1-parse/identifier.ts'
import { referenceIndexOf } from '../reference/reference-index-of.ts'

/** Where the page of everything is. Made of names that people wrote; two that would be the same get a number. */
export interface PagePaths {
  readonly journeys: ReadonlyMap<string, string>
  readonly apis: ReadonlyMap<string, string>
  /** By the operation's name: `store.getBasket`. */
  readonly operations: ReadonlyMap<string, string>
  /** Groups of operations, by API and name with a line break between; only for APIs that are too big for one page. */
  readonly groups: ReadonlyMap<string, string>
}

/** APIs with more operations than this get a page for each group of them. */
const mostOnOnePage = 80

/** The paths of all pages of a graph; the same graph, the same paths. */
export function pagePaths(graph: Graph): PagePaths {
  let paths = remembered.get(graph)
  if (paths === undefined) remembered.set(graph, (paths = made(graph)))
  return paths
}

const remembered = new WeakMap<Graph, PagePaths>()

function made(graph: Graph): PagePaths {
  const taken = new Set<string>()
  const path = (folder: string, name: string): string => {
    const base = `${folder}/${pageWord(name)}`
    let found = base
    for (let count = 2; taken.has(found); count++) found = `${base}-${count}`
    taken.add(found)
    return found
  }
  const journeys = new Map(graph.journeys.map(({ name }) => [name, path('journeys', name)]))
  const apis = new Map(graph.apis.map(({ name }) => [name, path('apis', name)]))
  const groups = new Map<string, string>()
  for (const api of referenceIndexOf(graph).apis)
    if (api.operations > mostOnOnePage)
      for (const group of api.groups)
        groups.set(groupKey(api.name, group.name), path(apis.get(api.name)!, `tag ${group.name}`))
  const operations = new Map<string, string>()
  for (const operation of nodesOfKind(graph, 'operation')) {
    const folder = apis.get(operation.api) ?? 'apis'
    operations.set(nameOf(operation.id), path(folder, operation.name))
  }
  return { journeys, apis, operations, groups }
}

export function groupKey(api: string, group: string): string {
  return `${api}\n${group}`
}

/** A name as one part of an address that every disk, wiki and browser takes: `getBasket` is `get-basket`. */
export function pageWord(name: string): string {
  const word = slug(
    name.replace(/([a-z\d])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2'),
  ).replaceAll('_', '-')
  return word === '' ? 'page' : word === 'index' ? 'index-page' : word.slice(0, 80)
}
