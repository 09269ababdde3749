import type {
  Declarations,
  DecisionEntry,
  ProposalDeclaration,
  SignOffDeclaration,
} from '../1-parse/declarations.ts'
import { fingerprintOf } from '../schema/fingerprint.ts'

/** The files of one folder in `decisions/`, replayed in the order of their moments. */
export interface EntryThread {
  readonly id: string
  /** Oldest first; where two were written in the same moment, by the names of their files. */
  readonly entries: readonly DecisionEntry[]
  /** The newest version of what is proposed; none in a thread of comments. */
  readonly proposal?: {
    readonly declaration: ProposalDeclaration
    /** Names what it changes: a sign-off is for one revision. */
    readonly revision: string
    /** How many versions there were. */
    readonly versions: number
  }
  /** How it ended, if it did: a later version, comment or `reopened` begins it anew. */
  readonly ended?: 'applied' | 'declined' | 'resolved'
  /** The thread whose proposal takes the place of this one. */
  readonly supersededBy?: string
}

const remembered = new WeakMap<readonly DecisionEntry[], readonly EntryThread[]>()

/** The threads of a workspace, each folder one. Pure replay: the same files give the same threads, in whatever order they came. */
export function threadsIn({ decisions }: Pick<Declarations, 'decisions'>): readonly EntryThread[] {
  let threads = remembered.get(decisions)
  if (threads === undefined) remembered.set(decisions, (threads = replayed(decisions)))
  return threads
}

/** What a proposal would do, as a short name: a new title or reason leaves sign-offs valid. */
export function revisionOf({
  overlays,
  edits,
}: Pick<ProposalDeclaration, 'overlays' | 'edits'>): string {
  return fingerprintOf([
    'proposal',
    overlays.map((one) => [one.extends, one.actions]),
    edits.map((one) => one.value),
  ])
}

/** What each team said last about a revision; two people of a team count as one voice, and an objection outweighs. */
export function voicesOn(
  { entries }: EntryThread,
  revision: string,
): ReadonlyMap<string, readonly SignOffDeclaration[]> {
  const last = new Map<string, Map<string, SignOffDeclaration>>()
  for (const entry of entries) {
    if (entry.kind !== 'sign-off' || entry.revision !== revision) continue
    const ofTeam = last.get(entry.team) ?? new Map<string, SignOffDeclaration>()
    ofTeam.set(entry.by, entry)
    last.set(entry.team, ofTeam)
  }
  return new Map([...last].map(([team, voices]) => [team, [...voices.values()]]))
}

function replayed(decisions: readonly DecisionEntry[]): readonly EntryThread[] {
  const byThread = Map.groupBy(decisions, (entry) => entry.thread)
  const threads = [...byThread].map(([id, entries]) => threadOf(id, entries.toSorted(earlierFirst)))
  const successors = new Map<string, EntryThread>()
  for (const thread of threads.toSorted((a, b) => earlierFirst(a.entries[0]!, b.entries[0]!))) {
    if (thread.proposal === undefined || thread.ended === 'declined') continue
    for (const id of thread.proposal.declaration.supersedes)
      if (id !== thread.id) successors.set(id, thread)
  }
  return threads
    .map((thread): EntryThread => {
      const successor = successors.get(thread.id)
      const isOlder =
        successor !== undefined && earlierFirst(thread.entries[0]!, successor.entries[0]!) < 0
      return isOlder && thread.proposal !== undefined && thread.ended === undefined
        ? { ...thread, supersededBy: successor.id }
        : thread
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function threadOf(id: string, entries: readonly DecisionEntry[]): EntryThread {
  let ended: EntryThread['ended']
  for (const entry of entries) {
    if (entry.kind === 'proposal') ended = undefined
    else if (entry.kind === 'comment' && ended === 'resolved') ended = undefined
    else if (entry.kind === 'decision') ended = endOf(entry.decision, ended)
  }
  const proposals = entries.filter((entry) => entry.kind === 'proposal')
  const declaration = proposals.at(-1)
  return {
    id,
    entries,
    ...(declaration !== undefined && {
      proposal: { declaration, revision: revisionOf(declaration), versions: proposals.length },
    }),
    ...(ended !== undefined && { ended }),
  }
}

function endOf(
  decision: Extract<DecisionEntry, { kind: 'decision' }>['decision'],
  before: EntryThread['ended'],
): EntryThread['ended'] {
  if (decision === 'reopened') return undefined
  return decision === 'approved' ? before : decision
}

function earlierFirst(a: DecisionEntry, b: DecisionEntry): number {
  return Date.parse(a.at) - Date.parse(b.at) || (fileOf(a) < fileOf(b) ? -1 : 1)
}

function fileOf({ site }: DecisionEntry): string {
  return site.document.file.path
}
