import { placed, placeNamesIn, type PlaceNames } from './places.ts'
import { remembered, spaced } from './spaced.ts'

/** What the properties of an object have to do with each other by their names: what ends comes after what begins. */
export interface Facts {
  readonly pairs: readonly (readonly [begin: string, end: string])[]
  /** How many days lie between a pair: `nights`. */
  readonly span: string | undefined
  /** Moments of a life, in the order in which they come: `placedAt`, `shippedAt`, `deliveredAt`. */
  readonly life: readonly string[]
  readonly status: string | undefined
  readonly place: PlaceNames | undefined
}

/** `undefined` where the names have nothing to do with each other. */
export function factsOf(names: readonly string[]): Facts | undefined {
  return factsIn(names.join('\0'))
}

const factsIn = remembered((joined): Facts | undefined => {
  const names = joined.split('\0')
  const byWords = new Map(names.map((name) => [spaced(name), name]))
  const pairs = names.flatMap((name) => {
    const end = endOf(spaced(name), byWords)
    return end === undefined ? [] : [[name, end] as const]
  })
  const life = names
    .filter((name) => LIFE.includes(momentIn(name)))
    .toSorted((one, other) => LIFE.indexOf(momentIn(one)) - LIFE.indexOf(momentIn(other)))
  const span = names.find((name) => /^((number of|total) )?(nights|days)$/.test(spaced(name)))
  const status = names.find((name) => /^(.+ )?(status|state)$/.test(spaced(name)))
  const place = placeNamesIn(names)
  const hasLife = life.length > 1 || (status !== undefined && life.length > 0)
  return pairs.length === 0 && !hasLife && place === undefined
    ? undefined
    : { pairs, span, life, status, place }
})

/**
 * Puts values in order, and takes away what cannot have happened: an order that is `pending` has no `deliveredAt`. `fits` says
 * whether a property may have a value, `undefined` for none. Values that say nothing of the kind stay.
 */
export function settle(
  value: Record<string, unknown>,
  { pairs, span, life, status, place }: Facts,
  fits: (name: string, one: unknown) => boolean,
): void {
  for (const [begin, end] of pairs) {
    const [from, to] = [value[begin], value[end]]
    const days = span === undefined ? undefined : value[span]
    const after = typeof days === 'number' ? daysAfter(from, days) : undefined
    if (after !== undefined && fits(end, after)) value[end] = after
    else if (isLater(from, to) && fits(begin, to) && fits(end, from)) {
      value[begin] = to
      value[end] = from
    }
  }
  if (place !== undefined) placed(value, place, fits)
  inOrder(value, life, fits)
  const now = status === undefined ? undefined : value[status]
  if (typeof now === 'string') happened(value, life, now, fits)
}

/** The moments that are there, the earliest to the first. */
function inOrder(
  value: Record<string, unknown>,
  life: readonly string[],
  fits: (name: string, one: unknown) => boolean,
): void {
  const there = life.filter((name) => isMoment(value[name]))
  const [first] = there
  if (first === undefined || there.some((name) => !isAlike(value[name], value[first]))) return
  const sorted = there
    .map((name) => value[name])
    .toSorted((one, other) => (isLater(one, other) ? 1 : -1))
  if (!there.every((name, index) => fits(name, sorted[index]))) return
  for (const [index, name] of there.entries()) value[name] = sorted[index]
}

function happened(
  value: Record<string, unknown>,
  life: readonly string[],
  status: string,
  fits: (name: string, one: unknown) => boolean,
): void {
  const now = spelled(spaced(status).replaceAll(' ', ''))
  const place = LIFE.indexOf(now)
  const isEarly = EARLY.test(now)
  const last = life.map((name) => value[name]).findLast(isMoment)
  for (const name of life) {
    const word = momentIn(name)
    if (word === now) {
      const lacks = value[name] === null || value[name] === undefined
      if (lacks && last !== undefined && fits(name, last)) value[name] = last
    } else if (
      isMoment(value[name]) &&
      !ALWAYS.has(word) &&
      (isEarly ||
        ENDINGS.has(word) ||
        (place !== -1 && !ENDINGS.has(now) && LIFE.indexOf(word) > place))
    ) {
      if (fits(name, null)) value[name] = null
      else if (fits(name, undefined)) delete value[name]
    }
  }
}

