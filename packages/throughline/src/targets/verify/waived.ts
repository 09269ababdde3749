import { decidedFindings, type Graph } from '@throughline/core'
import type { Finding } from './finding.ts'

/**
 * The findings that no waiver of the workspace accepts (`rule: test/response-schema`, with a `subject`, an operation or a step that it
 * hurts, or a `fingerprint`), with the severities of `rules:`.
 */
export function unwaived(
  graph: Graph,
  findings: readonly Finding[],
  now: Date,
): readonly Finding[] {
  const named = findings.map((finding) => {
    const { method, path } = finding.operation
    const operation = graph.apis
      .flatMap((api) => api.contract?.operations ?? [])
      .find(
        (one) => one.name === finding.operation.id && one.method === method && one.path === path,
      )
    return {
      finding,
      rule: `test/${finding.check}`,
      severity: finding.severity,
      fingerprint: finding.fingerprint,
      subjects: [`${operation?.api ?? ''}.${finding.operation.id}`, ...finding.steps],
    }
  })
  return decidedFindings(graph, named, { now }).map(({ finding, severity }) => ({
    ...finding,
    severity,
  }))
}
