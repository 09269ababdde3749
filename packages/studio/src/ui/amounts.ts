const number = new Intl.NumberFormat('en')
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** `812 ms`, `12.4 s`, `3 min`. */
export function ms(value: number): string {
  if (value < 10_000) return `${number.format(Math.round(value))} ms`
  if (value < 120_000) return `${fine.format(value / 1000)} s`
  return `${fine.format(value / 60_000)} min`
}

/** `15 s`, `10 min`, `2 h`, `30 days`: seconds in the biggest unit that says them exactly. */
export function lasting(seconds: number): string {
  for (const [unit, size] of units)
    if (seconds >= size && seconds % size === 0)
      return `${number.format(seconds / size)} ${unit}${unit === 'day' && seconds > size ? 's' : ''}`
  return `${fine.format(seconds)} s`
}

const units = [
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
] as const

/** `18 %`, `2.4 %`, of a share from 0 to 1. */
export function percent(share: number): string {
  const value = share * 100
  return `${Math.abs(value) < 9.95 ? fine.format(value) : number.format(Math.round(value))} %`
}

/** `812 B`, `12.4 kB`, `3 MB`. */
export function bytes(value: number): string {
  return value < 1000
    ? `${number.format(Math.round(value))} B`
    : value < 1_000_000
      ? `${fine.format(value / 1000)} kB`
      : `${fine.format(value / 1_000_000)} MB`
}
