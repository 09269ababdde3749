import { createHash } from 'node:crypto'
import type { Params } from './graphql-params.ts'

type Sent = Pick<Params, 'query' | 'hash'>

interface SentQueries {
  /** The text of a query: as it was sent, or as it was sent before with the same hash. */
  queryOf(sent: Sent): string | undefined
  /** Keeps the query for those who will send its hash alone; `false` where it has another hash. */
  isKept(sent: Sent): boolean
}

/** Queries that clients send once with their SHA-256, and then by it alone (Apollo's automatic persisted queries). */
export function sentQueries(): SentQueries {
  const known = new Map<string, string>()
  return {
    queryOf: ({ query, hash }) => query ?? (hash === undefined ? undefined : known.get(hash)),
    isKept({ query, hash }) {
      if (query === undefined || hash === undefined || known.get(hash) === query) return true
      if (createHash('sha256').update(query).digest('hex') !== hash.toLowerCase()) return false
      if (known.size >= MOST) known.clear()
      known.set(hash, query)
      return true
    },
  }
}

const MOST = 500
