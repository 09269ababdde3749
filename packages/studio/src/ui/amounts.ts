const number = new Intl.NumberFormat('en')
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** `812 ms`, `12.4 s`, `3 min`. */
export function ms(value: number): string {
  if (value < 10_000) return `${number.format(Math.round(value))} ms`
  if (value < 120_000) return `${fine.format(value / 1000)} s`
  return `${fine.format(value / 60_000)} min`
}

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
