import {
  indexArray,
  padded,
  type ColumnName,
  type PackedColumn,
  type PackedEvents,
} from './packing.ts'

/** What `packed` wrote. The columns look into a copy of the bytes. Throws on anything else: the log has a checksum. */
export function unpacked(given: Uint8Array): PackedEvents {
  const bytes = given.slice() // numbers must begin at a multiple of their size
  const length = new DataView(bytes.buffer).getUint32(0, true)
  const {
    rows,
    batches,
    columns: described,
  } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as {
    rows: number
    batches: [string, number][]
    columns: [ColumnName, string[] | null][]
  }
  let at = padded(4 + length)
  const found = new Map<ColumnName, PackedColumn>()
  for (const [name, words] of described) {
    if (words === null) {
      found.set(name, { kind: 'numbers', numbers: new Float64Array(bytes.buffer, at, rows) })
      at += rows * 8
    } else {
      const indexes = new (indexArray(words.length))(bytes.buffer, at, rows)
      found.set(name, { kind: 'words', words, indexes })
      at += padded(indexes.byteLength)
    }
  }
  return { rows, batches, columns: found }
}
