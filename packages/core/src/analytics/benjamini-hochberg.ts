/**
 * Which of many questions asked at once have an answer: at most a share of `rate` of those said to have one are wrong
 * (Benjamini and Hochberg, 1995). In the order of `chances`, the p-values.
 */
export function benjaminiHochberg(chances: readonly number[], rate = 0.05): readonly boolean[] {
  const order = chances
    .map((chance, index) => ({ chance, index }))
    .toSorted((a, b) => a.chance - b.chance)
  const last = order.findLastIndex(
    ({ chance }, rank) => chance <= ((rank + 1) / chances.length) * rate,
  )
  const found = new Set(order.slice(0, last + 1).map(({ index }) => index))
  return chances.map((_, index) => found.has(index))
}
