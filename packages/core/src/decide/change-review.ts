import type { StepColumn } from '../blueprint/blueprint.ts'
import type {
  ChangedOperation,
  ChangeLevel,
  ContractClass,
  ImpactSeverity,
  PromiseTo,
  Summary,
} from '../diff/change.ts'

// What the studio's server says about a comparison with an earlier revision (`studio.openapi.yaml`): plain data, ready to be drawn.

/** A commit that a comparison starts from. */
export interface ReviewedCommit {
  /** As it was asked for: `main...`, `v1.2`. */
  readonly revision: string
  /** The whole hash. */
  readonly commit: string
  readonly subject: string
  readonly by: string
  /** RFC 3339. */
  readonly at: string
}

/** Something that the reader can compare with. */
export interface BaseChoice {
  readonly revision: string
  readonly kind: 'branch' | 'commit' | 'tag'
}

/** `GET /api/changes` */
export interface ChangeReview extends ReviewedChanges {
  readonly base: ReviewedCommit
  /** Newest first: where this branch left the default one, the last commit, tags. */
  readonly bases: readonly BaseChoice[]
  readonly version: number
}

/** What changed, by journey for people and by change for those who decide. */
export interface ReviewedChanges {
  /** Accepted changes are not in it. */
  readonly summary: Summary
  /** How many changes there are, with those that are left out of `changes` and those that are accepted. */
  readonly total: number
  /** The worst first; what was accepted comes last. */
  readonly changes: readonly ReviewedChange[]
  /** Journeys that something touches, the worst hit first. */
  readonly journeys: readonly ReviewedJourney[]
  /** What else should be known: waivers that have expired, released apps that can't be read. */
  readonly notes: readonly string[]
}

export interface ReviewedChange {
  readonly fingerprint: string
  readonly code: string
  readonly level: ChangeLevel
  readonly class: ContractClass
  readonly promise: PromiseTo
  readonly decidedBy: 'contract' | 'journeys'
  readonly message: string
  readonly api?: string
  /** The team that owns the API. */
  readonly owner?: string
  readonly operation?: ChangedOperation & { readonly url?: string }
  readonly location: string
  readonly component?: string
  /** The values that differ, as JSON. */
  readonly from?: string
  readonly to?: string
  readonly impact: readonly ReviewedImpact[]
  /** The worst that it does to a step; none where no step is touched. */
  readonly effect?: ImpactSeverity
  readonly reach: {
    readonly operations: readonly string[]
    readonly fields: readonly string[]
    readonly counts: {
      readonly operations: number
      readonly fields: number
      readonly steps: number
    }
  }
  /** Somebody has accepted it for a while. */
  readonly accepted?: { readonly reason: string; readonly by?: string; readonly expires?: string }
  /** Where it stands in the files, then and now. */
  readonly before?: SourceExcerpt
  readonly after?: SourceExcerpt
}

export interface ReviewedImpact {
  /** `checkout/basket` */
  readonly step: string
  /** The need as people call it, and its path. */
  readonly need?: { readonly label: string; readonly path: string }
  readonly severity: ImpactSeverity
  readonly fallback?: string
  /** A released app that is still supported. */
  readonly client?: string
}

/** Some lines of a file. `line` is the one that is meant. */
export interface SourceExcerpt {
  readonly file: string
  readonly line: number
  readonly firstLine: number
  readonly lines: readonly string[]
}

export interface ReviewedJourney {
  readonly name: string
  readonly title: string
  readonly line: 1 | 2 | 3 | 4
  readonly owner?: string
  /** Who walks it, as people call them. */
  readonly persona?: string
  readonly severity: ImpactSeverity
  /** In the order of the journey. */
  readonly steps: readonly ReviewedStep[]
  /** Fingerprints of what touches it, the worst first. */
  readonly changes: readonly string[]
}

export interface ReviewedStep extends Pick<
  StepColumn,
  'name' | 'number' | 'title' | 'screen' | 'image' | 'wireframe'
> {
  readonly severity: ImpactSeverity
  /** The needs that are touched, as people call them, the worst first. */
  readonly needs: readonly {
    readonly label: string
    readonly path: string
    readonly severity: ImpactSeverity
  }[]
  /** None where the step is gone. */
  readonly url?: string
}

/** `GET /api/changes/{fingerprint}`: a way to make a breaking change without breaking anybody. */
export interface ChangePlan {
  readonly fingerprint: string
  readonly message: string
  /** None where it breaks nothing. */
  readonly steps: readonly {
    readonly phase: 'expand' | 'migrate' | 'contract'
    readonly text: string
  }[]
  /** Keeps the old beside the new; to be sent as a proposal. None where they can't stand side by side. */
  readonly compatibility?: { readonly file: string; readonly text: string }
}

/** `POST /api/waivers`: what came of accepting a change. */
export interface WaiverAnswer {
  readonly version: number
  /** What was written. */
  readonly files: readonly string[]
  readonly committed?: { readonly commit?: string; readonly problem?: string }
}

/** `GET /api/history`: what happened to an operation or a journey, the newest first. */
export interface ChangeHistory {
  readonly entries: readonly HistoryEntry[]
  /** Commits that were looked at, also those that changed nothing here. */
  readonly looked: number
  /** Where to go on, when there is more. */
  readonly next?: string
}

export interface HistoryEntry {
  /** None for what is not committed yet. */
  readonly commit?: Omit<ReviewedCommit, 'revision'>
  /** The first commit that has it. */
  readonly begins: boolean
  readonly changes: readonly HistoryChange[]
  /** How many more there were. */
  readonly more: number
}

export interface HistoryChange {
  readonly fingerprint: string
  readonly code: string
  readonly level: ChangeLevel
  readonly message: string
  readonly steps: readonly string[]
}
