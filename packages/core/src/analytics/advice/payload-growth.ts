import { size } from '../../3-check/amounts.ts'
import { LEAST } from '../claim.ts'
import type { Adviser } from './advice.ts'
import { inContract, stepsCalling } from './places.ts'

/** Answers that grew with a release. */
export const payloadGrowth: Adviser = function* ({ graph, answers }) {
  for (const [operation, rows] of Map.groupBy(answers.releases, (row) => row.operation)) {
    const enough = rows
      .filter(({ calls, bytes50 }) => calls >= LEAST.percentile && bytes50 !== undefined)
      .toSorted((a, b) => a.first - b.first)
    const [before, after] = enough.slice(-2)
    if (before === undefined || after === undefined) continue
    const [was, is] = [before.bytes50 ?? 0, after.bytes50 ?? 0]
    if (is < was * 1.2 || is - was < 1000) continue
    yield {
      kind: 'payload-growth',
      title: `${operation} grew from ${size(was)} to ${size(is)}`,
      evidence: `Half of ${after.calls} answers in release ${after.release} are over ${size(is)}; they were over ${size(was)} in ${before.release} (${before.calls} answers).`,
      change: 'See with `throughline diff` what was added, and whether a screen reads it.',
      gain: { bytes: Math.round(is - was), times: after.calls },
      steps: stepsCalling(graph, operation),
      operation,
      ...inContract(graph, operation),
    }
  }
}
