import { plain } from '@throughline/core'
import { isEntity } from './entity.ts'

/** A property of the rows as a query calls it, with dots for what lies inside: `customer.id`, `customer_id`. */
export function propertyCalled(
  name: string,
  rows: readonly unknown[],
): readonly string[] | undefined {
  const wanted = plain(name)
  for (const row of rows.slice(0, 20)) {
    if (!isEntity(row)) continue
    for (const [key, inner] of Object.entries(row)) {
      if (plain(key) === wanted) return [key]
      if (!isEntity(inner)) continue
      const before = HOLDER.test(key) ? ['', plain(key)] : [plain(key)]
      const deeper = Object.keys(inner).find((one) =>
        before.some((start) => start + plain(one) === wanted),
      )
      if (deeper !== undefined) return [key, deeper]
    }
  }
  return undefined
}

/** What things are said in, and people leave out: JSON:API's `attributes`, GeoJSON's `properties`. */
export const HOLDER = /^(attributes|fields|properties)$/i

/** The value at a property; of an amount of money or another thing, what people sort and filter it by. */
export function at(row: unknown, path: readonly string[]): unknown {
  const here = whole(row, path)
  // Money: the amount is what people filter and sort by.
  return isEntity(here) ? (here['amount'] ?? here['id'] ?? here['name'] ?? here['value']) : here
}

/** The value at a property, whatever it is. */
export function whole(row: unknown, path: readonly string[]): unknown {
  let here = row
  for (const name of path)
    here = isEntity(here) && Object.hasOwn(here, name) ? here[name] : undefined
  return here
}

/** Before or after; `undefined` where nobody can say. */
export function compared(own: unknown, wanted: unknown): number | undefined {
  if (own === undefined || own === null) return undefined
  if (typeof own === 'number')
    return Number.isNaN(Number(wanted)) ? undefined : own - Number(wanted)
  const [a, b] = [Date.parse(textOf(own)), Date.parse(textOf(wanted))]
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b
  return textOf(own).localeCompare(textOf(wanted), 'en')
}

/** As it stands in a query. */
export function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === undefined
      ? ''
      : (JSON.stringify(value) ?? '')
}
