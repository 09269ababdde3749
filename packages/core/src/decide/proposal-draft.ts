import type { NodeId } from '../2-link/graph.ts'
import type { Overlay, OverlayAction } from '../overlay/overlay.ts'

/** A proposal that nobody has made yet: what to change, where, and in whose words. */
export interface ProposalDraft {
  readonly title: string
  readonly why?: string
  readonly on: readonly NodeId[]
  /** The contract's file, of the workspace: whoever writes the proposal says it in `extends`. */
  readonly file: string
  readonly overlay: Overlay
  /** What was guessed, for people to look at before they propose it. */
  readonly notes: readonly string[]
}

/** Why no overlay can do it, and what to do instead. */
export interface NoDraft {
  readonly refused: string
}

export function draftOf(
  head: Omit<ProposalDraft, 'overlay'>,
  actions: readonly OverlayAction[],
): ProposalDraft {
  return {
    ...head,
    overlay: { overlay: '1.1.0', info: { title: head.title, version: '1' }, actions },
  }
}
