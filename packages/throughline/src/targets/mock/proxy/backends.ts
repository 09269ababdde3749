import type { Operation } from '@throughline/core'
import { USUAL_FALLBACK, fallbackOf } from './fallback.ts'
import type { Fallback } from './fallback.ts'
import { nameOf, routeOf } from './routes.ts'
import type { Answering, Route } from './routes.ts'
import { backendAt } from './send.ts'
import type { Backend } from './send.ts'
import { violationLine, violationsKept } from './violations.ts'
import type { Violations } from './violations.ts'

export interface ProxyOptions {
  /** Address by API: what the paths of its contract are added to; for GraphQL, its endpoint. */
  readonly backends: ReadonlyMap<string, string>
  /** Operations that the mock always answers: `store.createPayment`, `store.*`. */
  readonly mockOnly?: readonly string[]
  /** The only operations that are passed on, whatever their stage. */
  readonly proxyOnly?: readonly string[]
  /** `none`, or a list of statuses, `5xx`, `refused` and `timeout`. */
  readonly fallback?: string
  /** Milliseconds until the head of an answer must be there. */
  readonly timeout?: number
  /** Takes certificates that nobody vouches for. */
  readonly insecure?: boolean
}

/** The real backends behind a mock, and who answers what. */
export interface Backends {
  readonly all: ReadonlyMap<string, Backend>
  readonly violations: Violations
  readonly fallback: Fallback
  routeOf(operation: Operation): Route
  /** Who answers an operation from now on; `undefined`: as the flags and its stage say. */
  set(operation: string, to: Answering | undefined): void
  setFallback(fallback: Fallback): void
  /** How often whom answered, and how often the mock stood in for a backend. */
  readonly counts: Counts
  count(kind: keyof Counts, operation: Operation | undefined, why?: string): void
  /** Hears when something else would answer than before. */
  subscribe(listener: () => void): () => void
  close(): void
}

interface Counts {
  backend: number
  mock: number
  fallback: number
  failed: number
}

/** Backends as the command line names them. `onNotice` hears each new difference from the contract and each new reason to fall back, a line each. */
export function backendsOf(
  { backends, mockOnly, proxyOnly, fallback, timeout = 30_000, insecure = false }: ProxyOptions,
  onNotice: (line: string) => void = () => {},
): Backends {
  const all = new Map<string, Backend>()
  for (const [api, address] of backends)
    all.set(api, backendAt(api, new URL(address), { timeout, insecure }))
  const set = new Map<string, Answering>()
  const listeners = new Set<() => void>()
  const told = new Set<string>()
  const counts: Counts = { backend: 0, mock: 0, fallback: 0, failed: 0 }
  const violations = violationsKept((one) => onNotice(violationLine(one)))
  const routes = {
    apis: new Set(all.keys()),
    set,
    ...(mockOnly !== undefined && { mockOnly }),
    ...(proxyOnly !== undefined && { proxyOnly }),
  }
  const remembered = new WeakMap<Operation, Route>()
  const chosen = fallbackOf(fallback ?? USUAL_FALLBACK)
  let current: Fallback = 'wrong' in chosen ? NO_FALLBACK : chosen
  const changed = (): void => {
    for (const listener of listeners) listener()
  }

  return {
    all,
    violations,
    counts,
    get fallback() {
      return current
    },
    routeOf(operation) {
      if (set.size > 0) return routeOf(operation, routes)
      let route = remembered.get(operation)
      if (route === undefined) remembered.set(operation, (route = routeOf(operation, routes)))
      return route
    },
    set(operation, to) {
      if (to === undefined) set.delete(operation)
      else set.set(operation, to)
      changed()
    },
    setFallback(next) {
      current = next
      changed()
    },
    count(kind, operation, why) {
      counts[kind]++
      if (why === undefined) return
      const line = `${kind === 'fallback' ? 'mocked' : 'failed'}  ${operation === undefined ? '' : `${nameOf(operation)}: `}${why}`
      if (told.has(line) || told.size > MOST_TOLD) return
      told.add(line)
      onNotice(line.replace(/[\r\n]+/g, ' '))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      for (const backend of all.values()) backend.close()
    },
  }
}

const NO_FALLBACK: Fallback = { statuses: new Set(), refused: false, timeout: false }
const MOST_TOLD = 2000

/** The address of a backend, or what is wrong with it: http or https, without credentials, query or fragment. */
export function backendAddress(text: string): URL | { readonly wrong: string } {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    return { wrong: `\`${text.slice(0, 200)}\` is no address: it begins with http:// or https://` }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#\\]*@/i.test(text))
    return {
      wrong:
        'An address of a backend holds no user name or password: send an Authorization header instead',
    }
  if (url.search !== '' || url.hash !== '')
    return {
      wrong: `\`${text.slice(0, 200)}\` has a query or a fragment: paths are added to it, so it ends with a path`,
    }
  return url
}
