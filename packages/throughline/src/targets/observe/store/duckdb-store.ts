import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { evidenceColumns, type EvidenceEvent } from '@throughline/core'
import { CannotRun } from '../../../cannot-run.ts'
import { boundSql } from './bound-sql.ts'
import { EventLog } from './event-log.ts'
import {
  StoreBusy,
  type EvidenceQuery,
  type EvidenceStore,
  type QueryParameters,
  type Retention,
} from './evidence-store.ts'
import { logFilesIn, type LogFiles } from './log-files.ts'
import { packed, type Batch } from './packed-events.ts'
import type { Ask, Tell, WorkerStart } from './worker-messages.ts'

export interface DuckdbStoreOptions {
  /** Absolute; made where it is missing. */
  readonly folder: string
  /** The disk under the log. */
  readonly files?: LogFiles
  /** DuckDB's limit of memory. */
  readonly memory?: string
  /** A write to the log that takes longer than this, in milliseconds, means that the disk is too slow for more. */
  readonly slowAfter?: number
  /** Bytes of acknowledged events that the column store may lag behind. */
  readonly mostBehind?: number
}

/**
 * Evidence on this machine's disk. A batch is in a log, with `fsync`, before `append` resolves; DuckDB follows in a worker.
 * Whatever was acknowledged before a crash is taken from the log at the next start, once.
 * Throws `CannotRun` (TL9006) where DuckDB is not installed, or another process has the folder open.
 */
export async function openDuckdbStore(options: DuckdbStoreOptions): Promise<EvidenceStore> {
  const { folder, memory = '1GB', slowAfter = 5_000, mostBehind = 256_000_000 } = options
  const start: WorkerStart = { folder, memory, columns: evidenceColumns }
  const worker = await startedWorker(start)
  const { log, segments } = await EventLog.open(options.files ?? logFilesIn(join(folder, 'log')))
  const store = new DuckdbStore(log, start, worker, { slowAfter, mostBehind })
  await store.takeOver(segments)
  return store
}

interface Waiting extends Batch {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

interface Kept {
  readonly payload: Uint8Array
  readonly segment: number
}

/** Rows of one record of the log. */
const RECORD_ROWS = 4_096
/** Rows that one `fsync` covers at most. */
const GROUP_ROWS = 65_536
/** Rows that wait for the log at most. */
const MOST_WAITING = 200_000
/** Milliseconds until another worker is tried. */
const RESTART = 1_000

class DuckdbStore implements EvidenceStore {
  readonly #log: EventLog
  readonly #start: WorkerStart
  readonly #limits: { readonly slowAfter: number; readonly mostBehind: number }
  #worker: Worker | undefined
  #waiting: Waiting[] = []
  #waitingRows = 0
  #writingSince: number | undefined
  /** Records that the column store has not confirmed, by number. */
  readonly #behind = new Map<number, Kept>()
  #behindBytes = 0
  readonly #segments = new Map<number, number>()
  #nextRecord = 1
  #nextAsk = 1
  readonly #asked = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }
  >()
  #closing = false
  #trouble: string | undefined

  constructor(
    log: EventLog,
    start: WorkerStart,
    worker: Worker,
    limits: { readonly slowAfter: number; readonly mostBehind: number },
  ) {
    this.#log = log
    this.#start = start
    this.#limits = limits
    this.#attach(worker)
  }

  /** Hands the column store what an earlier process left in the log. */
  async takeOver(segments: readonly number[]): Promise<void> {
    for (const segment of segments) {
      const records = await this.#log.records(segment)
      if (records.length === 0) await this.#log.forget(segment)
      for (const { payload } of records) this.#follow(payload, segment)
    }
  }

