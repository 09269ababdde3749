import { posix } from 'node:path'
import {
  filesOfWorkspace,
  isMember,
  slug,
  type Graph,
  type Overlay,
  type ProposalDraft,
  type Thread,
} from '@throughline/core'
import { stringify } from 'yaml'
import { realDisk, type Disk } from '../edit/disk.ts'
import { encodedText } from '../edit/encoded.ts'
import { writeAll, type FileWrite } from '../edit/write-all.ts'
import type { Workspace } from '../workspace.ts'
import { boardOf, type Board } from './board.ts'
import { commitFiles, type Committed } from './commit.ts'
import { entryFile, newThreadId, threadIdOf, type NewEntry } from './entry-file.ts'
import { proposedTexts } from './proposed.ts'
import { readProposal } from './read-proposal.ts'

export interface DecisionsOptions {
  readonly workspace: Workspace
  readonly graph: () => Graph
  /** Looks at the disk again and links anew what is different; called before and after each write. */
  readonly follow: () => void
  readonly readOnly?: boolean
  /** Commits what is written, in the name of who wrote it. */
  readonly commit?: boolean
  readonly disk?: Disk
  readonly now?: () => Date
}

/** What somebody wants to change, without the files it is written in. */
export interface NewProposal {
  readonly title: string
  readonly why?: string
  readonly on?: readonly string[]
  /** For each contract file (of the workspace) what to do to it. */
  readonly overlays?: readonly { readonly file: string; readonly overlay: Overlay }[]
  /** Edits of journeys, as the studio makes them. */
  readonly edits?: readonly unknown[]
  readonly supersedes?: readonly string[]
  /** A thread whose proposal this is a new version of. */
  readonly thread?: string
}

export type Decided =
  | {
      readonly kind: 'done'
      readonly thread: Thread
      /** What was written, of the workspace. */
      readonly files: readonly string[]
      /** Set where commits are wanted. */
      readonly committed?: Committed
    }
  | {
      readonly kind: 'refused'
      readonly status: 400 | 403 | 404 | 409 | 500
      readonly title: string
      readonly detail: string
    }
type Refused = Extract<Decided, { kind: 'refused' }>

/** One finding that somebody accepts for a while. */
interface NewWaiver {
  /** `diff/response-property-removed` */
  readonly rule: string
  readonly fingerprint: string
  readonly reason: string
  /** The day on which it counts again: `2027-01-31`. */
  readonly expires?: string
}

type WaiverWritten =
  | { readonly kind: 'done'; readonly files: readonly string[]; readonly committed?: Committed }
  | Refused

/** What people decide, written into `decisions/`: each word a file of its own, and an approved proposal into the contract. */
export interface Decisions {
  readonly board: Board
  /** A thread of comments on something of the graph, if anybody has said anything. */
  threadOn(node: string): Thread | undefined
  commentOn(node: string, text: string, by: string): Decided
  comment(thread: string, text: string, by: string): Decided
  propose(proposal: NewProposal, by: string): Decided
  /** `revision` is what the person looked at: a newer one is refused. Without a team, whatever team the person speaks for. */
  sign(
    thread: string,
    sign: {
      readonly team?: string
      readonly says: 'approve' | 'object'
      readonly revision?: string
      readonly text?: string
    },
    by: string,
  ): Decided
  end(
    thread: string,
    how: { readonly decision: 'declined' | 'resolved' | 'reopened'; readonly reason?: string },
    by: string,
  ): Decided
  /** Writes an approved proposal into the files it changes. */
  apply(thread: string, by: string): Decided
  /** Accepts one finding; a waiver for the same one is written anew. */
  waive(waiver: NewWaiver, by: string): WaiverWritten
}

