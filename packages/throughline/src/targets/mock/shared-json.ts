import type { Example } from '@throughline/core'

/**
 * The JSON text of a value. Most of a long answer often stands in an example of the contract, word for word: that is written
 * once, however many answers it is part of.
 */
export function sharedJson(value: unknown, examples: readonly Example[]): string | undefined {
  if (examples.length === 0 || value === null || typeof value !== 'object' || Array.isArray(value))
    return JSON.stringify(value)
  const record = value as Readonly<Record<string, unknown>>
  for (const example of examples) {
    const shown = shownBy(example)
    if (shown !== undefined && sharesMuch(record, shown)) return joined(record, shown)
  }
  return JSON.stringify(value)
}

/** An object that the contract shows, as text. */
interface Shown {
  readonly names: readonly string[]
  readonly values: readonly unknown[]
  readonly places: ReadonlyMap<string, number>
  /** Name and value of each property, a comma before each. */
  readonly text: string
  /** Where each property begins in the text, and after the last one, where that ends. */
  readonly starts: readonly number[]
}

/** What the two have in common goes over as one piece, as far as it stands together. */
function joined(record: Readonly<Record<string, unknown>>, shown: Shown): string {
  const { names, values, places, text, starts } = shown
  let result = ''
  let from = 0
  let next = 0
  for (const name of Object.keys(record)) {
    const one = record[name]
    const place = names[next] === name ? next : (places.get(name) ?? -1)
    const isSame = place !== -1 && values[place] === one
    if (!isSame || place !== next) {
      if (next > from) result += text.slice(starts[from], starts[next])
      from = isSame ? place : place + 1
      next = from
    }
    if (isSame) next = place + 1
    else {
      const part = JSON.stringify(one)
      if (part !== undefined) result += `,${JSON.stringify(name)}:${part}`
    }
  }
  if (next > from) result += text.slice(starts[from], starts[next])
  return result === '' ? '{}' : `{${result.slice(1)}}`
}

/** Where some property is the very one that is shown, others will be. */
function sharesMuch(record: Readonly<Record<string, unknown>>, { names, values }: Shown): boolean {
  for (let index = 0; index < names.length; index++) {
    const own = values[index]
    if (own !== null && typeof own === 'object' && record[names[index]!] === own) return true
  }
  return false
}

/** `undefined` for what is no object, or written out as quickly as it is looked up. Nobody changes an example. */
function shownBy(example: Example): Shown | undefined {
  if (known.has(example)) return known.get(example)
  const shown = shownIn(example.value)
  known.set(example, shown)
  return shown
}

const known = new WeakMap<Example, Shown | undefined>()
/** Characters. */
const SHORTEST = 200

function shownIn(value: unknown): Shown | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const names = Object.keys(value).filter((name) => Reflect.get(value, name) !== undefined)
  const starts = [0]
  let text = ''
  for (const name of names) {
    text += `,${JSON.stringify(name)}:${JSON.stringify(Reflect.get(value, name))}`
    starts.push(text.length)
  }
  return text.length < SHORTEST
    ? undefined
    : {
        names,
        values: names.map((name): unknown => Reflect.get(value, name)),
        places: new Map(names.map((name, index) => [name, index])),
        text,
        starts,
      }
}
