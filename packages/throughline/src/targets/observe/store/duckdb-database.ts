import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, unlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { sqlLiteral } from './bound-sql.ts'
import { HotTable, hotColumns, type DuckdbApi, type DuckdbBindings } from './duckdb-table.ts'
import type { Retention } from './evidence-store.ts'
import type { PackedEvents } from './packing.ts'
import { HOUR, MINUTE, rollupColumns, rollupSql } from './rollup-sql.ts'
import { VisitWaits, readsVisitWaits } from './visit-waits.ts'
import type { WorkerStart } from './worker-messages.ts'

const DAY = 86_400_000
/** A batch that comes again within this time is not counted again. */
const BATCH_MEMORY = 7 * DAY
/** So many new rows are joined at the latest: the next question has less to wait for then. */
const MOST_UNFOLLOWED = 250_000

/**
 * The evidence of one folder in DuckDB: hot days in a table, older ones as Parquet, with rollups of what left the table.
 * Blocks while it appends, so it lives in a worker. One call at a time but `query`.
 */
export class DuckdbDatabase {
  readonly #folder: string
  readonly #instance: DuckDBInstance
  readonly #writing: DuckDBConnection
  readonly #hot: HotTable
  readonly #visits: VisitWaits
  /** The last transaction that brought rows. */
  #arrival: number
  #unfollowed = 0

  private constructor(
    folder: string,
    instance: DuckDBInstance,
    writing: DuckDBConnection,
    hot: HotTable,
    visits: VisitWaits,
    arrival: number,
  ) {
    this.#folder = folder
    this.#instance = instance
    this.#writing = writing
    this.#hot = hot
    this.#visits = visits
    this.#arrival = arrival
  }

  /** Rejects where the library is missing, the file is not ours, or another process has it open. */
  static async open({ folder, memory, columns }: WorkerStart): Promise<DuckdbDatabase> {
    const api: DuckdbApi = await import('@duckdb/node-api')
    const require = createRequire(createRequire(import.meta.url).resolve('@duckdb/node-api'))
    const bindings = require('@duckdb/node-bindings') as DuckdbBindings
    mkdirSync(join(folder, 'days'), { recursive: true })
    const instance = await api.DuckDBInstance.create(join(folder, 'events.duckdb'))
    const writing = await instance.connect()
    await writing.run(
      [
        `SET memory_limit = ${sqlLiteral(memory, 'duckdb')}`,
        `SET temp_directory = ${sqlLiteral(join(folder, 'temporary'), 'duckdb')}`,
        'SET autoinstall_known_extensions = false',
        `SET allowed_directories = [${sqlLiteral(folder, 'duckdb')}]`,
        'SET enable_external_access = false',
        'SET preserve_insertion_order = false',
        'SET lock_configuration = true',
        `CREATE TABLE IF NOT EXISTS hot (${hotColumns(columns)})`,
        'ALTER TABLE hot ADD COLUMN IF NOT EXISTS arrival DOUBLE DEFAULT 0', // of a database that did not count yet
        'CREATE TABLE IF NOT EXISTS batches (id VARCHAR PRIMARY KEY, received DOUBLE)',
        'CREATE TABLE IF NOT EXISTS cold (file VARCHAR, day DOUBLE)',
        `CREATE TABLE IF NOT EXISTS rollup_minute (${rollupColumns})`,
        `CREATE TABLE IF NOT EXISTS rollup_hour (${rollupColumns})`,
      ].join(';'),
    )
    const visits = await VisitWaits.open(writing)
    const last = await writing.runAndReadAll('SELECT max(arrival) AS arrival FROM hot')
    const database = new DuckdbDatabase(
      folder,
      instance,
      writing,
      await HotTable.open(columns, api, bindings, writing),
      visits,
      Math.max(Number(last.getRowObjectsJS()[0]?.['arrival'] ?? 0), visits.followed),
    )
    await database.#removeOrphans()
    await database.#showAll()
    return database
  }

