import { beaconText, type Cell } from './beacon-text.ts'
import { on } from './quietly.ts'
import { stored } from './stored.ts'

export type Row = readonly [kind: string, time: number, view: number, ...cells: Cell[]]

/**
 * Sends rows in small batches. What can't be sent waits, also over a reload, and is tried again less and less often;
 * a 429 is heard. A 205 empties `delays`: a speed experiment was ended. So does being refused for good: who is not counted need
 * not wait. `head` gives what stands before the rows. Returns what takes a row. `null`: all is sent at once, by a page that will
 * hear no answer. Nothing: all is forgotten.
 */
export function senderTo(
  address: string,
  delays: { length: number },
  head: (rows: readonly Row[]) => readonly Cell[],
): (row?: Row | null) => void {
  // As it is now: what the page puts in its place later is not ours to call.
  const post = fetch
  let rows: Row[] = []
  let queue = stored('queue').split('\n').filter(Boolean)
  let timer = 0
  let busy = false
  let wait = 5e3

  const later = (milliseconds: number): void => {
    timer ||= setTimeout(flush, milliseconds)
  }
  const flush = (): void => {
    clearTimeout(timer)
    timer = 0
    pack()
    if (queue[0] && !busy) void deliver(queue[0])
  }
  const pack = (): void => {
    if (!rows[0]) return
    const start = Math.min(...rows.map((row) => row[1]))
    queue.push(
      beaconText([
        1,
        randomHex(8),
        start,
        ...head(rows),
        rows.map(([kind, time, ...cells]) => [kind, time - start, ...cells]),
      ]),
    )
    rows = []
  }
  const save = (): void => {
    queue = queue.slice(-20)
    stored('queue', queue.join('\n').slice(-2e5))
  }
  const deliver = async (body: string): Promise<void> => {
    let status = 0
    let after = 0
    busy = true
    try {
      const response = await post(address, { method: 'POST', body, keepalive: body.length < 6e4 })
      status = response.status
      after = +response.headers.get('retry-after')! * 1e3
    } catch {
      // No network, or the collector is not there: the same as a 503.
    }
    busy = false
    if (!status || status === 429 || status > 499) {
      wait = Math.min(wait * 2, 3e5)
      later(after || wait)
    } else {
      // Whatever else it answers, it would answer again.
      queue = queue.filter((one) => one !== body)
      wait = 5e3
      if (status > 204) delays.length = 0
      if (queue[0]) flush()
    }
    save()
  }

  on('online', flush)
  if (queue[0]) later(1e3)

  return (row) => {
    if (row) {
      rows.push(row)
      if (rows.length > 40) pack()
      later(4e3)
    } else {
      pack()
      if (row !== null) queue = []
      // What is under way already goes on without us.
      queue = queue.filter(
        (body, index) =>
          (busy && !index) || !navigator.onLine || !navigator.sendBeacon(address, body),
      )
      save()
    }
  }
}

export const randomHex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))]
    .map((one) => (one + 256).toString(16).slice(1))
    .join('')
