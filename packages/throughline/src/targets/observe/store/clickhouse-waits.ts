import { sqlLiteral } from './bound-sql.ts'
import { loading } from './visit-waits.ts'

/**
 * The columns of `visit_waits` of ClickHouse: what DuckDB's table has, in partial rows. Each says what was known of a visit when it
 * was written, and nothing known gets less, so the greatest of each is the answer, and writing a row again does no harm. `visit` is
 * the same in all rows of one entering: a number is a cheap key to group by.
 */
export const waitsColumns: Readonly<Record<string, string>> = {
  visit: 'UInt64',
  time: 'Float64',
  session: 'String',
  view: 'String',
  step: 'String',
  environment: 'Nullable(String)',
  release: 'Nullable(String)',
  device: 'Nullable(String)',
  wait: 'Float64',
  pending: 'UInt8',
  network: 'Nullable(Float64)',
  trace: 'Nullable(String)',
  longest: 'Float64',
}

/** Milliseconds since 1970, `until` not included. */
export interface Span {
  readonly first: number
  readonly until: number
}

/** Writes what the events say of visits entered in this time; where `batches` are given, only of those that these have anything of. */
export function waitsSql({ first, until }: Span, batches?: readonly string[]): string {
  // GLOBAL: on a cluster it is asked once, not by each shard.
  const touched =
    batches === undefined
      ? ''
      : ` AND ${key} GLOBAL IN (SELECT ${key} FROM events WHERE kind IN ('view', 'call') AND ${joined} AND batch IN ${sqlLiteral(batches, 'clickhouse')}
          AND "time" >= ${first - loading.before} AND "time" < ${until + loading.after})`
  // The smaller side stands to the right, where ClickHouse keeps it in memory.
  return `INSERT INTO visit_waits (${Object.keys(waitsColumns)
    .map((name) => `"${name}"`)
    .join(', ')})
    SELECT cityHash64(who, page, place, entered) AS entering, entered, who, page, place, max(setting), max(version), max(size),
      max(called + lasted) - entered, max(unanswered), max(travelled), max(traced), max(lasted)
    FROM (SELECT ${key} AS visited, "time" AS called, assumeNotNull(duration) AS lasted, (CASE WHEN outcome = 'pending' THEN 1 ELSE 0 END) AS unanswered,
        network AS travelled, trace AS traced FROM events
      WHERE kind = 'call' AND ${joined} AND duration >= 0
        AND "time" >= ${first - loading.before} AND "time" < ${until + loading.after}${touched}) AS calls
    ALL INNER JOIN (SELECT ${key} AS visited, assumeNotNull(session) AS who, assumeNotNull("view") AS page, assumeNotNull(step) AS place, "time" AS entered,
        environment AS setting, "release" AS version, device AS size FROM events
      WHERE kind = 'view' AND ${joined} AND step > '' AND "time" >= ${first} AND "time" < ${until}${touched}) AS views USING (visited)
    WHERE called - entered >= -${loading.before} AND called - entered <= ${loading.after}
    GROUP BY who, page, place, entered`
}

const joined = `"view" > '' AND session > ''`
const key = 'cityHash64(assumeNotNull(session), assumeNotNull("view"))'
