import type { MockRequest } from './mock-request.ts'
import type { Scenario } from './scenario.ts'
import { sessionOf } from './session.ts'

/** How often each session has called what, so that sequences go on where they were. */
export interface SessionCounts {
  /** Of a scenario, as the session of a request plays it. */
  readonly of: (scenario: Scenario, request: MockRequest) => Map<string, number>
  readonly at: (key: string) => Map<string, number>
  /** Sequences begin anew: of one session; of all where none is named. */
  readonly forget: (session?: string) => void
}

/** Counts of at most so many sessions; the oldest go first. */
export function sessionCounts(most = 1000): SessionCounts {
  const sessions = new Map<string, Map<string, number>>()
  const at = (key: string): Map<string, number> => {
    let counts = sessions.get(key)
    if (counts === undefined) {
      if (sessions.size >= most) sessions.delete(sessions.keys().next().value!)
      sessions.set(key, (counts = new Map()))
    }
    return counts
  }
  return {
    of: (scenario, request) => at(`${scenario.name} ${sessionOf(request)}`),
    at,
    forget(session) {
      if (session === undefined) sessions.clear()
      else for (const key of sessions.keys()) if (key.endsWith(` ${session}`)) sessions.delete(key)
    },
  }
}
