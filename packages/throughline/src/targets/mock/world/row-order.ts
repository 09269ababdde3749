import { at, compared, propertyCalled, textOf } from './row-property.ts'

/** The order that `sort` and `direction` ask for, as APIs write them: `-price`, `name:desc`, `PRICE_DESC`, `price,desc`. */
export function orderOf(
  sort: unknown,
  direction: unknown,
  rows: readonly unknown[],
): ((a: unknown, b: unknown) => number) | undefined {
  // `?order=name` is what to sort by, `?order=desc` which way round.
  const by = sort ?? (direction === undefined || isWay(direction) ? undefined : direction)
  if (by === undefined || by === '') return undefined
  const way = isWay(direction) ? textOf(direction) : ''
  const keys: { property: readonly string[]; down: boolean }[] = []
  for (const text of (Array.isArray(by) ? by : [by]).flatMap((one) => textOf(one).split(','))) {
    const last = keys.at(-1)
    // Spring's `price,desc`
    if (isWay(text)) {
      if (last !== undefined) last.down = isDown(text)
      continue
    }
    const parts = /^([-+]?)(.+?)(?:[\s:._-](asc|desc)(?:ending)?)?$/i.exec(text.trim())
    const property = parts === null ? undefined : sortable(parts[2]!, rows)
    if (property === undefined || keys.length === MOST_KEYS) continue
    keys.push({ property, down: parts![1] === '-' || isDown(parts![3] ?? way) })
  }
  if (keys.length === 0) return undefined
  return (a, b) => {
    for (const { property, down } of keys) {
      const [own, other] = [at(a, property), at(b, property)]
      const known = Number(isMissing(own)) - Number(isMissing(other))
      if (known !== 0) return known
      const order = compared(own, other) ?? 0
      if (order !== 0) return down ? -order : order
    }
    return 0
  }
}

const MOST_KEYS = 5

function isWay(one: unknown): boolean {
  return /^\s*(asc|desc)(ending)?\s*$/i.test(textOf(one))
}

function isDown(way: string): boolean {
  return /^\s*desc/i.test(way)
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

/** `created` finds `created_at`. */
function sortable(name: string, rows: readonly unknown[]): readonly string[] | undefined {
  return (
    propertyCalled(name, rows) ??
    propertyCalled(`${name}at`, rows) ??
    propertyCalled(`${name}date`, rows)
  )
}
