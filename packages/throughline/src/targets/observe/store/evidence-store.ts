import type { EvidenceEvent } from '@throughline/core'

/** Where evidence is kept. One interface, one suite of tests, several engines. */
export interface EvidenceStore {
  /**
   * Keeps events; resolves once they survive a crash. A batch whose id was kept before is not kept again.
   * Throws `StoreBusy` when it can't be kept now: the same batch may be sent again, and counts once
   * even where a server had taken part of it before it went away.
   */
  append(batch: string, events: readonly EvidenceEvent[]): Promise<void>
  /** The rows of a question. Sees everything acknowledged before it was asked. */
  query<Row extends object>(
    query: EvidenceQuery<Row>,
    parameters?: QueryParameters,
  ): Promise<readonly Row[]>
  /** Forgets all that one session did. Returns how many events that was. */
  deleteSession(session: string): Promise<number>
  /** Moves days that are no longer hot to their cold form, and forgets what is older than `keepDays`; rollups by hour stay longer. */
  retain(rules: Retention): Promise<void>
  close(): Promise<void>
}

/**
 * A named question with its SQL. It reads the table `events` (columns: `evidenceColumns` of core, and `batch`; `time` in
 * milliseconds since 1970) the rollups `events_minute` and `events_hour`, or `visit_waits`, of which ClickHouse has partial rows. `$name` stands for a parameter; in a list:
 * `operation IN $operations`. Never put a value into the text.
 */
// oxlint-disable-next-line no-unused-vars -- says what the rows are
export interface EvidenceQuery<Row extends object> {
  readonly name: string
  /** One text, or one per dialect where they differ. */
  readonly sql: string | Readonly<Record<Dialect, string>>
}
export type Dialect = 'duckdb' | 'clickhouse'

export type QueryParameters = Readonly<Record<string, QueryParameter>>
export type QueryParameter =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | readonly number[]

/** Days count from `now`, in UTC. */
export interface Retention {
  readonly hotDays: number
  readonly keepDays: number
  /** How long the rollup by hour is kept. */
  readonly rollupDays: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The store can't keep anything at the moment: it is full, slow or away. */
export class StoreBusy extends Error {
  readonly reason: 'full' | 'slow' | 'away'
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number

  constructor(reason: StoreBusy['reason'], message: string, retryAfter = 5) {
    super(message)
    this.name = 'StoreBusy'
    this.reason = reason
    this.retryAfter = retryAfter
  }
}
