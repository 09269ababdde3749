import type { Dialect } from '../store/evidence-store.ts'

/** Where engines say the same thing differently. */
interface Words {
  readonly dialect: Dialect
  /** The least value that so great a share of the rows does not exceed: always one that was seen, the same in every engine. */
  readonly quantile: (expression: string, share: number) => string
  /** Several of them as a list, in one pass. */
  readonly quantiles: (expression: string, shares: readonly number[]) => string
  readonly join: string
  readonly leftJoin: string
  /** Milliseconds, cut to the hour. */
  readonly hour: (time: string) => string
}

/** One question in both dialects. It keeps to what both know: no common table expressions, no windows, `greatest` and `least` of two. */
export function inBoth(write: (words: Words) => string): Readonly<Record<Dialect, string>> {
  return { duckdb: write(duckdb), clickhouse: write(clickhouse) }
}

const duckdb: Words = {
  dialect: 'duckdb',
  quantile: (expression, share) => `quantile_disc(${expression}, ${share})`,
  quantiles: (expression, shares) => `quantile_disc(${expression}, [${shares.join(', ')}])`,
  join: 'JOIN',
  leftJoin: 'LEFT JOIN',
  hour: (time) => `floor(${time} / 3600000) * 3600000`,
}

const clickhouse: Words = {
  dialect: 'clickhouse',
  // Of an even number it takes the greater of the two in the middle, if it is asked for half.
  quantile: (expression, share) => `quantileExact(${share - 1e-9})(${expression})`,
  quantiles: (expression, shares) =>
    `quantilesExact(${shares.map((share) => share - 1e-9).join(', ')})(${expression})`,
  join: 'ALL INNER JOIN',
  leftJoin: 'ANY LEFT JOIN',
  hour: (time) => `floor(${time} / 3600000) * 3600000`,
}

/** What every question is asked of: a period, and where one is chosen, an environment, a release and a kind of device. */
export interface Asked {
  /** Milliseconds since 1970, `until` not included. */
  readonly since: number
  readonly until: number
  readonly environment?: string
  readonly release?: string
  /** `phone`: what backends say of themselves has none, and is left out then. */
  readonly device?: string
}

/** The condition of `Asked`, for a WHERE. */
export const asked = `time >= $since AND time < $until AND ($environment = '' OR environment = $environment) AND ($release = '' OR release = $release) AND ($device = '' OR device = $device)`

export function askedParameters({
  since,
  until,
  environment = '',
  release = '',
  device = '',
}: Asked): {
  readonly since: number
  readonly until: number
  readonly environment: string
  readonly release: string
  readonly device: string
} {
  return { since, until, environment, release, device }
}

/** A call that got no good answer. */
export const failed = `(status >= 400 OR outcome IN ('error', 'timeout'))`
