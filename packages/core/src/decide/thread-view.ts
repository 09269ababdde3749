import { nodeOf } from '../2-link/ask.ts'
import type { Graph, NodeId } from '../2-link/graph.ts'
import { overlaidFile } from '../2-link/link-decisions.ts'
import type { EntryThread } from '../2-link/decision-threads.ts'
import { journeyAddress, operationAddress, stepAddress } from '../blueprint/studio-address.ts'
import { diffGraphs } from '../diff/diff-graphs.ts'
import type { OverlayAction } from '../overlay/overlay.ts'
import type { NodeLink, ProposedChange, ThreadLine, ThreadView } from './decision-board.ts'
import type { Thread } from './thread.ts'
import { stepOf } from './touched.ts'

/** A thread as a list shows it. */
export function threadLine(graph: Graph, thread: Thread): ThreadLine {
  const { id, kind, state, title, opened, changedAt, waitsFor, touches, entries, on } = thread
  return {
    id,
    kind,
    state,
    title,
    about: on.map((one) => nodeLink(graph, one)),
    opened,
    changedAt,
    comments: entries.filter((one) => one.kind === 'comment').length,
    waitsFor,
    steps: touches.steps.map((one) => one.step),
    url: threadAddress(id),
  }
}

/** A thread as its page shows it. `after` is the graph with the proposal, where it can be applied. */
export function threadView(
  graph: Graph,
  thread: Thread,
  { proposal: entry }: EntryThread,
  after: Graph | undefined,
): ThreadView {
  const { on, proposal, ...rest } = thread
  return {
    ...rest,
    about: on.map((one) => nodeLink(graph, one)),
    url: threadAddress(thread.id),
    ...(proposal !== undefined &&
      entry !== undefined && {
        proposal: {
          revision: proposal.revision,
          versions: proposal.versions,
          ...(proposal.problem !== undefined && { problem: proposal.problem }),
          changes: after === undefined ? [] : changesTo(graph, after),
          actions: proposal.overlays.flatMap((overlay) => {
            const file = overlaidFile(graph, entry.declaration, overlay) ?? ''
            return overlay.actions.map((action) => ({ file, ...actionOf(action) }))
          }),
          edits: proposal.edits.map((one) => JSON.stringify(one, null, 2)),
          raw: entry.declaration.site.document.file.text,
        },
      }),
  }
}

/** `/review/tell-the-date-1f3a9c` */
export function threadAddress(id: string): string {
  return `/review/${encodeURIComponent(id.toWellFormed())}`
}

/** What a change between two graphs is, as a page tells it. */
export function changesTo(before: Graph, after: Graph): readonly ProposedChange[] {
  return diffGraphs(before, after).changes.map(({ fingerprint, code, level, message, impact }) => ({
    fingerprint,
    code,
    level,
    message,
    impact: impact.map(({ step, severity, need, fallback }) => ({
      step,
      severity,
      ...(need !== undefined && { need }),
      ...(fallback !== undefined && { fallback }),
    })),
  }))
}

function actionOf({ target, description, update, copy, remove }: OverlayAction): {
  readonly target: string
  readonly does: 'update' | 'copy' | 'remove'
  readonly text?: string
  readonly description?: string
} {
  const said = description === undefined ? {} : { description }
  if (remove === true) return { target, does: 'remove', ...said }
  if (copy !== undefined) return { target, does: 'copy', text: copy, ...said }
  return { target, does: 'update', text: JSON.stringify(update, null, 2), ...said }
}

/** Something of the graph by its id, as people call it and with the page that shows it. */
export function nodeLink(graph: Graph, id: string): NodeLink {
  const name = id.slice(id.indexOf(':') + 1)
  const node = graph.nodes.get(id as NodeId)
  if (node === undefined) return { id, title: name }
  const step = stepOf(graph, node.id)
  switch (node.kind) {
    case 'need':
      return { id, title: node.label, ...(step && { url: stepAddress(step, { need: id }) }) }
    case 'state':
      return {
        id,
        title: `${step?.title ?? name}: ${node.condition}`,
        ...(step && { url: stepAddress(step, { state: node.condition }) }),
      }
    case 'call':
      return { id, title: node.name, ...(step && { url: stepAddress(step, { call: id }) }) }
    case 'step':
      return { id, title: node.title, url: stepAddress(node) }
    case 'journey':
      return { id, title: node.title, url: journeyAddress(node) }
    case 'operation':
      return { id, title: `${node.method} ${node.path}`, url: operationAddress(name) }
    case 'field': {
      const operation = nodeOf(graph, 'operation', node.operation)
      return {
        id,
        title: node.path,
        ...(operation && {
          url: operationAddress(`${operation.api}.${operation.name}`, node.path),
        }),
      }
    }
    case 'api':
      return { id, title: node.name, url: '/reference' }
    case 'team':
    case 'class':
    case 'persona':
    case 'scenario':
      return { id, title: node.name }
  }
}
