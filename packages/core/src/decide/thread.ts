import type { ImpactSeverity } from '../diff/change.ts'
import type { Overlay } from '../overlay/overlay.ts'

// What people decide, as the studio, the mock and the command line read it: plain data.

export type ThreadState = 'open' | 'approved' | 'applied' | 'declined' | 'superseded' | 'resolved'

/** A folder of `decisions/`, replayed: a proposal with all that was said about it, or a thread of comments. */
export interface Thread {
  /** Its folder: names it in addresses, commands and the `Throughline-Proposal` header. */
  readonly id: string
  readonly kind: 'proposal' | 'discussion'
  readonly state: ThreadState
  readonly title: string
  readonly why?: string
  /** What it is about: ids of the graph, or `change:` and a fingerprint. */
  readonly on: readonly string[]
  readonly opened: { readonly by: string; readonly at: string }
  /** When somebody last added to it. */
  readonly changedAt: string
  readonly entries: readonly ThreadEntry[]
  readonly proposal?: {
    /** Names what it would do; a sign-off is for one revision. */
    readonly revision: string
    /** How many versions there were. */
    readonly versions: number
    readonly overlays: readonly Overlay[]
    readonly edits: readonly unknown[]
    /** Why it can't be applied as the files are now. */
    readonly problem?: string
  }
  /** Who must sign before it may be applied. Empty where no team owns what it touches: then one approval is enough. */
  readonly signOffs: readonly SignOff[]
  /** Teams whose approval is missing, while it is open. */
  readonly waitsFor: readonly string[]
  readonly touches: Touches
  readonly supersededBy?: string
}

/** One file of a thread. */
export interface ThreadEntry {
  readonly kind: 'proposal' | 'comment' | 'sign-off' | 'decision'
  /** Of the workspace. */
  readonly file: string
  readonly by: string
  readonly at: string
  /** What a comment says, what else somebody says who signs, why it was decided or proposed. */
  readonly text?: string
  /** What a comment is about, where it says so. */
  readonly on?: readonly string[]
  readonly team?: string
  readonly says?: 'approve' | 'object'
  readonly decision?: 'approved' | 'applied' | 'declined' | 'resolved' | 'reopened'
  /** Which version it is (a proposal) or is about. */
  readonly revision?: string
  /** It is about an earlier version, and does not count. */
  readonly stale?: boolean
}

/** A team that must sign, and what it has said. */
export interface SignOff {
  readonly team: string
  readonly role?: 'ux' | 'frontend' | 'backend'
  /** Why this team: the API it owns (`store`), or its steps that are touched (`checkout/basket`). */
  readonly because: readonly string[]
  /** `stale`: it signed an earlier version. */
  readonly status: 'waiting' | 'approved' | 'objected' | 'stale'
  readonly by?: string
  readonly at?: string
  readonly text?: string
}

/** What a proposal would change, from the contract to the screen. */
export interface Touches {
  readonly apis: readonly string[]
  /** `store.getBasket` */
  readonly operations: readonly string[]
  readonly steps: readonly TouchedStep[]
}

export interface TouchedStep {
  /** `checkout/basket` */
  readonly step: string
  readonly title: string
  readonly screen?: string
  readonly journey: string
  readonly owner?: string
  /** What it does to the step; none where only people said that it is about it. */
  readonly severity?: ImpactSeverity
  /** The needs that are touched. */
  readonly needs: readonly string[]
}
