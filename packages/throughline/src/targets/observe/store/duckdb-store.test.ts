import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { EvidenceEvent } from '@throughline/core'
import { openDuckdbStore } from './duckdb-store.ts'
import type { EvidenceQuery, EvidenceStore } from './evidence-store.ts'
import { logFilesIn, type LogFiles } from './log-files.ts'

const basket: EvidenceEvent = {
  kind: 'call',
  time: 1_790_000_000_000,
  operation: 'store.getBasket',
}
const perBatch: EvidenceQuery<{ batch: string; n: number }> = {
  name: 'per batch',
  sql: 'SELECT batch, count(*) AS n FROM events GROUP BY batch ORDER BY batch',
}
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-evidence-'))
  folders.push(folder)
  return folder
}

test('loses nothing acknowledged and counts nothing twice when the process is killed', async () => {
  const folder = folderOf()
  const acknowledged = new Set<string>()
  for (let round = 0; round < 3; round++) {
    for (const id of await killedWriter(folder, round, 40 + round * 60)) acknowledged.add(id)
  }
  const store = await openDuckdbStore({ folder })
  const kept = new Map((await store.query(perBatch)).map(({ batch, n }) => [batch, n]))
  await store.close()
  expect(acknowledged.size).toBeGreaterThan(100)
  expect([...acknowledged].filter((id) => kept.get(id) !== 50)).toEqual([])
  expect([...kept.values()].filter((n) => n !== 50)).toEqual([])
  expect(readdirSync(join(folder, 'log'))).toEqual([])
}, 60_000)

test('refuses while the disk is full, keeps nothing of it, and goes on when there is room again', async () => {
  const disk = faultyDisk()
  const store = await openDuckdbStore({ folder: disk.folder, files: disk.files })
  await store.append('before', [basket])
  disk.full = true
  await expect(store.append('during', [basket])).rejects.toMatchObject({
    name: 'StoreBusy',
    reason: 'full',
    retryAfter: 30,
  })
  disk.full = false
  await store.append('during', [basket, basket])
  expect(await store.query(perBatch)).toEqual([
    { batch: 'before', n: 1 },
    { batch: 'during', n: 2 },
  ])
  await store.close()
})

test('refuses more while the disk is slow, and acknowledges what it had taken once it is written', async () => {
  const disk = faultyDisk()
  const store = await openDuckdbStore({ folder: disk.folder, files: disk.files, slowAfter: 20 })
  const release = disk.hold()
  const first = store.append('first', [basket])
  await expect
    .poll(() => outcomeOf(store, 'later'), { interval: 10 })
    .toMatchObject({ reason: 'slow' })
  release()
  await first
  await store.append('later', [basket])
  const kept = await store.query(perBatch)
  expect(kept).toContainEqual({ batch: 'first', n: 1 })
  expect(kept).toContainEqual({ batch: 'later', n: 1 })
  await store.close()
})

/** What becomes of a batch within a moment: the refusal, or nothing yet. */
async function outcomeOf(store: EvidenceStore, id: string): Promise<unknown> {
  const refusal = store.append(id, [basket]).then(
    () => undefined,
    (error: unknown) => error,
  )
  return Promise.race([refusal, new Promise((go) => setTimeout(go, 5))])
}

/** Appends as fast as it can in another process until that is killed; the batches it got an answer for. */
function killedWriter(folder: string, round: number, after: number): Promise<readonly string[]> {
  const store = new URL('duckdb-store.ts', import.meta.url).href
  const program = `
    import { writeSync } from 'node:fs'
    const { openDuckdbStore } = await import(${JSON.stringify(store)})
    const store = await openDuckdbStore({ folder: ${JSON.stringify(folder)} })
    const events = Array.from({ length: 50 }, (_, i) => ({ kind: 'call', time: 1.79e12 + i, name: 'n' + i }))
    const lane = async (lane) => {
      for (let n = 0; ; n++) {
        const id = '${round}-' + lane + '-' + n
        await store.append(id, events)
        writeSync(1, id + '\\n')
      }
    }
    for (let n = 0; n < 8; n++) lane(n)`
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.split('\n').length > after) child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('close', () => resolve(text.split('\n').slice(0, -1)))
  })
}

interface FaultyDisk {
  readonly folder: string
  readonly files: LogFiles
  full: boolean
  /** Nothing is synced until the returned function is called. */
  readonly hold: () => () => void
}

function faultyDisk(): FaultyDisk {
  const folder = folderOf()
  const real = logFilesIn(join(folder, 'log'))
  let held: Promise<void> = Promise.resolve()
  const disk: FaultyDisk = {
    folder,
    full: false,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    files: {
      ...real,
      async create(name) {
        const file = await real.create(name)
        return {
          ...file,
          async write(bytes, at) {
            if (!disk.full) return file.write(bytes, at)
            await file.write(bytes.subarray(0, bytes.length >> 1), at)
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
          },
          async sync() {
            await held
            await file.sync()
          },
        }
      },
    },
  }
  return disk
}