  /** Keeps batches that were not kept before, all in one transaction: durable when it resolves. */
  async apply(packs: readonly PackedEvents[], now: number): Promise<void> {
    const ids = new Set(packs.flatMap(({ batches }) => batches.map(([id]) => id)))
    const seen = new Set<string>()
    const listed = sqlLiteral([...ids], 'duckdb')
    for (const row of await this.#rows(`SELECT id FROM batches WHERE id IN ${listed}`))
      seen.add(String(row['id']))
    const arrival = this.#arrival + 1
    await this.#inTransaction(async () => {
      const fresh: string[] = []
      for (const pack of packs)
        this.#hot.append(pack, arrival, (id) => {
          if (seen.has(id)) return false
          seen.add(id)
          fresh.push(`(${sqlLiteral(id, 'duckdb')}, ${now})`)
          return true
        })
      if (fresh.length > 0) await this.#writing.run(`INSERT INTO batches VALUES ${fresh.join(',')}`)
    })
    this.#arrival = arrival
    this.#unfollowed += packs.reduce((sum, { rows }) => sum + rows, 0)
    if (this.#unfollowed > MOST_UNFOLLOWED) await this.#follow()
  }

  /** Makes ready what a question reads beside `events`. It writes: not while something else does. */
  async prepare(sql: string): Promise<void> {
    if (readsVisitWaits(sql)) await this.#follow()
  }

  /** On a connection of its own: readers don't wait for writers. */
  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    const connection = await this.#instance.connect()
    try {
      const reader = await connection.runAndReadAll(sql)
      return reader.getRowObjectsJS().map((row) => plainRow(row))
    } finally {
      connection.closeSync()
    }
  }

  async deleteSession(session: string): Promise<number> {
    const wanted = `session = ${sqlLiteral(session, 'duckdb')}`
    const [hot] = await this.#rows(`SELECT count(*) AS n FROM hot WHERE ${wanted}`)
    let deleted = Number(hot!['n'])
    await this.#inTransaction(async () => {
      await this.#writing.run(`DELETE FROM hot WHERE ${wanted}`)
      await this.#writing.run(`DELETE FROM visit_waits WHERE ${wanted}`)
    })
    for (const { file, day } of await this.#coldFiles()) {
      const source = this.#parquet([file])
      const [found] = await this.#rows(`SELECT count(*) AS n FROM ${source} WHERE ${wanted}`)
      if (Number(found!['n']) === 0) continue
      deleted += Number(found!['n'])
      const next = await this.#writeDay(day, `SELECT * FROM ${source} WHERE ${wanted} IS NOT TRUE`)
      await this.#inTransaction(async () => {
        await this.#writing.run(
          `UPDATE cold SET file = ${sqlLiteral(next, 'duckdb')} WHERE file = ${sqlLiteral(file, 'duckdb')}`,
        )
      })
      await this.#showAll()
      this.#unlink(file)
    }
    await this.#writing.run('CHECKPOINT')
    return deleted
  }

  async retain({ hotDays, keepDays, rollupDays, now }: Retention): Promise<void> {
    const today = Math.floor(now / DAY)
    const dayOf = `floor("time" / ${DAY})`
    const oldest = today - keepDays
    await this.#follow()
    await this.#inTransaction(async () => {
      await this.#writing.run(`DELETE FROM hot WHERE ${dayOf} <= ${oldest}`)
      await this.#writing.run(`DELETE FROM visit_waits WHERE ${dayOf} <= ${oldest}`)
    })
    const days = await this.#rows(
      `SELECT DISTINCT ${dayOf} AS day FROM hot WHERE ${dayOf} <= ${today - hotDays} ORDER BY 1`,
    )
    for (const row of days) {
      const day = Number(row['day'])
      const file = await this.#writeDay(
        day,
        `SELECT * EXCLUDE (arrival) FROM hot WHERE ${dayOf} = ${day} ORDER BY kind, operation, "time"`,
      )
      const source = this.#parquet([file])
      await this.#inTransaction(async () => {
        await this.#writing.run(`DELETE FROM hot WHERE ${dayOf} = ${day}`)
        await this.#writing.run(`INSERT INTO cold VALUES (${sqlLiteral(file, 'duckdb')}, ${day})`)
        await this.#writing.run(`INSERT INTO rollup_minute ${rollupSql(source, MINUTE)}`)
        await this.#writing.run(`INSERT INTO rollup_hour ${rollupSql(source, HOUR)}`)
      })
      await this.#showAll()
    }
    const gone = (await this.#coldFiles()).filter(({ day }) => day <= oldest)
    await this.#inTransaction(async () => {
      await this.#writing.run(`DELETE FROM cold WHERE day <= ${oldest}`)
      await this.#writing.run(`DELETE FROM rollup_minute WHERE "time" < ${(oldest + 1) * DAY}`)
      await this.#writing.run(
        `DELETE FROM rollup_hour WHERE "time" < ${(today - rollupDays + 1) * DAY}`,
      )
      await this.#writing.run(`DELETE FROM batches WHERE received < ${now - BATCH_MEMORY}`)
    })
    if (gone.length > 0) await this.#showAll()
    for (const { file } of gone) this.#unlink(file)
    await this.#writing.run('CHECKPOINT')
  }

  async close(): Promise<void> {
    this.#hot.close()
    await this.#writing.run('CHECKPOINT')
    this.#writing.closeSync()
    this.#instance.closeSync()
  }

  async #follow(): Promise<void> {
    const arrival = this.#arrival
    await this.#inTransaction(() => this.#visits.follow(arrival))
    this.#visits.took(arrival)
    this.#unfollowed = 0
  }

  async #rows(sql: string): Promise<readonly Record<string, unknown>[]> {
    return (await this.#writing.runAndReadAll(sql)).getRowObjectsJS()
  }

  async #inTransaction(work: () => Promise<void>): Promise<void> {
    await this.#writing.run('BEGIN')
    try {
      await work()
      await this.#writing.run('COMMIT')
    } catch (error) {
      await this.#writing.run('ROLLBACK').catch(() => undefined)
      throw error
    }
  }

  async #coldFiles(): Promise<readonly { readonly file: string; readonly day: number }[]> {
    const rows = await this.#rows('SELECT file, day FROM cold ORDER BY day, file')
    return rows.map((row) => ({ file: String(row['file']), day: Number(row['day']) }))
  }

  /** A new Parquet file below `days/`, on the disk when this resolves. It counts once `cold` lists it. */
  async #writeDay(day: number, select: string): Promise<string> {
    const date = new Date(day * DAY).toISOString().slice(0, 10)
    const taken = new Set(readdirSync(join(this.#folder, 'days')))
    let number = 1
    while (taken.has(`${date}.${number}.parquet`)) number++
    const file = `${date}.${number}.parquet`
    const path = join(this.#folder, 'days', file)
    await this.#writing.run(
      `COPY (${select}) TO ${sqlLiteral(path, 'duckdb')} (FORMAT parquet, COMPRESSION zstd)`,
    )
    synced(path)
    return file
  }

  /** The tables that questions read, over everything there is now. */
  async #showAll(): Promise<void> {
    const files = (await this.#coldFiles()).map(({ file }) => file)
    const cold =
      files.length === 0 ? '' : ` UNION ALL BY NAME SELECT * FROM ${this.#parquet(files)}`
    await this.#writing.run(
      [
        `CREATE OR REPLACE VIEW events AS SELECT * EXCLUDE (arrival) FROM hot${cold}`,
        `CREATE OR REPLACE VIEW events_minute AS SELECT * FROM rollup_minute UNION ALL ${rollupSql('hot', MINUTE)}`,
        `CREATE OR REPLACE VIEW events_hour AS SELECT * FROM rollup_hour UNION ALL ${rollupSql('hot', HOUR)}`,
      ].join(';'),
    )
  }

  #parquet(files: readonly string[]): string {
    const paths = files.map((file) => sqlLiteral(join(this.#folder, 'days', file), 'duckdb'))
    return `read_parquet([${paths.join(', ')}])`
  }

  /** Parquet files that were written when the process died, and never counted. */
  async #removeOrphans(): Promise<void> {
    const counted = new Set((await this.#coldFiles()).map(({ file }) => file))
    for (const file of readdirSync(join(this.#folder, 'days')))
      if (!counted.has(file)) this.#unlink(file)
  }

  #unlink(file: string): void {
    try {
      unlinkSync(join(this.#folder, 'days', file))
    } catch {
      // Another process looks into it (Windows), or somebody was faster: the next start tries again.
    }
  }
}

function synced(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Counts are 64-bit integers in SQL; as numbers they are exact up to 2^53. */
function plainRow(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  return Array.isArray(value) ? value.map(plain) : value
}
