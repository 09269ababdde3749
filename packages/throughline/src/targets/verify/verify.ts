import {
  holdToPolicy,
  withAnswer,
  type Graph,
  type Operation,
  type SeenCaching,
} from '@throughline/core'
import type { Case, Phase } from './case.ts'
import type { Knowing } from './check-kind.ts'
import { checks, graphqlChecks, roadChecks } from './checks.ts'
import type { CollectionReport } from './collections/collection-report.ts'
import { watchCoverage, type Coverage } from './coverage.ts'
import { isFine, type Exchange, type Send } from './exchange.ts'
import type { CheckName, Finding } from './finding.ts'
import { grouped } from './group.ts'
import type { Identities } from './identities.ts'
import { learning } from './learn.ts'
import { keepLedger, recipeCases, type Ledger } from './ledger.ts'
import { budgetScripts } from './phases/budgets.ts'
import { coverageCases } from './phases/coverage.ts'
import { exampleCases, knownCases } from './phases/examples.ts'
import { fuzzCases } from './phases/fuzz.ts'
import { graphqlScripts } from './phases/graphql.ts'
import { identityScripts } from './phases/identities.ts'
import { journeyScripts } from './phases/journeys.ts'
import { corsScripts, methodScripts } from './phases/road.ts'
import { statefulScripts } from './phases/stateful.ts'
import { riskOf } from './risky.ts'
import { runner } from './runner.ts'
import { shrunk } from './shrink.ts'
import type { Script, Talk } from './talk.ts'

export const allPhases = [
  'examples',
  'coverage',
  'identities',
  'stateful',
  'journeys',
  'graphql',
  'fuzz',
] as const satisfies readonly Phase[]

export interface VerifyOptions {
  readonly send: Send
  readonly seed: number
  readonly phases: ReadonlySet<Phase>
  /** Which checks count. */
  readonly isOn?: (check: CheckName) => boolean
  /** Only these operations. */
  readonly operations?: (operation: Operation) => boolean
  readonly identities?: Identities
  /** Also what would log out, reset or delete everything, and nothing is kept for last. */
  readonly allOperations?: boolean
  /** Only methods that promise to change nothing. */
  readonly readOnly?: boolean
  /** Only this one, by its id; reads go before it, so that it asks for things that exist. */
  readonly only?: string
  /** How many requests are under way at once. */
  readonly workers?: number
  /** Requests in a second, at most. */
  readonly rate?: number
  /** Generated cases for each operation. */
  readonly fuzz?: number
  /** How documented statuses were reached before: they are tried first. */
  readonly ledger?: Ledger
  /** Where the GraphQL API of a name is, if not below the target: the whole address. */
  readonly graphqlAt?: (api: string) => string | undefined
  /** Requests that somebody wrote, in their order: collections and workflows. They run after the phases, one after the other. */
  readonly scripts?: readonly Script[]
  readonly signal?: AbortSignal
  /** Puts the target back as it was when an operation poisoned it. */
  readonly reset?: () => Promise<void>
  /** Milliseconds to wait for a poisoned target to recover by itself. */
  readonly patience?: number
  /** Hears how far it is. */
  readonly onProgress?: (progress: Progress) => void
  /** Hears of each exchange that shows a finding. */
  readonly onFound?: (exchange: Exchange, finding: Finding) => void
  /** Hears every request and its answer, credentials included: nothing of it is kept here. */
  readonly onExchange?: (exchange: Exchange) => void
}

export interface Progress {
  readonly phase: Phase
  readonly cases: number
  readonly findings: number
  /** How much of all is done, roughly: 0 to 1. */
  readonly part: number
}

