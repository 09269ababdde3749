import { placesOf, withAnswer, type Graph, type SeenCaching } from '@throughline/core'

/**
 * What answers in a recording (HTTP Archive 1.2) say about how long they may be kept, by operation (`store.getBasket`). Where they differ,
 * the longest age counts: that is what a screen must reckon with.
 */
export function cachingSeen(value: unknown, graph: Graph): ReadonlyMap<string, SeenCaching> {
  const places = placesOf(graph)
  const seen = new Map<string, SeenCaching>()
  const entries = part(part(value, 'log'), 'entries')
  for (const entry of Array.isArray(entries) ? entries.slice(0, mostEntries) : []) {
    const [request, response] = [part(entry, 'request'), part(entry, 'response')]
    const [method, url, status] = [
      part(request, 'method'),
      part(request, 'url'),
      part(response, 'status'),
    ]
    if (typeof method !== 'string' || typeof url !== 'string') continue
    if (typeof status !== 'number' || status < 200 || status >= 300) continue
    const operation = places.operationOf(method, url)
    if (operation === undefined) continue
    seen.set(
      operation,
      withAnswer(seen.get(operation), (name) => headerIn(response, name)),
    )
  }
  return seen
}

const mostEntries = 50_000

function headerIn(response: unknown, wanted: string): string | undefined {
  const headers = part(response, 'headers')
  for (const one of Array.isArray(headers) ? (headers as readonly unknown[]) : []) {
    const [name, value] = [part(one, 'name'), part(one, 'value')]
    if (typeof name === 'string' && name.toLowerCase() === wanted && typeof value === 'string')
      return value
  }
  return undefined
}

function part(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}