  append(id: string, events: readonly EvidenceEvent[]): Promise<void> {
    const busy = this.#busy()
    if (busy !== undefined) return Promise.reject(busy)
    if (events.length === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, events, resolve, reject })
      this.#waitingRows += events.length
      if (this.#writingSince === undefined) void this.#write()
    })
  }

  async query<Row extends object>(
    query: EvidenceQuery<Row>,
    parameters: QueryParameters = {},
  ): Promise<readonly Row[]> {
    const text = typeof query.sql === 'string' ? query.sql : query.sql.duckdb
    const sql = boundSql(text, parameters, 'duckdb')
    const rows = await this.#ask((id) => ({ kind: 'query', id, sql }))
    return rows as readonly Row[] // the query says what its rows are
  }

  async deleteSession(session: string): Promise<number> {
    const deleted = await this.#ask((id) => ({ kind: 'delete', id, session }))
    await this.#leaveSegment() // the log holds it too, until its file goes
    return Number(deleted)
  }

  async retain(rules: Retention): Promise<void> {
    await this.#ask((id) => ({ kind: 'retain', id, rules }))
  }

  async close(): Promise<void> {
    if (this.#closing) return
    this.#closing = true
    for (const one of this.#waiting.splice(0)) one.reject(this.#away())
    while (this.#writingSince !== undefined) await new Promise((go) => setTimeout(go, 5))
    const worker = this.#worker
    if (worker !== undefined) {
      await this.#ask((id) => ({ kind: 'close', id })).catch(() => undefined)
      await worker.terminate()
    }
    await this.#leaveSegment()
  }

  #busy(): StoreBusy | undefined {
    if (this.#closing) return this.#away()
    const { slowAfter, mostBehind } = this.#limits
    if (this.#writingSince !== undefined && performance.now() - this.#writingSince > slowAfter)
      return new StoreBusy('slow', 'The disk of the evidence store is too slow at the moment.')
    if (this.#waitingRows > MOST_WAITING)
      return new StoreBusy('slow', 'More events come in than the disk can take.', 1)
    if (this.#behindBytes <= mostBehind) return undefined
    return this.#trouble === undefined
      ? new StoreBusy('slow', 'More events come in than the column store can take.', 2)
      : new StoreBusy('away', `The column store does not work: ${this.#trouble}`, 10)
  }

  #away(): StoreBusy {
    return new StoreBusy('away', 'The evidence store is closed.')
  }

  /** Writes whatever waits, group after group, one `fsync` for each. */
  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup()
      this.#writingSince = performance.now()
      try {
        const payloads = recordsOf(group).map((batches) => packed(batches))
        const segment = await this.#log.append(payloads)
        for (const payload of payloads) this.#follow(payload, segment)
        for (const one of group) one.resolve()
      } catch (error) {
        const busy = busyAfter(error)
        for (const one of group) one.reject(busy)
      }
    }
    this.#writingSince = undefined
  }

  #nextGroup(): readonly Waiting[] {
    let rows = 0
    let count = 0
    while (count < this.#waiting.length && rows < GROUP_ROWS)
      rows += this.#waiting[count++]!.events.length
    this.#waitingRows -= rows
    return this.#waiting.splice(0, count)
  }

  #follow(payload: Uint8Array, segment: number): void {
    const record = this.#nextRecord++
    this.#behind.set(record, { payload, segment })
    this.#behindBytes += payload.length
    this.#segments.set(segment, (this.#segments.get(segment) ?? 0) + 1)
    this.#post({ kind: 'apply', record, payload })
  }

  #post(ask: Ask): void {
    this.#worker?.postMessage(ask)
  }

  #ask(make: (id: number) => Ask): Promise<unknown> {
    if (this.#worker === undefined)
      return Promise.reject(
        new StoreBusy('away', `The column store does not work: ${this.#trouble ?? 'it starts'}`),
      )
    return new Promise((resolve, reject) => {
      const id = this.#nextAsk++
      this.#asked.set(id, { resolve, reject })
      this.#post(make(id))
    })
  }

  #attach(worker: Worker): void {
    this.#worker = worker
    worker.on('message', (tell: Tell) => this.#hear(tell))
    worker.on('error', (error) => this.#lost(worker, messageOf(error)))
    worker.on('exit', () => this.#lost(worker, 'its thread ended'))
    for (const [record, { payload }] of this.#behind) this.#post({ kind: 'apply', record, payload })
  }

  #hear(tell: Tell): void {
    switch (tell.kind) {
      case 'applied':
        this.#trouble = undefined
        for (const record of tell.records) this.#applied(record)
        return
      case 'answer':
        this.#asked.get(tell.id)?.resolve(tell.value)
        this.#asked.delete(tell.id)
        return
      case 'failed':
        this.#asked.get(tell.id)?.reject(new Error(tell.message))
        this.#asked.delete(tell.id)
        return
      case 'broken':
        this.#trouble = tell.message.split('\n')[0]!
        return
      case 'ready':
      case 'missing':
      case 'locked':
        return
    }
  }

  #applied(record: number): void {
    const kept = this.#behind.get(record)
    if (kept === undefined) return
    this.#behind.delete(record)
    this.#behindBytes -= kept.payload.length
    const left = this.#segments.get(kept.segment)! - 1
    this.#segments.set(kept.segment, left)
    if (left === 0 && this.#log.current !== kept.segment) {
      this.#segments.delete(kept.segment)
      void this.#log.forget(kept.segment)
    }
  }

  /** Goes on in another file of the log, and forgets those that hold nothing any more. */
  async #leaveSegment(): Promise<void> {
    if (this.#writingSince === undefined) await this.#log.close()
    for (const [segment, left] of this.#segments)
      if (left === 0 && segment !== this.#log.current) {
        this.#segments.delete(segment)
        await this.#log.forget(segment)
      }
  }

  #lost(worker: Worker, why: string): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    this.#trouble ??= why
    for (const [, one] of this.#asked)
      one.reject(new StoreBusy('away', `The column store does not work: ${this.#trouble}`))
    this.#asked.clear()
    if (!this.#closing) setTimeout(() => void this.#restart(), RESTART).unref()
  }

  async #restart(): Promise<void> {
    if (this.#closing) return
    try {
      this.#attach(await startedWorker(this.#start))
    } catch (error) {
      this.#trouble = messageOf(error)
      setTimeout(() => void this.#restart(), RESTART).unref()
    }
  }
}

/** Small batches share a record: a chunk of the column store costs the same for one row as for many. */
function recordsOf(group: readonly Waiting[]): readonly (readonly Batch[])[] {
  const records: Batch[][] = []
  let rows = Number.POSITIVE_INFINITY
  for (const one of group) {
    if (rows + one.events.length > RECORD_ROWS) {
      records.push([])
      rows = 0
    }
    records.at(-1)!.push(one)
    rows += one.events.length
  }
  return records
}

function busyAfter(error: unknown): StoreBusy {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new StoreBusy('full', 'The disk of the evidence store is full.', 30)
    : new StoreBusy('away', `The evidence store can't be written to: ${messageOf(error)}`, 10)
}

async function startedWorker(start: WorkerStart): Promise<Worker> {
  const entry = new URL(
    import.meta.url.endsWith('.ts') ? './duckdb-worker.ts' : './evidence-worker.js',
    import.meta.url,
  )
  const worker = new Worker(entry, { workerData: start, execArgv: [] })
  const first = await new Promise<Tell>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('its thread ended at once')))
  })
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
  if (first.kind === 'ready') return worker
  await worker.terminate()
  throw new CannotRun(
    'TL9006',
    first.kind === 'missing'
      ? 'Evidence is kept by DuckDB, which is not installed here. Install it beside Throughline: npm install @duckdb/node-api'
      : first.kind === 'locked' && /lock/i.test(first.message)
        ? `Another process keeps the evidence in ${start.folder}. Stop it, or ask it: the running server answers the same questions.`
        : `The evidence in ${start.folder} can't be opened: ${'message' in first ? first.message.split('\n')[0] : first.kind}`,
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
