import type { ClickHouseSettings } from '@clickhouse/client'
import { evidenceColumns, type EvidenceColumn, type EvidenceEvent } from '@throughline/core'
import { CannotRun } from '../../../cannot-run.ts'
import { boundSql, sqlLiteral } from './bound-sql.ts'
import { ClickhouseConnection, errorCode, messageOf } from './clickhouse-connection.ts'
import {
  addedColumnsSql,
  clickhouseRollup,
  dataTable,
  dayOf,
  identifier,
  onCluster,
  schemaSql,
  type Place,
  type Table,
} from './clickhouse-schema.ts'
import { waitsSql, type Span } from './clickhouse-waits.ts'
import {
  StoreBusy,
  type EvidenceQuery,
  type EvidenceStore,
  type QueryParameters,
  type Retention,
} from './evidence-store.ts'
import { HOUR } from './rollup-sql.ts'
import { storableText } from './storable-text.ts'
import { loading } from './visit-waits.ts'

export interface ClickhouseStoreOptions {
  /** `http://user:password@host:8123/database`, of the same cluster: the first that answers is asked. The database is `throughline` where none is named. */
  readonly urls: readonly string[]
  /** The cluster of the servers' configuration over whose shards the tables lie. */
  readonly cluster?: string | undefined
  /** Milliseconds from the begin of one insert to the next: ClickHouse likes few and large ones. */
  readonly pause?: number
}

/**
 * Evidence on ClickHouse servers, 18.16 or newer: on one, or over the shards and replicas of a cluster with ZooKeeper or Keeper.
 * Several collectors may share it. Throws `StoreBusy` where no server answers, `CannotRun` (TL9006) where one does and refuses.
 */
export async function openClickhouseStore(options: ClickhouseStoreOptions): Promise<EvidenceStore> {
  const { urls, cluster, pause = 200 } = options
  const database = databaseOf(urls[0]!)
  const first = await ClickhouseConnection.to(urls, 'system')
  try {
    const place = await readyPlace(first, { database, cluster })
    const connection = await ClickhouseConnection.to(urls, database)
    await ready(connection, place)
    const store = new ClickhouseStore(connection, place, pause)
    try {
      await store.takeInOlder()
    } catch (error) {
      await store.close()
      throw error
    }
    return store
  } catch (error) {
    if (error instanceof StoreBusy || error instanceof CannotRun) throw error
    throw new CannotRun('TL9006', `ClickHouse can't keep the evidence: ${messageOf(error)}`)
  } finally {
    await first.close()
  }
}

function databaseOf(url: string): string {
  const [, name = ''] = new URL(url).pathname.split('/')
  return name === '' ? 'throughline' : decodeURIComponent(name)
}

async function readyPlace(
  connection: ClickhouseConnection,
  { database, cluster }: Pick<Place, 'database' | 'cluster'>,
): Promise<Place> {
  const [found] = (await connection.rows('SELECT version() AS version')).data
  const [major = 0, minor = 0] = String(found?.['version']).split('.').map(Number)
  const place = { database, cluster, version: major * 1000 + minor }
  if (major < 18 || (major === 18 && minor < 16))
    throw new CannotRun('TL9006', `ClickHouse ${major}.${minor} is too old: 18.16 is needed.`)
  if (cluster !== undefined) {
    const { data } = await connection.rows(
      `SELECT count(*) AS hosts FROM system.clusters WHERE cluster = ${sqlLiteral(cluster, 'clickhouse')}`,
    )
    if (Number(data[0]?.['hosts'] ?? 0) === 0)
      throw new CannotRun(
        'TL9006',
        `ClickHouse knows no cluster ${cluster}: the name stands under remote_servers of its configuration.`,
      )
    // 18.16 dies of ON CLUSTER without ZooKeeper.
    await connection.rows(`SELECT count(*) AS n FROM system.zookeeper WHERE path = '/'`)
  }
  const exists = await connection.rows(
    `SELECT count(*) AS n FROM system.databases WHERE name = ${sqlLiteral(database, 'clickhouse')}`,
  )
  if (Number(exists.data[0]?.['n']) === 0)
    await connection.command(
      `CREATE DATABASE IF NOT EXISTS ${identifier(database)}${onCluster(place)}`,
    )
  return place
}

