/** Takes what fits together out of two lists: each item once, in the order of the first. */
export function takePairs<T>(
  left: T[],
  right: T[],
  fits: (one: T, other: T) => boolean,
): readonly (readonly [T, T])[] {
  const taken: (readonly [T, T])[] = []
  for (const one of left.slice()) {
    const other = right.find((candidate) => fits(one, candidate))
    if (other === undefined) continue
    left.splice(left.indexOf(one), 1)
    right.splice(right.indexOf(other), 1)
    taken.push([one, other])
  }
  return taken
}
