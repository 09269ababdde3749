import type { DuckDBAppender, DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'
import type { evidenceColumns } from '@throughline/core'
import type { ColumnName, PackedColumn, PackedEvents } from './packing.ts'

export type DuckdbApi = typeof import('@duckdb/node-api')

/** What is used of `@duckdb/node-bindings`, below the API: memory of a vector, as it is. */
export interface DuckdbBindings {
  data_chunk_get_vector(chunk: DuckDBDataChunk['chunk'], index: number): Vector
  vector_assign_string_element(vector: Vector, index: number, text: string): void
  vector_get_data(vector: Vector, bytes: number): Uint8Array
  vector_ensure_validity_writable(vector: Vector): void
  copy_data_to_vector(
    vector: Vector,
    at: number,
    from: ArrayBuffer,
    start: number,
    bytes: number,
  ): void
  copy_data_to_vector_validity(
    vector: Vector,
    at: number,
    from: ArrayBuffer,
    start: number,
    bytes: number,
  ): void
}
interface Vector {
  readonly __duckdb_type: 'duckdb_vector'
}

/** Rows of one chunk: DuckDB's own vector size. */
const CHUNK = 2048

const sqlTypes = {
  text: 'VARCHAR',
  json: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'INTEGER',
  boolean: 'BOOLEAN',
} as const

export type Columns = typeof evidenceColumns

/** The columns of `hot`, as SQL. `arrival` counts the transactions that brought rows. */
export function hotColumns(columns: Columns): string {
  const described = namesOf(columns).map((name) => `"${name}" ${sqlTypes[columns[name]]}`)
  return ['batch VARCHAR', ...described, 'arrival DOUBLE'].join(', ')
}

function namesOf(columns: Columns): readonly ColumnName[] {
  return Object.keys(columns) as readonly ColumnName[]
}

/**
 * Appends packed events to the table `hot`. DuckDB's row appender and its setters cost several times as much:
 * here each distinct text of a chunk goes over once, and all its rows get copies of the 16 bytes that point to it.
 */
export class HotTable {
  readonly #columns: Columns
  readonly #names: readonly ColumnName[]
  readonly #bindings: DuckdbBindings
  readonly #chunk: DuckDBDataChunk
  readonly #appender: DuckDBAppender
  readonly #texts = new BigUint64Array(CHUNK * 2)
  readonly #numbers = new Float64Array(CHUNK)
  readonly #integers = new Int32Array(CHUNK)
  readonly #flags = new Uint8Array(CHUNK)
  readonly #valid = new Uint32Array(CHUNK / 32)

  constructor(
    columns: Columns,
    api: DuckdbApi,
    bindings: DuckdbBindings,
    appender: DuckDBAppender,
  ) {
    this.#columns = columns
    this.#names = namesOf(columns)
    this.#bindings = bindings
    this.#appender = appender
    const types = {
      VARCHAR: api.VARCHAR,
      DOUBLE: api.DOUBLE,
      INTEGER: api.INTEGER,
      BOOLEAN: api.BOOLEAN,
    }
    this.#chunk = api.DuckDBDataChunk.create([
      api.VARCHAR,
      ...this.#names.map((name) => types[sqlTypes[columns[name]]]),
      api.DOUBLE,
    ])
  }

  static async open(
    columns: Columns,
    api: DuckdbApi,
    bindings: DuckdbBindings,
    connection: DuckDBConnection,
  ): Promise<HotTable> {
    return new HotTable(columns, api, bindings, await connection.createAppender('hot'))
  }

  /** Adds the rows of the batches that `wanted` takes. In the connection's transaction; visible after its end. */
  append(
    events: PackedEvents,
    arrival: number,
    wanted: (batch: string, index: number) => boolean,
  ): void {
    const rows = new Uint32Array(events.rows)
    const batchOf = new Uint32Array(events.rows)
    let count = 0
    let row = 0
    events.batches.forEach(([id, length], index) => {
      const taken = wanted(id, index)
      for (let end = row + length; row < end; row++)
        if (taken) {
          rows[count] = row
          batchOf[row] = index + 1
          count++
        }
    })
    const batch: PackedColumn = {
      kind: 'words',
      words: events.batches.map(([id]) => id),
      indexes: batchOf,
    }
    for (let from = 0; from < count; from += CHUNK)
      this.#appendChunk(events, batch, arrival, rows.subarray(from, Math.min(count, from + CHUNK)))
    if (count > 0) this.#appender.flushSync()
  }

  close(): void {
    this.#appender.closeSync()
  }

  #appendChunk(
    events: PackedEvents,
    batch: PackedColumn,
    arrival: number,
    rows: Uint32Array,
  ): void {
    this.#chunk.reset()
    this.#chunk.rowCount = rows.length
    this.#fill(0, batch, 'text', rows)
    this.#names.forEach((name, index) => {
      this.#fill(index + 1, events.columns.get(name), this.#columns[name], rows)
    })
    this.#fillAll(this.#names.length + 1, arrival, rows.length)
    this.#appender.appendDataChunk(this.#chunk)
  }

  #fill(
    index: number,
    column: PackedColumn | undefined,
    type: Columns[ColumnName],
    rows: Uint32Array,
  ): void {
    const vector = this.#bindings.data_chunk_get_vector(this.#chunk.chunk, index)
    const valid = this.#valid.fill(0)
    if (column?.kind === 'words') this.#fillTexts(vector, column, rows)
    else if (column !== undefined) {
      const { numbers } = column
      const target =
        type === 'integer' ? this.#integers : type === 'boolean' ? this.#flags : this.#numbers
      for (let at = 0; at < rows.length; at++) {
        const value = numbers[rows[at]!]!
        if (Number.isNaN(value)) continue
        valid[at >> 5]! |= 1 << (at & 31)
        target[at] = value
      }
      const bytes = rows.length * target.BYTES_PER_ELEMENT
      this.#bindings.copy_data_to_vector(vector, 0, target.buffer, 0, bytes)
    }
    this.#bindings.vector_ensure_validity_writable(vector)
    this.#bindings.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength)
  }

  #fillAll(index: number, value: number, rows: number): void {
    const vector = this.#bindings.data_chunk_get_vector(this.#chunk.chunk, index)
    const { buffer, BYTES_PER_ELEMENT } = this.#numbers.fill(value, 0, rows)
    this.#bindings.copy_data_to_vector(vector, 0, buffer, 0, rows * BYTES_PER_ELEMENT)
  }

  #fillTexts(
    vector: Vector,
    { words, indexes }: Extract<PackedColumn, { kind: 'words' }>,
    rows: Uint32Array,
  ): void {
    const valid = this.#valid
    const texts = this.#texts
    const placeOf = new Map<number, number>()
    const places = new Uint16Array(rows.length)
    for (let at = 0; at < rows.length; at++) {
      const word = indexes[rows[at]!]!
      if (word === 0) continue
      valid[at >> 5]! |= 1 << (at & 31)
      let place = placeOf.get(word)
      if (place === undefined) {
        placeOf.set(word, (place = placeOf.size))
        this.#bindings.vector_assign_string_element(vector, place, words[word - 1]!)
      }
      places[at] = place
    }
    if (placeOf.size === 0) return
    const data = this.#bindings.vector_get_data(vector, placeOf.size * 16).slice()
    const heads = new BigUint64Array(data.buffer, 0, placeOf.size * 2)
    for (let at = 0; at < rows.length; at++) {
      const from = places[at]! * 2
      texts[at * 2] = heads[from]!
      texts[at * 2 + 1] = heads[from + 1]!
    }
    this.#bindings.copy_data_to_vector(vector, 0, texts.buffer, 0, rows.length * 16)
  }
}
