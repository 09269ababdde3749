import type { Graph } from '@throughline/core'
import { surveyCounts } from './questions/surveys.ts'
import type { EvidenceStore } from './store/evidence-store.ts'

export interface AnsweredSurveysOptions {
  readonly graph: () => Graph
  readonly store: () => Promise<Pick<EvidenceStore, 'query'>>
  readonly now?: () => number
}

/** How long a count stands, milliseconds: a page is told its surveys when it loads the script, which browsers keep for minutes. */
const keptFor = 5000

/**
 * How many have answered each survey, for the quotas: it asks the store only where a survey has one. While the store is away the last
 * count stands.
 */
export function answeredSurveys({
  graph,
  store,
  now = Date.now,
}: AnsweredSurveysOptions): () => Promise<(survey: string) => number> {
  let counts: ReadonlyMap<string, number> = new Map()
  let countedAt = Number.NEGATIVE_INFINITY
  return async () => {
    const limited = graph().declarations.surveys.some(({ quota }) => quota !== undefined)
    if (limited && now() - countedAt > keptFor) {
      countedAt = now()
      const rows = await store()
        .then((opened) => opened.query(surveyCounts))
        .catch(() => undefined)
      if (rows !== undefined) counts = new Map(rows.map(({ survey, answers }) => [survey, answers]))
    }
    return (survey) => counts.get(survey) ?? 0
  }
}