export function decisionsOf(options: DecisionsOptions): Decisions {
  const { workspace, graph, follow, readOnly = false, commit = false, disk = realDisk } = options
  const now = options.now ?? ((): Date => new Date())
  const board = (): Board => boardOf(workspace, graph())
  const folder = (): string => filesOfWorkspace(workspace.paths).folder

  function written(
    id: string,
    entry: NewEntry,
    by: string,
    message: string,
    before: readonly Named[] = [],
  ): Decided {
    const file = entryFile(entry, by, moment(id))
    const name = posix.join(folder(), 'decisions', id, file.name)
    const place = disk.place(workspace.absolute(name), workspace.root)
    if ('reason' in place) return refused(403, `${name} can't be written`, place.reason)
    const writes = [
      ...before,
      { name, path: place.path, before: undefined, after: Buffer.from(file.text) },
    ]
    try {
      writeAll(disk, writes)
    } catch (error) {
      return refused(500, 'It could not be written', (error as Error).message)
    } finally {
      follow()
    }
    const thread = board().thread(id)
    if (thread === undefined)
      return refused(500, 'It was written and can not be read', `Look at ${name}.`)
    const files = writes.map((one) => one.name)
    return {
      kind: 'done',
      thread,
      files,
      ...(commit && { committed: commitFiles(workspace.root, files, message, by) }),
    }
  }

  /** Later than all that was said: a clock that is behind would put an answer before its question. */
  function moment(id: string): Date {
    const last = board().entries(id)?.entries.at(-1)?.at
    const least = last === undefined ? 0 : Date.parse(last) + 1
    const clock = now().getTime()
    // A clock far ahead elsewhere is not followed for ever.
    return new Date(least > clock && least - clock < 86_400_000 ? least : clock)
  }

  /** What stands in the way of everything: no workspace to write to, or no name. */
  function blocked(by: string): Refused | undefined {
    if (readOnly)
      return refused(
        403,
        'The workspace is only shown',
        'The server was started with --read-only: nothing can be decided in it.',
      )
    if (workspace.contracts !== undefined)
      return refused(
        403,
        'There is no workspace to write to',
        'Decisions lie in the folder `decisions` of a workspace. Make one: throughline init.',
      )
    if (!/\S/.test(by) || by.length > 400)
      return refused(400, 'Nobody is named', 'Say who you are: a name, and an e-mail address.')
    return undefined
  }

  function found(id: string): Thread | Refused {
    follow()
    return (
      board().thread(id) ??
      refused(404, `There is no thread ${id.slice(0, 100)}`, 'The list of threads shows the names.')
    )
  }

  function proposalIn(
    id: string,
  ): (Thread & { proposal: NonNullable<Thread['proposal']> }) | Refused {
    const thread = found(id)
    if ('status' in thread) return thread
    const { proposal } = thread
    if (proposal === undefined)
      return refused(
        409,
        'Nothing is proposed in this thread',
        'Only proposals are signed and applied.',
      )
    if (thread.state !== 'open' && thread.state !== 'approved')
      return refused(
        409,
        `The proposal is ${thread.state}`,
        'Open it again first, or propose it anew.',
      )
    return { ...thread, proposal }
  }

  return {
    get board() {
      follow()
      return board()
    },
    threadOn(node) {
      follow()
      return board().thread(threadIdOf(node))
    },
    commentOn(node, text, by) {
      const problem = blocked(by)
      if (problem !== undefined) return problem
      follow()
      if (!node.startsWith('change:') && !graph().nodes.has(node as never))
        return refused(
          404,
          `The workspace has no ${node.slice(0, 200)}`,
          'It may have been renamed.',
        )
      return written(
        threadIdOf(node),
        { kind: 'comment', text, on: [node] },
        by,
        `Comment on ${node}`,
      )
    },
    comment(id, text, by) {
      const thread = blocked(by) ?? found(id)
      if ('status' in thread) return thread
      return written(thread.id, { kind: 'comment', text, on: [] }, by, `Comment on ${thread.title}`)
    },
    propose(proposal, by) {
      const problem = blocked(by)
      if (problem !== undefined) return problem
      follow()
      const { title, why, on = [], overlays = [], edits = [], supersedes = [] } = proposal
      if (overlays.length === 0 && edits.length === 0)
        return refused(
          400,
          'The proposal changes nothing',
          'Give it an overlay, or edits of a journey.',
        )
      const old = proposal.thread === undefined ? undefined : found(proposal.thread)
      if (old !== undefined && 'status' in old) return old
      const id = old?.id ?? newThreadId(title, by, now())
      const own = posix.join(folder(), 'decisions', id)
      const entry: NewEntry = {
        kind: 'proposal',
        title,
        on,
        edits,
        supersedes,
        overlays: overlays.map(({ file, overlay }) => ({
          overlay: overlay.overlay,
          info: overlay.info,
          extends: posix.relative(own, file),
          actions: overlay.actions,
        })),
        ...(why !== undefined && { why }),
      }
      const tried = attempt(id, entry, by)
      return tried ?? written(id, entry, by, `Propose: ${title}`)
    },
    sign(id, { team, says, revision, text }, by) {
      const thread = blocked(by) ?? proposalIn(id)
      if ('status' in thread) return thread
      const { proposal } = thread
      if (revision !== undefined && revision !== proposal.revision)
        return refused(
          409,
          'The proposal has changed since you looked at it',
          'Look at what is proposed now, and sign that.',
        )
      const said = { ...(text !== undefined && { text }) }
      if (thread.signOffs.length === 0 && team === undefined) {
        if (says === 'object')
          return refused(
            409,
            'No team must sign this',
            'Say it in a comment, or decline the proposal.',
          )
        const reason = text === undefined ? {} : { reason: text }
        return written(
          thread.id,
          { kind: 'decision', decision: 'approved', revision: proposal.revision, ...reason },
          by,
          `Approve: ${thread.title}`,
        )
      }
      const whom = teamOf(thread, team, by)
      if (typeof whom !== 'string') return whom
      return written(
        thread.id,
        { kind: 'sign-off', team: whom, says, revision: proposal.revision, ...said },
        by,
        `${says === 'approve' ? 'Sign' : 'Object to'} for ${whom}: ${thread.title}`,
      )
    },
    end(id, { decision, reason }, by) {
      const thread = blocked(by) ?? found(id)
      if ('status' in thread) return thread
      const isProposal = thread.proposal !== undefined
      if ((decision === 'declined') !== isProposal && decision !== 'reopened')
        return isProposal
          ? refused(
              409,
              'A proposal is declined or applied',
              'Only threads of comments are resolved.',
            )
          : refused(409, 'Nothing is proposed in this thread', 'Resolve it instead.')
      const isEnded = thread.state !== 'open' && thread.state !== 'approved'
      if ((decision === 'reopened') !== isEnded || thread.state === 'applied')
        return refused(
          409,
          `The thread is ${thread.state}`,
          decision === 'reopened' ? 'It goes on already, or its change is made.' : 'It has ended.',
        )
      const words = { declined: 'Decline', resolved: 'Resolve', reopened: 'Reopen' }[decision]
      return written(
        thread.id,
        { kind: 'decision', decision, ...(reason !== undefined && { reason }) },
        by,
        `${words}: ${thread.title}`,
      )
    },
    apply(id, by) {
      const thread = blocked(by) ?? proposalIn(id)
      if ('status' in thread) return thread
      if (thread.state !== 'approved')
        return refused(409, 'The proposal is not approved', waiting(thread))
      const { declaration } = board().entries(thread.id)!.proposal!
      const proposed = proposedTexts(workspace, graph(), declaration, 'write')
      if ('problem' in proposed) return refused(409, proposed.problem, proposed.advice)
      const writes: Named[] = []
      for (const [name, text] of proposed.texts) {
        const place = disk.place(workspace.absolute(name), workspace.root)
        if ('reason' in place) return refused(403, `${name} can't be written`, place.reason)
        const before = disk.read(place.path)
        const encode = before === undefined ? undefined : encodedText(before)?.encode
        const after = text === null ? undefined : (encode?.(text) ?? Buffer.from(text))
        if (before !== undefined && after?.equals(before) === true) continue
        writes.push({ name, path: place.path, before, after })
      }
      return written(
        thread.id,
        { kind: 'decision', decision: 'applied', revision: thread.proposal.revision },
        by,
        `Apply: ${thread.title}`,
        writes,
      )
    },
    waive: waiverWritten,
  }

  function waiverWritten(waiver: NewWaiver, by: string): WaiverWritten {
    const problem = blocked(by)
    if (problem !== undefined) return problem
    const { rule, fingerprint, reason, expires } = waiver
    const title = slug(rule.slice(rule.indexOf('/') + 1)).slice(0, 60) || 'accepted'
    const name = posix.join(
      folder(),
      'decisions',
      `${title}-${fingerprint.slice(0, 6)}.waiver.yaml`,
    )
    const place = disk.place(workspace.absolute(name), workspace.root)
    if ('reason' in place) return refused(403, `${name} can't be written`, place.reason)
    const text = stringify(
      { rule, fingerprint, reason, by, ...(expires !== undefined && { expires }) },
      { lineWidth: 0, version: '1.2' },
    )
    const write = { path: place.path, before: disk.read(place.path), after: Buffer.from(text) }
    try {
      writeAll(disk, [write])
    } catch (error) {
      return refused(500, 'It could not be written', (error as Error).message)
    } finally {
      follow()
    }
    const message = `Accept for a while: ${rule}`
    return {
      kind: 'done',
      files: [name],
      ...(commit && { committed: commitFiles(workspace.root, [name], message, by) }),
    }
  }

  /** Why a proposal that is about to be written would be refused later. */
  function attempt(id: string, entry: NewEntry, by: string): Refused | undefined {
    const { name, text } = entryFile(entry, by, now())
    const draft = readProposal(workspace, posix.join(folder(), 'decisions', id, name), text)
    if ('problem' in draft) return refused(400, 'The proposal is not as described', draft.problem)
    const proposed = proposedTexts(workspace, graph(), draft, 'look')
    return 'problem' in proposed ? refused(409, proposed.problem, proposed.advice) : undefined
  }

  function teamOf(thread: Thread, asked: string | undefined, by: string): string | Refused {
    const { teams } = graph().declarations.workspace
    const mine = thread.signOffs.filter(({ team }) => {
      const declared = teams.find((one) => one.id === team)
      return declared !== undefined && isMember(declared, by)
    })
    if (asked === undefined) {
      const [first, second] = mine
      if (first !== undefined && second === undefined) return first.team
      const names = thread.signOffs.map((one) => one.team).join(', ')
      return first === undefined
        ? refused(403, `${by} is a member of no team that must sign`, `Those are: ${names}.`)
        : refused(
            400,
            'You speak for several teams',
            `Say for which: ${mine.map((one) => one.team).join(', ')}.`,
          )
    }
    const declared = teams.find((one) => one.id === asked)
    if (declared === undefined)
      return refused(
        404,
        `No team is called ${asked.slice(0, 100)}`,
        'throughline.yaml names the teams.',
      )
    if (!isMember(declared, by))
      return refused(
        403,
        `${by} is no member of ${asked}`,
        `Its members are ${declared.members.join(', ')} (throughline.yaml).`,
      )
    return asked
  }
}

type Named = FileWrite & { readonly name: string }

function waiting({ signOffs, waitsFor }: Thread): string {
  return signOffs.length === 0
    ? 'No team owns what it touches: somebody must approve it first.'
    : `It waits for ${waitsFor.join(' and ')}.`
}

function refused(status: Refused['status'], title: string, detail: string): Refused {
  return { kind: 'refused', status, title, detail }
}

/** A draft of core as a new proposal. */
export function proposalFrom(draft: ProposalDraft): NewProposal {
  const { title, why, on, file, overlay } = draft
  return { title, on, overlays: [{ file, overlay }], ...(why !== undefined && { why }) }
}
