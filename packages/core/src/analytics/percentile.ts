/**
 * The value below which this share of sorted numbers lies, between neighbours in proportion (Hyndman and Fan's type 7, as
 * DuckDB's `quantile_cont` does it). `undefined` for none.
 */
export function percentile(sorted: ArrayLike<number>, share: number): number | undefined {
  if (sorted.length === 0) return undefined
  const place = (sorted.length - 1) * Math.max(0, Math.min(1, share))
  const [below, above] = [Math.floor(place), Math.ceil(place)]
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}
