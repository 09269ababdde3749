import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EvidenceEvent } from '@throughline/core'
import {
  clickhouseServers,
  clusterMissing,
  type ClickhouseServers,
} from '../../../../test/clickhouse-servers.ts'
import { ClickhouseConnection } from './clickhouse-connection.ts'
import { openClickhouseStore } from './clickhouse-store.ts'
import type { EvidenceQuery, EvidenceStore } from './evidence-store.ts'

const NOON = Date.UTC(2026, 10, 20, 12)
const perBatch: EvidenceQuery<{ batch: string; n: number }> = {
  name: 'per batch',
  sql: 'SELECT batch, count(*) AS n FROM events GROUP BY batch',
}
const missing = clusterMissing()

describe.skipIf(missing !== undefined)(
  `two shards with two replicas each${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    let servers: ClickhouseServers
    let store: EvidenceStore

    beforeAll(async () => {
      servers = await clickhouseServers({ port: 5240, shards: 2, replicas: 2 })
      store = await openClickhouseStore({
        urls: servers.urls,
        cluster: servers.cluster,
        pause: 20,
      })
    }, 60_000)
    afterAll(async () => {
      await store.close()
      await servers.close()
    })

    test('keep every batch once while a replica is killed and comes back, which then has all of it', async () => {
      const acknowledged = new Set<string>()
      let refused = 0
      const end = new AbortController()
      const sender = async (lane: number): Promise<void> => {
        for (let number = 0; !end.signal.aborted; number++) {
          const id = `${lane}-${number}`
          // As an exporter does: the same batch again until there is an answer, and once in a while also after it.
          while (!(await taken(id))) refused++
          acknowledged.add(id)
          if (number % 5 === 0) await taken(id)
        }
      }
      const taken = (id: string): Promise<boolean> =>
        store.append(id, visitsOf(id)).then(
          () => true,
          () => false,
        )
      const senders = Promise.all([0, 1, 2, 3].map(sender))
      const grown = async (): Promise<void> => {
        const most = acknowledged.size + 40
        await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(most)
      }
      await grown()
      await servers.kill(0) // the one that is written to and asked
      await grown()
      await servers.start(0)
      await grown()
      end.abort()
      await senders

      // The replica that came back is asked again once it has caught up.
      const lost = async (): Promise<readonly string[]> => {
        const batches = new Set((await store.query(perBatch)).map(({ batch }) => batch))
        return [...acknowledged].filter((id) => !batches.has(id))
      }
      await expect.poll(lost, { timeout: 45_000 }).toEqual([])
      const kept = await store.query(perBatch)
      expect(kept.filter(({ n }) => n !== 20)).toEqual([])
      expect(refused).toBeLessThan(acknowledged.size)
      // Each replica has its shard's half, and both of a shard the same.
      const rowsOf = async (node: number): Promise<number> => {
        const connection = await ClickhouseConnection.to([servers.urls[node]!], 'throughline')
        const { data } = await connection.rows('SELECT count(*) AS n FROM events_shard')
        await connection.close()
        return Number(data[0]?.['n'])
      }
      await expect.poll(() => rowsOf(0), { timeout: 45_000 }).toBe(await rowsOf(1))
      const [one, other] = [await rowsOf(1), await rowsOf(3)]
      expect(one + other).toBe(kept.length * 20)
      expect(Math.min(one, other)).toBeGreaterThan(0)
      expect(await rowsOf(2)).toBe(other)
    }, 120_000)
  },
)

/** Ten people in one delivery, so that both shards get some of it. */
function visitsOf(id: string): readonly EvidenceEvent[] {
  return Array.from({ length: 20 }, (_, index) => ({
    kind: 'call',
    time: NOON + index,
    session: `${id} ${index >> 1}`,
    operation: 'store.getBasket',
  }))
}
