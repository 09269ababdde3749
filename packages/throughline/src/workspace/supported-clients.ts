import { compile, type Graph, type SupportedClient } from '@throughline/core'
import { CannotRun } from '../cannot-run.ts'
import { openRevision, type RevisionOf } from './revision.ts'

/** The released apps that still count, as their journeys were. `told` gets one line for each that cannot be read. */
export function supportedClients(
  workspace: RevisionOf | undefined,
  graph: Graph,
  now: Date,
  told: (line: string) => void,
): readonly SupportedClient[] {
  if (workspace === undefined || workspace.contracts !== undefined) return []
  const today = now.toISOString().slice(0, 10)
  return graph.declarations.workspace.clients.flatMap(({ name, revision, supportedUntil }) => {
    if (supportedUntil !== undefined && today > supportedUntil.slice(0, 10)) return []
    try {
      const files = openRevision(workspace, revision)
      const client = { name, graph: compile(files, {}).graph }
      return [{ ...client, ...(supportedUntil !== undefined && { supportedUntil }) }]
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error
      told(`The journeys of ${name} are left out: ${error.message}`)
      return []
    }
  })
}
