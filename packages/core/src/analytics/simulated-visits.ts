import { seededDraw } from '../schema/choices.ts'
import type { StepVisit } from './step-visit.ts'

export interface SimulatedCrowd {
  readonly visits: number
  readonly seed: string
  /** What a doubling of the latency above the budget adds to the log odds of leaving. 0: latency does nothing. */
  readonly effect: number
  /** Milliseconds. */
  readonly budget: number
}

/**
 * A crowd whose reasons are known, to try the statistics on. Phones have slower networks, and people on phones leave more
 * often whatever the speed; a bad network makes people leave too (they are on a train). Only the server's part is there by chance.
 * `truth` is how much less would leave if the server had kept the budget, by the very chances the crowd was drawn with.
 */
export function simulatedVisits({ visits, seed, effect, budget }: SimulatedCrowd): {
  readonly visits: readonly StepVisit[]
  readonly truth: number
} {
  const draw = seededDraw(seed)
  const uniform = (): number => (draw(2 ** 32) + 0.5) / 2 ** 32
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  let lost = 0
  const found = Array.from({ length: visits }, (_, index): StepVisit => {
    const phone = uniform() < 0.6
    const abroad = uniform() < 0.2
    const network = Math.exp(Math.log(phone ? 260 : 90) + 0.6 * normal())
    const server = Math.exp(Math.log(420) + 0.7 * normal())
    const latency = network + server
    const before = -1.7 + (phone ? 0.5 : 0) + (abroad ? 0.3 : 0) + 0.35 * Math.log(network / 150)
    const chance = (ms: number): number =>
      1 / (1 + Math.exp(-before - effect * Math.max(0, Math.log2(ms / budget))))
    const kept = Math.max(Math.min(latency, budget), Math.min(latency, network))
    lost += chance(latency) - chance(kept)
    return {
      session: `s${index}`,
      latency,
      network,
      left: uniform() < chance(latency),
      about: { device: phone ? 'phone' : 'desktop', country: abroad ? 'AT' : 'DE' },
      later: Math.exp(6 + 0.5 * normal()),
    }
  })
  return { visits: found, truth: lost / visits }
}
