/** Rows that stand one below the other, of different heights: where each starts, and the end of the last. */
export function startsOf(heights: readonly number[]): readonly number[] {
  const starts = [0]
  for (const height of heights) starts.push(starts.at(-1)! + height)
  return starts
}

/**
 * Which rows to draw: those between `top` and `bottom` (pixels of the list) and `beyond` pixels around them, as `[from, to)`.
 * In parcels of rows, so that most scroll events draw nothing new.
 */
export function rowsBetween(
  starts: readonly number[],
  top: number,
  bottom: number,
  beyond: number,
): { readonly from: number; readonly to: number } {
  const count = starts.length - 1
  const from = rowAt(starts, top - beyond)
  const to = rowAt(starts, bottom + beyond) + 1
  return {
    from: Math.floor(from / parcel) * parcel,
    to: Math.min(count, Math.ceil(to / parcel) * parcel),
  }
}

const parcel = 3

/** The row that holds a place of the list; the first or the last for a place outside of it. */
function rowAt(starts: readonly number[], place: number): number {
  let low = 0
  let high = starts.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= place) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}
