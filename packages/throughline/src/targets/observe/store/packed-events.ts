import { evidenceColumns, type EvidenceColumn, type EvidenceEvent } from '@throughline/core'
import { indexArray, padded, type ColumnName } from './packing.ts'
import { storableText } from './storable-text.ts'

export interface Batch {
  readonly id: string
  readonly events: readonly EvidenceEvent[]
}

const columns = Object.entries(evidenceColumns) as readonly (readonly [
  ColumnName,
  EvidenceColumn,
])[]

/** The bytes of some batches; `unpacked` reads them. */
export function packed(batches: readonly Batch[]): Uint8Array {
  const rows = batches.reduce((sum, batch) => sum + batch.events.length, 0)
  const described: (readonly [ColumnName, readonly string[] | null])[] = []
  const parts: (Float64Array | Uint16Array | Uint32Array)[] = []
  for (const [name, type] of columns) {
    const column = type === 'text' || type === 'json' ? wordsOf : numbersOf
    const made = column(batches, rows, name)
    if (made === undefined) continue
    described.push([name, made.words])
    parts.push(made.part)
  }
  const head = encoder.encode(
    JSON.stringify({
      rows,
      batches: batches.map(({ id, events }) => [id, events.length]),
      columns: described,
    }),
  )
  const start = padded(4 + head.length)
  const bytes = new Uint8Array(
    parts.reduce((sum, part) => sum + padded(part.byteLength), 0) + start,
  )
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, 4)
  let at = start
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += padded(part.byteLength)
  }
  return bytes
}

const encoder = new TextEncoder()

interface Made {
  readonly words: readonly string[] | null
  readonly part: Float64Array | Uint16Array | Uint32Array
}

function wordsOf(batches: readonly Batch[], rows: number, name: ColumnName): Made | undefined {
  const ids = new Map<string, number>()
  let indexes: Uint32Array | undefined
  let row = 0
  let before: unknown
  let beforeId = 0
  for (const { events } of batches)
    for (const event of events) {
      const value = event[name]
      if (value !== undefined && value !== null) {
        if (value !== before || beforeId === 0) {
          const word = typeof value === 'string' ? value : JSON.stringify(value)
          let id = ids.get(word)
          if (id === undefined) ids.set(word, (id = ids.size + 1))
          before = value
          beforeId = id
        }
        indexes ??= new Uint32Array(rows)
        indexes[row] = beforeId
      }
      row++
    }
  if (indexes === undefined) return undefined
  const Kind = indexArray(ids.size)
  return {
    words: Array.from(ids.keys(), storableText),
    part: Kind === Uint32Array ? indexes : Kind.from(indexes),
  }
}

function numbersOf(batches: readonly Batch[], rows: number, name: ColumnName): Made | undefined {
  let numbers: Float64Array | undefined
  let row = 0
  for (const { events } of batches)
    for (const event of events) {
      const value = event[name]
      if (value !== undefined && value !== null) {
        const number = Number(value)
        if (Number.isFinite(number)) {
          numbers ??= new Float64Array(rows).fill(Number.NaN)
          numbers[row] = number
        }
      }
      row++
    }
  return numbers && { words: null, part: numbers }
}
