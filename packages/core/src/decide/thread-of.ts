import type { DecisionEntry, SignOffDeclaration } from '../1-parse/declarations.ts'
import { voicesOn, type EntryThread } from '../2-link/decision-threads.ts'
import { nameOf, nodeOf } from '../2-link/ask.ts'
import type { Graph, NodeId } from '../2-link/graph.ts'
import { isMember } from '../2-link/members.ts'
import { ownerOf } from '../2-link/owner-of.ts'
import { touched, type Proposed } from './touched.ts'
import type { SignOff, Thread, ThreadEntry, ThreadState, Touches } from './thread.ts'

/** What would come of a proposal: worked out by whoever can read and edit the files. */
export type Outlook = Omit<Proposed, 'on'> & {
  /** Why it can't be applied. */
  readonly problem?: string
}

/** A thread with its state: who must sign, who has, and what it touches. `outlook` is needed for proposals only. */
export function threadOf(graph: Graph, thread: EntryThread, outlook?: Outlook): Thread {
  const { id, entries, proposal, supersededBy } = thread
  const first = entries[0]!
  const on = [
    ...new Set(
      proposal?.declaration.on ??
        entries.flatMap((entry) => (entry.kind === 'comment' ? entry.on : [])),
    ),
  ]
  const files = outlook?.files ?? []
  const touches = touched(graph, { on, files, after: outlook?.after })
  const signOffs =
    proposal === undefined ? [] : signOffsOf(graph, thread, proposal.revision, touches)
  const state = stateOf(thread, signOffs)
  return {
    id,
    kind: proposal === undefined ? 'discussion' : 'proposal',
    state,
    title: proposal?.declaration.title ?? titleOf(entries),
    ...(proposal?.declaration.why !== undefined && { why: proposal.declaration.why }),
    on,
    opened: { by: first.by, at: first.at },
    changedAt: entries.at(-1)!.at,
    entries: entries.map((entry) => entryOf(entry, thread)),
    ...(proposal !== undefined && {
      proposal: {
        revision: proposal.revision,
        versions: proposal.versions,
        overlays: proposal.declaration.overlays,
        edits: proposal.declaration.edits.map((one) => one.value),
        ...(outlook?.problem !== undefined && { problem: outlook.problem }),
      },
    }),
    signOffs,
    waitsFor:
      state === 'open'
        ? signOffs.filter((one) => one.status !== 'approved').map((one) => one.team)
        : [],
    touches,
    ...(supersededBy !== undefined && { supersededBy }),
  }
}

function stateOf(thread: EntryThread, signOffs: readonly SignOff[]): ThreadState {
  if (thread.ended !== undefined) return thread.ended
  if (thread.supersededBy !== undefined) return 'superseded'
  const { proposal } = thread
  if (proposal === undefined) return 'open'
  const isApproved =
    signOffs.length > 0
      ? signOffs.every((one) => one.status === 'approved')
      : thread.entries.some(
          (entry) =>
            entry.kind === 'decision' &&
            entry.decision === 'approved' &&
            entry.revision === proposal.revision,
        )
  return isApproved ? 'approved' : 'open'
}

/** The owners of the APIs that change, and of the journeys whose steps are touched. */
function signOffsOf(
  graph: Graph,
  thread: EntryThread,
  revision: string,
  { apis, operations, steps }: Touches,
): readonly SignOff[] {
  const because = new Map<string, Set<string>>()
  const need = (team: string | undefined, why: string): void => {
    if (team === undefined || !graph.nodes.has(`team:${team}`)) return
    const reasons = because.get(team) ?? new Set<string>()
    reasons.add(why)
    because.set(team, reasons)
  }
  for (const api of graph.apis) if (apis.includes(api.name)) need(api.owner, api.name)
  for (const name of operations) {
    const node = nodeOf(graph, 'operation', `op:${name}`)
    // Only where somebody else than the owner of the API has the operation.
    if (node === undefined || !apis.includes(node.api)) continue
    const owner = ownerOf(graph, node.id)
    if (owner !== ownerOf(graph, `api:${node.api}`)) need(owner, name)
  }
  for (const id of thread.proposal?.declaration.on ?? []) {
    const field = nodeOf(graph, 'field', id as NodeId)
    const owner = field && ownerOf(graph, field.id)
    if (field !== undefined && owner !== ownerOf(graph, field.operation))
      need(owner, nameOf(field.id))
  }
  for (const { owner, step } of steps) need(owner, step)
  const voices = voicesOn(thread, revision)
  return [...because].map(([team, reasons]) => {
    const declaration = graph.declarations.workspace.teams.find((one) => one.id === team)!
    const own = (voices.get(team) ?? []).filter(({ by }) => isMember(declaration, by))
    return {
      team,
      ...(declaration.role !== undefined && { role: declaration.role }),
      because: [...reasons],
      ...voiceOf(own, thread, team),
    }
  })
}

function voiceOf(
  voices: readonly SignOffDeclaration[],
  { entries }: EntryThread,
  team: string,
): Pick<SignOff, 'status' | 'by' | 'at' | 'text'> {
  const told = ({ by, at, text }: SignOffDeclaration): Pick<SignOff, 'by' | 'at' | 'text'> => ({
    by,
    at,
    ...(text !== undefined && { text }),
  })
  const objection = voices.findLast((one) => one.says === 'object')
  if (objection !== undefined) return { status: 'objected', ...told(objection) }
  const approval = voices.at(-1)
  if (approval !== undefined) return { status: 'approved', ...told(approval) }
  const earlier = entries.findLast((one) => one.kind === 'sign-off' && one.team === team)
  return earlier?.kind === 'sign-off'
    ? { status: 'stale', ...told(earlier) }
    : { status: 'waiting' }
}

function entryOf(entry: DecisionEntry, { proposal, entries }: EntryThread): ThreadEntry {
  const { kind, by, at, site } = entry
  const head = { kind, file: site.document.file.path, by, at }
  const said = (text: string | undefined): { readonly text?: string } =>
    text === undefined ? {} : { text }
  switch (entry.kind) {
    case 'proposal':
      return {
        ...head,
        ...said(entry.why),
        ...(entry !== proposal?.declaration && { stale: true }),
      }
    case 'comment':
      return { ...head, ...said(entry.text), ...(entry.on.length > 0 && { on: entry.on }) }
    case 'sign-off': {
      const isStale = entry.revision !== proposal?.revision || isOverruled(entry, entries)
      return {
        ...head,
        ...said(entry.text),
        team: entry.team,
        says: entry.says,
        revision: entry.revision,
        ...(isStale && { stale: true }),
      }
    }
    case 'decision':
      return {
        ...head,
        ...said(entry.reason),
        decision: entry.decision,
        ...(entry.revision !== undefined && { revision: entry.revision }),
      }
  }
}

/** The same person said something else later. */
function isOverruled(entry: SignOffDeclaration, entries: readonly DecisionEntry[]): boolean {
  return entries
    .slice(entries.indexOf(entry) + 1)
    .some((one) => one.kind === 'sign-off' && one.team === entry.team && one.by === entry.by)
}

/** The first words of a thread of comments. */
function titleOf(entries: readonly DecisionEntry[]): string {
  const comment = entries.find((entry) => entry.kind === 'comment')
  const [line = ''] = comment?.text.trim().split('\n') ?? []
  return line.length > 80 ? `${line.slice(0, 77)}...` : line
}
