import type { EvidenceQuery } from '../store/evidence-store.ts'
import { asked, inBoth } from './dialects.ts'

/** What visitors can be told apart by. */
export const dimensions = ['device', 'persona', 'release', 'country'] as const
export type Dimension = 'all' | 'flag' | (typeof dimensions)[number]

/** For each part of a dimension: `seen0`, `on0`, `half0`, `most0` for the first step, and so on. */
export type FunnelAnswer = Readonly<Record<string, string | number | null>>

/**
 * Who was seen at each step of a journey, and who reached a later one. Its steps are the parameters `step0`, `step1`, ... and
 * `steps`; a session counts once, by `flag` once for each variant that it had.
 */
export function funnel(steps: number, dimension: Dimension): EvidenceQuery<FunnelAnswer> {
  const numbers = Array.from({ length: steps }, (_, index) => index)
  const never = '9e15'
  const first = numbers.map(
    (at) => `min(CASE WHEN step = $step${at} THEN time ELSE ${never} END) AS t${at}`,
  )
  const last = numbers.map(
    (at) => `max(CASE WHEN step = $step${at} THEN time ELSE -1.0 END) AS l${at}`,
  )
  const later = (at: number): string =>
    numbers
      .slice(at + 1)
      .reduce((so, one) => (so === '' ? `l${one}` : `greatest(${so}, l${one})`), '')
  const next = (at: number): string =>
    numbers
      .slice(at + 1)
      .map((one) => `(CASE WHEN t${one} > t${at} THEN t${one} ELSE ${never} END)`)
      .reduce((so, one) => (so === '' ? one : `least(${so}, ${one})`), '')
  return {
    name: `funnel by ${dimension}`,
    sql: inBoth(({ quantile, join }) => {
      const outer = numbers.flatMap((at) => {
        const seen = `sum(CASE WHEN t${at} < ${never} THEN 1 ELSE 0 END) AS seen${at}`
        if (at === steps - 1)
          return [seen, `0 AS on${at}`, `NULL AS half${at}`, `NULL AS most${at}`]
        const time = `CASE WHEN t${at} < ${never} AND ${next(at)} < ${never} THEN ${next(at)} - t${at} END`
        return [
          seen,
          `sum(CASE WHEN t${at} < ${never} AND ${later(at)} > t${at} THEN 1 ELSE 0 END) AS on${at}`,
          dimension === 'all' ? `${quantile(time, 0.5)} AS half${at}` : `NULL AS half${at}`,
          dimension === 'all' ? `${quantile(time, 0.75)} AS most${at}` : `NULL AS most${at}`,
        ]
      })
      const part =
        dimension === 'flag' ? '' : `${dimension === 'all' ? `''` : `max(${dimension})`} AS part, `
      const variants =
        dimension === 'flag'
          ? `${join} (SELECT session, name AS part FROM events WHERE kind = 'flag' AND name > '' AND session > '' AND ${asked} GROUP BY session, name) AS flags USING (session)`
          : ''
      return `SELECT part, ${outer.join(', ')} FROM (
        SELECT session, ${part} ${[...first, ...last].join(', ')}
        FROM events WHERE kind = 'view' AND session > '' AND step IN $steps AND ${asked} GROUP BY session
      ) AS sessions ${variants} GROUP BY part ORDER BY seen0 DESC LIMIT ${dimension === 'flag' ? 200 : 50}`
    }),
  }
}
