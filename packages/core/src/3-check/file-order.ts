import type { Graph } from '../2-link/graph.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'
import { isObject } from '../text/site.ts'

/**
 * Sorts diagnostics by file (the workspace's own files first, then journeys, then the rest, as people read them) and by
 * where they stand in it. Places are compared by the order of keys, so that no file has to be parsed with positions.
 */
export function inFileOrder(
  graph: Graph,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const files = new Map<string, number>()
  const declared = [
    graph.declarations.workspace,
    ...graph.declarations.journeys,
    ...graph.declarations.personas,
    ...graph.declarations.scenarios,
    ...graph.declarations.policies,
    ...graph.declarations.waivers,
  ]
  for (const { site } of declared) {
    const { path } = site.document.file
    if (!files.has(path)) files.set(path, files.size)
  }
  for (const { origin } of diagnostics) {
    const { path } = origin.source.file
    if (!files.has(path)) files.set(path, files.size)
  }
  return diagnostics
    .map((one) => ({
      one,
      file: files.get(one.origin.source.file.path)!,
      place: placeOf(one.origin),
    }))
    .toSorted((a, b) => a.file - b.file || compared(a.place, b.place))
    .map(({ one }) => one)
}

const places = new WeakMap<Origin, readonly number[]>()

/** Indexes from the root of the document to the place. A place given by offsets (a syntax error) comes first. */
function placeOf(origin: Origin): readonly number[] {
  let place = places.get(origin)
  if (place === undefined) places.set(origin, (place = indexesOf(origin)))
  return place
}

function indexesOf({ source, place }: Origin): readonly number[] {
  if (place.kind === 'offsets') return [-1, place.start]
  const indexes: number[] = []
  let here: unknown = 'value' in source ? source.value : undefined
  for (const key of place.path) {
    if (Array.isArray(here)) {
      const items: readonly unknown[] = here
      indexes.push(Number(key))
      here = items[Number(key)]
    } else if (isObject(here)) {
      indexes.push(keysOf(here).get(String(key)) ?? -1)
      here = Object.hasOwn(here, key) ? here[key] : undefined
    } else break
  }
  return indexes
}

const keyOrders = new WeakMap<object, ReadonlyMap<string, number>>()

function keysOf(value: object): ReadonlyMap<string, number> {
  let order = keyOrders.get(value)
  if (order === undefined) {
    order = new Map(Object.keys(value).map((key, index) => [key, index]))
    keyOrders.set(value, order)
  }
  return order
}

function compared(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length)
  for (let index = 0; index < shared; index++) {
    const difference = a[index]! - b[index]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
