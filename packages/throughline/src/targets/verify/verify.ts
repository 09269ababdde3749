import type { Graph, Operation } from '@throughline/core'
import type { Case, Phase } from './case.ts'
import type { Knowing } from './check-kind.ts'
import { checks } from './checks.ts'
import { watchCoverage, type Coverage } from './coverage.ts'
import type { Exchange, Send } from './exchange.ts'
import type { CheckName, Finding } from './finding.ts'
import { grouped } from './group.ts'
import { keepLedger, recipeCases, type Ledger } from './ledger.ts'
import { coverageCases } from './phases/coverage.ts'
import { exampleCases } from './phases/examples.ts'
import { fuzzCases } from './phases/fuzz.ts'
import { nothingLearned, type Learned } from './usual-request.ts'

export interface VerifyOptions {
  readonly send: Send
  readonly seed: number
  readonly phases: ReadonlySet<Phase>
  /** Which checks count. */
  readonly isOn?: (check: CheckName) => boolean
  /** Only these operations. */
  readonly operations?: (operation: Operation) => boolean
  /** How many requests are under way at once. */
  readonly workers?: number
  /** Generated cases for each operation. */
  readonly fuzz?: number
  readonly learned?: Learned
  /** How documented statuses were reached before: they are tried first. */
  readonly ledger?: Ledger
  readonly signal?: AbortSignal
  /** Hears of each exchange that shows a finding. */
  readonly onFound?: (exchange: Exchange, finding: Finding) => void
  /** Hears how far it is. */
  readonly onProgress?: (progress: Progress) => void
}

interface Progress {
  readonly phase: Phase
  readonly cases: number
  readonly findings: number
}

export interface VerifyReport {
  readonly seed: number
  readonly findings: readonly Finding[]
  readonly cases: number
  readonly requests: number
  readonly operations: { readonly tested: number; readonly total: number }
  /** What it reached, and what not. */
  readonly coverage: Coverage
  /** How each documented status was reached, this time or before. */
  readonly ledger: Ledger
  /** Set where somebody stopped it: what there is so far. */
  readonly stopped: boolean
}

/** Asks a running backend whether it keeps what the workspace promises. Opens nothing, prints nothing, never rejects. */
export async function verify(graph: Graph, options: VerifyOptions): Promise<VerifyReport> {
  const { send, seed, phases, workers = 8, fuzz = 50, learned = nothingLearned, signal } = options
  const isOn = options.isOn ?? (() => true)
  const groups = grouped(graph, seed)
  const operations = operationsOf(graph).filter(options.operations ?? (() => true))
  const tested = new Set<string>()
  const { ledger = new Map() } = options
  const watching = watchCoverage(graph, operations)
  const keeping = keepLedger(ledger)
  let cases = 0
  let requests = 0

  const take = (exchange: Exchange): void => {
    requests++
    watching.take(exchange)
    keeping.take(exchange)
    const { operation } = exchange.case
    if (exchange.outcome.kind === 'answered') tested.add(operation.id)
    const knowing: Knowing = { graph, operation, isOn }
    for (const check of checks)
      for (const one of check(exchange, knowing))
        if (isOn(one.check)) {
          const finding = groups.add(exchange, one)
          options.onFound?.(exchange, finding)
        }
  }

  for (const phase of ['examples', 'coverage', 'fuzz'] as const) {
    if (!phases.has(phase)) continue
    await inParallel(casesOf(phase), workers, async (one) => {
      cases++
      take(await send(one, signal))
      options.onProgress?.({ phase, cases, findings: groups.findings().length })
    })
  }
  return {
    seed,
    findings: groups.findings(),
    cases,
    requests,
    operations: { tested: tested.size, total: operations.length },
    coverage: watching.coverage(),
    ledger: keeping.ledger(),
    stopped: signal?.aborted === true,
  }

  function* casesOf(phase: 'examples' | 'coverage' | 'fuzz'): Generator<Case> {
    for (const operation of operations) {
      if (phase === 'examples') {
        yield* recipeCases(operation, ledger)
        yield* exampleCases(operation, seed, learned)
      } else if (phase === 'coverage') yield* coverageCases(operation, seed, learned)
      else yield* firstOf(fuzzCases(operation, seed, learned), fuzz)
    }
  }

  async function inParallel(
    from: Iterable<Case>,
    count: number,
    act: (one: Case) => Promise<void>,
  ): Promise<void> {
    const cases = from[Symbol.iterator]()
    const work = async (): Promise<void> => {
      for (;;) {
        if (signal?.aborted === true) return
        const next = cases.next()
        if (next.done === true) return
        await act(next.value)
      }
    }
    await Promise.all(Array.from({ length: count }, work))
  }
}

function operationsOf(graph: Graph): readonly Operation[] {
  return graph.apis.flatMap(({ contract }) =>
    contract?.protocol === 'rest' ? contract.operations : [],
  )
}

function* firstOf<Item>(from: Iterable<Item>, count: number): Generator<Item> {
  let left = count
  if (left === 0) return
  for (const one of from) {
    yield one
    if (--left === 0) return
  }
}
