import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EvidenceEvent } from '@throughline/core'
import {
  clickhouseMissing,
  clickhouseServers,
  type ClickhouseServers,
} from '../../../../test/clickhouse-servers.ts'
import { ClickhouseConnection } from './clickhouse-connection.ts'
import { openClickhouseStore } from './clickhouse-store.ts'
import type { EvidenceQuery } from './evidence-store.ts'

const basket: EvidenceEvent = {
  kind: 'call',
  time: Date.UTC(2026, 10, 20, 12),
  operation: 'store.getBasket',
}
const perBatch: EvidenceQuery<{ batch: string; n: number }> = {
  name: 'per batch',
  sql: 'SELECT batch, count(*) AS n FROM events GROUP BY batch ORDER BY batch',
}
const missing = clickhouseMissing()

describe.skipIf(missing !== undefined)(
  `one ClickHouse server${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    let servers: ClickhouseServers
    beforeAll(async () => {
      servers = await clickhouseServers({ port: 5215 })
    }, 60_000)
    afterAll(() => servers.close())

    test('that dies is said to be away, and keeps each batch once when it is back', async () => {
      const store = await openClickhouseStore({ urls: servers.urls, pause: 5 })
      const acknowledged = new Set<string>()
      const unanswered: string[] = []
      const sends = async (lane: number): Promise<unknown> => {
        for (let number = 0; ; number++) {
          const id = `${lane}-${number}`
          try {
            await store.append(id, [basket, basket])
            acknowledged.add(id)
          } catch (error) {
            unanswered.push(id)
            return error
          }
        }
      }
      const senders = Promise.all([0, 1, 2].map(sends))
      await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(10)
      await servers.kill(0)
      const away = { name: 'StoreBusy', reason: 'away', retryAfter: 10 }
      expect(await senders).toMatchObject([away, away, away])
      await expect(store.query(perBatch)).rejects.toMatchObject(away)

      await servers.start(0)
      for (const id of [...unanswered, [...acknowledged].at(-1)!])
        await store.append(id, [basket, basket])
      const kept = new Map((await store.query(perBatch)).map(({ batch, n }) => [batch, n]))
      expect([...acknowledged, ...unanswered].filter((id) => kept.get(id) !== 2)).toEqual([])
      expect(kept.size).toBe(acknowledged.size + unanswered.length)
      await store.close()
    }, 60_000)

    test('from before there was a table of waits has those of older days, once', async () => {
      const urls = [`${servers.urls[0]}/older`]
      const waits: EvidenceQuery<{ wait: number }> = {
        name: 'waits',
        sql: 'SELECT wait FROM visit_waits ORDER BY wait',
      }
      const about = { session: 's1', view: 'v1', step: 'checkout/basket' }
      const store = await openClickhouseStore({ urls, pause: 5 })
      for (const [batch, time] of [
        ['b1', basket.time],
        ['b2', basket.time - 86_400_000],
      ] as const)
        await store.append(batch, [
          { kind: 'view', time, ...about },
          { ...basket, ...about, time: time + 50, duration: batch === 'b1' ? 100 : 250 },
        ])
      await store.close()
      const connection = await ClickhouseConnection.to(urls, 'older')
      await connection.command('DROP TABLE visit_waits')
      await connection.command('DROP TABLE batches')
      await connection.close()
      for (const _ of ['first', 'second']) {
        const again = await openClickhouseStore({ urls, pause: 5 })
        expect(await again.query(waits)).toEqual([{ wait: 150 }, { wait: 300 }])
        await again.close()
      }
    }, 60_000)
  },
)
