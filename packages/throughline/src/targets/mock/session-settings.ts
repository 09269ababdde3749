/** What was set for single sessions from outside: by a test, or by the studio. */
export interface SessionSettings {
  /** The scenario that is played for a session; `''` for none, whatever is played for everybody. */
  readonly scenarioOf: (session: string) => string | undefined
  readonly datasetOf: (session: string) => string | undefined
  /** Whether nothing is set for anybody: asked for each request. */
  readonly isEmpty: () => boolean
  /** `undefined` forgets what was set. */
  readonly set: (session: string, what: 'scenario' | 'dataset', name: string | undefined) => void
  /** Of one session; of all where none is named. */
  readonly forget: (session?: string) => void
}

/** Settings of at most so many sessions; those set longest ago go first. */
export function sessionSettings(most = 1000): SessionSettings {
  const kept = new Map<string, { readonly scenario?: string; readonly dataset?: string }>()
  return {
    scenarioOf: (session) => kept.get(session)?.scenario,
    datasetOf: (session) => kept.get(session)?.dataset,
    isEmpty: () => kept.size === 0,
    set(session, what, name) {
      const { [what]: _, ...others } = kept.get(session) ?? {}
      kept.delete(session)
      const next = name === undefined ? others : { ...others, [what]: name }
      if (Object.keys(next).length === 0) return
      if (kept.size >= most) kept.delete(kept.keys().next().value!)
      kept.set(session, next)
    },
    forget(session) {
      if (session === undefined) kept.clear()
      else kept.delete(session)
    },
  }
}
