import { isotonicRegression } from './isotonic-regression.ts'
import type { StepVisit } from './step-visit.ts'

/** Those who waited about as long as each other. */
export interface Dose {
  /** The shortest and the longest wait among them, milliseconds. */
  readonly from: number
  readonly to: number
  readonly visits: number
  /** The share that left. */
  readonly left: number
  /** The same, where more waiting can only make it worse: the nearest line that never falls. */
  readonly monotone: number
}

/** The share that leaves by how long they waited: equal groups, at most ten, none of less than `least` visits. Not adjusted for anything. */
export function doseResponse(visits: readonly StepVisit[], least = 30): readonly Dose[] {
  const sorted = visits.toSorted((a, b) => a.latency - b.latency)
  const groups = Math.min(10, Math.floor(sorted.length / least))
  if (groups === 0) return []
  const doses = Array.from({ length: groups }, (_, group) => {
    const part = sorted.slice(
      Math.floor((group * sorted.length) / groups),
      Math.floor(((group + 1) * sorted.length) / groups),
    )
    return {
      from: part[0]!.latency,
      to: part.at(-1)!.latency,
      visits: part.length,
      left: part.filter((one) => one.left).length / part.length,
    }
  })
  const monotone = isotonicRegression(
    doses.map(({ left }) => left),
    doses.map((one) => one.visits),
  )
  return doses.map((dose, index) => ({ ...dose, monotone: monotone[index]! }))
}
