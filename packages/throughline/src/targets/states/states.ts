import type { Browser } from 'playwright-core'
import { nodeOf, nodesOfKind, type CallNode, type Graph, type Origin } from '@throughline/core'
import { askedOperations } from './asked-operation.ts'
import type { StateFinding } from './finding.ts'
import { plannedStates, type PlannedState } from './plan.ts'
import {
  feltTime,
  goodDay,
  prove,
  proveUnneeded,
  type GoodDay,
  type Proof,
  type ProveOptions,
} from './prove.ts'

export interface StatesOptions extends Omit<ProveOptions, 'asked'> {
  /** Where the app runs. */
  readonly app: string
  /** Whether a state is to be looked at, by its id. */
  readonly isWanted: (id: string) => boolean
  /** How many pages are open at once. */
  readonly workers: number
  readonly onProgress?: (progress: StatesProgress) => void
}

export interface StatesProgress {
  readonly done: number
  readonly total: number
  readonly found: number
}

/** What came of one state. */
export interface ProvenState {
  /** The scenario that was played: `checkout/basket/store.getBasket/404`. */
  readonly id: string
  readonly step: string
  readonly call: string
  readonly condition: string
  /** `untested` where there is no `test` to prove it by. */
  readonly verdict: 'proven' | 'failed' | 'untested'
  readonly findings: readonly StateFinding[]
  readonly show?: string
  readonly test?: string
  readonly owner?: string
  readonly origin: Origin
  /** Milliseconds of a person's time until the state was seen. */
  readonly after?: number
  readonly sent: number
  /** Milliseconds that it took to find out. */
  readonly took: number
  readonly picture?: Buffer
}

/** How long a screen takes as people feel it: milliseconds until it stands still, `undefined` where it loads for ever. */
export interface FeltScreen {
  readonly step: string
  readonly screen: string
  /** What the step promises at p75. */
  readonly promised?: number
  /** What it promises at p95. */
  readonly promisedSlow?: number
  /** Every call takes what its budget allows at p75, at p95, and as long as people are ready to wait. */
  readonly normal?: number
  readonly slow?: number
  readonly verySlow?: number
  readonly owner?: string
  /** Where the step is written. */
  readonly origin: Origin
}

export interface StatesReport {
  readonly app: string
  readonly states: readonly ProvenState[]
  readonly screens: readonly FeltScreen[]
  readonly stopped: boolean
}

const usualAnswer = 300
const doubtful: ReadonlySet<StateFinding['check']> = new Set([
  'unreachable',
  'frozen',
  'not-called',
])

