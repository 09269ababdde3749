import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { EvidenceEvent } from '@throughline/core'
import { otlpOf } from './otlp-out.ts'
import { EventLog } from './store/event-log.ts'
import { StoreBusy } from './store/evidence-store.ts'
import type { LogFiles } from './store/log-files.ts'

export interface ForwarderOptions {
  /** The base of an OTLP/HTTP endpoint. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Where what waits is kept. */
  readonly files: LogFiles
  readonly send?: typeof fetch
  /** Milliseconds until the first retry; then twice as long each time, up to five minutes. */
  readonly firstRetry?: number
  /** Bytes that may wait; more is refused. */
  readonly mostWaiting?: number
  readonly onNotice?: (line: string) => void
}

interface Delivery {
  readonly path: string
  readonly body: string
  readonly segment: number
  readonly bytes: number
}

const SEGMENT = 4_000_000
const LONGEST_WAIT = 300_000

/**
 * Sends evidence on to another backend as OTLP. What was taken is on the disk until the backend has it: it may get something twice after
 * a crash, never not at all. Answers 429, 5xx and no answer are tried again; what it refuses is said and dropped.
 */
export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #log: EventLog
  readonly #waiting: Delivery[] = []
  readonly #open = new Map<number, number>()
  readonly #ending = new AbortController()
  #bytes = 0
  #line: Promise<unknown> = Promise.resolve()
  #sending: Promise<void> | undefined

  constructor(options: ForwarderOptions, log: EventLog) {
    this.#options = options
    this.#log = log
  }

  static async open(options: ForwarderOptions): Promise<Forwarder> {
    const { log, segments } = await EventLog.open(options.files, { segmentBytes: SEGMENT })
    const forwarder = new Forwarder(options, log)
    for (const segment of segments) {
      const records = await log.records(segment)
      if (records.length === 0) await log.forget(segment)
      for (const { payload } of records) forwarder.#queue(payload, segment)
    }
    return forwarder
  }

  /** Resolves once the events are in the queue on disk. Throws `StoreBusy` where too much waits already. */
  async take(events: readonly EvidenceEvent[]): Promise<void> {
    const { mostWaiting = 200_000_000 } = this.#options
    if (this.#bytes > mostWaiting)
      throw new StoreBusy('slow', 'Too much waits to be forwarded.', 30)
    const payloads = otlpOf(events).map((one) => Buffer.from(`${one.path}\n${one.body}`))
    const logged = this.#line.then(() => this.#log.append(payloads))
    this.#line = logged.catch(() => undefined)
    const segment = await logged
    for (const payload of payloads) this.#queue(payload, segment)
  }

  /** How many deliveries wait. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** What waits stays on the disk for the next start. */
  async close(): Promise<void> {
    this.#ending.abort()
    await this.#sending
    await this.#line
    await this.#log.close()
  }

  #queue(payload: Uint8Array, segment: number): void {
    const text = Buffer.from(payload).toString('utf8')
    const end = text.indexOf('\n')
    this.#waiting.push({
      path: text.slice(0, end),
      body: text.slice(end + 1),
      segment,
      bytes: payload.length,
    })
    this.#bytes += payload.length
    this.#open.set(segment, (this.#open.get(segment) ?? 0) + 1)
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined
    })
  }

  async #send(): Promise<void> {
    const { signal } = this.#ending
    const { firstRetry = 1_000 } = this.#options
    let wait = firstRetry
    await Promise.resolve()
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (signal.aborted) return
      const retryAfter = await this.#try(next, signal)
      if (retryAfter === undefined) {
        wait = firstRetry
        this.#waiting.shift()
        await this.#done(next)
        continue
      }
      try {
        await delay(Math.max(wait, retryAfter), undefined, { signal, ref: false })
      } catch {
        return
      }
      wait = Math.min(wait * 2, LONGEST_WAIT)
    }
  }

  /** `undefined` when it is over, else for how many milliseconds the backend wants peace. */
  async #try({ path, body }: Delivery, signal: AbortSignal): Promise<number | undefined> {
    const { url, headers, send = fetch, onNotice } = this.#options
    try {
      const response = await send(`${url.replace(/\/+$/, '')}/${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: gzipSync(body),
        redirect: 'error', // only the host that was configured
        signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
      })
      await response.body?.cancel()
      if (response.ok) return undefined
      if (response.status === 429 || response.status >= 500)
        return Number(response.headers.get('retry-after') ?? 0) * 1000 || 0
      onNotice?.(`${url} refused evidence with ${response.status}; it was not forwarded.`)
      return undefined
    } catch {
      return 0
    }
  }

  async #done({ segment, bytes }: Delivery): Promise<void> {
    this.#bytes -= bytes
    const left = this.#open.get(segment)! - 1
    this.#open.set(segment, left)
    if (left > 0) return
    this.#open.delete(segment)
    // The file in use goes too: the next delivery begins another.
    if (segment === this.#log.current) {
      const ended = this.#line.then(() => this.#leave(segment))
      this.#line = ended.catch(() => undefined)
      await ended
    }
    if (!this.#open.has(segment) && segment !== this.#log.current) await this.#log.forget(segment)
  }

  async #leave(segment: number): Promise<void> {
    if (!this.#open.has(segment) && segment === this.#log.current) await this.#log.close()
  }
}
