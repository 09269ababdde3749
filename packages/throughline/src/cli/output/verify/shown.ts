import { nodesOfKind, originOf, type Graph, type Operation, type Range } from '@throughline/core'
import type { Exchange } from '../../../targets/verify/exchange.ts'
import type { Finding } from '../../../targets/verify/finding.ts'
import type { VerifyReport } from '../../../targets/verify/verify.ts'

/** A run, and what is needed to show it to somebody. */
export interface VerifyShown {
  readonly target: string
  readonly graph: Graph
  readonly report: VerifyReport
  /** The exchange that a finding's `reproduce` tells of, by fingerprint. */
  readonly exchanges: ReadonlyMap<string, Exchange>
  /** RFC 3339: when the run began. */
  readonly started: string
  /** How long it took, milliseconds. */
  readonly ms: number
  /** Of Throughline. */
  readonly version: string
  /** The path from the repository's root. */
  readonly pathOf: (path: string) => string
}

/** The operation that a finding is about; cases are named after it. */
export function operationOf(
  graph: Graph,
  { operation, reproduce }: Finding,
): Operation | undefined {
  for (const one of nodesOfKind(graph, 'operation'))
    if (one.name === operation.id && reproduce.case.startsWith(`${one.api}.${one.name}/`))
      return one
  return undefined
}

/** Where an operation stands in its contract. */
export function placeOf(operation: Operation): { readonly file: string; readonly range: Range } {
  const { source, place } = originOf(operation.site, 'key')
  const [range] = source.locate([place])
  return { file: source.file.path, range: range! }
}

/** What touches a journey: its steps in order, each with the findings that hurt it. Steps that nothing hurts are there as well. */
export interface JourneyShown {
  readonly name: string
  readonly title: string
  readonly owner?: string
  readonly steps: readonly {
    readonly name: string
    readonly title: string
    readonly screen?: string
    readonly findings: readonly Finding[]
  }[]
}

export function journeysOf({ graph, report }: VerifyShown): readonly JourneyShown[] {
  return graph.journeys.map((journey) => ({
    name: journey.name,
    title: journey.title,
    ...(journey.owner !== undefined && { owner: journey.owner }),
    steps: [...nodesOfKind(graph, 'step')]
      .filter((step) => step.journey === journey.id)
      .map((step) => ({
        name: step.name,
        title: step.title,
        ...(step.screen !== undefined && { screen: step.screen }),
        findings: report.findings.filter(({ steps }) => steps.includes(step.name)),
      })),
  }))
}

/** Findings that hurt no step. */
export function elsewhere({ report }: VerifyShown): readonly Finding[] {
  return report.findings.filter(({ steps }) => steps.length === 0)
}

/** `3 errors, 1 warning`, `nothing found`. */
export function countsOf(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'nothing found'
  return (['error', 'warning', 'info'] as const)
    .map((severity) => ({
      severity,
      count: findings.filter((one) => one.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) =>
      severity === 'info' ? `${count} to know` : `${count} ${severity}${count === 1 ? '' : 's'}`,
    )
    .join(', ')
}
