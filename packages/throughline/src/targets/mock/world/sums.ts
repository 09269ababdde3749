import { isEntity, isValid, withEntries } from './entity.ts'
import type { Entity } from './entity.ts'
import type { Site } from '@throughline/core'

const LINE_TOTAL = /^(line_?(total|amount|price)|total(_?price|_?amount)?|sub_?total|amount)$/i
const PRICE = /^((unit|item|net|sale|current)_?)?(price|amount|cost)$/i
const QUANTITY = /^(quantity|qty|count)$/i
const TOTAL =
  /^((grand|sub|order|basket|cart|items?)_?total|total(_?(price|amount|cost|value|sum))?|sub_?total|sum)$/i
const COUNT = /^(item_?count|items_?count|total_?(items|quantity|count)|count|number_?of_?items)$/i

/** A line's own total made to agree with its price and quantity. */
export function withLineTotal(line: Entity, schema: Site | undefined): Entity {
  const names = Object.keys(line)
  const price = names.find((one) => PRICE.test(one))
  const quantity = names.find((one) => QUANTITY.test(one))
  const total = names.find((one) => LINE_TOTAL.test(one) && one !== price)
  if (price === undefined || quantity === undefined || total === undefined) return line
  const each = amountIn(line[price])
  const count = line[quantity]
  if (each === undefined || typeof count !== 'number') return line
  const changed = withEntries(line, [[total, withAmount(line[total], each * count)]])
  return isValid(changed, schema) ? changed : line
}

/**
 * Totals and counts of a thing moved along with a list inside it: what stood beside the sum of the lines (a delivery fee, a
 * discount) stays where it is.
 */
export function withTotals(
  before: Entity,
  after: Entity,
  property: string,
  schema: Site | undefined,
): Entity {
  const [old, now] = [linesIn(before, property), linesIn(after, property)]
  const change = sumOf(now) - sumOf(old)
  let result = after
  for (const [name, value] of Object.entries(after)) {
    const isCount =
      typeof value === 'number' &&
      (COUNT.test(name) || (TOTAL.test(name) && value === old.length && value !== sumOf(old)))
    const pieces = (lines: readonly unknown[]): number =>
      lines.reduce<number>((sum, one) => sum + quantityOf(one), 0)
    let next: unknown
    if (isCount) next = value === pieces(old) ? pieces(now) : now.length
    else if (TOTAL.test(name)) {
      const amount = amountIn(value)
      if (amount === undefined || change === 0) continue
      next = withAmount(value, Math.max(0, amount + change))
    } else continue
    const changed = withEntries(result, [[name, next]])
    if (isValid(changed, schema)) result = changed
  }
  return result
}

const EXTRA =
  /^(shipping|delivery|tax|vat|handling|service|.*_?fee)(_?(amount|cost|price|total|fee))?$/i
const LESS = /^(discount|rebate|credit)(_?(amount|total))?$/i

/** Made-up totals that agree with the lines beside them, at any depth: the sum, with fees and without discounts. */
export function summed(value: unknown, schema: Site | undefined): unknown {
  if (!hasLines(value, 0)) return value
  const result = summedIn(value, 0)
  if (isValid(result, schema)) return result
  // Lines of huge prices add up to more than the contract has room for: cheaper ones do not.
  for (let by = 10; by <= 1e8; by *= 10) {
    const fewer = summedIn(cheaper(value, by, 0), 0)
    if (isValid(fewer, schema)) return fewer
  }
  return value
}

/** The prices of all lines divided; whole amounts stay whole. */
function cheaper(value: unknown, by: number, depth: number): unknown {
  if (value === null || typeof value !== 'object' || depth > 20) return value
  if (Array.isArray(value)) return value.map((one) => cheaper(one, by, depth + 1))
  const isPriced = isLine(value)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const amount = isPriced && PRICE.test(name) ? amountIn(inner) : undefined
      return amount === undefined
        ? [name, cheaper(inner, by, depth + 1)]
        : [name, withAmount(inner, Math.floor(amount / by))]
    }),
  )
}

/** Looked at for every generated answer, so it allocates nothing. */
function hasLines(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object' || depth > 20) return false
  if (Array.isArray(value)) {
    for (const one of value) if (isLine(one) || hasLines(one, depth + 1)) return true
    return false
  }
  const record = value as Entity
  for (const name in record) if (hasLines(record[name], depth + 1)) return true
  return false
}

