import { nodesOfKind, type Graph, type SeenCaching, type Severity } from '@throughline/core'
import { coverageKinds } from './coverage.ts'
import type { Finding } from './finding.ts'
import { journeyCoverage, type JourneyCoverage, type Part } from './journey-coverage.ts'
import type { VerifyReport } from './verify.ts'

/** A test run as it is kept for the studio. No answer of the backend is in it, and no credential. */
export interface KeptRun {
  readonly version: 1
  /** From when it began: the newest sorts last. */
  readonly id: string
  readonly by: 'studio' | 'cli'
  /** `mock`, the name of an environment, or the origin of an address. */
  readonly target: string
  /** RFC 3339. */
  readonly started: string
  readonly ms: number
  readonly seed: number
  readonly phases: readonly string[]
  /** Only what reads was sent. */
  readonly readOnly: boolean
  /** What else it was told to leave out, in the words of the command. */
  readonly narrowed?: string
  readonly outcome: 'running' | 'done' | 'stopped' | 'ended'
  /** Why it ended before everything was asked. */
  readonly ended?: string
  readonly cases: number
  readonly requests: number
  readonly operations: { readonly tested: number; readonly total: number }
  readonly leftOut: readonly string[]
  readonly findings: readonly KeptFinding[]
  readonly coverage: Readonly<Record<(typeof coverageKinds)[number], Part>>
  readonly journeys: readonly JourneyCoverage[]
  /** What right answers of reads said about how long they may be kept, by operation; at most a thousand. */
  readonly caching?: Readonly<Record<string, SeenCaching>>
}

export interface KeptFinding {
  readonly fingerprint: string
  readonly check: string
  readonly severity: Severity
  /** `id` is with its API: `store.getBasket`. */
  readonly operation: { readonly id: string; readonly method: string; readonly path: string }
  readonly message: string
  readonly at?: string
  readonly steps: readonly string[]
  readonly count: number
  readonly curl: string
  readonly case: string
  /** Of the answer that shows it. */
  readonly status?: number
}

export type RunMade = Pick<KeptRun, 'id' | 'by' | 'target' | 'phases' | 'readOnly' | 'narrowed'> & {
  /** When it began, milliseconds since 1970. */
  readonly started: number
  readonly ms: number
}

/** A run that has ended, as it is kept. */
export function keptRunOf(
  graph: Graph,
  report: VerifyReport,
  { started, ...made }: RunMade,
): KeptRun {
  const { seed, cases, requests, operations, leftOut, ended, coverage } = report
  return {
    version: 1,
    ...made,
    started: new Date(started).toISOString(),
    seed,
    outcome: ended !== undefined ? 'ended' : report.stopped ? 'stopped' : 'done',
    ...(ended !== undefined && { ended }),
    cases,
    requests,
    operations,
    leftOut,
    findings: keptFindings(graph, report.findings),
    coverage: partsOf(({ reached, total }) => ({ reached, total }), coverage),
    journeys: journeyCoverage(graph, coverage, report.ledger),
    ...(report.caching.size > 0 && {
      caching: Object.fromEntries([...report.caching].slice(0, mostCached)),
    }),
  }
}

const mostCached = 1000

/** Findings without what was answered, each operation with its API. */
export function keptFindings(graph: Graph, findings: readonly Finding[]): readonly KeptFinding[] {
  const names = new Map<string, string>()
  for (const { api, name } of nodesOfKind(graph, 'operation'))
    names.set(`${api}.${name}`, `${api}.${name}`)
  return findings.slice(0, mostFindings).map(({ operation, reproduce, ...finding }) => ({
    ...finding,
    message: finding.message.slice(0, longest),
    operation: {
      ...operation,
      id:
        names.get(reproduce.case.slice(0, reproduce.case.indexOf('/'))) ??
        [...names.keys()].find((one) => one.endsWith(`.${operation.id}`)) ??
        operation.id,
    },
    steps: [...finding.steps],
    curl: reproduce.curl.slice(0, longest),
    case: reproduce.case,
    ...(reproduce.answer !== undefined && { status: reproduce.answer.status }),
  }))
}

/** `20261122T081500123Z`: names a run by when it began. */
export function runIdAt(started: number): string {
  return new Date(started).toISOString().replaceAll(/[-:.]/g, '')
}

function partsOf<Given>(
  part: (given: Given) => Part,
  of: Readonly<Record<(typeof coverageKinds)[number], Given>>,
): KeptRun['coverage'] {
  return {
    operations: part(of.operations),
    statuses: part(of.statuses),
    parameters: part(of.parameters),
    needs: part(of.needs),
    states: part(of.states),
  }
}

/** What is kept of a run that finds something everywhere; a page can't show more. */
const mostFindings = 1000
const longest = 10_000
