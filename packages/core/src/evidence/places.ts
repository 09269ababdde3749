import { nameOf, nodesOfKind } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { routerOf } from '../operation/router.ts'

/** Where on the graph something happened that came with addresses. */
export interface Places {
  /** `store.getBasket` of a request; `url` is absolute or begins with `/`. */
  readonly operationOf: (method: string, url: string) => string | undefined
  /** The operation of a GraphQL document by its name: `reviews.basketReviews` of `BasketReviews`. */
  readonly operationOfDocument: (name: string) => string | undefined
  readonly hasOperation: (name: string) => boolean
  /** The pattern and the step of a page's path, where a journey has a screen for it. The first in the graph's order. */
  readonly screenOf: (path: string) => Screen | undefined
}
export interface Screen {
  /** `checkout/basket` */
  readonly step: string
  /** The pattern as the journey has it: `/orders/:id`. */
  readonly route: string
}

/** Remembered for each graph. */
export function placesOf(graph: Graph): Places {
  let places = remembered.get(graph)
  if (places === undefined) remembered.set(graph, (places = placesIn(graph)))
  return places
}

const remembered = new WeakMap<Graph, Places>()
/** Addresses whose answer is remembered: traffic repeats itself. */
const MOST_KNOWN = 10_000

function placesIn(graph: Graph): Places {
  const operations = [...nodesOfKind(graph, 'operation')]
  const names = new Set(operations.map((one) => nameOf(one.id)))
  const routers = graph.apis.flatMap(({ name, contract }) =>
    contract === undefined || contract.protocol === 'graphql'
      ? []
      : [
          {
            hosts: new Set(contract.servers.flatMap((one) => hostOf(one) ?? [])),
            router: routerOf(
              operations.filter((one) => one.api === name),
              contract.basePaths,
            ),
          },
        ],
  )
  const documents = new Map(
    graph.apis.flatMap(({ name, contract }) =>
      (contract?.graphql?.documents ?? []).flatMap((document) =>
        document.fields[0] === undefined
          ? []
          : [[document.name, `${name}.${document.fields[0]}`] as const],
      ),
    ),
  )
  const screens = [...nodesOfKind(graph, 'step')].flatMap(({ name, screen }) =>
    screen === undefined ? [] : [{ step: name, route: screen, parts: partsOf(screen) }],
  )
  const find = (method: string, url: string): string | undefined => {
    const host = hostOf(url)
    const [path, query] = pathOf(url)
    // An API that says it is served at this host goes before the others.
    const sorted = routers.toSorted(
      (a, b) => Number(b.hosts.has(host!)) - Number(a.hosts.has(host!)),
    )
    for (const { router } of sorted) {
      const match = router.match(method, path, query)
      if (match.kind === 'found') return nameOf(match.operation.id)
    }
    return undefined
  }
  return {
    operationOf: knowing((key) => {
      const space = key.indexOf(' ')
      return find(key.slice(0, space), key.slice(space + 1))
    }),
    operationOfDocument: (name) => documents.get(name),
    hasOperation: (name) => names.has(name),
    screenOf: knowing((key) => {
      const parts = partsOf(pathOf(key.slice(1))[0])
      // A literal name fits better than a value: `/orders/new` before `/orders/:id`.
      let best: (typeof screens)[number] | undefined
      for (const screen of screens)
        if (
          fits(parts, screen.parts) &&
          (best === undefined || values(screen.parts) < values(best.parts))
        )
          best = screen
      return best && { step: best.step, route: best.route }
    }),
  }
}

function knowing<T>(find: (key: string) => T): (first: string, second?: string) => T {
  const known = new Map<string, T>()
  return (first, second) => {
    const key = second === undefined ? ` ${first}` : `${first} ${second}`
    if (known.has(key)) return known.get(key)!
    if (known.size >= MOST_KNOWN) known.clear()
    const found = find(key)
    known.set(key, found)
    return found
  }
}

function hostOf(url: string): string | undefined {
  return /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1]?.toLowerCase()
}

/** Path and query of an address; a hash route (`#/basket`) is its path. */
function pathOf(url: string): readonly [string, string] {
  const rest = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '')
  const hash = rest.indexOf('#')
  if (hash !== -1 && rest[hash + 1] === '/') return pathOf(rest.slice(hash + 1))
  const plain = hash === -1 ? rest : rest.slice(0, hash)
  const query = plain.indexOf('?')
  const path = query === -1 ? plain : plain.slice(0, query)
  return [path.startsWith('/') ? path : `/${path}`, query === -1 ? '' : plain.slice(query + 1)]
}

function partsOf(path: string): readonly string[] {
  return path.split('/', 50).filter((one) => one !== '')
}

function isValue(part: string): boolean {
  return part.startsWith(':') || part.startsWith('{') || part === '*'
}

function values(parts: readonly string[]): number {
  return parts.filter((one) => isValue(one)).length
}

function fits(parts: readonly string[], pattern: readonly string[]): boolean {
  if (pattern.at(-1) === '*' && parts.length >= pattern.length)
    return fits(parts.slice(0, pattern.length), [...pattern.slice(0, -1), ':rest'])
  return (
    parts.length === pattern.length &&
    pattern.every((one, index) => isValue(one) || one === parts[index])
  )
}
