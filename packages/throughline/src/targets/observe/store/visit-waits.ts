import type { DuckDBConnection } from '@duckdb/node-api'
import { sqlLiteral } from './bound-sql.ts'

/**
 * What a visitor waits for: calls that begin so many milliseconds before or after the step was entered. Later ones answer to a click.
 */
export const loading = { before: 100, after: 3000 }

/**
 * The table `visit_waits` of DuckDB: each entering of a step that called anything, with how long its calls took from then. It follows
 * `events`, so that nobody joins all views with all calls for each question. `time` is when the step was entered; columns of the
 * same name as in `events` are the view's.
 */
export class VisitWaits {
  readonly #connection: DuckDBConnection
  /** The last arrival whose rows are in the table; -1: none are, not even those of an older database. */
  #followed: number

  private constructor(connection: DuckDBConnection, followed: number) {
    this.#connection = connection
    this.#followed = followed
  }

  /** `hot` must be there. */
  static async open(connection: DuckDBConnection): Promise<VisitWaits> {
    await connection.run(
      [
        `CREATE TABLE IF NOT EXISTS visit_waits ("time" DOUBLE, session VARCHAR, "view" VARCHAR, step VARCHAR, environment VARCHAR, "release" VARCHAR, device VARCHAR,
          wait DOUBLE, pending INTEGER, network DOUBLE, trace VARCHAR, longest DOUBLE)`,
        'CREATE TABLE IF NOT EXISTS followed (arrival DOUBLE)',
      ].join(';'),
    )
    const found = await connection.runAndReadAll('SELECT max(arrival) AS arrival FROM followed')
    return new VisitWaits(connection, Number(found.getRowObjectsJS()[0]?.['arrival'] ?? -1))
  }

  get followed(): number {
    return this.#followed
  }

  /** Takes in what arrived since it did so last, up to `arrival`. In the connection's transaction; say `took` after its end. */
  async follow(arrival: number): Promise<void> {
    if (arrival <= this.#followed) return
    const isNew = `arrival > ${this.#followed} AND ${joined} AND kind IN ('view', 'call')`
    const [span] = (
      await this.#connection.runAndReadAll(
        `SELECT min("time") AS first, max("time") AS last FROM hot WHERE ${isNew}`,
      )
    ).getRowObjectsJS()
    if (this.#followed < 0) await this.#connection.run(`INSERT INTO visit_waits ${waitsSql()}`)
    else if (typeof span?.['first'] === 'number' && typeof span['last'] === 'number') {
      const first = span['first'] - loading.after
      const last = span['last'] + loading.before
      await this.#connection.run(
        [
          `CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT session, "view" FROM hot WHERE ${isNew}`,
          `DELETE FROM visit_waits WHERE "time" >= ${first} AND "time" <= ${last} AND (session, "view") IN (SELECT session, "view" FROM touched)`,
          `INSERT INTO visit_waits ${waitsSql({ first, last })}`,
          'DROP TABLE touched',
        ].join(';'),
      )
    }
    await this.#connection.run(
      `DELETE FROM followed; INSERT INTO followed VALUES (${sqlLiteral(arrival, 'duckdb')})`,
    )
  }

  /** The transaction of `follow` is in the database. */
  took(arrival: number): void {
    this.#followed = Math.max(this.#followed, arrival)
  }
}

/** Whether a question reads the table, which must follow before. */
export function readsVisitWaits(sql: string): boolean {
  return /\bvisit_waits\b/.test(sql)
}

const joined = `"view" > '' AND session > ''`

/** The rows of the table: of all visits, or of those `touched` that were entered in this time. */
function waitsSql(span?: { readonly first: number; readonly last: number }): string {
  const within = (before: number, after: number): string =>
    span === undefined
      ? ''
      : ` AND "time" >= ${span.first - before} AND "time" <= ${span.last + after} AND (session, "view") IN (SELECT session, "view" FROM touched)`
  return `SELECT entered, session, "view", step, max(environment), max("release"), max(device),
      max(called + duration) - entered, max(CASE WHEN outcome = 'pending' THEN 1 ELSE 0 END), max(network), max(trace), max(duration)
    FROM (SELECT session, "view", step, "time" AS entered, environment, "release", device FROM events
      WHERE kind = 'view' AND ${joined} AND step > ''${within(0, 0)}) AS views
    JOIN (SELECT session, "view", "time" AS called, duration, outcome, network, trace FROM events
      WHERE kind = 'call' AND ${joined} AND duration >= 0${within(loading.before, loading.after)}) AS calls USING (session, "view")
    WHERE called - entered >= -${loading.before} AND called - entered <= ${loading.after}
    GROUP BY session, "view", step, entered`
}
