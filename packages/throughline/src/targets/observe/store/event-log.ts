import { crc32 } from 'node:zlib'
import type { LogFile, LogFiles } from './log-files.ts'

/** A record as it was found: what was written, and the segment (file) it lies in. */
export interface LoggedRecord {
  readonly payload: Uint8Array
  readonly segment: number
}

/**
 * What was acknowledged but is not in the column store yet: records in numbered files, each with its length and checksum.
 * A record counts once `append` resolved; a torn one at the end of a file was never acknowledged and is passed over.
 */
export class EventLog {
  readonly #files: LogFiles
  readonly #segmentBytes: number
  #next: number
  #file: LogFile | undefined
  #length = 0

  constructor(files: LogFiles, next: number, segmentBytes: number) {
    this.#files = files
    this.#next = next
    this.#segmentBytes = segmentBytes
  }

  /** Opens the log of a folder and hands over what an earlier process left in it. */
  static async open(
    files: LogFiles,
    { segmentBytes = 32_000_000 }: { readonly segmentBytes?: number } = {},
  ): Promise<{ log: EventLog; segments: readonly number[] }> {
    const segments = (await files.list())
      .flatMap((name) => {
        const number = /^(\d{10})\.log$/.exec(name)?.[1]
        return number === undefined ? [] : [Number(number)]
      })
      .toSorted((a, b) => a - b)
    return { log: new EventLog(files, (segments.at(-1) ?? 0) + 1, segmentBytes), segments }
  }

  /** The whole records of one file, in order. */
  async records(segment: number): Promise<readonly LoggedRecord[]> {
    const bytes = await this.#files.read(nameOf(segment))
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const found: LoggedRecord[] = []
    for (let at = 0; at + HEAD <= bytes.length;) {
      const length = view.getUint32(at + 4, true)
      const end = at + HEAD + length
      if (view.getUint32(at, true) !== MAGIC || end > bytes.length) break
      const payload = bytes.subarray(at + HEAD, end)
      if (crc32(payload) !== view.getUint32(at + 8, true)) break
      found.push({ payload, segment })
      at = end
    }
    return found
  }

  /** Writes records, one `fsync` for all; the segment they are in. One call at a time. Rejects with the disk's error, and then none of them counts. */
  async append(payloads: readonly Uint8Array[]): Promise<number> {
    if (this.#file === undefined || this.#length >= this.#segmentBytes) await this.#begin()
    const file = this.#file!
    const bytes = framed(payloads)
    try {
      await file.write(bytes, this.#length)
      await file.sync()
    } catch (error) {
      // What a failed write or fsync left behind is not known: cut it off, and go on in another file.
      this.#file = undefined
      await file.truncate(this.#length).catch(() => undefined)
      await file.close().catch(() => undefined)
      throw error
    }
    this.#length += bytes.length
    return this.#next - 1
  }

  /** The file that is written to now, if any: it can't be forgotten. */
  get current(): number | undefined {
    return this.#file === undefined ? undefined : this.#next - 1
  }

  async forget(segment: number): Promise<void> {
    await this.#files.remove(nameOf(segment)).catch(() => undefined)
  }

  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }

  async #begin(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
    const number = this.#next++
    this.#file = await this.#files.create(nameOf(number))
    this.#length = 0
  }
}

const MAGIC = 0x3145_4c54 // TLE1
const HEAD = 12

function nameOf(segment: number): string {
  return `${String(segment).padStart(10, '0')}.log`
}

function framed(payloads: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(payloads.reduce((sum, one) => sum + HEAD + one.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const payload of payloads) {
    view.setUint32(at, MAGIC, true)
    view.setUint32(at + 4, payload.length, true)
    view.setUint32(at + 8, crc32(payload), true)
    bytes.set(payload, at + HEAD)
    at += HEAD + payload.length
  }
  return bytes
}