/** Plays every state of every step in a real browser and says which of them people really see. */
export async function proveStates(
  browser: Browser,
  graph: Graph,
  options: StatesOptions,
): Promise<StatesReport> {
  const proving: ProveOptions = { ...options, asked: askedOperations(graph) }
  const everything = plannedStates(graph)
  const planned = everything.filter(({ id }) => options.isWanted(id))
  const states: ProvenState[] = []
  const screens: FeltScreen[] = []
  const isStopped = (): boolean => options.signal?.aborted === true
  const groups = [...Map.groupBy(planned, ({ call }) => call.id).values()]
  const days = new Map<string, Promise<GoodDay>>()
  let done = 0
  // Who asks for one state wants to know that one.
  const steps = [...new Map(everything.map((one) => [one.step.id, one])).values()].filter(
    ({ step }) => options.isWanted(`${step.name}/felt`),
  )
  const whole = planned.length + steps.length
  const told = (): void =>
    options.onProgress?.({
      done,
      total: whole,
      found: states.filter(({ verdict }) => verdict === 'failed').length,
    })

  const jobs: (() => Promise<void>)[] = [
    ...groups.flatMap((group) =>
      group.map((one) => async (): Promise<void> => {
        const started = performance.now()
        const good = await dayOf(one, group)
        const look = () => prove(browser, one, good, screensAfter(graph, one), proving)
        const first = await look()
        // What depends on how busy the machine is gets a second chance.
        const isDoubtful =
          good.problem === undefined && first.findings.some(({ check }) => doubtful.has(check))
        const proof = isDoubtful && !isStopped() ? await look() : first
        states.push(provenState(one, proof, performance.now() - started))
      }),
    ),
    ...steps.map((one) => async (): Promise<void> => {
      const felt = await feltScreen(one)
      if (felt !== undefined) screens.push(felt)
      for (const name of await unneededOf(one)) {
        const good = await dayOf(one, [one])
        const id = `${one.step.name}/${name}/unneeded`
        if (good.before === undefined || !options.isWanted(id)) continue
        const started = performance.now()
        const proof = await proveUnneeded(browser, one, name, good.before, proving)
        states.push({
          ...provenState(one, proof, performance.now() - started),
          id,
          call: name,
          condition: 'unneeded',
          show: 'The screen stays: no step on it needs this call',
          origin: one.step.origin,
        })
      }
    }),
  ]
  told()
  await Promise.all(
    Array.from({ length: Math.max(1, options.workers) }, async () => {
      for (let job = jobs.shift(); job !== undefined && !isStopped(); job = jobs.shift()) {
        await job()
        done += 1
        told()
      }
    }),
  )
  const order = new Map(planned.map(({ id }, index) => [id, index]))
  return {
    app: options.app,
    states: states.toSorted(
      (one, other) => (order.get(one.id) ?? order.size) - (order.get(other.id) ?? order.size),
    ),
    screens: screens.toSorted((one, other) => one.step.localeCompare(other.step, 'en')),
    stopped: isStopped(),
  }

  /** One good day for each call that needs something done; all calls of a step made by arriving share one. */
  function dayOf(one: PlannedState, group: readonly PlannedState[]): Promise<GoodDay> {
    const key = one.call.via.length > 0 ? one.call.id : one.step.id
    let day = days.get(key)
    if (day === undefined) {
      const alike =
        one.call.via.length > 0 ? group : planned.filter(({ step }) => step === one.step)
      const tests = [...new Set(alike.flatMap(({ test }) => test ?? []))]
      day = goodDay(browser, one, tests, proving).then((first) =>
        first.problem === undefined || isStopped() ? first : goodDay(browser, one, tests, proving),
      )
      days.set(key, day)
    }
    return day
  }

  async function unneededOf(one: PlannedState): Promise<readonly string[]> {
    const { before, calls } = await dayOf({ ...one, call: { ...one.call, via: [] } }, [one])
    if (before === undefined || options.answer === undefined) return []
    const needed = neededOn(graph, one)
    return [...calls.keys()].filter((name) => !needed.has(name))
  }

  async function feltScreen(one: PlannedState): Promise<FeltScreen | undefined> {
    const { step } = one
    if (options.answer === undefined) return undefined
    const day = await dayOf({ ...one, call: { ...one.call, via: [] } }, [one])
    if (day.problem !== undefined) return undefined
    const budgets = new Map(callsOf(graph, one).map(({ name, budget }) => [name, budget]))
    const p75 = (name: string): number =>
      budgets.get(name)?.p75 ?? budgets.get(name)?.p50 ?? usualAnswer
    const p95 = (name: string): number => budgets.get(name)?.p95 ?? p75(name) * 2
    const loading = everything.flatMap(({ step: other, condition, test }) =>
      other === step && condition === 'loading' && test !== undefined ? [test] : [],
    )
    const felt = (late: (name: string) => number): Promise<number | undefined> =>
      feltTime(browser, one, late, [...new Set(loading)], proving)
    const [normal, slow, verySlow] = [
      await felt(p75),
      await felt(p95),
      await felt(() => options.patience),
    ]
    return {
      step: step.name,
      screen: step.screen ?? '/',
      origin: step.origin,
      ...(one.owner !== undefined && { owner: one.owner }),
      ...(step.budget?.p75 !== undefined && { promised: step.budget.p75 }),
      ...(step.budget?.p95 !== undefined && { promisedSlow: step.budget.p95 }),
      ...(normal !== undefined && { normal }),
      ...(slow !== undefined && { slow }),
      ...(verySlow !== undefined && { verySlow }),
    }
  }
}

/**
 * Which of its own promises a screen breaks though every answer keeps its budget: `normal` what the step promises at p75, `slow` at
 * p95; `verySlow` where answers keep nothing, and a sign of loading is all that people see after p95.
 */
export function latenessOf({
  promised,
  promisedSlow,
  normal,
  slow,
  verySlow,
}: FeltScreen): 'normal' | 'slow' | 'verySlow' | undefined {
  const isOver = (felt: number | undefined, budget: number | undefined): boolean =>
    budget !== undefined && (felt === undefined || felt > budget * 1.1)
  if (isOver(normal, promised)) return 'normal'
  if (isOver(slow, promisedSlow)) return 'slow'
  return isOver(verySlow, promisedSlow) ? 'verySlow' : undefined
}

function provenState(one: PlannedState, proof: Proof, took: number): ProvenState {
  const { id, step, call, condition, show, test, owner, origin } = one
  const { findings, after, sent, picture } = proof
  return {
    id,
    step: step.name,
    call: call.name,
    condition,
    verdict: findings.some(({ severity }) => severity !== 'info')
      ? 'failed'
      : proof.shown
        ? 'proven'
        : 'untested',
    findings,
    origin,
    sent,
    took: Math.round(took),
    ...(show !== undefined && { show }),
    ...(test !== undefined && { test }),
    ...(owner !== undefined && { owner }),
    ...(after !== undefined && { after }),
    ...(picture !== undefined && { picture }),
  }
}

function callsOf(graph: Graph, { step }: PlannedState): readonly CallNode[] {
  return step.calls.flatMap((id) => nodeOf(graph, 'call', id) ?? [])
}

/** Names of the calls that any step on the same screen needs something of, or makes by an act. */
function neededOn(graph: Graph, { step }: PlannedState): ReadonlySet<string> {
  return new Set(
    [...nodesOfKind(graph, 'step')]
      .filter(({ screen }) => screen === step.screen)
      .flatMap(({ calls }) => calls.flatMap((id) => nodeOf(graph, 'call', id)?.name ?? [])),
  )
}

function screensAfter(graph: Graph, { step }: PlannedState): readonly string[] {
  return step.next.flatMap((id) => {
    const screen = nodeOf(graph, 'step', id)?.screen
    return screen === undefined || screen === step.screen ? [] : [screen]
  })
}
