import { generalPath } from './general-path.ts'
import type { ObservedCall, Observation } from './observation.ts'

/** One visit of a screen, with what happened on it. */
export interface Visit {
  readonly walk: string
  readonly path: string
  readonly at: number
  readonly via: 'load' | 'move'
  /** People did not come here from the visit before it in the list. */
  readonly apart: boolean
  times: number
  readonly calls: ObservedCall[]
  readonly reads: Extract<Observation, { kind: 'reads' }>[]
  title: string
  heading: string
}

/** Visits in the order of time; what was undone is not among them. */
export function visitsIn(observations: readonly Observation[]): readonly Visit[] {
  const visits: Visit[] = []
  let walk = ''
  let begins = false
  for (const one of observations) {
    const here = visits.at(-1)
    switch (one.kind) {
      case 'journey':
        walk = one.title
        begins = true
        break
      case 'screen':
        // The same screen again, loaded afresh or not, is the same visit.
        if (here?.path === one.path && here.walk === walk && one.apart !== true && !begins) break
        visits.push({
          walk,
          path: one.path,
          at: one.at,
          via: one.via,
          apart: one.apart === true || begins,
          times: one.times ?? 1,
          calls: [],
          reads: [],
          title: '',
          heading: '',
        })
        begins = false
        break
      case 'named':
        if (here !== undefined) Object.assign(here, { title: one.title, heading: one.heading })
        break
      case 'call':
        ;(visits.findLast((visit) => visit.path === one.on) ?? here)?.calls.push(one)
        break
      case 'reads':
        here?.reads.push(one)
        break
      case 'undo':
        visits.pop()
        break
      case 'links':
      case 'edit':
        break
    }
  }
  return visits
}

/** The route pattern of a page's address: `/orders/CM-2041` -> `/orders/:orderId`. */
export function routeOf(path: string, idOf: IdOf): string {
  return generalPath(path, idOf).replace(/\{([^}]+)\}/g, ':$1')
}

/** The name of an id: `productId`; `''` where it is only called `id`; `undefined` where it is none. */
export type IdOf = (segment: string) => string | undefined

/** How often each walk was begun, by its name; what it is called `''` for the one that nobody began. */
export function walksIn(observations: readonly Observation[]): ReadonlyMap<string, number> {
  const walks = new Map<string, number>()
  for (const one of observations)
    if (one.kind === 'journey') walks.set(one.title, (walks.get(one.title) ?? 0) + (one.times ?? 1))
  return walks
}

/** Values that answers have as ids, keys and codes: where they stand in a path, there is a parameter. */
export function idsIn(calls: readonly ObservedCall[]): IdOf {
  const ids = idBook()
  for (const one of calls) ids.learn(one)
  return ids.idOf
}

/** Ids as they are learned, call by call. */
export function idBook(): {
  readonly learn: (call: Pick<ObservedCall, 'body' | 'sent' | 'ids'>) => void
  readonly idOf: IdOf
} {
  const found = new Map<string, string>()
  const look = (value: unknown, key: string, depth: number): void => {
    if (depth > 12 || found.size > 50_000) return
    if (typeof value === 'string') {
      if (!ID_NAME.test(key) || value.length < 2 || value.length > 100) return
      if (!found.has(value) || found.get(value) === '')
        found.set(value, /[a-z]Id$/.test(key) ? key : '')
    } else if (Array.isArray(value)) {
      for (const one of value.slice(0, 200)) look(one, key, depth + 1)
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) look(one, name, depth + 1)
    }
  }
  return {
    learn({ body, sent, ids }) {
      look(body, '', 0)
      look(sent, '', 0)
      for (const [value, name] of Object.entries(ids ?? {}))
        if ((found.get(value) ?? '') === '') found.set(value, name)
    },
    idOf(segment) {
      try {
        return found.get(decodeURIComponent(segment))
      } catch {
        return undefined
      }
    },
  }
}

const ID_NAME = /^(id|_id|slug|uuid|handle|sku|number)$|[a-z]I[dD]s?$|_ids?$|Number$/
