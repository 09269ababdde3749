import type { ApiNode, Graph } from '../2-link/graph.ts'
import type { Operation } from '../operation/operation.ts'
import type { TryTarget } from './reference.ts'

/**
 * Where an operation can be tried: the mock, the environments of `throughline.yaml`, the servers of its contract. Only
 * absolute http and https addresses without credentials; nothing else may ever be sent to.
 */
export function tryTargets(
  graph: Graph,
  operation: Operation,
  mockUrl: string,
): readonly TryTarget[] {
  const api = graph.apis.find((one) => one.name === operation.api)
  const graphql = operation.protocol === 'graphql'
  const mock = `${mockUrl.replace(/\/+$/, '')}/${encodeURIComponent(operation.api.toWellFormed())}`
  return [
    { target: 'mock', label: 'Mock', kind: 'mock', base: graphql ? `${mock}/graphql` : mock },
    ...(api === undefined ? [] : [...environmentsOf(api), ...serversOf(api)]),
  ]
}

function* environmentsOf({ environments }: ApiNode): Generator<TryTarget> {
  for (const [name, address] of environments) {
    const base = baseOf(address)
    // `mock` is the mock, whatever else is called so.
    if (base !== undefined && name !== 'mock')
      yield { target: name, label: name, kind: 'environment', base }
  }
}

function* serversOf({ contract, environments }: ApiNode): Generator<TryTarget> {
  const named = new Set([...environments.values()].map(baseOf))
  for (const address of contract?.servers.slice(0, mostServers) ?? []) {
    const base = baseOf(address)
    if (base === undefined || named.has(base)) continue
    named.add(base)
    yield { target: base, label: new URL(base).host, kind: 'server', base }
  }
}

const mostServers = 20

/** An address as requests are made from it: normal form, no query, no slash at its end. `undefined` for what is none. */
function baseOf(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const url = new URL(address)
  const authority = /^https?:\/\/([^/?#\\]*)/i.exec(address)?.[1] ?? ''
  // `http://store.example@evil.example` leads to evil.example, `http://2130706433` to this machine: written to be misread.
  if (
    authority.includes('@') ||
    (/^[\d.]+$/.test(url.hostname) && !`${authority}:`.startsWith(`${url.hostname}:`))
  )
    return undefined
  url.search = ''
  url.hash = ''
  return url.href.replace(/\/+$/, '')
}
