import { nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { conditionsOf } from '../3-check/conditions.ts'
import type { ProposedChange, ThreadLine } from './decision-board.ts'
import { changesTo, threadLine } from './thread-view.ts'
import type { Thread } from './thread.ts'
import { stepOf } from './touched.ts'

/** What a team should talk about when it meets: what is open, what waits and for whom, what has changed. */
export interface Agenda {
  readonly name: string
  /** Fields that screens need and no contract returns. */
  readonly gaps: readonly {
    readonly need: string
    readonly label: string
    readonly step: string
    readonly screen?: string
    readonly owner?: string
    readonly why?: string
    /** The thread that proposes it, if one does. */
    readonly proposal?: string
  }[]
  /** Situations for which nobody has said what people see. */
  readonly undecided: readonly {
    readonly step: string
    readonly screen?: string
    readonly owner?: string
    readonly conditions: readonly string[]
  }[]
  /** Open proposals by the team that must sign them. */
  readonly waiting: readonly { readonly team: string; readonly threads: readonly ThreadLine[] }[]
  /** Proposals that nobody must sign, and nobody has approved. */
  readonly unowned: readonly ThreadLine[]
  /** Approved, and not yet written into the contracts. */
  readonly approved: readonly ThreadLine[]
  readonly discussions: readonly ThreadLine[]
  /** What differs from an earlier state; none where nobody named one. */
  readonly since?: {
    readonly name: string
    readonly changes: readonly ProposedChange[]
    /** Threads that ended since. */
    readonly ended: readonly ThreadLine[]
  }
}

export interface AgendaOptions {
  readonly since?: { readonly name: string; readonly graph: Graph; readonly at: Date }
}

/** The agenda of a workspace, from its graph and its threads. */
export function agendaOf(
  graph: Graph,
  threads: readonly Thread[],
  { since }: AgendaOptions = {},
): Agenda {
  const open = threads.filter((one) => one.state === 'open')
  const proposals = open.filter((one) => one.kind === 'proposal')
  const line = (thread: Thread): ThreadLine => threadLine(graph, thread)
  const teams = [...new Set(proposals.flatMap((one) => one.waitsFor))].toSorted()
  return {
    name: graph.name,
    gaps: gapsOf(graph, threads),
    undecided: undecidedOf(graph),
    waiting: teams.map((team) => ({
      team,
      threads: proposals.filter((one) => one.waitsFor.includes(team)).map(line),
    })),
    unowned: proposals.filter((one) => one.signOffs.length === 0).map(line),
    approved: threads.filter((one) => one.state === 'approved').map(line),
    discussions: open.filter((one) => one.kind === 'discussion').map(line),
    ...(since !== undefined && {
      since: {
        name: since.name,
        changes: changesTo(since.graph, graph),
        ended: threads
          .filter(
            (one) =>
              one.state !== 'open' &&
              one.state !== 'approved' &&
              Date.parse(one.changedAt) >= since.at.getTime(),
          )
          .map(line),
      },
    }),
  }
}

function gapsOf(graph: Graph, threads: readonly Thread[]): Agenda['gaps'] {
  return [...nodesOfKind(graph, 'need')].flatMap((need) => {
    const step = stepOf(graph, need.id)
    if (need.field !== undefined || step === undefined) return []
    const proposal = threads.find(
      (one) => (one.state === 'open' || one.state === 'approved') && one.on.includes(need.id),
    )
    const owner = nodeOf(graph, 'journey', step.journey)?.owner
    return [
      {
        need: need.id,
        label: need.label,
        step: step.name,
        ...(step.screen !== undefined && { screen: step.screen }),
        ...(owner !== undefined && { owner }),
        ...(need.why !== undefined && { why: need.why }),
        ...(proposal !== undefined && { proposal: proposal.id }),
      },
    ]
  })
}

function undecidedOf(graph: Graph): Agenda['undecided'] {
  return [...nodesOfKind(graph, 'step')].flatMap((step) => {
    const open = conditionsOf(graph, step).filter(
      (one) => one.designed === undefined && one.inherited === undefined,
    )
    if (open.length === 0) return []
    const owner = nodeOf(graph, 'journey', step.journey)?.owner
    return [
      {
        step: step.name,
        conditions: [...new Set(open.map((one) => one.condition))],
        ...(step.screen !== undefined && { screen: step.screen }),
        ...(owner !== undefined && { owner }),
      },
    ]
  })
}
