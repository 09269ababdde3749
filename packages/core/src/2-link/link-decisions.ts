import type { DecisionEntry, ProposalDeclaration } from '../1-parse/declarations.ts'
import { joined as joinedPath } from '../1-parse/workspace-files.ts'
import { applyOverlay } from '../overlay/apply-overlay.ts'
import type { Overlay } from '../overlay/overlay.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, descend, originOf, type Document, type Site } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import { threadsIn, type EntryThread } from './decision-threads.ts'
import type { Draft } from './draft.ts'
import type { NodeId } from './graph.ts'
import { isMember } from './members.ts'

/** What the files in `decisions/` name: nodes, teams, proposals, places in contracts. Threads that have ended are history. */
export function linkDecisions(draft: Draft): void {
  for (const thread of threadsIn(draft.declarations)) {
    if (thread.ended !== undefined || thread.supersededBy !== undefined) continue
    for (const entry of thread.entries) {
      if (entry.kind === 'comment' || entry === thread.proposal?.declaration)
        knownNodes(draft, entry)
      if (entry.kind === 'sign-off' || entry.kind === 'decision') ofProposal(draft, thread, entry)
    }
    if (thread.proposal !== undefined) applies(draft, thread.id, thread.proposal.declaration)
  }
}

function knownNodes(draft: Draft, entry: DecisionEntry & { readonly on: readonly string[] }): void {
  for (const [index, id] of entry.on.entries()) {
    // Changes are between two graphs: one graph can't tell whether there are any.
    if (id.startsWith('change:') || draft.nodes.has(id as NodeId)) continue
    const site = child(entry.site, 'on') ?? entry.site
    draft.diagnostics.push(
      diagnostic(
        'TL5008',
        originOf(child(site, index) ?? site),
        { thread: quoted(entry.thread), node: quoted(id), suggestion: near(draft, id) },
        { subject: entry.thread },
      ),
    )
  }
}

function near(draft: Draft, id: string): string {
  const kind = id.slice(0, id.indexOf(':') + 1)
  const known = [...draft.nodes.keys()].filter((one) => one.startsWith(kind))
  return known.length > 2000 ? '' : suggestion(id, known)
}

function ofProposal(
  draft: Draft,
  thread: EntryThread,
  entry: Extract<DecisionEntry, { kind: 'sign-off' | 'decision' }>,
): void {
  const { proposal } = thread
  const subject = { subject: thread.id }
  if (proposal === undefined) {
    if (entry.kind === 'decision' && /^(resolved|reopened)$/.test(entry.decision)) return
    const what = entry.kind === 'sign-off' ? 'signs' : 'decides about'
    draft.diagnostics.push(
      diagnostic(
        'TL5009',
        originOf(child(entry.site, entry.kind === 'sign-off' ? 'team' : 'decision') ?? entry.site),
        { by: quoted(entry.by), what, thread: quoted(thread.id) },
        subject,
      ),
    )
    return
  }
  if (entry.kind === 'decision') return
  const team = draft.declarations.workspace.teams.find((one) => one.id === entry.team)
  const place = originOf(child(entry.site, 'team') ?? entry.site)
  if (team === undefined) {
    const known = draft.declarations.workspace.teams.map((one) => one.id)
    draft.diagnostics.push(
      diagnostic(
        'TL2004',
        place,
        { team: quoted(entry.team), suggestion: suggestion(entry.team, known) },
        subject,
      ),
    )
  } else if (!isMember(team, entry.by)) {
    draft.diagnostics.push(
      diagnostic(
        'TL5012',
        originOf(child(entry.site, 'by') ?? entry.site),
        { by: quoted(entry.by), team: quoted(entry.team), thread: quoted(thread.id) },
        subject,
      ),
    )
  }
  const isLast = !thread.entries.some(
    (other) =>
      other.kind === 'sign-off' && other.team === entry.team && isAfter(thread, other, entry),
  )
  if (entry.revision !== proposal.revision && isLast) {
    draft.diagnostics.push(
      diagnostic(
        'TL5010',
        originOf(child(entry.site, 'revision') ?? entry.site),
        { team: quoted(entry.team), thread: quoted(thread.id) },
        {
          ...subject,
          related: [
            {
              origin: originOf(proposal.declaration.site),
              message: 'it is proposed like this now',
            },
          ],
        },
      ),
    )
  }
}

function isAfter({ entries }: EntryThread, one: DecisionEntry, other: DecisionEntry): boolean {
  return entries.indexOf(one) > entries.indexOf(other)
}

/** Whether the overlays of an open proposal still fit their contracts. */
function applies(draft: Draft, thread: string, proposal: ProposalDeclaration): void {
  for (const [index, overlay] of proposal.overlays.entries()) {
    const site = overlaySite(proposal, index)
    const tell = (place: Site, reason: string): void => {
      draft.diagnostics.push(
        diagnostic(
          'TL5011',
          originOf(place),
          { thread: quoted(thread), reason },
          { subject: thread },
        ),
      )
    }
    const path = overlaidFile(draft, proposal, overlay)
    const document = path === undefined ? undefined : contractDocument(draft, path)
    if (document === undefined) {
      tell(
        child(site, 'extends') ?? site,
        path === undefined
          ? 'it does not say which contract it changes (`extends`).'
          : `${quoted(path)} is no file of a contract here.`,
      )
      continue
    }
    const { problems, idle } = applyOverlay(document.value, overlay)
    for (const { action, problem } of problems)
      tell(descend(site, ['actions', action]) ?? site, `this action ${problem}.`)
    for (const action of idle)
      tell(
        descend(site, ['actions', action, 'target']) ?? site,
        `${quoted(document.file.path)} has nothing at ${quoted(overlay.actions[action]!.target)}.`,
      )
  }
}

function overlaySite({ site }: ProposalDeclaration, index: number): Site {
  const all = child(site, 'overlay') ?? site
  return Array.isArray(all.value) ? (child(all, index) ?? all) : all
}

/** The file that an overlay of a proposal changes; without `extends`, the only contract there is. */
export function overlaidFile(
  { declarations }: Pick<Draft, 'declarations'>,
  proposal: ProposalDeclaration,
  overlay: Overlay,
): string | undefined {
  const own = proposal.site.document.file.path
  if (overlay.extends !== undefined)
    return joinedPath(own.slice(0, Math.max(0, own.lastIndexOf('/'))), overlay.extends)
  const [only, other] = declarations.workspace.apis
  return other === undefined ? only?.contract : undefined
}

function contractDocument(draft: Draft, path: string): Document | undefined {
  for (const contract of draft.contracts.values()) {
    if (contract.protocol !== 'rest') continue
    const { root } = contract
    if (root.file.path === path) return root
    if (contract.files().includes(path)) return root.open(reference(root.file.path, path))
  }
  return undefined
}

/** A path as a reference from another file of the workspace. */
function reference(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length - 1)}${to.split('/').map(encodeURIComponent).join('/')}`
}
