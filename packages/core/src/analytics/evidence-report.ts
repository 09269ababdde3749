import type { AdviceKind, Gain } from './advice/advice.ts'
import type { PeriodRow, VitalRow } from './answers.ts'
import type { CostOfSlow } from './cost-of-slow.ts'
import type { ExperimentReport } from './experiments-report.ts'
import type { SurveyResult } from './survey-results.ts'
import type { WaitingInterval } from './waiting.ts'

/** What happened on the journeys of a workspace: plain data for `throughline report` and the studio. Times in milliseconds, shares from 0 to 1. */
export interface EvidenceReport {
  readonly version: 1
  readonly name: string
  readonly asked: {
    /** RFC 3339. */
    readonly since: string
    readonly until: string
    readonly environment?: string
    readonly release?: string
    readonly device?: string
  }
  readonly totals: PeriodRow
  readonly journeys: readonly JourneyReport[]
  readonly operations: readonly OperationReport[]
  /** Of the operations whose answers were looked at while pages read them. */
  readonly reads: readonly OperationReads[]
  readonly advice: readonly ReportedAdvice[]
  /** What people answered, by survey and step: most answers first. */
  readonly surveys: readonly SurveyResult[]
  /** Speed experiments, and the team's own flags as experiments. */
  readonly experiments: readonly ExperimentReport[]
  /** The fewest cases that a figure is given for. */
  readonly least: { readonly percentile: number; readonly drop: number }
}

export interface JourneyReport {
  readonly name: string
  readonly title: string
  /** Sessions that were seen at one of its steps, and those that reached its last. */
  readonly sessions: number
  readonly finished: number
  readonly steps: readonly StepReport[]
}

export interface StepReport {
  /** `checkout/basket` */
  readonly name: string
  readonly title: string
  readonly screen?: string
  readonly sessions: number
  readonly wentOn: number
  /** The share that went no further; absent at the end of a journey and where too few came. */
  readonly dropOff?: number
  readonly toNext?: { readonly p50: number; readonly p75: number }
  /** Until what the step loads was there: the calls that begin within three seconds of entering it. */
  readonly wait?: StepWait
  /** For what came later: each from its own first call, so from the click or the scrolling that it followed. */
  readonly later?: LaterWait
  /** The calls that decide how long it takes, first to last, as seen. */
  readonly criticalPath: readonly string[]
  readonly calls: readonly StepCall[]
  /** What people saw instead of the usual, most seen first. */
  readonly shown: readonly Shown[]
  readonly errors: readonly {
    readonly name: string
    readonly sessions: number
    readonly times: number
  }[]
  readonly vitals: readonly Omit<VitalRow, 'step'>[]
  readonly parts: readonly PartReport[]
  readonly cost?: StepCost
  readonly leaving: readonly WaitingInterval[]
}

export interface StepWait {
  readonly visits: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  /** What the step promises at p75. */
  readonly budget?: number
  /** The share that waited longer than the budget. */
  readonly over?: number
  /** From 0 (nobody content) to 1, with the budget (else a second) as what satisfies. */
  readonly apdex: number
  /** Those who left before the answer. */
  readonly leftWaiting: number
}

export interface LaterWait {
  readonly waits: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  /** Those who left before the answer. */
  readonly leftWaiting: number
}

export interface StepCall {
  readonly operation: string
  readonly calls: number
  readonly failed: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  readonly start: number
  readonly end: number
  readonly bytes?: number
  readonly budget?: number
  readonly critical: boolean
}

export interface Shown {
  /** `5xx`, `timeout`, `empty`. */
  readonly condition: string
  readonly sessions: number
  readonly times: number
  /** What the journey says is shown then; absent where nobody has decided. */
  readonly show?: string
  /** It was seen on the page. Otherwise only the answer is known, not what people saw. */
  readonly seen: boolean
}

/** A step for some of its visitors. */
export interface PartReport {
  readonly dimension: string
  readonly part: string
  readonly sessions: number
  readonly wentOn: number
}

/** The cost of slow answers, and whether it stands when all steps are looked at together. */
export type StepCost = CostOfSlow & {
  readonly budget: number
  /** True where it is still more than luck among all steps (Benjamini-Hochberg, 5 %) and slow answers lose people. */
  readonly claimed: boolean
}

export interface OperationReport {
  readonly operation: string
  readonly side: 'client' | 'server'
  readonly calls: number
  readonly failed: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  readonly bytes50?: number
  readonly steps: readonly string[]
  /** p75 for each hour with enough calls. */
  readonly hours: readonly { readonly hour: number; readonly calls: number; readonly p75: number }[]
}

/** Which fields of an operation's answers pages have read. */
export interface OperationReads {
  readonly operation: string
  /** Sampled answers. */
  readonly views: number
  /** `items[].name`, and in how many of them it was read; most read first. */
  readonly fields: readonly { readonly path: string; readonly views: number }[]
  /** Parts that were copied as a whole: nobody knows what was read of them. Empty text: the whole answer. */
  readonly copied: readonly string[]
}

export interface ReportedAdvice {
  readonly kind: AdviceKind
  readonly title: string
  readonly evidence: string
  readonly change: string
  readonly gain: Gain
  readonly steps: readonly string[]
  readonly operation?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}
