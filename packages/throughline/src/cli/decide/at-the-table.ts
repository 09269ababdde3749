import type { Graph } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { compiled } from '../../workspace/compiled.ts'
import { decisionsOf, type Decided, type Decisions } from '../../workspace/decisions/decisions.ts'
import { gitPerson } from '../../workspace/decisions/person.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'
import type { Io } from '../io.ts'

/** Options of every command that decides something. */
export const decidingArgs = {
  dir: {
    type: 'string',
    valueHint: 'DIR',
    description: 'The workspace, if not the one around here',
  },
  as: {
    type: 'string',
    valueHint: 'PERSON',
    description: "Who says it: 'Ada Lovelace <ada@example.com>'. Else whom git knows",
  },
  commit: { type: 'boolean', description: 'Commit exactly what was written, in that name' },
} as const

interface DecidingArgs {
  readonly dir?: string | undefined
  readonly as?: string | undefined
  readonly commit?: boolean | undefined
}

/** A workspace with somebody who decides in it. */
export interface Table {
  readonly workspace: Workspace
  readonly graph: () => Graph
  readonly decisions: Decisions
  /** Throws `CannotRun` (TL9003) where nobody is known. */
  readonly person: () => string
}

/** Opens the workspace that a command decides in. Throws `CannotRun` (TL9001) where there is none. */
export function atTheTable(args: DecidingArgs, io: Io): Table {
  const workspace = openWorkspace(args.dir === undefined ? [] : [args.dir], io.cwd)
  let { graph } = compiled(workspace)
  return {
    workspace,
    graph: () => graph,
    decisions: decisionsOf({
      workspace,
      graph: () => graph,
      follow() {
        if (workspace.refresh().length > 0) ({ graph } = compiled(workspace))
      },
      commit: args.commit === true,
    }),
    person() {
      const person = args.as ?? gitPerson(workspace.root)
      if (person !== undefined && person.trim() !== '') return person.trim()
      throw new CannotRun(
        'TL9003',
        "Nobody is named. Say who you are (--as 'Ada Lovelace <ada@example.com>'), or tell git: git config user.name.",
      )
    },
  }
}

/** What was done; throws `CannotRun` (TL9003) with the reason where it was refused. */
export function doneOr(outcome: Decided): Extract<Decided, { kind: 'done' }> {
  if (outcome.kind === 'done') return outcome
  throw new CannotRun('TL9003', `${outcome.title}. ${outcome.detail}`)
}
