import { closest, globOf } from '@throughline/core'
import type { Graph, Operation } from '@throughline/core'

export type Answering = 'mock' | 'backend'

/** Who answers an operation, and what says so. */
export interface Route {
  readonly to: Answering
  readonly because: 'set' | 'mock-only' | 'proxy-only' | 'stage' | 'no-backend'
}

export interface RouteOptions {
  /** APIs that have a backend. */
  readonly apis: ReadonlySet<string>
  /** `store.createPayment`, `store.*`, `store.POST*`: always the mock. */
  readonly mockOnly?: readonly string[]
  /** Only these are passed on, whatever their stage. */
  readonly proxyOnly?: readonly string[]
  /** By operation name: what somebody has set while it runs. */
  readonly set: ReadonlyMap<string, Answering>
}

/**
 * Who answers an operation: what was set while the mock runs, then `--mock-only`, then `--proxy-only`, then its stage:
 * planned and mocked ones are not there yet, so the mock answers them.
 */
export function routeOf(
  operation: Operation,
  { apis, mockOnly, proxyOnly, set }: RouteOptions,
): Route {
  if (!apis.has(operation.api)) return { to: 'mock', because: 'no-backend' }
  const name = nameOf(operation)
  const own = set.get(name)
  if (own !== undefined) return { to: own, because: 'set' }
  if (matches(operation, mockOnly)) return { to: 'mock', because: 'mock-only' }
  if (proxyOnly !== undefined && proxyOnly.length > 0)
    return { to: matches(operation, proxyOnly) ? 'backend' : 'mock', because: 'proxy-only' }
  const missing = operation.stage === 'planned' || operation.stage === 'mocked'
  return { to: missing ? 'mock' : 'backend', because: 'stage' }
}

/** `store.getBasket` */
export function nameOf({ api, name }: Operation): string {
  return `${api}.${name}`
}

/** Patterns that no operation fits, each with the name that may have been meant. */
export function unmatched(
  graph: Graph,
  patterns: readonly string[],
): readonly { readonly pattern: string; readonly meant: string | undefined }[] {
  const operations = graph.apis.flatMap(({ contract }) => contract?.operations ?? [])
  return patterns
    .filter((pattern) => !operations.some((one) => matches(one, [pattern])))
    .map((pattern) => ({ pattern, meant: closest(pattern, operations.map(nameOf), 1)[0] }))
}

/** `store.getBasket`, its parts with `*`, the operation's name alone, or `GET /basket`. */
function matches(operation: Operation, patterns: readonly string[] | undefined): boolean {
  if (patterns === undefined) return false
  const names = [
    nameOf(operation),
    operation.name,
    `${operation.method} ${operation.path}`,
    `${operation.api} ${operation.method} ${operation.path}`,
  ]
  return patterns.some((pattern) => {
    const fits = globOf(pattern, './')
    return names.some((name) => name === pattern || fits(name))
  })
}
