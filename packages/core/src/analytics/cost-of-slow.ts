import { seededDraw } from '../schema/choices.ts'
import { LEAST, type ClaimLabel, type Estimate } from './claim.ts'
import { covariatesOf, type Covariate } from './covariates.ts'
import { doseResponse, type Dose } from './dose-response.ts'
import { answeredLater } from './answered-later.ts'
import { chanceOf, logisticRegression, stepsFrom, type Design } from './logistic-regression.ts'
import { luck } from './normal.ts'
import type { StepVisit } from './step-visit.ts'

/** What slow answers of one step cost: a figure, or why there is none. */
export type CostOfSlow =
  | {
      readonly kind: 'estimate'
      readonly label: Exclude<ClaimLabel, 'experiment'>
      /** Why it is no more than that, a sentence each. */
      readonly because: readonly string[]
      /** How much the share that leaves would fall if nobody waited longer than the budget because of the server. */
      readonly difference: Estimate
      /** The same in visits that would have gone on, of those given. */
      readonly won: Estimate
      /** The chance to see at least this much by luck alone, before other steps are considered. */
      readonly chance: number
      readonly visits: number
      readonly slow: number
      /** What visits were told apart by. */
      readonly adjustedFor: readonly string[]
      readonly checks: CostChecks
      readonly dose: readonly Dose[]
    }
  | {
      readonly kind: 'too-few'
      /** What there is too little of, for people. */
      readonly because: string
      readonly visits: number
      readonly slow: number
    }

/** Printed beside the figure. */
export interface CostChecks {
  /** The share of visits that could as well have been slow as not, by what is known of them. */
  readonly overlap: number
  /** The chance, by luck alone, that the next step's latency seems to matter here as much as it does; a small one says that something is missing. */
  readonly placebo?: number
}

export interface CostOptions {
  /** What the step promises, milliseconds. */
  readonly budget: number
  readonly draws?: number
  readonly seed?: string
}

/**
 * The conversions that were lost because answers took longer than the budget: g-computation on a logistic model of leaving, with
 * the logarithm of the latency bent at the budget, what is known of the session, and the client's network time. A visit is
 * compared with itself, as if the server had answered within the budget (the network stays as slow as it was). The interval comes
 * from a bootstrap that redraws whole sessions.
 */
export function costOfSlow(
  given: readonly StepVisit[],
  { budget, draws = 500, seed = 'cost of slow' }: CostOptions,
): CostOfSlow {
  const visits = answeredLater(given, seed)
  const slow = visits.filter(({ latency }) => latency > budget).length
  const few = tooFew(visits, slow)
  if (few !== undefined) return { kind: 'too-few', because: few, visits: visits.length, slow }

  const measured = visits.filter(({ network }) => network !== undefined).length
  const withNetwork = measured >= visits.length * 0.95
  const covariates = covariatesOf(visits, withNetwork)
  const design = designOf(visits, covariates, budget)
  const outcomes = Uint8Array.from(visits, ({ left }) => (left ? 1 : 0))
  const fit = logisticRegression(design, outcomes)
  const within = withinBudget(visits, design, budget, withNetwork)
  const value = differenceOf(design, within, fit.coefficients)
  const spread = bootstrapSpread(visits, design, outcomes, fit.coefficients, within, {
    draws,
    seed,
  })
  const difference = { value, low: value - 2 * spread, high: value + 2 * spread }
  const checks = checksOf(visits, covariates, design, outcomes, budget)
  const because = [
    ...(withNetwork
      ? []
      : [
          "The client's network time is unknown: the backend sends no spans for these calls, so a slow network and a slow server look the same.",
        ]),
    ...(fit.converged
      ? []
      : ['Leaving can be told from one thing alone: the model did not settle.']),
    ...(checks.overlap < leastOverlap
      ? [
          `Only ${Math.round(checks.overlap * 100)} % of the visits have both slow and fast ones like them to be compared with.`,
        ]
      : []),
    ...(checks.placebo !== undefined && checks.placebo < suspicious
      ? [
          'The latency of the next step, which nobody had seen yet, seems to matter as well: something unknown makes people both wait and leave.',
        ]
      : []),
  ]
  const of = (share: number): number => share * visits.length
  return {
    kind: 'estimate',
    label: because.length === 0 ? 'adjusted estimate' : 'association',
    because,
    difference,
    won: { value: of(value), low: of(difference.low), high: of(difference.high) },
    chance: luck(value / spread),
    visits: visits.length,
    slow,
    adjustedFor: covariates.map(({ name }) => name),
    checks,
    dose: doseResponse(visits),
  }
}

