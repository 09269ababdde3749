import type { Example } from '@throughline/core'
import { sharedBytes, textBytes } from './text-bytes.ts'

/**
 * A value as JSON, in UTF-8. Most of a long answer often stands in an example of the contract, word for word: that is written
 * once, however many answers it is part of.
 */
export function sharedJson(value: unknown, examples: readonly Example[]): Uint8Array {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const record = value as Readonly<Record<string, unknown>>
    for (const example of examples) {
      const shown = shownBy(example)
      if (shown !== undefined && sharesMuch(record, shown)) return joined(record, shown)
    }
  }
  return textBytes(JSON.stringify(value) ?? 'null')
}

/** An object that the contract shows, written out. */
interface Shown {
  readonly names: readonly string[]
  readonly values: readonly unknown[]
  readonly places: ReadonlyMap<string, number>
  /** Name and value of each property, a comma before each. */
  readonly bytes: Buffer
  /** Where each property begins in the bytes, and after the last one, where that ends. */
  readonly starts: readonly number[]
}

/** What the two have in common is copied as one piece, as far as it stands together. */
function joined(record: Readonly<Record<string, unknown>>, shown: Shown): Uint8Array {
  const { names, values, places, bytes, starts } = shown
  /** The first and the last property of a piece in turn, or a property as text. */
  const pieces: (number | string)[] = []
  let most = 2
  let from = 0
  let next = 0
  for (const name of Object.keys(record)) {
    const one = record[name]
    const place = names[next] === name ? next : (places.get(name) ?? -1)
    const isSame = place !== -1 && values[place] === one
    if (!isSame || place !== next) {
      if (next > from) most += noted(pieces, starts[from]!, starts[next]!)
      from = isSame ? place : place + 1
      next = from
    }
    if (isSame) next = place + 1
    else {
      const part = JSON.stringify(one)
      if (part === undefined) continue
      const text = `,${JSON.stringify(name)}:${part}`
      pieces.push(text)
      most += text.length * 3
    }
  }
  if (next > from) most += noted(pieces, starts[from]!, starts[next]!)
  return sharedBytes(most, (memory, start) => {
    let end = start + 1
    for (let index = 0; index < pieces.length; index++) {
      const piece = pieces[index]!
      // Each begins with a comma: that of the first one is where the brace goes.
      const at = index === 0 ? start : end
      end =
        typeof piece === 'string'
          ? at + memory.write(piece, at)
          : at + bytes.copy(memory, at, piece, pieces[++index] as number)
    }
    memory[start] = OPEN
    memory[end] = CLOSE
    return end + 1
  })
}

function noted(pieces: (number | string)[], from: number, to: number): number {
  pieces.push(from, to)
  return to - from
}

const OPEN = 0x7b
const CLOSE = 0x7d

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
/** Bytes. */
const SHORTEST = 200

function shownIn(value: unknown): Shown | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const names = Object.keys(value).filter((name) => Reflect.get(value, name) !== undefined)
  const starts = [0]
  const parts = names.map((name) => {
    const part = Buffer.from(`,${JSON.stringify(name)}:${JSON.stringify(Reflect.get(value, name))}`)
    starts.push(starts.at(-1)! + part.length)
    return part
  })
  return starts.at(-1)! < SHORTEST
    ? undefined
    : {
        names,
        values: names.map((name): unknown => Reflect.get(value, name)),
        places: new Map(names.map((name, index) => [name, index])),
        bytes: Buffer.concat(parts),
        starts,
      }
}
