import type { Graph, NodeId } from '../2-link/graph.ts'
import { isMember } from '../2-link/members.ts'
import { ownerOf } from '../2-link/owner-of.ts'
import type { Waiting } from './decision-board.ts'
import { threadLine } from './thread-view.ts'
import type { Thread } from './thread.ts'
import { touched } from './touched.ts'

/** Whose turn is asked about: one team, all of a role, or those that a person belongs to. */
export interface WaitingFor {
  readonly person?: string | undefined
  readonly team?: string | undefined
  readonly role?: string | undefined
}

/** What waits for somebody: what they must sign, may apply and could answer, the longest waiting first. */
export function waitingFor(
  graph: Graph,
  threads: readonly Thread[],
  { person, team, role }: WaitingFor,
): Waiting {
  const all = graph.declarations.workspace.teams
  const isWanted = (one: (typeof all)[number]): boolean =>
    team !== undefined
      ? one.id === team
      : role !== undefined
        ? one.role === role
        : person !== undefined && one.members.length > 0 && isMember(one, person)
  const teams = all.filter(isWanted).map((one) => one.id)
  const isMine = (name: string | undefined): boolean => name !== undefined && teams.includes(name)
  const oldestFirst = threads.toSorted((a, b) => (a.changedAt < b.changedAt ? -1 : 1))
  const lines = (wanted: (thread: Thread) => boolean): Waiting['toSign'] =>
    oldestFirst.filter(wanted).map((thread) => threadLine(graph, thread))
  return {
    ...(person !== undefined && { person }),
    teams,
    toSign: lines(({ state, waitsFor }) => state === 'open' && waitsFor.some(isMine)),
    toApply: lines(
      ({ state, signOffs }) => state === 'approved' && signOffs.some((one) => isMine(one.team)),
    ),
    toAnswer: lines(
      (thread) =>
        thread.kind === 'discussion' &&
        thread.state === 'open' &&
        ownersOf(graph, thread).some(isMine),
    ),
  }
}

/** Whose the things are that a thread of comments is about. */
function ownersOf(graph: Graph, { on }: Thread): readonly (string | undefined)[] {
  const { steps, operations } = touched(graph, { on, files: [], after: undefined })
  const own = [...operations.map((name) => `op:${name}`), ...on]
  return [...steps.map((one) => one.owner), ...own.map((id) => ownerOf(graph, id as NodeId))]
}
