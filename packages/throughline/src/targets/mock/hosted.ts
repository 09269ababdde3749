import type { MockRequest } from './mock-request.ts'
import type { ServedApi } from './served-apis.ts'

/**
 * The APIs that stand at the root of the port or the host that a request came to: `store.localhost`, or the host of a
 * contract's `servers`. Of a single API nobody need ask: it is at every root.
 */
export function hostedApis(
  apis: readonly ServedApi[],
  { api, header }: Pick<MockRequest, 'api' | 'header'>,
): readonly ServedApi[] {
  if (apis.length < 2) return apis
  if (api !== undefined) return apis.filter((one) => one.name === api)
  const host = header('host')
  return (host === undefined ? undefined : hostsOf(apis).get(withoutPort(host))) ?? NONE
}

const NONE: readonly ServedApi[] = []

const known = new WeakMap<readonly ServedApi[], ReadonlyMap<string, readonly ServedApi[]>>()

function hostsOf(apis: readonly ServedApi[]): ReadonlyMap<string, readonly ServedApi[]> {
  let hosts = known.get(apis)
  if (hosts === undefined) known.set(apis, (hosts = hostsIn(apis)))
  return hosts
}

function hostsIn(apis: readonly ServedApi[]): ReadonlyMap<string, readonly ServedApi[]> {
  const hosts = new Map<string, ServedApi[]>()
  for (const api of apis) {
    const own = new Set([`${api.name}.localhost`.toLowerCase()])
    for (const server of api.contract.servers)
      if (URL.canParse(server)) own.add(new URL(server).hostname)
    for (const host of own) hosts.set(host, [...(hosts.get(host) ?? []), api])
  }
  // Whoever asks this machine by its name means nobody in particular.
  for (const host of ['localhost', '127.0.0.1', '[::1]']) hosts.delete(host)
  return hosts
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase()
}
