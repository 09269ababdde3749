/**
 * Rollups: how many of what per minute or hour, and how long they took, as a histogram. `bucket` is
 * `floor(8 * log2(x))` of the duration in milliseconds (of a vital: its value), so a bucket is 9 % wide and percentiles of any
 * grouping follow from the sums. Rows of one key may stand more than once: sum them.
 */
export function rollupSql(from: string, milliseconds: number): string {
  return `SELECT floor("time" / ${milliseconds}) * ${milliseconds} AS "time", kind, environment, "release", step, operation, service, device,
    CASE WHEN kind IN ('vital', 'error', 'metric') THEN "name" END AS "name", outcome,
    CASE WHEN coalesce(duration, "value") > 0 THEN CAST(floor(8 * log2(coalesce(duration, "value"))) AS INTEGER) END AS bucket,
    CAST(count(*) AS DOUBLE) AS "count", coalesce(sum(duration), 0) AS duration, coalesce(sum(bytes), 0) AS bytes
    FROM ${from} GROUP BY ALL`
}

export const rollupColumns =
  '"time" DOUBLE, kind VARCHAR, environment VARCHAR, "release" VARCHAR, step VARCHAR, operation VARCHAR, service VARCHAR, device VARCHAR, "name" VARCHAR, outcome VARCHAR, bucket INTEGER, "count" DOUBLE, duration DOUBLE, bytes DOUBLE'

export const MINUTE = 60_000
export const HOUR = 3_600_000
