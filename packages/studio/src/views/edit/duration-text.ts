/** Milliseconds as people write them: `800ms`, `1.2s`. */
export function durationText(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined
  return ms >= 1000 && ms % 100 === 0 ? `${ms / 1000}s` : `${ms}ms`
}
