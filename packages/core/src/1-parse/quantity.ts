import { mapped, textLike, wrong, type Shape } from './shape.ts'

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const bytes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1000,
  mb: 1_000_000,
  kib: 1024,
  mib: 1_048_576,
}

/** `300ms`, `1.5s`, `2 min`: milliseconds. */
export const duration: Shape<number> = mapped(
  textLike(
    '^\\d{1,9}(\\.\\d{1,6})? ?(ms|s|m|min|h|d)$',
    'must be a duration such as `300ms` or `1s`',
  ),
  (written) => quantity(written, milliseconds),
)

/** `20kB`, `1 MB`, `64KiB`: bytes. kB is 1000, KiB is 1024. */
export const byteSize: Shape<number> = mapped(
  textLike('^\\d{1,9}(\\.\\d{1,6})? ?([kKmM]i?)?[bB]$', 'must be a size such as `20kB` or `1 MB`'),
  (written) => quantity(written, bytes),
)

/** `50kB/s`: bytes a second. */
export const byteRate: Shape<number> = mapped(
  textLike('^\\d{1,9}(\\.\\d{1,6})? ?([kKmM]i?)?[bB]/s$', 'must be a speed such as `50kB/s`'),
  (written, site, report) => {
    const rate = quantity(written.slice(0, -2), bytes)
    return rate >= 1 ? rate : wrong(site, report, 'must be at least `1 B/s`')
  },
)

/** `2027-06-30`, or with a time: RFC 3339. */
export const date: Shape<string> = textLike(
  '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])([Tt ].+)?$',
  'must be a date such as `2027-06-30`',
)

function quantity(written: string, units: Readonly<Record<string, number>>): number {
  const [, amount, unit] = /^([\d.]+) ?(\w+)$/.exec(written)!
  return Math.round(Number(amount) * units[unit!.toLowerCase()]! * 1000) / 1000
}
