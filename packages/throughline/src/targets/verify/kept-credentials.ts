import type { Graph, MonitorDeclaration } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import type { Case } from './case.ts'
import { environmentIdentities, type DoorOptions } from './environment-identities.ts'
import type { Exchange } from './exchange.ts'
import type { HeaderList } from './identities.ts'

/** Milliseconds after which credentials are fetched anew: tokens end, and a monitor goes on. */
const freshFor = 300_000

/**
 * The credentials of a monitor, for each case, fetched anew every five minutes. A monitor with headers of its own that let in needs
 * none. Where none can be had, the case is not sent, and its outcome says why: that is an incident like any other.
 */
export function keptCredentials(
  graph: Graph,
  { environment, headers }: Pick<MonitorDeclaration, 'environment' | 'headers'>,
  { now, ...door }: DoorOptions & { readonly now: () => number },
): (one: Case) => Promise<{ readonly credentials?: HeaderList } | Exchange> {
  const isLetIn = headers.some(([name]) => /^(authorization|cookie)$/i.test(name))
  let kept: { readonly at: number; readonly headers: Promise<HeaderList> } | undefined
  return async (one) => {
    if (isLetIn) return {}
    if (kept === undefined || now() - kept.at > freshFor)
      kept = {
        at: now(),
        headers: environmentIdentities(graph, environment, door).then(({ valid = [] }) => valid),
      }
    try {
      const credentials = await kept.headers
      return credentials.length === 0 ? {} : { credentials }
    } catch (error) {
      kept = undefined
      if (!(error instanceof CannotRun)) throw error
      return {
        case: one,
        url: one.request.path,
        sent: [],
        at: now(),
        ms: 0,
        outcome: { kind: 'failed', why: 'refused', message: error.message },
      }
    }
  }
}
