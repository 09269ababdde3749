import { nodesOfKind, nameOf } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import type { AuditReport } from '../../targets/audit/audit.ts'
import { compiled } from '../../workspace/compiled.ts'
import { editorOf } from '../../workspace/edit/editor.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { many } from '../output/text.ts'
import { journeyOf, statesSeen } from './states-seen.ts'

/** Most edits that are done at once. */
const mostEdits = 100

/**
 * Writes what people are told into the workspace: states into the steps that are there, and a journey for screens that no journey
 * has. Comments and order stay. Returns what it did, in words; throws `CannotRun` (TL9003) where nothing can be written.
 */
export function writeStates(workspace: Workspace, report: AuditReport): string {
  let { graph } = compiled(workspace)
  const editor = editorOf({
    workspace,
    graph: () => graph,
    follow: () => {
      if (workspace.refresh().length > 0) ({ graph } = compiled(workspace))
    },
  })
  const operations = new Set([...nodesOfKind(graph, 'operation')].map(({ id }) => nameOf(id)))
  const journeys = new Set([...nodesOfKind(graph, 'journey')].map(({ id }) => nameOf(id)))
  let id = 'audited'
  for (let number = 2; journeys.has(id); number++) id = `audited-${number}`
  const edits = [
    ...statesSeen(report.cells),
    ...journeyOf(report.screens, report.cells, (name) => operations.has(name), id),
  ]
  const files = new Set<string>()
  for (let from = 0; from < edits.length; from += mostEdits) {
    const base = Object.fromEntries(
      editor.files().map(({ path }) => [path, editor.file(path)?.hash ?? '']),
    )
    const outcome = editor.edit({ edits: edits.slice(from, from + mostEdits), base })
    if (outcome.kind === 'refused')
      throw new CannotRun('TL9003', `Nothing is written: ${outcome.title}. ${outcome.detail}`)
    for (const { path } of outcome.files) files.add(path)
  }
  const states = edits.filter(({ kind }) => kind === 'set-state').length
  return states === 0
    ? 'There is no state to write: journeys say all that people are told, or no call is known by a contract.'
    : `Wrote ${many(states, 'state')} into ${[...files].join(', ')}`
}
