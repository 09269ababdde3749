import type { LocatedDiagnostic } from '../text/diagnostic.ts'

// What the studio asks the server to change in a team's files, and what it hears back. A target is named by what people
// wrote (`checkout/basket`, `store.getBasket`, `items[].name`), never by its place in a list.

/** One change that a person makes in the studio. Under `set`, `null` takes a value away and what is not named stays. */
export type Edit = JourneyEdit | PersonaEdit | StepEdit | CallEdit | NeedEdit | StateEdit

export type JourneyEdit =
  | ({ readonly kind: 'create-journey'; readonly journey: string } & Given<JourneyValues> & {
        readonly steps?: readonly ({ readonly step: string } & Given<
          Pick<StepValues, 'title' | 'screen'>
        >)[]
      })
  | { readonly kind: 'rename-journey'; readonly journey: string; readonly to: string }
  | {
      readonly kind: 'change-journey'
      readonly journey: string
      readonly set: Changed<JourneyValues>
    }
  | { readonly kind: 'delete-journey'; readonly journey: string }

export type PersonaEdit =
  | ({ readonly kind: 'create-persona'; readonly persona: string } & Given<PersonaValues>)
  | {
      readonly kind: 'change-persona'
      readonly persona: string
      readonly set: Changed<PersonaValues>
    }
  | { readonly kind: 'rename-persona'; readonly persona: string; readonly to: string }
  /** Journeys that walked as this person are about nobody then. */
  | { readonly kind: 'delete-persona'; readonly persona: string }

/** `step` is a full name (`checkout/basket`); `before` is a step of the same journey by its id, `null` is the end. */
export type StepEdit =
  | ({
      readonly kind: 'add-step'
      readonly journey: string
      readonly step: string
      readonly before?: string | null
    } & Given<StepValues>)
  | { readonly kind: 'rename-step'; readonly step: string; readonly to: string }
  | {
      readonly kind: 'change-step'
      readonly step: string
      readonly set: Changed<Omit<StepValues, 'feeling' | 'budget'>> & StepParts
    }
  | { readonly kind: 'move-step'; readonly step: string; readonly before: string | null }
  | {
      readonly kind: 'duplicate-step'
      readonly step: string
      readonly to: string
      readonly title?: string
    }
  | { readonly kind: 'delete-step'; readonly step: string }

/** `call` is the operation's short name (`store.getBasket`) or the call as it is written. */
export type CallEdit =
  | ({
      readonly kind: 'add-call'
      readonly step: string
      readonly operation: string
      readonly before?: string | null
      readonly needs?: readonly string[]
    } & Given<CallValues>)
  | {
      readonly kind: 'change-call'
      readonly step: string
      readonly call: string
      readonly set: {
        readonly operation?: string
        readonly budget?: Changed<BudgetValues> | null
      } & Changed<Omit<CallValues, 'budget'>>
    }
  | {
      readonly kind: 'move-call'
      readonly step: string
      readonly call: string
      readonly before: string | null
    }
  | { readonly kind: 'remove-call'; readonly step: string; readonly call: string }

interface OfCall {
  readonly step: string
  readonly call: string
}
/** `need` is the path of a field, as written. A path that no contract has is a wish. */
export type NeedEdit =
  | ({
      readonly kind: 'add-need'
      readonly path: string
      readonly before?: string | null
    } & OfCall &
      Given<NeedValues>)
  | ({
      readonly kind: 'change-need'
      readonly need: string
      readonly set: { readonly path?: string } & Changed<NeedValues>
    } & OfCall)
  | ({
      readonly kind: 'move-need'
      readonly need: string
      readonly before: string | null
      readonly to?: OfCall
    } & OfCall)
  | ({ readonly kind: 'remove-need'; readonly need: string } & OfCall)

/** With `step` and `call` the state of a call, with `step` alone that of a step, with neither that of the whole app. */
export type StateEdit =
  | {
      readonly kind: 'set-state'
      readonly step?: string
      readonly call?: string
      readonly condition: string
      readonly set: Changed<StateValues>
    }
  | {
      readonly kind: 'remove-state'
      readonly step?: string
      readonly call?: string
      readonly condition: string
    }