export interface VerifyReport {
  readonly seed: number
  readonly findings: readonly Finding[]
  readonly cases: number
  readonly requests: number
  readonly operations: { readonly tested: number; readonly total: number }
  /** Set where somebody stopped it: what there is so far. */
  readonly stopped: boolean
  /** Why it ended before everything was asked: `the target does not answer: …`. */
  readonly ended?: string
  /** Operations that were not asked, because their words say that they end sessions or data. */
  readonly leftOut: readonly string[]
  /** GraphQL APIs that answer nowhere below the target. */
  readonly notThere?: readonly string[]
  /** What it reached, and what not. */
  readonly coverage: Coverage
  /** How each documented status was reached, this time or before. */
  readonly ledger: Ledger
  /** What right answers of reads said about how long they may be kept, by operation: `store.getBasket`. */
  readonly caching: ReadonlyMap<string, SeenCaching>
  /** How the collections went that ran in it. */
  readonly collections?: readonly CollectionReport[]
}

/** Asks a running backend whether it keeps what the workspace promises. Opens nothing, prints nothing, never rejects. */
export async function verify(graph: Graph, options: VerifyOptions): Promise<VerifyReport> {
  const { send, seed, phases, workers = 8, fuzz = 50, only } = options
  const signal = options.signal ?? new AbortController().signal
  holdToPolicy(graph)
  const isOn = options.isOn ?? (() => true)
  const groups = grouped(graph, seed)
  const all = operationsOf(graph)
  const chosen = all.filter(
    (one) =>
      (options.operations ?? (() => true))(one) &&
      (options.readOnly !== true || ['GET', 'HEAD', 'OPTIONS', 'QUERY'].includes(one.method)),
  )
  const risk = (one: Operation) => (options.allOperations === true ? 'none' : riskOf(one, all))
  const operations = chosen.filter((one) => risk(one) === 'none')
  const last = chosen.filter((one) => risk(one) === 'last')
  const isPicked = options.operations ?? (() => true)
  const queries = phases.has('graphql')
    ? graphqlOperationsOf(graph).filter(
        (one) =>
          isPicked(one) &&
          one.method !== 'subscription' &&
          (options.readOnly !== true || one.method === 'query') &&
          (options.allOperations === true || !leavesOut(one)),
      )
    : []
  const absent = new Set<string>()
  const { learned, take, relations } = learning(all)
  const identities = options.identities ?? { valid: [] }
  const tested = new Set<string>()
  const ledger: Ledger = options.ledger ?? new Map()
  const watching = watchCoverage(graph, [...chosen, ...queries])
  const keeping = keepLedger(ledger)
  const caching = new Map<string, SeenCaching>()
  const firstShown = new Map<string, Case>()
  let phase: Phase = 'examples'
  let cases = 0
  let judging = true

  const line = runner({
    send,
    identities,
    workers,
    ...(options.rate !== undefined && { rate: options.rate }),
    signal,
    ...(options.reset && { reset: options.reset }),
    ...(options.patience !== undefined && { patience: options.patience }),
    checksOf: (one) =>
      !judging
        ? []
        : one.probe?.kind === 'graphql'
          ? []
          : one.probe !== undefined
            ? roadChecks
            : one.operation.protocol === 'graphql'
              ? graphqlChecks
              : checks,
    judged: (check, exchange) => check(exchange, knowingOf(exchange.case.operation)),
    found(exchange, observation) {
      if (!isOn(observation.check)) return
      const finding = groups.add(exchange, observation)
      options.onFound?.(exchange, finding)
      if (finding.count === 1 && exchange.case.made !== undefined)
        firstShown.set(finding.fingerprint, exchange.case)
    },
    answered(exchange) {
      const { operation, probe } = exchange.case
      options.onExchange?.(exchange)
      if (exchange.outcome.kind !== 'answered' || probe !== undefined) return
      tested.add(operation.id)
      watching.take(exchange)
      if (operation.protocol === 'graphql') return
      take(exchange)
      keeping.take(exchange)
      noteCaching(caching, exchange)
    },
  })
  const ask: Talk['ask'] = async (one) => {
    if (one === undefined) return undefined
    // What happens to a thing takes all that was done to it before.
    const alone = only !== undefined && judging && phase !== 'stateful'
    if (alone && !only.startsWith(one.id.split('/').slice(0, 2).join('/'))) return undefined
    cases++
    const exchange = await line.ask(one)
    options.onProgress?.({ phase, cases, findings: groups.count(), part: partDone() })
    return exchange
  }
  const talk: Talk = {
    graph,
    seed,
    started: Date.now(),
    operations,
    identities,
    learned,
    relations,
    ask,
    note: line.note,
  }
  const single = function* (from: Iterable<Case>): Generator<() => Promise<unknown>> {
    for (const one of from)
      if (only === undefined || !judging || one.id === only) yield () => ask(one)
  }
  const scripted = function* (from: Iterable<Script>): Generator<() => Promise<unknown>> {
    for (const one of from) yield () => one(talk)
  }

  // Reads go first: they teach what there is, and those that work tell later whether the target is still well.
  judging = phases.has('examples') && (only === undefined || only.includes('/examples/'))
  const canaries: Case[] = []
  const isList = (one: Operation): boolean => one.method === 'GET' && !one.path.includes('{')
  const reads = phases.size === 0 ? [] : operations.filter(isList)
  await line.run(
    reads.map((operation) => async () => {
      for (const one of shownCases(operation)) {
        if (judging && only !== undefined && one.id !== only) continue
        const exchange = await ask(one)
        if (exchange === undefined || !isFine(exchange) || canaries.length >= mostCanaries) continue
        if (!canaries.some((before) => before.operation === operation)) canaries.push(one)
      }
    }),
  )
  line.watch(canaries)
  judging = true

  for (phase of allPhases) {
    if (!phases.has(phase) || signal.aborted) continue
    if (only !== undefined && only.split('/')[1] !== phase) continue
    switch (phase) {
      case 'examples':
        for (const methods of stages) {
          const those = operations.filter(
            (one) =>
              !isList(one) &&
              (methods.includes(one.method) || (methods.length === 0 && !usual.has(one.method))),
          )
          await line.run(single(those.flatMap((one) => [...shownCases(one)])))
        }
        await line.run(single(operations.flatMap((one) => [...knownCases(one, seed, learned)])))
        break
      case 'coverage':
        await line.run(single(flat(operations, (one) => coverageCases(one, seed, learned))))
        if (isOn('unsupported-method') && options.readOnly !== true)
          await line.run(scripted(methodScripts(talk)))
        break
      case 'identities':
        await line.run(scripted(identityScripts(talk)))
        break
      case 'stateful':
        await line.run(scripted(statefulScripts(talk)))
        break
      case 'journeys':
        await line.run(scripted(journeyScripts(talk)))
        if (isOn('cors')) await line.run(scripted(corsScripts(talk)))
        if (isOn('budget')) await line.run(scripted(budgetScripts(talk)), 1)
        break
      case 'graphql':
        await line.run(
          scripted(
            graphqlScripts({
              graph,
              operations: queries,
              ...(options.graphqlAt && { endpoint: options.graphqlAt }),
              notThere: (api) => absent.add(api),
            }),
          ),
        )
        break
      case 'fuzz':
        await line.run(
          single(flat(operations, (one) => firstOf(fuzzCases(one, seed, learned), fuzz))),
        )
        await shrinkAll()
        break
    }
  }
  phase = 'examples'
  if (only === undefined || last.some((one) => only.startsWith(`${one.api}.${one.name}/`)))
    for (const operation of last) {
      if (phases.has('identities')) {
        phase = 'identities'
        await line.run(scripted(identityScripts({ operations: [operation], identities })), 1)
      }
      if (!phases.has('examples')) continue
      phase = 'examples'
      await line.run(single(firstOf(exampleCases(operation, seed, learned), 1)), 1)
    }
  phase = 'collections'
  await line.run(scripted(options.scripts ?? []), 1)
  await line.finish()
  const ended = line.ended()
  return {
    seed,
    findings: groups.findings(),
    cases,
    requests: line.requests(),
    operations: { tested: tested.size, total: chosen.length + queries.length },
    ...(absent.size > 0 && { notThere: [...absent] }),
    stopped: signal.aborted,
    ...(ended !== undefined && { ended }),
    leftOut: chosen.filter((one) => risk(one) === 'never').map((one) => `${one.api}.${one.name}`),
    coverage: watching.coverage(),
    ledger: keeping.ledger(),
    caching,
  }

  /** By the cases that phases of this size usually have. */
  function partDone(): number {
    const wanted = allPhases.filter((one) => phases.has(one))
    const usualCases = (one: Phase): number =>
      operations.length *
      {
        examples: 2,
        coverage: 30,
        identities: 2,
        stateful: 12,
        journeys: 4,
        fuzz,
        graphql: 0,
        collections: 1,
        sequences: 1,
      }[one]
    const total = wanted.reduce((sum, one) => sum + usualCases(one), 0)
    return Math.min(0.99, cases / Math.max(1, total))
  }

  function* shownCases(operation: Operation): Generator<Case> {
    // What was taken away once must not be looked for to be taken away again.
    if (operation.method !== 'DELETE') yield* recipeCases(operation, ledger)
    yield* exampleCases(operation, seed, learned)
  }

  function knowingOf(operation: Operation): Knowing {
    return { graph, operation, isOn }
  }

  /** What a generated case showed is shown by a simpler one of its kind, judged from the wire each time. */
  async function shrinkAll(): Promise<void> {
    for (const [fingerprint, one] of [...firstShown].slice(0, mostShrunk)) {
      if (signal.aborted || line.ended() !== undefined) return
      const shows = async (candidate: Case): Promise<boolean> => {
        const exchange = await line.quietly(candidate)
        if (exchange === undefined) return false
        const knowing = knowingOf(candidate.operation)
        for (const check of checks)
          for (const observation of check(exchange, knowing))
            if (groups.fingerprintOf(candidate.operation, observation) === fingerprint) {
              options.onFound?.(exchange, groups.add(exchange, observation))
              return true
            }
        return false
      }
      await shrunk(one, shows, mostTries)
    }
  }
}

