/** Milliseconds as people write them in a budget: `300ms`, `1.2s`, `2min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`
  if (ms < 120_000) return `${trimmed(ms / 1000)}s`
  return `${trimmed(ms / 60_000)}min`
}

/** `15 s`, `10 min`, `2 h`, `30 days`: seconds in the biggest unit that says them exactly. */
export function lasting(seconds: number): string {
  for (const [unit, size] of UNITS)
    if (seconds >= size && seconds % size === 0)
      return `${seconds / size} ${unit}${unit === 'day' && seconds > size ? 's' : ''}`
  return `${Number(seconds.toFixed(1))} s`
}

const UNITS = [
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
] as const

/** Bytes as people write them in a budget: `800B`, `20kB`, `1.5MB` (decimal, as browsers count them). */
export function size(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)}B`
  if (bytes < 999_500) return `${trimmed(bytes / 1000)}kB`
  return `${trimmed(bytes / 1_000_000)}MB`
}

function trimmed(value: number): string {
  return String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))
}
