import { evidenceColumns, type EvidenceColumn } from '@throughline/core'
import { waitsColumns } from './clickhouse-waits.ts'
import { HOUR, MINUTE } from './rollup-sql.ts'

const sqlTypes: Readonly<Record<EvidenceColumn, string>> = {
  text: 'Nullable(String)',
  json: 'Nullable(String)',
  number: 'Nullable(Float64)',
  integer: 'Nullable(Int32)',
  boolean: 'Nullable(UInt8)',
}

/** The columns of `events`. `batchRow` says which event of its batch a row is: what is missing of a batch can be told by it. */
const clickhouseColumns: Readonly<Record<string, string>> = {
  batch: 'String',
  batchRow: 'UInt32',
  ...Object.fromEntries(
    Object.entries(evidenceColumns).map(([name, type]) => [name, sqlTypes[type]]),
  ),
  kind: 'String',
  time: 'Float64',
}

const rollupColumns: Readonly<Record<string, string>> = {
  time: 'Float64',
  kind: 'String',
  ...Object.fromEntries(
    ['environment', 'release', 'step', 'operation', 'service', 'device', 'name', 'outcome'].map(
      (name) => [name, 'Nullable(String)'],
    ),
  ),
  bucket: 'Nullable(Int32)',
  count: 'Float64',
  duration: 'Float64',
  bytes: 'Float64',
}

/** The day of a time, in UTC, as the number that names a partition: 20261120. */
export function dayOf(time: string): string {
  return `toYYYYMMDD(toDateTime(toUInt32(${time} / 1000), 'UTC'))`
}

export interface Table {
  readonly name: 'events' | 'visit_waits' | 'batches' | 'rollup_hour'
  readonly columns: Readonly<Record<string, string>>
  readonly partition: string
  readonly order: string
  readonly settings: string
  /** Which shard a row goes to. */
  readonly shard: string
}

const tables: readonly Table[] = [
  {
    name: 'events',
    columns: clickhouseColumns,
    partition: dayOf('time'),
    order: '(kind, time)',
    settings: 'index_granularity = 8192',
    shard: `cityHash64(coalesce(session, trace, batch))`,
  },
  {
    // The partial rows of one visit stand together.
    name: 'visit_waits',
    columns: waitsColumns,
    partition: dayOf('time'),
    order: '(step, time, visit)',
    settings: 'index_granularity = 8192',
    shard: 'cityHash64(session)',
  },
  {
    // `state` 0: its events are being written. 1: they are kept.
    name: 'batches',
    columns: { id: 'String', state: 'UInt8', received: 'Float64' },
    partition: dayOf('received'),
    order: 'id',
    settings: 'index_granularity = 256',
    shard: 'cityHash64(id)',
  },
  {
    name: 'rollup_hour',
    columns: rollupColumns,
    partition: dayOf('time'),
    order: '(kind, time)',
    settings: 'index_granularity = 8192',
    shard: 'cityHash64(time)',
  },
]

/** Where the tables are to be. */
export interface Place {
  readonly database: string
  /** Of the servers' configuration. Without one, everything is on one server. */
  readonly cluster?: string | undefined
  /** `system.build_options`' version, as a number: 18.16 is 18016. */
  readonly version: number
}

/** The table that holds the rows themselves: below `events`, where that only says on which shards they lie. */
export function dataTable(name: Table['name'], { cluster }: Pick<Place, 'cluster'>): string {
  return cluster === undefined ? name : `${name}_shard`
}

export function onCluster({ cluster }: Pick<Place, 'cluster'>): string {
  return cluster === undefined ? '' : ` ON CLUSTER ${identifier(cluster)}`
}

