import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { CannotRun } from '../../../cannot-run.ts'
import { StoreBusy } from './evidence-store.ts'

export interface Answer {
  readonly meta: readonly { readonly name: string; readonly type: string }[]
  readonly data: readonly Readonly<Record<string, unknown>>[]
}

/**
 * A database on one of several ClickHouse servers: the first that answers, until it does so no more. Speaks what a server of 2018
 * understands as well as today's: SQL text without parameters, JSON, HTTP.
 */
export class ClickhouseConnection {
  readonly #clients: readonly ClickHouseClient[]
  #current = 0

  constructor(clients: readonly ClickHouseClient[]) {
    this.#clients = clients
  }

  /** Reaches nobody yet. Throws `CannotRun` (TL9006) where an address is none. */
  static async to(urls: readonly string[], database: string): Promise<ClickhouseConnection> {
    const { createClient, ClickHouseLogLevel } = await import('@clickhouse/client')
    try {
      return new ClickhouseConnection(
        urls.map((url) =>
          createClient({
            url: withoutPath(url),
            database,
            application: 'throughline',
            request_timeout: 120_000,
            max_open_connections: 8,
            log: { level: ClickHouseLogLevel.OFF },
          }),
        ),
      )
    } catch (error) {
      throw new CannotRun('TL9006', `\`collector.store.clickhouse\`: ${messageOf(error)}`)
    }
  }

  async rows(sql: string, settings: ClickHouseSettings = {}): Promise<Answer> {
    return this.#onOne(async (client) => {
      const found = await client.query({
        query: sql,
        format: 'JSON',
        clickhouse_settings: { ...reading, ...settings },
      })
      const { meta = [], data } = await found.json<Record<string, unknown>>()
      return { meta, data }
    })
  }

  async command(sql: string, settings: ClickHouseSettings = {}): Promise<void> {
    await this.#onOne((client) =>
      client.command({ query: sql, clickhouse_settings: { wait_end_of_query: 1, ...settings } }),
    )
  }

  async insert(
    table: string,
    values: readonly object[],
    settings: ClickHouseSettings = {},
  ): Promise<void> {
    await this.#onOne((client) =>
      client.insert({
        table,
        values: [...values],
        format: 'JSONEachRow',
        clickhouse_settings: settings,
      }),
    )
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()))
  }

  /** On the server that worked last, else on the others, each once. Throws `StoreBusy` when none is there, else what the server said. */
  async #onOne<Found>(act: (client: ClickHouseClient) => Promise<Found>): Promise<Found> {
    let last: unknown
    for (let tried = 0; tried < this.#clients.length; tried++) {
      try {
        return await act(this.#clients[this.#current]!)
      } catch (error) {
        last = error
        if (!isAway(error)) throw error
        this.#current = (this.#current + 1) % this.#clients.length
      }
    }
    throw new StoreBusy('away', `ClickHouse is away: ${messageOf(last)}`, 10)
  }
}

const reading: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 0,
  join_use_nulls: 1,
  wait_end_of_query: 1,
  max_query_size: '4000000',
}

/** The number in `Code: 60, e.displayText() = ...` (2018) and `Code: 60. DB::Exception: ...` (today). */
export function errorCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && /^\d+$/.test(String(error.code))) return Number(error.code)
  const found = /\bCode: (\d+)/.exec(error.message)
  return found === null ? undefined : Number(found[1])
}

/** Another server may do better: this one can't be reached, or has lost its coordinator or its peers. */
function isAway(error: unknown): boolean {
  const code = errorCode(error)
  return code === undefined || AWAY.has(code)
}

/** Socket timeout, network error, read-only replica, no replica answered, lost ZooKeeper session. */
const AWAY = new Set([209, 210, 242, 279, 999])

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner =
    error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error
  return inner.message
    .replace(/, e\.what\(\).*$/s, '')
    .split('\n')[0]!
    .slice(0, 300)
}

function withoutPath(url: string): string {
  const parsed = new URL(url)
  parsed.pathname = '/'
  return parsed.href
}