/** Makes what is missing; where all is there no other node is needed for it. */
async function ready(connection: ClickhouseConnection, place: Place): Promise<void> {
  const here = `database = ${sqlLiteral(place.database, 'clickhouse')}`
  const tables = await connection.rows(`SELECT name FROM system.tables WHERE ${here}`)
  const has = new Set(tables.data.map(({ name }) => name))
  for (const [name, sql] of schemaSql(place)) if (!has.has(name)) await connection.command(sql)
  const columns = await connection.rows(
    `SELECT name FROM system.columns WHERE ${here} AND table = 'events'`,
  )
  for (const sql of addedColumnsSql(place, new Set(columns.data.map(({ name }) => String(name)))))
    await connection.command(sql)
}

interface Waiting {
  readonly id: string
  readonly events: readonly EvidenceEvent[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}
type Row = Readonly<Record<string, unknown>>

const DAY = 86_400_000
/** A batch that comes again within this time is not counted again. */
const BATCH_MEMORY = 7 * DAY
/** Of one insert. */
const GROUP_ROWS = 50_000
const GROUP_BATCHES = 2_000
/** Rows that wait at most. */
const MOST_WAITING = 200_000
/** Ids that are known without asking. */
const MOST_REMEMBERED = 100_000
/** Milliseconds for which nobody else takes up what a collector has begun. */
const CLAIM = 600_000
/** Milliseconds between events of one delivery from which on their visits are looked for separately; in so many parts at most. */
const APART = 600_000
const MOST_SPANS = 20
/** Of the mark that `visit_waits` has the older days: it lies in a partition that no `retain` drops. */
const FOR_EVER = Date.UTC(2100, 0, 1)
const OLDER_WAITS = 'waits of older days'
/** Of a statement on all nodes: one that is away does it once it is back. */
const TIMEOUT_EXCEEDED = 159

class ClickhouseStore implements EvidenceStore {
  readonly #connection: ClickhouseConnection
  readonly #place: Place
  readonly #settings: ClickHouseSettings
  readonly #pause: number
  #waiting: Waiting[] = []
  #waitingRows = 0
  #writing = false
  readonly #kept = new Set<string>()
  /** What was sent and never answered: on a cluster the very same rows can be sent again, and count once. */
  #unsure:
    | {
        readonly ids: readonly string[]
        readonly rows: readonly Row[]
        readonly spans: readonly Span[]
      }
    | undefined
  #closing = false

  constructor(connection: ClickhouseConnection, place: Place, pause: number) {
    this.#connection = connection
    this.#place = place
    this.#pause = pause
    this.#settings = {
      // All read from the replica that is written to first, so that they see what was acknowledged.
      ...(place.cluster !== undefined && {
        insert_distributed_sync: 1,
        load_balancing: 'in_order',
        prefer_localhost_replica: 0,
        max_replica_delay_for_distributed_queries: '2',
      }),
      ...(place.version >= 22_000 && { async_insert: 0, max_partitions_per_insert_block: '0' }),
    }
  }

