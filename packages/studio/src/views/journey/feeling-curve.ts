import { area, curveMonotoneX, line } from 'd3-shape'

export interface FeelingCurve {
  /** The stroke, in a box `steps.length * 100` wide: column `i` has its station at `i * 100 + 50`. */
  readonly stroke: string
  readonly ground: string
  /** Height of each station, in the units of `top` and `bottom`. */
  readonly heights: readonly number[]
}

/**
 * A monotone curve through the feelings of a journey, normalised to its own best and worst, so that a dip always shows.
 * A part of a journey (on a page of paper) has them `among` the scores of all. A step whose feeling nobody noted lies on the line between its neighbours; without any feeling the line is level.
 */
export function feelingCurve(
  scores: readonly (number | undefined)[],
  { top, bottom, floor }: { readonly top: number; readonly bottom: number; readonly floor: number },
  among: readonly (number | undefined)[] = scores,
): FeelingCurve {
  const noted = among.filter((score) => score !== undefined)
  const best = Math.max(...noted)
  const worst = Math.min(...noted)
  const scale = (score: number): number =>
    bottom - ((score - worst) / (best - worst)) * (bottom - top)
  const middle = (top + bottom) / 2
  const heights = filled(scores).map((score) =>
    score === undefined || best === worst ? middle : scale(score),
  )
  const points = heights.map((height, index): [number, number] => [index * 100 + 50, height])
  return {
    stroke: line().curve(curveMonotoneX)(points) ?? '',
    ground: area().curve(curveMonotoneX).y0(floor)(points) ?? '',
    heights,
  }
}

/** Fills gaps between two known values evenly, and those at the ends with the nearest one. */
function filled(scores: readonly (number | undefined)[]): readonly (number | undefined)[] {
  return scores.map((score, index) => {
    if (score !== undefined) return score
    const before = scores.findLastIndex((other, at) => at < index && other !== undefined)
    const after = scores.findIndex((other, at) => at > index && other !== undefined)
    if (before < 0) return scores[after]
    if (after < 0) return scores[before]
    const share = (index - before) / (after - before)
    return scores[before]! + (scores[after]! - scores[before]!) * share
  })
}
