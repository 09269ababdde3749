import { validatorOf, singular } from '@throughline/core'
import type { Field } from '@throughline/core'
import { hashOf } from '../chance.ts'
import { generatedValue } from '../generated.ts'

/** The id of a thing as URLs write it; `undefined` where it has none. */
export function idOf(value: unknown, property: string | undefined): string | undefined {
  if (property === undefined || value === null || typeof value !== 'object') return undefined
  const id: unknown = Object.hasOwn(value, property) ? Reflect.get(value, property) : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

/** The ids of a collection that are taken, with what is needed to make the next one without looking at all of them. */
export interface TakenIds {
  readonly size: number
  readonly has: (id: string) => boolean
  readonly numbers: IdNumbers
}

/** How the ids of a collection are numbered. Grows with each id, and never forgets one that is gone. */
export interface IdNumbers {
  /** The highest id that is a number. */
  highest: number | undefined
  /** What stands before the number in all of them; `null` where they have nothing in common, `undefined` before the first. */
  prefix: string | null | undefined
  last: number
  width: number
}

export function idNumbers(ids: Iterable<string> = []): IdNumbers {
  const numbers: IdNumbers = { highest: undefined, prefix: undefined, last: -1, width: 0 }
  for (const id of ids) numbered(numbers, id)
  return numbers
}

/** Takes one more id into account. */
export function numbered(numbers: IdNumbers, id: string): void {
  const whole = Number(id)
  if (Number.isSafeInteger(whole) && (numbers.highest === undefined || whole > numbers.highest))
    numbers.highest = whole
  if (numbers.prefix === null) return
  const parts = /^(|.*[^\dA-Fa-f])(\d{1,12})$/.exec(id)
  if (parts === null || (numbers.prefix !== undefined && parts[1] !== numbers.prefix)) {
    numbers.prefix = null
    return
  }
  numbers.prefix = parts[1]!
  numbers.last = Math.max(numbers.last, Number(parts[2]))
  numbers.width = Math.max(numbers.width, parts[2]!.length)
}

/** A set of taken ids that grows by `take`. */
export function takenIds(ids: Iterable<string> = []): TakenIds & {
  readonly take: (id: string) => void
} {
  const taken = new Set<string>()
  let numbers: IdNumbers | undefined
  const take = (id: string): void => {
    if (taken.has(id)) return
    taken.add(id)
    if (numbers !== undefined) numbered(numbers, id)
  }
  for (const id of ids) take(id)
  return {
    get size() {
      return taken.size
    },
    has: (id) => taken.has(id),
    get numbers() {
      return (numbers ??= idNumbers(taken))
    },
    take,
  }
}

/** An id that nobody has yet, like those that are there: `CM-2042` after `CM-2041`. The same calls give the same id. */
export function freshId(
  field: Field | undefined,
  taken: TakenIds,
  collection: string,
  seed: string,
): string | number {
  const { highest } = taken.numbers
  const isWhole = field !== undefined && /^(integer|number)$/.test(field.types[0] ?? '')
  const schema = field?.written ?? field?.schema
  if (isWhole) {
    const next = highest === undefined ? 1001 : highest + 1
    const isGood = schema === undefined || validatorOf(schema).test(next)
    if (isGood && Number.isSafeInteger(next)) return next
    // Somebody has the highest there can be.
    let free = 1001 + taken.size
    while (taken.has(String(free))) free++
    return free
  }
  const counted = nextNumbered(taken.numbers)
  if (counted !== undefined && (schema === undefined || validatorOf(schema).test(counted)))
    return counted
  for (let attempt = 0; attempt < 50; attempt++) {
    const made =
      schema === undefined
        ? undefined
        : generatedValue(schema, `${seed} id ${taken.size} ${attempt}`, {
            // Labels are told apart by names, and those look like names as long as there are some.
            name: attempt < 20 ? (field?.name ?? 'id') : 'id',
            of: singular(collection),
            examples: false,
          })
    if (typeof made === 'string' && made !== '' && !taken.has(made)) return made
  }
  return `${singular(collection)}-${hashOf(seed, taken.size).toString(36)}`
}

/** All ids end in a number behind the same letters. */
function nextNumbered({ prefix, last, width }: IdNumbers): string | undefined {
  return typeof prefix === 'string' ? prefix + String(last + 1).padStart(width, '0') : undefined
}
