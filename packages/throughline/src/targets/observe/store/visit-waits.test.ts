import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { EvidenceEvent } from '@throughline/core'
import { afterAll, expect, test } from 'vitest'
import { openDuckdbStore } from './duckdb-store.ts'
import type { EvidenceQuery, EvidenceStore } from './evidence-store.ts'

const NOON = Date.UTC(2026, 10, 20, 12)
const DAY = 86_400_000
const waits: EvidenceQuery<Wait> = {
  name: 'waits',
  sql: `SELECT session, view, step, device, "time" AS entered, wait, pending, longest FROM visit_waits
    WHERE device = 'phone' ORDER BY session, view, step, entered`,
}
/** The same from the events, without the table. */
const joined: EvidenceQuery<Wait> = {
  name: 'joined',
  sql: `SELECT v.session, v.view, v.step, v.device, v."time" AS entered, max(c."time" + c.duration) - v."time" AS wait,
      max(CASE WHEN c.outcome = 'pending' THEN 1 ELSE 0 END) AS pending, max(c.duration) AS longest
    FROM events v JOIN events c ON v.session = c.session AND v.view = c.view AND c."time" BETWEEN v."time" - 100 AND v."time" + 3000
    WHERE v.kind = 'view' AND c.kind = 'call' AND v.step > '' AND v.device = 'phone' GROUP BY v.session, v.view, v.step, v.device, v."time" ORDER BY 1, 2, 3, 5`,
}
interface Wait {
  readonly session: string
  readonly wait: number
}

const folder = mkdtempSync(join(tmpdir(), 'throughline-waits-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('keeps to what the events say, whenever a view, its calls or a deletion comes', async () => {
  const place = join(folder, 'shop')
  let store = await openDuckdbStore({ folder: place })
  const agrees = async (): Promise<readonly Wait[]> => {
    const found = await store.query(waits)
    expect(found).toEqual(await store.query(joined))
    return found
  }
  const events = [...crowd(NOON, 40), ...crowd(NOON - 9 * DAY, 40)].toSorted(
    (a, b) => placeOf(a) - placeOf(b),
  )
  for (let from = 0; from < events.length; from += 60) {
    await store.append(`part ${from}`, events.slice(from, from + 60))
    await agrees()
    if (from === 240)
      await store.retain({ hotDays: 3, keepDays: 30, rollupDays: 400, now: NOON + DAY })
    if (from === 360) {
      await store.close()
      store = await openDuckdbStore({ folder: place })
    }
  }
  expect(await agrees()).toHaveLength(140)
  await store.deleteSession(`s3 ${NOON}`)
  expect((await agrees()).some(({ session }) => session === `s3 ${NOON}`)).toBe(false)
  await store.retain({ hotDays: 3, keepDays: 5, rollupDays: 400, now: NOON + DAY })
  expect(await agrees()).toHaveLength(68)
  await store.close()
})

test('is made for a database that had no such table', async () => {
  const place = join(folder, 'older')
  const before = await openDuckdbStore({ folder: place })
  await before.append('crowd', crowd(NOON, 5))
  await before.close()
  const database = await DuckDBInstance.create(join(place, 'events.duckdb'))
  const connection = await database.connect()
  await connection.run('ALTER TABLE hot DROP arrival; DROP TABLE visit_waits; DROP TABLE followed')
  connection.closeSync()
  database.closeSync()
  const store: EvidenceStore = await openDuckdbStore({ folder: place })
  expect(await store.query(waits)).toHaveLength(10)
  await store.append('late', [
    { kind: 'call', session: `s1 ${NOON}`, view: 'v0', time: NOON + 2700, duration: 5000 },
  ])
  const found = await store.query(waits)
  expect(found).toEqual(await store.query(joined))
  expect(found[4]).toMatchObject({ session: `s1 ${NOON}`, wait: 7000, longest: 5000 })
  await store.close()
})

/** People who see two steps each, with calls before, at once, too late for the wait, and never answered. */
function crowd(start: number, people: number): readonly EvidenceEvent[] {
  return Array.from({ length: people }, (_, index) => {
    const about = {
      session: `s${index} ${start}`,
      device: index % 5 === 4 ? ('desktop' as const) : ('phone' as const),
    }
    return ['checkout/basket', 'checkout/pay'].flatMap((step, at): readonly EvidenceEvent[] => {
      const time = start + index * 700 + at * 9000
      const here = { ...about, view: `v${at}` }
      return [
        { kind: 'view', step, time, ...here },
        { kind: 'call', time: time - 90, duration: 300 + index, ...here },
        { kind: 'call', time: time + 500 + index, duration: 200, ...here },
        { kind: 'call', time: time + 3001, duration: 900, ...here },
        ...(index % 7 === 0
          ? [
              {
                kind: 'call',
                time: time + 10,
                duration: 9000,
                outcome: 'pending',
                ...here,
              } as const,
            ]
          : []),
        // The same step again without a new view, as when somebody comes back to it.
        ...(index % 13 === 0 ? [{ kind: 'view', step, time: time + 2000, ...here } as const] : []),
      ]
    })
  }).flat()
}

/** Somewhere: deliveries come in any order. */
function placeOf({ time }: EvidenceEvent): number {
  return Math.sin(time * 7919) * 1000
}