  /** Writes the waits of events that are there from before there was a table of them: once, an hour at a time. Twice does no harm. */
  async takeInOlder(): Promise<void> {
    if ((await this.#states([OLDER_WAITS])).has(OLDER_WAITS)) return
    for (const day of await this.#days('events')) {
      const begin = timeOfDay(day)
      for (let first = begin; first < begin + DAY; first += HOUR)
        await this.#connection.command(waitsSql({ first, until: first + HOUR }), this.#settings)
    }
    await this.#mark([OLDER_WAITS], 1, FOR_EVER)
  }

  append(id: string, events: readonly EvidenceEvent[]): Promise<void> {
    if (this.#closing) return Promise.reject(away())
    if (events.length === 0 || this.#kept.has(id)) return Promise.resolve()
    if (this.#waitingRows > MOST_WAITING)
      return Promise.reject(new StoreBusy('slow', 'More events come in than ClickHouse takes.', 2))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id: storableText(id), events, resolve, reject })
      this.#waitingRows += events.length
      if (!this.#writing) void this.#write()
    })
  }

  async query<Found extends object>(
    query: EvidenceQuery<Found>,
    parameters: QueryParameters = {},
  ): Promise<readonly Found[]> {
    const text = typeof query.sql === 'string' ? query.sql : query.sql.clickhouse
    const rows = await this.#rows(boundSql(text, parameters, 'clickhouse'))
    return rows as readonly object[] as readonly Found[] // the query says what its rows are
  }

  async deleteSession(session: string): Promise<number> {
    const wanted = `session = ${sqlLiteral(session, 'clickhouse')}`
    const end = Date.now() + 120_000
    const count = await this.#deleteFrom('events', wanted, end)
    await this.#deleteFrom('visit_waits', wanted, end)
    return count
  }

  /** Resolves once the rows are gone, with how many they were. */
  async #deleteFrom(table: Table['name'], wanted: string, end: number): Promise<number> {
    const left = async (): Promise<number> => {
      const [found] = await this.#rows(`SELECT count(*) AS n FROM ${table} WHERE ${wanted}`)
      return Number(found?.['n'] ?? 0)
    }
    const count = await left()
    if (count === 0) return 0
    // Of a row without a session the condition is NULL, and servers differ in what that means for DELETE.
    await this.#everywhere(table, `DELETE WHERE ifNull(${wanted}, 0)`)
    while (Date.now() < end) {
      if ((await left()) === 0) return count
      await sleep(100)
    }
    throw new StoreBusy('slow', 'ClickHouse has not deleted the session yet; it goes on with it.')
  }

  /** Days leave as partitions: at once, without rewriting anything. Their sums are taken before. */
  async retain({ keepDays, rollupDays, now }: Retention): Promise<void> {
    const today = Math.floor(now / DAY)
    const oldest = dayNumber((today - keepDays) * DAY)
    for (const day of await this.#days('events'))
      if (day <= oldest && (await this.#rolledUp(day)))
        await this.#everywhere('events', `DROP PARTITION ${day}`)
    const ends = [
      ['visit_waits', oldest],
      ['rollup_hour', dayNumber((today - rollupDays) * DAY)],
      ['batches', dayNumber(now - BATCH_MEMORY - DAY)],
    ] as const
    for (const [table, last] of ends)
      for (const day of await this.#days(table))
        if (day <= last) await this.#everywhere(table, `DROP PARTITION ${day}`)
  }

  async close(): Promise<void> {
    if (this.#closing) return
    this.#closing = true
    for (const one of this.#waiting.splice(0)) one.reject(away())
    while (this.#writing) await sleep(5)
    await this.#connection.close()
  }

  async #write(): Promise<void> {
    this.#writing = true
    while (this.#waiting.length > 0) {
      const began = performance.now()
      const group = this.#nextGroup()
      try {
        await this.#keep(group)
        for (const one of group) one.resolve()
      } catch (error) {
        const busy = busyAfter(error)
        for (const one of group) one.reject(busy)
      }
      if (!this.#closing) await sleep(began + this.#pause - performance.now())
    }
    this.#writing = false
  }

  #nextGroup(): readonly Waiting[] {
    let rows = 0
    let count = 0
    while (count < this.#waiting.length && count < GROUP_BATCHES && rows < GROUP_ROWS)
      rows += this.#waiting[count++]!.events.length
    this.#waitingRows -= rows
    return this.#waiting.splice(0, count)
  }

  /**
   * Says that the batches are begun, writes their events and the waits of their visits, says that they are kept. Of a batch that somebody began and nobody
   * finished, only the events are written that are not there.
   */
  async #keep(group: readonly Waiting[]): Promise<void> {
    await this.#settle()
    const fresh = new Map<string, readonly EvidenceEvent[]>()
    for (const { id, events } of group) if (!this.#kept.has(id)) fresh.set(id, events)
    if (fresh.size === 0) return
    const states = await this.#states([...fresh.keys()])
    for (const [id, state] of states) if (state === 1) fresh.delete(id)
    if (fresh.size > 0) {
      const begun = [...fresh.keys()].filter((id) => states.has(id))
      const there = begun.length === 0 ? undefined : await this.#there(begun, fresh)
      const rows: Row[] = []
      for (const [id, events] of fresh)
        events.forEach((event, at) => {
          if (there?.has(`${at} ${id}`) !== true) rows.push(rowOf(id, at, event))
        })
      const ids = [...fresh.keys()]
      await this.#mark(
        ids.filter((id) => !states.has(id)),
        0,
      )
      const spans = enteredIn(fresh)
      if (this.#place.cluster !== undefined) this.#unsure = { ids, rows, spans }
      await this.#insert('events', rows)
      await this.#follow(ids, spans)
      await this.#mark(ids, 1)
      this.#unsure = undefined
    }
    for (const { id } of group) this.#remember(id)
  }

  /** Replicas know a block again, so what may have arrived is sent again as it was. */
  async #settle(): Promise<void> {
    if (this.#unsure === undefined) return
    const { ids, rows, spans } = this.#unsure
    await this.#insert('events', rows)
    await this.#follow(ids, spans)
    await this.#mark(ids, 1)
    this.#unsure = undefined
    for (const id of ids) this.#remember(id)
  }

  /** Writes the waits of the visits that these batches have anything of. Whoever comes last sees the views and calls of all. */
  async #follow(ids: readonly string[], spans: readonly Span[]): Promise<void> {
    for (const span of spans)
      await this.#connection.command(waitsSql(span, ids), {
        ...this.#settings,
        max_query_size: '4000000',
      })
  }

  async #states(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#rows(
      `SELECT id, max(state) AS latest FROM batches WHERE id IN ${sqlLiteral(ids, 'clickhouse')} GROUP BY id`,
    )
    return new Map(rows.map(({ id, latest }) => [String(id), Number(latest)]))
  }

  async #there(
    ids: readonly string[],
    batches: ReadonlyMap<string, readonly EvidenceEvent[]>,
  ): Promise<ReadonlySet<string>> {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const id of ids)
      for (const { time } of batches.get(id) ?? [])
        [from, to] = [Math.min(from, time), Math.max(to, time)]
    const rows = await this.#rows(
      `SELECT batch, batchRow FROM events WHERE time >= ${from - 1} AND time <= ${to + 1} AND batch IN ${sqlLiteral(ids, 'clickhouse')}`,
    )
    return new Set(rows.map(({ batch, batchRow }) => `${Number(batchRow)} ${String(batch)}`))
  }

