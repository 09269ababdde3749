/**
 * A source of choices. The generator asks it for everything it decides, so the same choices give the same value:
 * a seed repeats an answer, and a fuzzer shrinks a failing case by shrinking the numbers it drew (smaller is simpler).
 */
export interface Choices {
  /** A whole number, both ends included. The lower end is the simplest. */
  integer(min: number, max: number): number
  /** A number from `min` up to, not including, `max`. */
  real(min: number, max: number): number
  boolean(): boolean
  /** One of the list, earlier ones simpler. The list must not be empty. */
  pick<Item>(from: readonly Item[]): Item
}

/** Draws a whole number from 0 up to, not including, `bound` (at most 2^53). */
export type Draw = (bound: number) => number

export function choicesFrom(draw: Draw): Choices {
  return {
    integer: (min, max) => (max <= min ? min : min + draw(Math.min(max - min + 1, largest))),
    real: (min, max) => min + (draw(resolution) / resolution) * (max - min),
    boolean: () => draw(2) === 1,
    pick: (from) => from[from.length === 1 ? 0 : draw(from.length)]!,
  }
}

/** Repeatable choices: the same seed, the same choices on every machine. Fast: a few nanoseconds each. */
export function seededChoices(seed: string | number): Choices {
  return choicesFrom(seededDraw(seed))
}

/** Choices that are written down while they are made. */
export function recordedChoices(draw: Draw): {
  readonly choices: Choices
  readonly record: readonly number[]
} {
  const record: number[] = []
  const choices = choicesFrom((bound) => {
    const drawn = draw(bound)
    record.push(drawn)
    return drawn
  })
  return { choices, record }
}

/** Plays a record again. Numbers that no longer fit are cut to fit; after the end, everything is the simplest. */
export function replayedChoices(record: readonly number[]): Choices {
  let next = 0
  return choicesFrom((bound) => Math.min(record[next++] ?? 0, bound - 1))
}

/** sfc32 (Chris Doty-Humphrey), seeded by hashing the seed's text. */
export function seededDraw(seed: string | number): Draw {
  let [a, b, c] = hashed(String(seed))
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 12; round++) next()
  return (bound) =>
    bound <= 2 ** 32
      ? Math.floor((next() / 2 ** 32) * bound)
      : Math.floor((((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53) * bound)
}

const largest = Number.MAX_SAFE_INTEGER
const resolution = 2 ** 32

/** Three 32-bit numbers from a text (FNV-1a with three offsets, mixed). */
function hashed(text: string): readonly [number, number, number] {
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  let c = 0x85ebca6b
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x01000193)
    c = Math.imul(c ^ code, 0x01000193)
  }
  return [mixed(a), mixed(b), mixed(c)]
}

function mixed(hash: number): number {
  let mix = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
  mix = Math.imul(mix ^ (mix >>> 15), 0x735a2d97)
  return mix ^ (mix >>> 15)
}