const mostCanaries = 3
const mostShrunk = 20
const mostTries = 60

/** What makes things goes before what asks for one, and what takes them away is last. */
const stages: readonly (readonly string[])[] = [
  ['POST'],
  ['GET', 'HEAD'],
  ['PUT', 'PATCH'],
  [],
  ['DELETE'],
]
const usual = new Set(stages.flat())

function operationsOf(graph: Graph): readonly Operation[] {
  return graph.apis.flatMap(({ contract }) =>
    contract?.protocol === 'rest' ? contract.operations : [],
  )
}

function noteCaching(
  caching: Map<string, SeenCaching>,
  { outcome, case: { operation, request, verdict } }: Exchange,
): void {
  if (outcome.kind !== 'answered' || outcome.status !== 200 || verdict.kind !== 'valid') return
  if (request.method !== 'GET' && request.method !== 'QUERY') return
  const name = `${operation.api}.${operation.name}`
  caching.set(
    name,
    withAnswer(caching.get(name), (header) => outcome.headers.get(header)),
  )
}

function graphqlOperationsOf(graph: Graph): readonly Operation[] {
  return graph.apis.flatMap(({ contract }) =>
    contract?.protocol === 'graphql' ? contract.operations : [],
  )
}

/** Mutations whose words say that they end sessions or data. */
function leavesOut(one: Operation): boolean {
  return one.method === 'mutation' && riskOf({ ...one, method: 'POST' }, []) !== 'none'
}

function* flat(
  operations: readonly Operation[],
  casesOf: (operation: Operation) => Iterable<Case>,
): Generator<Case> {
  for (const one of operations) yield* casesOf(one)
}

function* firstOf<Item>(from: Iterable<Item>, count: number): Generator<Item> {
  let left = count
  if (left === 0) return
  for (const one of from) {
    yield one
    if (--left === 0) return
  }
}