  async #mark(ids: readonly string[], state: 0 | 1, received = Date.now()): Promise<void> {
    await this.#insert(
      'batches',
      ids.map((id) => ({ id, state, received })),
    )
  }

  #remember(id: string): void {
    if (this.#kept.size >= MOST_REMEMBERED)
      for (const oldest of this.#kept) {
        this.#kept.delete(oldest)
        break
      }
    this.#kept.add(id)
  }

  async #insert(table: string, rows: readonly Row[]): Promise<void> {
    if (rows.length > 0) await this.#connection.insert(table, rows, this.#settings)
  }

  async #rows(sql: string): Promise<readonly Row[]> {
    const { meta, data } = await this.#connection.rows(sql, this.#settings)
    const flags = meta.filter(
      ({ name, type }) => columnTypes.get(name) === 'boolean' && /UInt8/.test(type),
    )
    if (flags.length === 0) return data
    return data.map((row) => ({
      ...row,
      ...Object.fromEntries(
        flags.map(({ name }) => [name, row[name] === null ? null : row[name] === 1]),
      ),
    }))
  }

  /** Changes a table on all nodes that hold rows of it. */
  async #everywhere(table: Table['name'], change: string): Promise<void> {
    const sql = `ALTER TABLE ${dataTable(table, this.#place)}${onCluster(this.#place)} ${change}`
    const settings = this.#place.cluster === undefined ? {} : { distributed_ddl_task_timeout: 20 }
    try {
      await this.#connection.command(sql, settings as ClickHouseSettings)
    } catch (error) {
      if (errorCode(error) !== TIMEOUT_EXCEEDED) throw error
    }
  }

  /** The days that a table has anything of. */
  async #days(table: Table['name']): Promise<readonly number[]> {
    const { cluster, database } = this.#place
    const parts =
      cluster === undefined ? 'system.parts' : `cluster(${identifier(cluster)}, system.parts)`
    const rows = await this.#rows(
      `SELECT DISTINCT partition AS day FROM ${parts} WHERE active AND database = ${sqlLiteral(database, 'clickhouse')} AND table = ${sqlLiteral(dataTable(table, this.#place), 'clickhouse')}`,
    )
    return rows.map(({ day }) => Number(day)).toSorted((a, b) => a - b)
  }

  /** Whether the sums of a day are in the rollup, after putting them there. False: another collector is at it. */
  async #rolledUp(day: number): Promise<boolean> {
    const id = `sums of ${day}`
    const [found] = await this.#rows(
      `SELECT max(state) AS latest, max(received) AS at, count(*) AS n FROM batches WHERE id = ${sqlLiteral(id, 'clickhouse')}`,
    )
    if (Number(found?.['n'] ?? 0) > 0) {
      if (Number(found?.['latest']) === 1) return true
      if (Number(found?.['at']) > Date.now() - CLAIM) return false
      await this.#everywhere('rollup_hour', `DROP PARTITION ${day}`) // somebody stopped half-way
    }
    await this.#mark([id], 0)
    await this.#connection.command(
      `INSERT INTO rollup_hour ${clickhouseRollup(this.#place, HOUR, `${dayOf('time')} = ${day}`)}`,
      this.#settings,
    )
    await this.#mark([id], 1)
    return true
  }
}

