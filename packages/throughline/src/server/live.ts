import { located } from '@throughline/core'
import type { Compilation, Diagnostic, Graph, Situation, StudioEvent } from '@throughline/core'

/** A workspace that follows the disk: always a linked graph, and what is wrong with the files right now. */
export interface LiveWorkspace {
  /** The newest compilation, or the last good one while a file is too broken to read. */
  readonly current: Compilation
  /** Grows with each change that linked. */
  readonly version: number
  /** While a saved file cannot be read: since when, and what is wrong with it. */
  readonly broken: { readonly since: Date; readonly diagnostics: readonly Diagnostic[] } | undefined
  /** Reads and links again; tells subscribers what came of it. */
  refresh(): void
  /** Tells subscribers what the mock plays now. */
  announce(situation: Situation | null): void
  /** Tells subscribers, a while later, that there is new evidence; what comes in between is told with it. */
  seen(): void
  /** Events after `after` that are still remembered come first. Returns how to stop. */
  subscribe(listener: (event: NumberedEvent) => void, after?: number): () => void
}

interface NumberedEvent {
  readonly id: number
  readonly event: StudioEvent
}

/** Milliseconds until pages hear of new evidence: as long as a report is kept, so that asking again tells something new. */
export const seenAfter = 5000

/** How many events are remembered for a page that comes back after a lost connection. */
const remembered = 256

interface LiveOptions {
  readonly now?: () => Date
  /** Findings that take longer than a save may, such as lint: they join the compilation's own when they come. */
  readonly later?: (graph: Graph) => Promise<readonly Diagnostic[]>
}

/** `compile` gives the newest compilation each time it is called, cheaply where nothing changed. */
export function liveWorkspace(
  compile: () => Compilation,
  { now = () => new Date(), later }: LiveOptions = {},
): LiveWorkspace {
  const listeners = new Set<(event: NumberedEvent) => void>()
  const history: NumberedEvent[] = []
  let late: readonly Diagnostic[] = []
  let compiled = compile()
  let current = compiled
  let unreadable = unreadableFiles(current)
  let version = 1
  let broken: LiveWorkspace['broken']
  let telling: NodeJS.Timeout | undefined
  // Ids grow over restarts too, so that a page left open over night never takes an old event for a new one.
  let lastId = now().getTime() * 1000

  if (unreadable.size > 0)
    broken = { since: now(), diagnostics: current.graph.diagnostics.filter(isUnreadable) }
  void lookAgain()

  /** What comes late for an older graph is left out; until something comes, what was found before stands. */
  async function lookAgain(): Promise<void> {
    if (later === undefined) return
    const asked = compiled
    const found = await later(asked.graph).catch(() => late) // what a save needs never waits for it
    if (asked !== compiled || JSON.stringify(located(found)) === JSON.stringify(located(late)))
      return
    late = found
    current = withLate(compiled, late)
    version += 1
    tell({ kind: 'graph', version })
  }

  function tell(event: StudioEvent): void {
    const numbered = { id: ++lastId, event }
    history.push(numbered)
    if (history.length > remembered) history.shift()
    for (const listener of listeners) listener(numbered)
  }

  return {
    get current() {
      return current
    },
    get version() {
      return version
    },
    get broken() {
      return broken
    },
    refresh() {
      const next = compile()
      const files = unreadableFiles(next)
      const newlyBroken = [...files].some((file) => !unreadable.has(file))
      if (newlyBroken) {
        broken = {
          since: broken?.since ?? now(),
          diagnostics: next.graph.diagnostics.filter(isUnreadable),
        }
        tell({ kind: 'broken', diagnostics: broken.diagnostics.length })
        return
      }
      compiled = next
      current = withLate(compiled, late)
      unreadable = files
      broken =
        files.size > 0
          ? {
              since: broken?.since ?? now(),
              diagnostics: next.graph.diagnostics.filter(isUnreadable),
            }
          : undefined
      version += 1
      tell({ kind: 'graph', version })
      void lookAgain()
    },
    announce(situation) {
      tell({ kind: 'situation', situation })
    },
    seen() {
      telling ??= setTimeout(() => {
        telling = undefined
        lastId += 1
        for (const listener of listeners) listener({ id: lastId, event: { kind: 'evidence' } })
      }, seenAfter).unref()
    },
    subscribe(listener, after) {
      if (after !== undefined) for (const past of history) if (past.id > after) listener(past)
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function withLate(compiled: Compilation, late: readonly Diagnostic[]): Compilation {
  if (late.length === 0) return compiled
  let diagnostics: readonly Diagnostic[] | undefined
  return {
    graph: compiled.graph,
    get diagnostics() {
      return (diagnostics ??= [...compiled.diagnostics, ...late])
    },
  }
}

/** A file that could not be read as a whole: its graph would have holes that nobody meant. */
function isUnreadable(diagnostic: Diagnostic): boolean {
  return (
    diagnostic.code === 'TL1001' || diagnostic.code === 'TL1003' || diagnostic.code === 'TL1007'
  )
}

function unreadableFiles(compilation: Compilation): ReadonlySet<string> {
  return new Set(
    compilation.graph.diagnostics.filter(isUnreadable).map((one) => one.origin.source.file.path),
  )
}