const leastOverlap = 0.7
const suspicious = 0.01

function tooFew(visits: readonly StepVisit[], slow: number): string | undefined {
  const left = visits.filter((one) => one.left).length
  const counts = [
    [visits.length, LEAST.visits, 'visits with a measured wait'],
    [left, LEAST.each, 'visits that ended here'],
    [visits.length - left, LEAST.each, 'visits that went on'],
    [slow, LEAST.each, 'visits that waited longer than the budget'],
    [visits.length - slow, LEAST.each, 'visits within the budget'],
  ] as const
  const missing = counts.find(([count, least]) => count < least)
  return missing && `${missing[0]} ${missing[2]}: at least ${missing[1]} are needed.`
}

/** 1, log of the latency against the budget, how much of it lies above the budget, covariates. */
function designOf(
  visits: readonly StepVisit[],
  covariates: readonly Covariate[],
  budget: number,
): Design {
  const parts = covariates.flatMap(({ columns }) => columns)
  const columns = 3 + parts.length
  const values = new Float64Array(visits.length * columns)
  for (let row = 0; row < visits.length; row += 1) {
    const start = row * columns
    const [log, above] = bent(visits[row]!.latency, budget)
    values[start] = 1
    values[start + 1] = log
    values[start + 2] = above
    for (let part = 0; part < parts.length; part += 1) values[start + 3 + part] = parts[part]![row]!
  }
  return { rows: visits.length, columns, values }
}

function bent(latency: number, budget: number): readonly [number, number] {
  const log = Math.log(Math.max(1, latency) / Math.max(1, budget))
  return [log, Math.max(0, log)]
}

/** The rows that were slow because of the server, with the latency columns they would have had. */
interface Within {
  readonly rows: Uint32Array
  readonly design: Design
}

function withinBudget(
  visits: readonly StepVisit[],
  { columns, values }: Design,
  budget: number,
  withNetwork: boolean,
): Within {
  const changed: number[] = []
  const copies: number[] = []
  for (const [row, { latency, network }] of visits.entries()) {
    const floor = withNetwork ? Math.min(latency, network ?? 0) : 0
    const would = Math.max(Math.min(latency, budget), floor)
    if (would >= latency) continue
    changed.push(row)
    const [log, above] = bent(would, budget)
    copies.push(1, log, above, ...values.subarray(row * columns + 3, (row + 1) * columns))
  }
  return {
    rows: Uint32Array.from(changed),
    design: { rows: changed.length, columns, values: Float64Array.from(copies) },
  }
}

/** The mean, over all visits, of the chance to leave as it was less the chance within the budget. */
function differenceOf(
  design: Design,
  { rows, design: would }: Within,
  coefficients: Float64Array,
  weights?: Float64Array,
): number {
  let [sum, all] = [0, design.rows]
  if (weights !== undefined) {
    all = 0
    for (const weight of weights) all += weight
  }
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!
    const weight = weights === undefined ? 1 : weights[row]!
    if (weight !== 0)
      sum += weight * (chanceOf(design, row, coefficients) - chanceOf(would, index, coefficients))
  }
  return all === 0 ? 0 : sum / all
}

