import type { ImpactSeverity, ChangeLevel } from '../diff/change.ts'
import type { SignOff, Thread, ThreadEntry, ThreadState, Touches } from './thread.ts'

// What the studio's server says about decisions (`studio.openapi.yaml`).

/** Something of the graph, by its id, as people call it and where the studio shows it. */
export interface NodeLink {
  readonly id: string
  readonly title: string
  /** None where the workspace does not have it (any more). */
  readonly url?: string
}

/** `GET /api/decisions`: one thread in a list. */
export interface ThreadLine {
  readonly id: string
  readonly kind: Thread['kind']
  readonly state: ThreadState
  readonly title: string
  readonly about: readonly NodeLink[]
  readonly opened: Thread['opened']
  readonly changedAt: string
  readonly comments: number
  readonly waitsFor: readonly string[]
  /** Screens that it touches, worst first, by the step: `checkout/basket`. */
  readonly steps: readonly string[]
  readonly url: string
}

/** `GET /api/decisions` */
export interface DecisionBoard {
  /** Who is taken to speak where a request does not say: as git knows the person. */
  readonly person?: string
  readonly readOnly: boolean
  /** What is written is committed too. */
  readonly commits: boolean
  readonly counts: Readonly<Record<ThreadState, number>>
  readonly threads: readonly ThreadLine[]
}

/** `GET /api/waiting`: what waits for a person, a team or a role. */
export interface Waiting {
  readonly person?: string
  /** Teams that the answer is for. */
  readonly teams: readonly string[]
  /** Proposals that one of the teams must sign, the longest waiting first. */
  readonly toSign: readonly ThreadLine[]
  /** Approved proposals of APIs and journeys that the teams own: they can be applied. */
  readonly toApply: readonly ThreadLine[]
  /** Open threads of comments about what the teams own. */
  readonly toAnswer: readonly ThreadLine[]
}

/** A change that a proposal makes, in plain words. */
export interface ProposedChange {
  /** Names it for comments: `change:<fingerprint>`. */
  readonly fingerprint: string
  readonly code: string
  readonly level: ChangeLevel
  readonly message: string
  readonly impact: readonly {
    readonly step: string
    readonly severity: ImpactSeverity
    readonly need?: string
    readonly fallback?: string
  }[]
}

/** `GET /api/decisions/{id}` */
export interface ThreadView {
  readonly id: string
  readonly kind: Thread['kind']
  readonly state: ThreadState
  readonly title: string
  readonly why?: string
  readonly about: readonly NodeLink[]
  readonly opened: Thread['opened']
  readonly changedAt: string
  readonly entries: readonly ThreadEntry[]
  readonly signOffs: readonly SignOff[]
  readonly waitsFor: readonly string[]
  readonly touches: Touches
  readonly supersededBy?: string
  readonly url: string
  readonly proposal?: {
    readonly revision: string
    readonly versions: number
    readonly problem?: string
    /** In plain words, the worst first. */
    readonly changes: readonly ProposedChange[]
    /** Field by field: what each action does, and to which file. */
    readonly actions: readonly {
      readonly file: string
      readonly target: string
      readonly does: 'update' | 'copy' | 'remove'
      /** What is merged in as JSON, or the JSONPath that is copied. */
      readonly text?: string
      readonly description?: string
    }[]
    /** Edits of journeys, each as JSON. */
    readonly edits: readonly string[]
    /** The newest version as it is written. */
    readonly raw: string
  }
}

/** `POST /api/decisions/drafts`: what could be proposed, for somebody to look at first. */
export interface DraftAnswer {
  readonly title: string
  readonly why?: string
  readonly on: readonly string[]
  /** What was guessed. */
  readonly notes: readonly string[]
  /** Each an OpenAPI Overlay as text (JSON). */
  readonly overlays: readonly { readonly file: string; readonly text: string }[]
}

/** What came of a word: the thread as it is now. */
export interface DecisionAnswer {
  readonly thread: ThreadView
  readonly version: number
  readonly files: readonly string[]
  readonly committed?: { readonly commit?: string; readonly problem?: string }
}
