/** Milliseconds as people write them in a budget: `300ms`, `1.2s`, `2min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`
  if (ms < 120_000) return `${trimmed(ms / 1000)}s`
  return `${trimmed(ms / 60_000)}min`
}

/** Bytes as people write them in a budget: `800B`, `20kB`, `1.5MB` (decimal, as browsers count them). */
export function size(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)}B`
  if (bytes < 999_500) return `${trimmed(bytes / 1000)}kB`
  return `${trimmed(bytes / 1_000_000)}MB`
}

function trimmed(value: number): string {
  return String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))
}