/** The standard deviation of the difference over samples of whole sessions, each drawn as often as a Poisson count says. */
function bootstrapSpread(
  visits: readonly StepVisit[],
  design: Design,
  outcomes: Uint8Array,
  coefficients: Float64Array,
  within: Within,
  { draws, seed }: { readonly draws: number; readonly seed: string },
): number {
  const numbers = new Map<string, number>()
  const sessions = Uint32Array.from(visits, ({ session }) => {
    const known = numbers.get(session)
    if (known !== undefined) return known
    numbers.set(session, numbers.size)
    return numbers.size - 1
  })
  const draw = seededDraw(seed)
  const stepOf = stepsFrom(design, outcomes, coefficients)
  const counts = new Float64Array(numbers.size)
  const weights = new Float64Array(visits.length)
  const moved = new Float64Array(coefficients.length)
  let [sum, squares] = [0, 0]
  for (let round = 0; round < draws; round += 1) {
    for (let session = 0; session < counts.length; session += 1) counts[session] = poisson(draw)
    for (let row = 0; row < weights.length; row += 1) weights[row] = counts[sessions[row]!]!
    const step = stepOf(weights)
    for (let column = 0; column < moved.length; column += 1)
      moved[column] = coefficients[column]! + Math.max(-2, Math.min(2, step[column]!))
    const difference = differenceOf(design, within, moved, weights)
    sum += difference
    squares += difference * difference
  }
  const mean = sum / draws
  return Math.sqrt(Math.max(0, squares / draws - mean * mean) * (draws / Math.max(1, draws - 1)))
}

function poisson(draw: (bound: number) => number): number {
  const at = draw(2 ** 32) / 2 ** 32
  let count = 0
  while (count < poissonBelow.length && at >= poissonBelow[count]!) count += 1
  return count
}

/** P(count <= n) of a Poisson distribution with mean 1. */
const poissonBelow = Float64Array.from({ length: 12 }, (_, most) => {
  let [term, sum] = [Math.exp(-1), 0]
  for (let count = 0; count <= most; count += 1) {
    sum += term
    term /= count + 1
  }
  return sum
})

function checksOf(
  visits: readonly StepVisit[],
  covariates: readonly Covariate[],
  design: Design,
  outcomes: Uint8Array,
  budget: number,
): CostChecks {
  const placebo = placeboOf(visits, design, outcomes)
  return {
    overlap: overlapOf(visits, covariates, budget),
    ...(placebo !== undefined && { placebo }),
  }
}

/** The model with one more column: the latency of the next step around that time. It cannot have made anybody leave before it. */
function placeboOf(
  visits: readonly StepVisit[],
  { rows, columns, values }: Design,
  outcomes: Uint8Array,
): number | undefined {
  if (visits.filter(({ later }) => later !== undefined).length < rows * 0.8) return undefined
  const wider = new Float64Array(rows * (columns + 1))
  for (let row = 0; row < rows; row += 1) {
    wider.set(values.subarray(row * columns, (row + 1) * columns), row * (columns + 1))
    wider[row * (columns + 1) + columns] = Math.log(Math.max(1, visits[row]!.later ?? 1))
  }
  const { coefficients, covariance, converged } = logisticRegression(
    { rows, columns: columns + 1, values: wider },
    outcomes,
  )
  if (!converged) return 0 // it tells the outcome all by itself
  const error = Math.sqrt(covariance[(columns + 1) ** 2 - 1]!)
  return luck(coefficients[columns]! / error)
}

/** How many visits have a chance to be slow that is neither nearly 0 nor nearly 1, by what is known of them. */
function overlapOf(
  visits: readonly StepVisit[],
  covariates: readonly Covariate[],
  budget: number,
): number {
  const parts = covariates.flatMap(({ columns }) => columns)
  const columns = 1 + parts.length
  const values = new Float64Array(visits.length * columns)
  for (let row = 0; row < visits.length; row += 1) {
    values[row * columns] = 1
    for (let part = 0; part < parts.length; part += 1)
      values[row * columns + 1 + part] = parts[part]![row]!
  }
  const design = { rows: visits.length, columns, values }
  const { coefficients } = logisticRegression(
    design,
    Uint8Array.from(visits, ({ latency }) => (latency > budget ? 1 : 0)),
  )
  let both = 0
  for (let row = 0; row < visits.length; row += 1) {
    const chance = chanceOf(design, row, coefficients)
    if (chance > 0.01 && chance < 0.99) both += 1
  }
  return both / visits.length
}
