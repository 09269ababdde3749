import { believableNumber, type Hint } from './believable.ts'
import type { Choices } from './choices.ts'
import type { Demand } from './demand.ts'
import { isMultiple } from './multiple.ts'

/** A number within the limits and on the steps of a demand; by its name where that says something. Says so where none was found. */
export function madeNumber(
  demand: Demand,
  integer: boolean,
  hint: Hint,
  choices: Choices,
  extreme: boolean,
  misfit: () => void,
): number {
  const whole = integer || demand.format === 'int32' || demand.format === 'int64'
  let { lowest, highest } = demand
  if (demand.format === 'int32') {
    lowest = Math.max(lowest, -(2 ** 31))
    highest = Math.min(highest, 2 ** 31 - 1)
  }
  const step = stepOf(demand.steps, whole)
  const fits = (value: number): boolean =>
    (demand.lowestOpen && demand.lowest === lowest ? value > lowest : value >= lowest) &&
    (demand.highestOpen && demand.highest === highest ? value < highest : value <= highest) &&
    (!whole || Number.isInteger(value)) &&
    (demand.steps.length === 0 || demand.steps.every((one) => isMultiple(value, one)))
  if (extreme) {
    const ends = [
      lowest,
      highest,
      0,
      ...(whole
        ? [2 ** 31 - 1, Number.MAX_SAFE_INTEGER, lowest + 1, highest - 1]
        : [0.1, 1e-7, 1e21]),
    ].filter((end) => Number.isFinite(end) && fits(end))
    if (ends.length > 0) return choices.pick(ends)
  }
  const believable = believableNumber(hint, whole, choices)
  if (believable !== undefined && fits(believable)) return believable
  if (step === undefined) {
    const [from, to] = window(lowest, highest)
    const near = Math.round(choices.real(from, to) * 100) / 100
    if (fits(near)) return near
    const middle = from + (to - from) / 2
    if (fits(middle)) return middle
    misfit()
    return choices.real(from, to)
  }
  const [from, to] = window(lowest, highest, step)
  const value = onStep(choices.integer(Math.ceil(from / step), Math.floor(to / step)), step)
  if (fits(value)) return value
  const tried = [
    onStep(Math.ceil(from / step), step),
    onStep(Math.ceil(from / step) + 1, step),
    onStep(Math.floor(to / step), step),
    onStep(Math.floor(to / step) - 1, step),
  ]
  const fitting = tried.find(fits)
  if (fitting === undefined) misfit()
  return fitting ?? value
}

/** A readable stretch inside the limits. */
function window(lowest: number, highest: number, step = 1): readonly [number, number] {
  const size = Math.max(100, step * 50)
  if (lowest > -Infinity)
    return [lowest, Math.min(highest, lowest <= 0 && highest >= size ? size : lowest + size)]
  if (highest < Infinity)
    return highest > 1 ? [0, Math.min(highest, size)] : [highest - size, highest]
  return [1, size]
}

/** One step that is a multiple of all: the least common one, by decimals. `undefined` where any number will do. */
function stepOf(steps: readonly number[], whole: boolean): number | undefined {
  if (steps.length === 0) return whole ? 1 : undefined
  const all = whole ? [1, ...steps] : steps
  const [first, ...others] = all
  if (first === undefined) return undefined
  const scale = 10 ** Math.min(12, Math.max(...all.map(decimals)))
  const common = others.reduce(
    (sum, one) => leastCommon(sum, Math.round(one * scale)),
    Math.round(first * scale),
  )
  return common > 0 && Number.isSafeInteger(common) ? common / scale : Math.max(...all)
}

function leastCommon(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x === 0 ? 0 : (a / x) * b
}

function decimals(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent))
}

function onStep(times: number, step: number): number {
  const value = times * step
  if (step === 1) return value
  const places = decimals(step)
  return places === 0 || places > 15 ? value : Number(value.toFixed(places))
}
