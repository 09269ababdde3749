import { parentPort, workerData } from 'node:worker_threads'
import { DuckdbDatabase } from './duckdb-database.ts'
import { unpacked } from './unpacked-events.ts'
import type { Ask, Tell, WorkerStart } from './worker-messages.ts'

// DuckDB appends on the thread that asks: here, so that the server's thread never waits for it.

/** More than this is not in one transaction: rows, roughly. */
const MOST_ROWS = 50_000
/**
 * Questions that are worked on at once. Each holds one of the process's four threads for files, and the log needs one of them to
 * acknowledge anything; DuckDB itself uses all cores for a single question.
 */
const MOST_QUESTIONS = 2
/** How long small deliveries are collected for one transaction, milliseconds. */
const GATHER = 50

const port = parentPort!
const tell = (message: Tell): void => port.postMessage(message)

const database = await DuckdbDatabase.open(workerData as WorkerStart).catch((error: unknown) => {
  const message = messageOf(error)
  tell(
    /Cannot find (module|package)/.test(message)
      ? { kind: 'missing' }
      : { kind: 'locked', message },
  )
  return undefined
})
if (database === undefined) process.exit()

let waiting: Extract<Ask, { kind: 'apply' }>[] = []
let timer: NodeJS.Timeout | undefined
/** Whatever writes goes one after the other. */
let line: Promise<unknown> = Promise.resolve()

port.on('message', (ask: Ask) => {
  switch (ask.kind) {
    case 'apply':
      waiting.push(ask)
      timer ??= setTimeout(drain, GATHER)
      return
    case 'query':
      drain()
      void answer(
        ask.id,
        inLine(() => database.prepare(ask.sql)).then(() => asTurn(() => database.query(ask.sql))),
      )
      return
    case 'delete':
      drain()
      void answer(
        ask.id,
        inLine(() => database.deleteSession(ask.session)),
      )
      return
    case 'retain':
      drain()
      void answer(
        ask.id,
        inLine(() => database.retain(ask.rules)),
      )
      return
    case 'close':
      drain()
      void answer(
        ask.id,
        inLine(() => database.close()),
      ).then(() => port.close())
  }
})
tell({ kind: 'ready' })

function inLine<T>(work: () => Promise<T>): Promise<T> {
  const result = line.then(work)
  line = result.catch(() => undefined)
  return result
}

let asking = 0
const queue: (() => void)[] = []

/** Does the work once fewer questions than allowed are worked on, in the order they came. */
async function asTurn<T>(work: () => Promise<T>): Promise<T> {
  if (asking >= MOST_QUESTIONS) await new Promise<void>((go) => queue.push(go))
  else asking++
  try {
    return await work()
  } finally {
    const next = queue.shift()
    if (next === undefined) asking--
    else next()
  }
}

function drain(): void {
  clearTimeout(timer)
  timer = undefined
  const all = waiting
  waiting = []
  if (all.length > 0)
    inLine(() => apply(all)).catch((error: unknown) => {
      // What was not applied is still in the log: another start takes it from there.
      tell({ kind: 'broken', message: messageOf(error) })
      process.exit()
    })
}

async function apply(all: readonly Extract<Ask, { kind: 'apply' }>[]): Promise<void> {
  for (let from = 0; from < all.length;) {
    let rows = 0
    let to = from
    const packs = []
    for (; to < all.length && rows < MOST_ROWS; to++) {
      const pack = unpacked(all[to]!.payload)
      rows += pack.rows
      packs.push(pack)
    }
    await database!.apply(packs, Date.now())
    tell({ kind: 'applied', records: all.slice(from, to).map(({ record }) => record) })
    from = to
  }
}

async function answer(id: number, result: Promise<unknown>): Promise<void> {
  try {
    tell({ kind: 'answer', id, value: await result })
  } catch (error) {
    tell({ kind: 'failed', id, message: messageOf(error) })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
