import type { EvidenceEvent } from '../evidence/event.ts'
import type { StepVisit } from './step-visit.ts'
import type { Wait } from './waiting.ts'

/** What a store of evidence answered to the named questions of one report: rows as they come, nothing judged yet. */
export interface EvidenceAnswers {
  readonly period: PeriodRow
  /** By dimension: `all`, `device`, `persona`, `release`, `country`, `flag`. */
  readonly funnels: readonly FunnelRow[]
  readonly waits: readonly WaitRow[]
  readonly laterWaits: readonly LaterWaitRow[]
  readonly calls: readonly StepCallRow[]
  readonly operations: readonly OperationRow[]
  readonly hours: readonly HourRow[]
  readonly shown: readonly ShownRow[]
  readonly failed: readonly FailedRow[]
  readonly errors: readonly ErrorRow[]
  readonly vitals: readonly VitalRow[]
  readonly reads: readonly ReadRow[]
  readonly releases: readonly ReleaseRow[]
  readonly surveys: readonly SurveyRow[]
  /** Visits by the variant that they had. */
  readonly flags: readonly FlagRow[]
  /** Experiments that their guardrail has ended. */
  readonly stops: readonly StopRow[]
  /** Visits of the steps of journeys, by step: a sample of whole sessions. */
  readonly visits: ReadonlyMap<string, readonly StepVisit[]>
  /** How long people waited and whether they left meanwhile, by step. */
  readonly patience: ReadonlyMap<string, readonly Wait[]>
  /** Calls of pages, a sample of whole sessions. */
  readonly sample: readonly EvidenceEvent[]
  /** What backends did, a sample of whole traces. */
  readonly spans: readonly EvidenceEvent[]
}

export interface PeriodRow {
  readonly events: number
  readonly sessions: number
  readonly views: number
  readonly calls: number
  /** Milliseconds since 1970. */
  readonly first: number
  readonly last: number
}

export interface FunnelRow {
  readonly journey: string
  readonly step: string
  readonly dimension: string
  /** `phone`; empty where it isn't known, and for `all`. */
  readonly part: string
  /** Sessions that were seen at the step. */
  readonly seen: number
  /** Of them, those that reached a later step of the journey. */
  readonly wentOn: number
  /** From entering the step to entering the next one, milliseconds. */
  readonly next50?: number
  readonly next75?: number
}

export interface WaitRow {
  readonly step: string
  readonly visits: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  /** Longer than the step's budget; 0 where it has none. */
  readonly over: number
  readonly satisfied: number
  readonly tolerating: number
  /** Left before the calls had answered. */
  readonly pending: number
}

/** Waits for calls that began after the step had loaded: for a click, for scrolling. */
export interface LaterWaitRow {
  readonly step: string
  readonly waits: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  /** Left before the calls had answered. */
  readonly pending: number
}

export interface StepCallRow {
  readonly step: string
  readonly operation: string
  readonly calls: number
  readonly failed: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  /** When it starts and ends after the step was entered, in half of the visits: milliseconds. */
  readonly start: number
  readonly end: number
  readonly bytes?: number
}

export interface OperationRow {
  readonly operation: string
  /** `client`: as pages felt it. `server`: as backends report it. */
  readonly side: 'client' | 'server'
  readonly calls: number
  readonly failed: number
  readonly traced: number
  readonly cached: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  readonly bytes50?: number
  readonly bytes95?: number
}

export interface HourRow {
  readonly operation: string
  /** Milliseconds since 1970, the beginning of the hour. */
  readonly hour: number
  readonly calls: number
  readonly failed: number
  readonly p75: number
}

export interface ShownRow {
  readonly step: string
  readonly state: string
  readonly operation: string
  readonly sessions: number
  readonly times: number
}

export interface FailedRow {
  readonly step: string
  readonly operation: string
  /** 0: no answer. */
  readonly status: number
  readonly outcome: string
  readonly sessions: number
  readonly times: number
}

export interface ErrorRow {
  readonly step: string
  readonly name: string
  readonly sessions: number
  readonly times: number
}

export interface VitalRow {
  readonly step: string
  readonly name: string
  readonly samples: number
  readonly p75: number
}

export interface ReadRow {
  readonly step: string
  readonly operation: string
  /** JSON: field path -> how often it was read. */
  readonly fields: string
  readonly views: number
}

/** A variant, `new-basket=on`, and the visits that had it. */
export interface FlagRow {
  readonly flag: string
  readonly sessions: number
  /** Those that met an error or a failed call. */
  readonly troubled: number
}

/** A speed experiment that was ended early. */
export interface StopRow {
  /** The id of its file. */
  readonly experiment: string
  /** Milliseconds since 1970. */
  readonly stoppedAt: number
  readonly because: string
}

/** One answer to a survey, and what that visit had met on the step. */
export interface SurveyRow {
  /** The id of its file, or the question of an imported answer. */
  readonly survey: string
  /** Empty where it isn't known. */
  readonly step: string
  readonly session: string
  readonly time: number
  readonly value?: number
  readonly text?: string
  /** The longest wait on the step, milliseconds. */
  readonly wait?: number
  /** Errors and failed calls on the step. */
  readonly troubles: number
}

export interface ReleaseRow {
  readonly release: string
  readonly operation: string
  readonly first: number
  readonly calls: number
  readonly failed: number
  readonly p75: number
  readonly bytes50?: number
}
