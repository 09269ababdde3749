/** The never-falling line that lies nearest to the values, in their order: pool adjacent violators (Barlow et al., 1972). */
export function isotonicRegression(
  values: readonly number[],
  weights: readonly number[] = values.map(() => 1),
): readonly number[] {
  const blocks: { mean: number; weight: number; length: number }[] = []
  for (const [index, value] of values.entries()) {
    let block = { mean: value, weight: weights[index] ?? 1, length: 1 }
    for (let last = blocks.at(-1); last !== undefined && last.mean >= block.mean;) {
      const weight = last.weight + block.weight
      block = {
        mean: weight === 0 ? 0 : (last.mean * last.weight + block.mean * block.weight) / weight,
        weight,
        length: last.length + block.length,
      }
      blocks.pop()
      last = blocks.at(-1)
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ mean, length }) => Array.from({ length }, () => mean))
}