export interface JourneyValues {
  readonly title: string
  /** The id of a persona of the workspace. */
  readonly persona: string
  readonly owner: string
  readonly goal: string
  readonly pains: readonly string[]
}
export interface PersonaValues {
  readonly title: string
  readonly goal: string
  readonly context: string
  readonly devices: readonly string[]
  readonly dataset: string
}
export interface StepValues {
  readonly title: string
  readonly screen: string
  /** A picture in the workspace, or an https address that is only a link. */
  readonly image: string
  /** An address, http or https. */
  readonly design: string
  readonly feeling: { readonly score: number; readonly quote?: string; readonly from?: string }
  readonly budget: Given<BudgetValues>
  /** Ids of steps that can follow. Without it the next one in the file follows; an empty list ends the journey. */
  readonly next: readonly string[]
}
interface StepParts {
  readonly feeling?: {
    readonly score?: number
    readonly quote?: string | null
    readonly from?: string | null
  } | null
  readonly budget?: Changed<BudgetValues> | null
}
export interface CallValues {
  readonly after: readonly string[]
  readonly sends: readonly string[]
  readonly budget: Given<BudgetValues>
}
/** As people write them: `300ms`, `1.5s`, `20kB`. */
export interface BudgetValues {
  readonly p50: string
  readonly p75: string
  readonly p95: string
  readonly size: string
}
export interface NeedValues {
  readonly why: string
  readonly absent: string
  readonly label: string
}
export interface StateValues {
  readonly show: string
  readonly test: string
  readonly recover: string
  /** Where its design is found. */
  readonly design: string
  /** The condition whose state is shown here too. */
  readonly same: string
}

export type Given<Values> = { readonly [Name in keyof Values]?: Values[Name] }
export type Changed<Values> = { readonly [Name in keyof Values]?: Values[Name] | null }

/** `POST /api/edits`: all of them are done, or none. Together they are one thing to undo. */
export interface EditRequest {
  readonly edits: readonly Edit[]
  /** The hash of each file that the edits were made against. New files have none. */
  readonly base: Readonly<Record<string, string>>
}

/** What an edit, an undo or a redo did. */
export interface EditAnswer {
  /** In words: "Renamed the step Basket to Review the basket". */
  readonly title: string
  /** The version of the graph that shows it. */
  readonly version: number
  readonly files: readonly ChangedFile[]
  readonly history: EditHistory
}
export interface ChangedFile {
  readonly path: string
  /** `null` where the file is gone now. */
  readonly hash: string | null
  readonly changes: readonly LineChange[]
}
/** Lines that stand in one place of a text and others in their stead. Lines count from 1. */
export interface LineChange {
  readonly line: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}
/** `GET /api/edits`: what can be taken back and done again, newest first. */
export interface EditHistory {
  readonly readOnly: boolean
  readonly undo: readonly DoneEdit[]
  readonly redo: readonly DoneEdit[]
}
export interface DoneEdit {
  readonly id: number
  readonly title: string
  readonly files: readonly string[]
}

/** In the answer 409: what happened to the files meanwhile. */
export interface EditConflict {
  readonly path: string
  /** As it is on disk now; `null` where it is gone. */
  readonly hash: string | null
  /** What somebody else changed on disk; `null` where the version that the edit was made against is no longer known. */
  readonly onDisk: readonly LineChange[] | null
  /** What the edit would have changed. */
  readonly yours: readonly LineChange[] | null
}

/** Why nothing was changed: problem+json (RFC 9457) with what the studio can show beside it. */
export interface EditProblem {
  readonly type: string
  readonly status: number
  readonly title: string
  readonly detail?: string
  /** Where in the request, as JSON Pointers: `/edits/0/to`. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
  /** What is wrong with the file itself: it must be mended first. */
  readonly diagnostics?: readonly LocatedDiagnostic[]
  readonly conflicts?: readonly EditConflict[]
  /** The edits touch other lines than what changed on disk: sent again with `base`, they do what `preview` shows. */
  readonly rebased?: boolean
  readonly preview?: readonly { readonly path: string; readonly changes: readonly LineChange[] }[]
  readonly base?: Readonly<Record<string, string>>
}

export type FileKind =
  | 'workspace'
  | 'journey'
  | 'persona'
  | 'scenario'
  | 'policy'
  | 'waiver'
  | 'contract'

/** `GET /api/files`: a file of the workspace, without its text. */
export interface FileEntry {
  readonly path: string
  readonly kind: FileKind
  /** The id that it declares: of a journey, a persona or a scenario. */
  readonly name?: string
  readonly hash: string
  readonly editable: boolean
  /** Why it can't be edited. */
  readonly reason?: string
}
/** `GET /api/files/{path}` */
export interface FileContent extends FileEntry {
  readonly text: string
}
