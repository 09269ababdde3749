/** The share of a standard normal distribution below `z` (Abramowitz and Stegun 7.1.26; wrong by at most 1.5e-7). */
export function normalBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const tail =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
    t *
    Math.exp(-x * x)
  return z < 0 ? tail / 2 : 1 - tail / 2
}

/** The chance to be at least as far from nothing as `z` by luck alone, either side. */
export function luck(z: number): number {
  return Number.isNaN(z) ? 1 : Math.min(1, 2 * normalBelow(-Math.abs(z)))
}
