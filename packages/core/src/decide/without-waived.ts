import type { Graph } from '../2-link/graph.ts'
import { appliedWaivers } from '../3-check/decided.ts'
import type { CheckOptions } from '../3-check/check-kind.ts'
import type { Change, Report } from '../diff/change.ts'
import { reportOf } from '../diff/summary.ts'
import type { Diagnostic } from '../text/diagnostic.ts'

/** What is left of a comparison when a team's waivers have been heard. */
export interface Waived {
  readonly report: Report
  /** Changes that a waiver covers, with its words. */
  readonly waived: readonly {
    readonly change: Change
    readonly reason: string
    readonly by?: string
    readonly expires?: string
  }[]
  /** Waivers for changes that have expired and would have covered something. */
  readonly diagnostics: readonly Diagnostic[]
  /** Waivers for changes that cover none of these: done with, or meant for another base. */
  readonly unused: readonly Diagnostic[]
}

/**
 * Takes away the changes that waivers of the graph accept: `rule: diff/response-property-removed`, with a `fingerprint`, or with a
 * `subject` (`store.getBasket`, a step that it touches). Waivers that cover nothing are told apart: the comparison may be with another base.
 */
export function withoutWaived(
  graph: Graph,
  report: Report,
  options: Pick<CheckOptions, 'now'> = {},
): Waived {
  const waived: Waived['waived'][number][] = []
  const heard = appliedWaivers(graph, report.changes.map(findingOf), options, (rule) =>
    rule.startsWith('diff/'),
  )
  const kept = report.changes.filter((change, index) => {
    const waiver = heard.by[index]
    if (waiver === undefined) return true
    const { reason, by, expires } = waiver
    waived.push({
      change,
      reason,
      ...(by !== undefined && { by }),
      ...(expires !== undefined && { expires }),
    })
    return false
  })
  return {
    report: waived.length === 0 ? report : reportOf(kept),
    waived,
    diagnostics: heard.expired,
    unused: heard.unused,
  }
}

function findingOf({ code, fingerprint, api, operation, impact, subjects }: Change): {
  readonly rule: string
  readonly fingerprint: string
  readonly subjects: readonly string[]
} {
  return {
    rule: `diff/${code}`,
    fingerprint,
    subjects: [
      ...(operation === undefined ? [] : [`${api ?? ''}.${operation.id}`]),
      ...subjects.map((id) => id.slice(id.indexOf(':') + 1)),
      ...impact.map((one) => one.step),
    ],
  }
}
