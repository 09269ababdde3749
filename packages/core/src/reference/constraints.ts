import { demandOf, type Branching, type Demand } from '../schema/demand.ts'
import { counted } from '../schema/words.ts'
import { isObject, type Site } from '../text/site.ts'

/** What a schema asks of a value besides its type. */
export interface Constraints {
  /** `at most 140 characters`, `1 to 5`, `no item twice` */
  readonly words: readonly string[]
  /** Allowed values, `null` left out; `undefined` where any will do. */
  readonly values: readonly unknown[] | undefined
  readonly defaults: readonly unknown[]
}

/** What a schema asks, with its references and `allOf` followed; alternatives are left out, but for "this or null". */
export function constraintsOf(schema: Site): Constraints {
  if (!isObject(schema.value)) return constraintsIn(schema)
  let known = remembered.get(schema.value)
  if (known === undefined) remembered.set(schema.value, (known = constraintsIn(schema)))
  return known
}

const remembered = new WeakMap<object, Constraints>()

function constraintsIn(schema: Site): Constraints {
  const demand = demandOf([schema], nullableOnly)
  return {
    words: [
      ...textWords(demand),
      ...numberWords(demand),
      ...listWords(demand),
      ...objectWords(demand),
    ],
    values: demand.values?.filter((value) => value !== null),
    defaults: demand.defaults,
  }
}

const nullableOnly: Branching = {
  branch(_kind, _count, branches) {
    const real = branches.flatMap((one, index) => (isNull(one) ? [] : [index]))
    return real.length === 1 && branches.length === 2 ? real[0]! : -1
  },
}

function isNull({ value }: Site): boolean {
  return isObject(value) && value['type'] === 'null'
}

function* textWords({ shortest, longest, patterns }: Demand): Generator<string> {
  if (shortest === 1 && longest === Infinity) yield 'not empty'
  else yield* between(shortest, longest, 0, (count) => counted(count, 'character'))
  for (const pattern of patterns) yield `matches ${pattern.slice(0, 300)}`
}

function* numberWords({
  lowest,
  highest,
  lowestOpen,
  highestOpen,
  steps,
}: Demand): Generator<string> {
  if (lowest === -(2 ** 31) && highest === 2 ** 31 - 1) return // GraphQL's Int says so by its name
  const isLow = lowest !== -Infinity
  const isHigh = highest !== Infinity
  if (isLow && isHigh && !lowestOpen && !highestOpen)
    yield lowest === highest ? `${lowest}` : `${lowest} to ${highest}`
  else {
    if (isLow) yield `${lowestOpen ? 'more than' : 'at least'} ${lowest}`
    if (isHigh) yield `${highestOpen ? 'less than' : 'at most'} ${highest}`
  }
  for (const step of steps) if (step !== 1) yield `a multiple of ${step}`
}

function* listWords({ fewestItems, mostItems, unique }: Demand): Generator<string> {
  yield* between(fewestItems, mostItems, 0, (count) => counted(count, 'item'))
  if (unique) yield 'no item twice'
}

function* objectWords({ fewestProperties, mostProperties }: Demand): Generator<string> {
  yield* between(fewestProperties, mostProperties, 0, (count) =>
    counted(count, 'property', 'properties'),
  )
}

/** `3 to 5 items`, `exactly 3 items`, `at least 3 items`, `at most 5 items`. */
function* between(
  low: number,
  high: number,
  least: number,
  words: (count: number) => string,
): Generator<string> {
  if (low > least && low === high) yield `exactly ${words(low)}`
  else if (low > least && high !== Infinity) yield `${low} to ${words(high)}`
  else if (low > least) yield `at least ${words(low)}`
  else if (high !== Infinity) yield `at most ${words(high)}`
}