/** What happens to things, in the order in which it does. */
const LIFE: readonly string[] = [
  'created',
  'placed',
  'ordered',
  'booked',
  'requested',
  'submitted',
  'confirmed',
  'approved',
  'accepted',
  'paid',
  'started',
  'packed',
  'shipped',
  'dispatched',
  'delivered',
  'published',
  'finished',
  'resolved',
  'completed',
  'closed',
  'rejected',
  'declined',
  'failed',
  'returned',
  'refunded',
  'cancelled',
  'archived',
  'deleted',
]
const ALWAYS: ReadonlySet<string> = new Set(LIFE.slice(0, LIFE.indexOf('confirmed')))
const ENDINGS: ReadonlySet<string> = new Set(LIFE.slice(LIFE.indexOf('rejected')))
const EARLY =
  /^(pending|draft|new|open|created|placed|requested|submitted|queued|waiting|unpaid|processing)$/

/** `deliveredAt`, `delivered_on`: `delivered`; the empty text where a name is no moment. */
const momentIn = remembered((name) => {
  const word = /^(.+) (at|on|date|time)$/.exec(spaced(name))?.[1]
  return word === undefined ? '' : spelled(word)
})

function spelled(word: string): string {
  return word === 'canceled' ? 'cancelled' : word
}

const BEGINS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bstart\b/, ['end', 'finish', 'stop']],
  [/\bstarts\b/, ['ends', 'finishes']],
  [/\bstarted\b/, ['ended', 'finished', 'stopped']],
  [/\bstarting\b/, ['ending']],
  [/\bbegin\b/, ['end']],
  [/\bbegins\b/, ['ends']],
  [/\bfrom\b/, ['to', 'until', 'till', 'through']],
  [/\bsince\b/, ['until']],
  [/\bcheck in\b/, ['check out']],
  [/\bcheckin\b/, ['checkout']],
  [/\bopens\b/, ['closes']],
  [/\bopening\b/, ['closing']],
  [/\bpick ?up\b/, ['drop off', 'dropoff', 'return']],
  [/\bmin\b/, ['max']],
  [/\bminimum\b/, ['maximum']],
  [/\blow\b/, ['high']],
  [/\blowest\b/, ['highest']],
  [/\bissued?\b/, ['due', 'expiry', 'expires', 'expiration']],
]

function endOf(words: string, byWords: ReadonlyMap<string, string>): string | undefined {
  for (const [begin, ends] of BEGINS) {
    if (!begin.test(words)) continue
    for (const end of ends) {
      const found = byWords.get(words.replace(begin, end))
      if (found !== undefined) return found
    }
  }
  return undefined
}

function isMoment(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && DATE.test(value))
}

const DATE = /^\d{4}-\d\d-\d\d([T ]|$)/
const CLOCK = /^\d\d:\d\d/

/** Whether one can be put in the place of the other. */
function isAlike(one: unknown, other: unknown): boolean {
  if (typeof one === 'number') return typeof other === 'number'
  return typeof one === 'string' && typeof other === 'string' && one.length === other.length
}

function isLater(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one > other
  if (typeof one !== 'string' || typeof other !== 'string' || !isAlike(one, other)) return false
  return (DATE.test(one) && DATE.test(other)) || (CLOCK.test(one) && CLOCK.test(other))
    ? one > other
    : false
}

function daysAfter(from: unknown, days: number): string | undefined {
  if (
    typeof from !== 'string' ||
    !DATE.test(from) ||
    !Number.isInteger(days) ||
    days < 1 ||
    days > 400
  )
    return undefined
  const moment = new Date(from)
  if (Number.isNaN(moment.getTime())) return undefined
  const to = new Date(moment.getTime() + days * 86_400_000).toISOString()
  if (from.length === 10) return to.slice(0, 10)
  return from.length === to.length ? to : to.replace(/\.\d+Z$/, 'Z')
}
