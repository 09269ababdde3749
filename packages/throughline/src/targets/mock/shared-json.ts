import type { Example } from '@throughline/core'
import { sharedBytes, textBytes } from './text-bytes.ts'
import { copyOf } from './world/copies.ts'

/**
 * A value as JSON, in UTF-8. Most of a long answer often stands in an example of the contract, word for word: that is written
 * once, however many answers it is part of.
 */
export function sharedJson(value: unknown, examples: readonly Example[]): Uint8Array {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const record = value as Readonly<Record<string, unknown>>
    for (const example of examples) {
      const shown = shownBy(example)
      if (shown === undefined) continue
      const copy = copyOf(record)
      const changed =
        copy !== undefined && copy.before === example.value
          ? placesOf(copy.names, shown)
          : undefined
      if (changed !== undefined) return written(piecesOfCopy(record, shown, changed), shown)
      if (sharesMuch(record, shown)) return written(piecesOf(record, shown), shown)
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

/** Where each piece of the example begins and ends, in turn, or a property as text. */
type Piece = number | string

/** Where these properties stand in the example, in its order; `undefined` where one does not. */
function placesOf(names: readonly string[], { places }: Shown): readonly number[] | undefined {
  const found: number[] = []
  for (const name of names) {
    const place = places.get(name)
    if (place === undefined) return undefined
    found.push(place)
  }
  return found.sort((a, b) => a - b)
}

/** Of what is the example but for some properties, only those are looked at. */
function piecesOfCopy(
  record: Readonly<Record<string, unknown>>,
  { names, values, starts }: Shown,
  changed: readonly number[],
): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const place of changed) {
    const name = names[place]!
    const one = record[name]
    if (one === values[place]) continue
    if (place > from) pieces.push(starts[from]!, starts[place]!)
    from = place + 1
    noteText(pieces, name, one)
  }
  if (names.length > from) pieces.push(starts[from]!, starts[names.length]!)
  return pieces
}

/** What the two have in common is copied as one piece, as far as it stands together. */
function piecesOf(
  record: Readonly<Record<string, unknown>>,
  { names, values, places, starts }: Shown,
): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  let next = 0
  for (const name of Object.keys(record)) {
    const one = record[name]
    const place = names[next] === name ? next : (places.get(name) ?? -1)
    const isSame = place !== -1 && values[place] === one
    if (!isSame || place !== next) {
      if (next > from) pieces.push(starts[from]!, starts[next]!)
      from = isSame ? place : place + 1
      next = from
    }
    if (isSame) next = place + 1
    else noteText(pieces, name, one)
  }
  if (next > from) pieces.push(starts[from]!, starts[next]!)
  return pieces
}

function noteText(pieces: Piece[], name: string, value: unknown): void {
  const part = JSON.stringify(value)
  if (part !== undefined) pieces.push(`,${JSON.stringify(name)}:${part}`)
}

function written(pieces: readonly Piece[], { bytes }: Shown): Uint8Array {
  return sharedBytes(lengthOf(pieces), (memory, start) => {
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

/** Bytes, at most. */
function lengthOf(pieces: readonly Piece[]): number {
  let most = 2
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index]!
    most += typeof piece === 'string' ? piece.length * 3 : (pieces[++index] as number) - piece
  }
  return most
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
