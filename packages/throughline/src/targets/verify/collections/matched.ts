import { routerOf, type Graph, type Operation, type Router } from '@throughline/core'

/** The operation that an address of a request leads to, and where its path begins. */
export interface Matched {
  readonly operation: Operation
  readonly pathParameters: ReadonlyMap<string, string>
}

/** Finds operations by whole addresses: below a target, an environment, a base path of the contract, or the mock's own folders. */
export function operationFinder(
  graph: Graph,
  target: string | undefined,
): (method: string, url: URL) => Matched | undefined {
  const finders = graph.apis.flatMap(({ name, contract, environments }) => {
    if (contract?.protocol !== 'rest') return []
    const bases = [...environments.values(), ...(target === undefined ? [] : [target])].flatMap(
      (one) => (URL.canParse(one) ? [new URL(one)] : []),
    )
    const prefixes = bases.map((one) => one.pathname.replace(/\/+$/, ''))
    const within = prefixes.flatMap((prefix) => contract.basePaths.map((base) => prefix + base))
    const router: Router = routerOf(contract.operations, [
      ...prefixes,
      ...within,
      ...contract.basePaths,
      `/${name}`,
    ])
    return [{ origins: new Set(bases.map((one) => one.origin)), router }]
  })
  return (method, url) => {
    const [likely, others] = [true, false].map((is) =>
      finders.filter(({ origins }) => origins.has(url.origin) === is),
    )
    for (const { router } of [...likely!, ...others!]) {
      const found = router.match(method, url.pathname, url.search.slice(1))
      if (found.kind !== 'found') continue
      const { operation, pathParameters } = found
      // HEAD is answered by GET's operation, but not with its body.
      if (operation.method === method) return { operation, pathParameters }
    }
    return undefined
  }
}
