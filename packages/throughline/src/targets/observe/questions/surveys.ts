import type { SurveyRow } from '@throughline/core'
import type { EvidenceQuery } from '../store/evidence-store.ts'
import { asked, failed, inBoth } from './dialects.ts'
import { visitWaits } from './waits.ts'

/** What people answered, the newest first, with how long the visit had waited on the step and how often something had failed. */
export const surveyAnswers: EvidenceQuery<SurveyRow> = {
  name: 'survey answers',
  sql: inBoth(
    (
      words,
    ) => `SELECT survey, coalesce(step, '') AS step, coalesce(session, '') AS session, time, value, text, waited AS wait, coalesce(troubles, 0) AS troubles
    FROM (SELECT survey, step, session, time, value, text, waited
      FROM (SELECT name AS survey, step, session, time, value, text FROM events
        WHERE kind = 'survey' AND name > '' AND ${asked} ORDER BY time DESC LIMIT 10000) AS answered
      ${words.leftJoin} (SELECT session, step, max(wait) AS waited
        FROM ${visitWaits(words, { steps: `step > ''`, network: false })} AS waits GROUP BY session, step) AS longest USING (session, step)) AS measured
    ${words.leftJoin} (SELECT session, step, count(*) AS troubles FROM events
      WHERE session > '' AND step > '' AND (kind = 'error' OR kind = 'call' AND view > '' AND ${failed}) AND ${asked} GROUP BY session, step) AS failures USING (session, step)
    ORDER BY time DESC, session`,
  ),
}

/** How many have answered each survey, ever. */
export const surveyCounts: EvidenceQuery<{ readonly survey: string; readonly answers: number }> = {
  name: 'survey counts',
  sql: `SELECT name AS survey, count(*) AS answers FROM events WHERE kind = 'survey' AND name > '' GROUP BY name LIMIT 1000`,
}