/** What makes the tables where they are missing, by name and in order. */
export function schemaSql(place: Place): readonly (readonly [table: string, sql: string])[] {
  const { cluster } = place
  const on = onCluster(place)
  const view = (name: string, select: string): readonly [string, string] => [
    name,
    `CREATE VIEW IF NOT EXISTS ${name}${on} AS ${select}`,
  ]
  return [
    ...tables.flatMap((table): (readonly [string, string])[] => {
      const data = dataTable(table.name, place)
      const columns = columnsSql(table.columns)
      const made: readonly [string, string] = [
        data,
        `CREATE TABLE IF NOT EXISTS ${data}${on} (${columns}) ENGINE = ${engine(table, place)} PARTITION BY ${table.partition} ORDER BY ${table.order} SETTINGS ${settingsOf(table, place)}`,
      ]
      if (cluster === undefined) return [made]
      return [
        made,
        [
          table.name,
          `CREATE TABLE IF NOT EXISTS ${table.name}${on} (${columns}) ENGINE = Distributed(${identifier(cluster)}, ${identifier(place.database)}, ${data}, ${table.shard})`,
        ],
      ]
    }),
    view('events_minute', clickhouseRollup(place, MINUTE)),
    view(
      'events_hour',
      `SELECT ${Object.keys(rollupColumns).map(identifier).join(', ')} FROM ${identifier(place.database)}.rollup_hour UNION ALL ${clickhouseRollup(place, HOUR)}`,
    ),
  ]
}

/** Columns that a newer Throughline has, added to tables of an older one. */
export function addedColumnsSql(place: Place, has: ReadonlySet<string>): readonly string[] {
  const missing = Object.entries(clickhouseColumns).filter(([name]) => !has.has(name))
  const targets = [...new Set([dataTable('events', place), 'events'])]
  return targets.flatMap((table) =>
    missing.map(
      ([name, type]) =>
        `ALTER TABLE ${table}${onCluster(place)} ADD COLUMN ${identifier(name)} ${type}`,
    ),
  )
}

/**
 * What `rollupSql` says for DuckDB. The names of results differ from those of columns until the outermost SELECT: ClickHouse
 * takes a name for the result wherever both exist. The table has its database: other nodes of a cluster make the view in another.
 */
export function clickhouseRollup(
  { database }: Pick<Place, 'database'>,
  milliseconds: number,
  where = '1',
): string {
  const keys = Object.keys(rollupColumns)
    .slice(1, -4)
    .filter((name) => name !== 'name')
  const listed = keys.map(identifier).join(', ')
  return `SELECT slot AS "time", ${['kind', 'environment', 'release', 'step', 'operation', 'service', 'device'].map(identifier).join(', ')}, label AS "name", outcome, size AS bucket, times AS "count", lasted AS duration, total AS bytes
    FROM (SELECT floor("time" / ${milliseconds}) * ${milliseconds} AS slot, ${listed},
      CASE WHEN kind IN ('vital', 'error', 'metric') THEN "name" END AS label,
      CASE WHEN coalesce(duration, "value") > 0 THEN toInt32(floor(8 * log2(coalesce(duration, "value")))) END AS size,
      toFloat64(count(*)) AS times, coalesce(sum(duration), 0) AS lasted, coalesce(sum(bytes), 0) AS total
      FROM ${identifier(database)}.events WHERE ${where} GROUP BY slot, ${listed}, label, size) AS sums`
}

export function identifier(name: string): string {
  return `"${name.replaceAll(/[\\"]/g, (one) => `\\${one}`)}"`
}

function columnsSql(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([name, type]) => `${identifier(name)} ${type}`)
    .join(', ')
}

/** Replicated tables say by themselves that a block was inserted before; each remembers that for as many blocks. */
function engine({ name }: Table, { cluster, database }: Place): string {
  return cluster === undefined
    ? 'MergeTree()'
    : `ReplicatedMergeTree('/clickhouse/tables/{shard}/${database}/${name}', '{replica}')`
}

function settingsOf({ settings }: Table, { cluster, version }: Place): string {
  return [
    settings,
    ...(cluster === undefined ? [] : ['replicated_deduplication_window = 1000']),
    ...(version >= 22_000 ? ['fsync_after_insert = 1, fsync_part_directory = 1'] : []),
  ].join(', ')
}