const columnTypes: ReadonlyMap<string, EvidenceColumn> = new Map(Object.entries(evidenceColumns))

function rowOf(batch: string, batchRow: number, event: EvidenceEvent): Row {
  const row: Record<string, unknown> = { batch, batchRow }
  for (const [name, type] of columnTypes) {
    const value: unknown = event[name as keyof EvidenceEvent]
    if (value === undefined || value === null) continue
    switch (type) {
      case 'text':
        row[name] = storableText(value as string) // `evidenceColumns` says so
        break
      case 'json':
        row[name] = storableText(JSON.stringify(value))
        break
      case 'boolean':
        row[name] = value === true ? 1 : 0
        break
      case 'number':
      case 'integer':
        if (Number.isFinite(Number(value))) row[name] = Number(value)
    }
  }
  return row
}

/**
 * When the visits were entered that these events may say something of: none where they say nothing of any, several where some come
 * much later than others, so that nobody reads the days between.
 */
function enteredIn(batches: ReadonlyMap<string, readonly EvidenceEvent[]>): readonly Span[] {
  const times = [...batches.values()]
    .flat()
    .filter(
      ({ kind, session = '', view = '' }) =>
        (kind === 'view' || kind === 'call') && session !== '' && view !== '',
    )
    .map(({ time }) => time)
    .toSorted((a, b) => a - b)
  const begins = times.filter((time, at) => at === 0 || time - times[at - 1]! > APART)
  const parts = begins.length > MOST_SPANS ? begins.slice(0, 1) : begins
  return parts.map((begin, at) => {
    const next = parts[at + 1] ?? Number.POSITIVE_INFINITY
    const last = times.findLast((time) => time < next)! // `begin` itself is one
    return { first: begin - loading.after, until: last + loading.before + 1 }
  })
}

function timeOfDay(day: number): number {
  return Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100)
}

function dayNumber(time: number): number {
  return Number(new Date(time).toISOString().slice(0, 10).replaceAll('-', ''))
}

function away(): StoreBusy {
  return new StoreBusy('away', 'The evidence store is closed.')
}

function busyAfter(error: unknown): StoreBusy {
  if (error instanceof StoreBusy) return error
  const code = errorCode(error)
  if (code === 243) return new StoreBusy('full', "ClickHouse's disk is full.", 30)
  if (code === 252) return new StoreBusy('slow', 'ClickHouse has too much to merge.', 5)
  return new StoreBusy('away', `ClickHouse does not keep the evidence: ${messageOf(error)}`, 10)
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((go) => setTimeout(go, Math.max(0, milliseconds)))
}
