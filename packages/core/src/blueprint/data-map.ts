import type { LineageClass, LineageEntry, LineageScreen } from '../lineage/lineage.ts'

// Where classified data goes, ready to be drawn: plain data, a function of the graph (`dataMapOf`).

/** `GET /api/lineage`. */
export interface DataMap {
  readonly name: string
  /** Every class, over the whole workspace. */
  readonly classes: readonly LineageClass[]
  /** The first of those that fit the filter; what no screen needs first, then what breaks a rule, then by class. */
  readonly entries: readonly DataRow[]
  /** How many fit the filter. */
  readonly matching: number
  readonly total: number
  /** How many of all are returned for nobody, and where a rule is broken. */
  readonly unneeded: number
  readonly broken: number
  /** What can be chosen. */
  readonly choices: {
    readonly personas: readonly string[]
    readonly journeys: readonly { readonly name: string; readonly title: string }[]
    readonly owners: readonly string[]
  }
}

/** One classified field of one operation, and everybody before whom it stands. */
export interface DataRow extends Omit<LineageEntry, 'screens'> {
  /** Where the reference describes the field. */
  readonly url: string
  readonly screens: readonly DataScreen[]
  /** Steps that call the operation without needing the field: only of what no screen needs. */
  readonly callers: readonly DataCaller[]
  /** Where the broken rule is listed among the problems. */
  readonly problem?: string
}

export interface DataScreen extends LineageScreen {
  readonly line: 1 | 2 | 3 | 4
  /** The step on its blueprint, with the need open. */
  readonly url: string
}

export interface DataCaller {
  /** `checkout/basket` */
  readonly step: string
  readonly title: string
  readonly journey: string
  readonly persona?: string
  readonly line: 1 | 2 | 3 | 4
  readonly url: string
}

/** `GET /api/lineage/record`: a record of processing, to be kept as a file. */
export interface DataRecord {
  /** A head, then a row for each field and screen. */
  readonly rows: readonly (readonly string[])[]
  readonly markdown: string
}
