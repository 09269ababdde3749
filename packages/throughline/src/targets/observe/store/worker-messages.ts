import type { Columns } from './duckdb-table.ts'
import type { Retention } from './evidence-store.ts'

/** What the store asks of the worker that holds DuckDB. */
export type Ask =
  | { readonly kind: 'apply'; readonly record: number; readonly payload: Uint8Array }
  | { readonly kind: 'query'; readonly id: number; readonly sql: string }
  | { readonly kind: 'delete'; readonly id: number; readonly session: string }
  | { readonly kind: 'retain'; readonly id: number; readonly rules: Retention }
  | { readonly kind: 'close'; readonly id: number }

/** What the worker says. `broken`: it ends now, and the store may start another. */
export type Tell =
  | { readonly kind: 'ready' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'locked'; readonly message: string }
  | { readonly kind: 'applied'; readonly records: readonly number[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'broken'; readonly message: string }

export interface WorkerStart {
  /** Absolute. */
  readonly folder: string
  /** DuckDB's own limit of memory: `1GB`. */
  readonly memory: string
  /** Handed over: loading core in the worker would take longer than all the rest. */
  readonly columns: Columns
}