function isLine(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  return isLineOf(value as Entity)
}

function isLineOf(value: Entity): boolean {
  let price = false
  let quantity = false
  let total = false
  for (const name in value) {
    const part = partOfLine(name)
    if (part === 'price') price = true
    else if (part === 'quantity') quantity = typeof value[name] === 'number'
    else if (part === 'total') total = true
  }
  return total || (price && quantity)
}

/** What a property is to a line of an order, by its name. Contracts use the same names again and again. */
export function partOfLine(name: string): 'price' | 'quantity' | 'total' | 'other' {
  let part = parts.get(name)
  if (part === undefined) {
    part = PRICE.test(name)
      ? 'price'
      : QUANTITY.test(name)
        ? 'quantity'
        : /^line_?(total|amount|price)$/i.test(name)
          ? 'total'
          : 'other'
    if (parts.size > 20_000) parts.clear()
    parts.set(name, part)
  }
  return part
}

const parts = new Map<string, 'price' | 'quantity' | 'total' | 'other'>()

function summedIn(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || depth > 20) return value
  if (Array.isArray(value))
    return value.map((one) => {
      const inner = summedIn(one, depth + 1)
      return isLine(inner) && isEntity(inner) ? withLineTotal(inner, undefined) : inner
    })
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, summedIn(inner, depth + 1)] as const,
  )
  const lists = entries.filter(([, inner]) => Array.isArray(inner) && inner.some(isLine))
  const lines: unknown = lists.length === 1 ? lists[0]![1] : undefined
  if (!Array.isArray(lines)) return Object.fromEntries(entries)
  const sum = sumOf(lines as readonly unknown[])
  const extra = entries.reduce((all, [name, inner]) => {
    const amount = amountIn(inner) ?? feeIn(inner) ?? 0
    return all + (EXTRA.test(name) ? amount : LESS.test(name) ? -amount : 0)
  }, 0)
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      if (!TOTAL.test(name) || amountIn(inner) === undefined) return [name, inner]
      const whole = /^(sub|items?)_?total$/i.test(name) ? sum : Math.max(0, sum + extra)
      return [name, withAmount(inner, whole)]
    }),
  )
}

/** `delivery: { fee: 290 }` */
function feeIn(value: unknown): number | undefined {
  if (!isEntity(value)) return undefined
  const name = Object.keys(value).find((one) => /^(fee|cost|price)$/i.test(one))
  return name === undefined ? undefined : amountIn(value[name])
}

function linesIn(thing: Entity, property: string): readonly unknown[] {
  const list = thing[property]
  return Array.isArray(list) ? list : []
}

function sumOf(lines: readonly unknown[]): number {
  return lines.reduce<number>((sum, one) => sum + amountOf(one), 0)
}

function amountOf(line: unknown): number {
  if (!isEntity(line)) return 0
  const names = Object.keys(line)
  const price = names.find((one) => PRICE.test(one))
  const total = names.find((one) => LINE_TOTAL.test(one) && one !== price)
  const own = total === undefined ? undefined : amountIn(line[total])
  if (own !== undefined) return own
  return price === undefined ? 0 : (amountIn(line[price]) ?? 0) * quantityOf(line)
}

function quantityOf(line: unknown): number {
  if (!isEntity(line)) return 1
  const name = Object.keys(line).find((one) => QUANTITY.test(one))
  const value = name === undefined ? 1 : line[name]
  return typeof value === 'number' ? value : 1
}

/** `2.5`, or the amount of `{ amount: 250, currency: EUR }`. */
function amountIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (!isEntity(value)) return undefined
  const name = ['amount', 'value', 'cents'].find((one) => typeof value[one] === 'number')
  return name === undefined ? undefined : (value[name] as number)
}

function withAmount(value: unknown, amount: number): unknown {
  const rounded = Math.round(amount * 100) / 100
  if (!isEntity(value)) return rounded
  const name = ['amount', 'value', 'cents'].find((one) => typeof value[one] === 'number')
  return name === undefined ? value : withEntries(value, [[name, rounded]])
}
