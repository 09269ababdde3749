import type { Case } from './case.ts'
import type { Check, Observation } from './check-kind.ts'
import type { Exchange, Send } from './exchange.ts'
import { isFine, statusOf } from './exchange.ts'
import { credentialsOf, type HeaderList, type Identities } from './identities.ts'
import { isSick, suspectsOf, type Passed } from './poison.ts'

export interface RunnerOptions {
  readonly send: Send
  readonly identities: Identities
  readonly workers: number
  /** Requests in a second, at most. */
  readonly rate?: number
  readonly signal: AbortSignal
  /** Everything that is asked of an exchange by itself. */
  readonly checksOf: (one: Case) => readonly Check[]
  readonly judged: (check: Check, exchange: Exchange) => Iterable<Observation>
  /** What is certain: nothing else was to blame. */
  readonly found: (exchange: Exchange, observation: Observation) => void
  readonly answered: (exchange: Exchange) => void
  /** Puts the target back as it was; where it is given, a poisoned target is no end. */
  readonly reset?: () => Promise<void>
  /** Milliseconds to wait for a poisoned target to recover by itself. */
  readonly patience?: number
}

export interface Runner {
  readonly ask: (one: Case | undefined) => Promise<Exchange | undefined>
  /** Without checks: whoever asks judges. */
  readonly quietly: (one: Case) => Promise<Exchange | undefined>
  readonly note: (exchange: Exchange, observation: Observation) => void
  /** Runs what is handed out, so many at once; more than one only where there are workers for it. */
  readonly run: (tasks: Iterable<() => Promise<unknown>>, workers?: number) => Promise<void>
  /** Reads that work: when they begin to fail, somebody poisoned the target. */
  readonly watch: (canaries: readonly Case[]) => void
  /** Looks at them now. */
  readonly look: () => Promise<void>
  /** Nothing more is sent: what is held back is found, or the target was never there. */
  readonly finish: () => Promise<void>
  readonly ended: () => string | undefined
  readonly requests: () => number
}

/** Sends, judges, and notices when one request spoils the answers to all others. */
export function runner(options: RunnerOptions): Runner {
  const { send, identities, workers, signal, patience = 3000 } = options
  let pending: Pending[] = []
  let canaries: readonly Case[] = []
  let requests = 0
  let order = 0
  let underway = 0
  let failures = 0
  let answers = 0
  let line: Promise<void> | undefined
  let looking = false
  let ending: string | undefined
  const setAside = new Set<string>()
  let idle: (() => void) | undefined
  const pace = paced(options.rate)

  return {
    ask,
    async quietly(one) {
      return isOver() ? undefined : await direct(one)
    },
    note(exchange, observation) {
      const held = pending.find((one) => one.exchange === exchange)
      if (held === undefined) options.found(exchange, observation)
      else held.observations.push(observation)
    },
    async run(tasks, most = workers) {
      const next = tasks[Symbol.iterator]()
      const work = async (): Promise<void> => {
        for (;;) {
          if (isOver()) return
          const task = next.next()
          if (task.done === true) return
          await task.value()
        }
      }
      await Promise.all(Array.from({ length: most }, work))
      await look()
    },
    watch(those) {
      canaries = those
    },
    look,
    async finish() {
      await look()
      const last = pending.at(-1)
      if (answers === 0 && last !== undefined && !isOver()) await gone(last.exchange)
      commit(pending.length)
    },
    ended: () => ending,
    requests: () => requests,
  }

  function isOver(): boolean {
    return signal.aborted || ending !== undefined
  }

  async function ask(one: Case | undefined): Promise<Exchange | undefined> {
    if (one === undefined) return undefined
    for (let held = line; held !== undefined; held = line) await held
    if (isOver() || setAside.has(one.operation.id)) return undefined
    underway++
    const sent = order++
    let exchange: Exchange
    try {
      exchange = await direct(one)
    } finally {
      underway--
      if (underway === 0) idle?.()
    }
    if (signal.aborted) return undefined
    const held: Pending = { case: one, exchange, sent, answered: order++, observations: [] }
    for (const check of options.checksOf(one))
      for (const observation of options.judged(check, exchange)) held.observations.push(observation)
    options.answered(exchange)
    pending.push(held)
    if (exchange.outcome.kind === 'failed') failures++
    else {
      failures = 0
      answers++
    }
    if (failures >= (answers === 0 ? 3 : Math.max(10, workers * 2)) && !looking)
      await gone(exchange)
    else if (pending.length >= stretch && !looking) await look()
    return exchange
  }

  /** Nothing answers: that is one finding, not one for each request. */
  async function gone(exchange: Exchange): Promise<void> {
    if (canaries.length > 0) await look()
    if (ending !== undefined || failures === 0) return
    for (const one of canaries.slice(0, 1)) if (isFine(await direct(one))) return
    const { outcome } = exchange
    pending = pending.filter((one) => one.exchange.outcome.kind === 'answered')
    commit(pending.length)
    const why = outcome.kind === 'failed' ? outcome.message : ''
    ending = `the target does not answer: ${why}`
    options.found(exchange, {
      check: 'connection',
      severity: 'error',
      message: `${answers === 0 ? 'The target does not answer' : 'The target answers no more'}: ${why}.`,
      cause: 'down',
    })
  }

  async function direct(one: Case): Promise<Exchange> {
    await pace()
    requests++
    if (one.answered !== undefined) return { ...one.answered, case: one }
    const credentials = one.ownCredentials === true ? [] : credentialsOf(identities, one.identity)
    return send(credentials.length === 0 ? one : withCredentials(one, credentials), signal)
  }

  async function look(): Promise<void> {
    if (looking) return
    const count = pending.length
    // Before the first answer nobody knows whether anybody is there.
    if (answers === 0 && failures > 0) return
    if (canaries.length === 0 || isOver()) return commit(count)
    looking = true
    try {
      const sick = await sickCanary()
      if (signal.aborted) return
      if (sick === undefined) commit(count)
      else await onQuietLine(() => poisoned(sick))
    } finally {
      looking = false
    }
  }

  /** The answer of a canary that is ill, twice in a row. */
  async function sickCanary(): Promise<Exchange | undefined> {
    const first = await Promise.all(canaries.map(direct))
    for (const { case: one } of first.filter((each) => !isFine(each) && !isBusy(each))) {
      await passed(100)
      const second = await direct(one)
      if (!isFine(second) && !isBusy(second)) return second
    }
    return undefined
  }

  async function onQuietLine(act: () => Promise<void>): Promise<void> {
    let free = (): void => {}
    line = new Promise((resolve) => (free = resolve))
    try {
      if (underway > 0) await new Promise<void>((resolve) => (idle = resolve))
      idle = undefined
      await act()
    } finally {
      line = undefined
      free()
    }
  }

  async function poisoned(sick: Exchange): Promise<void> {
    const suspects = suspectsOf(pending, sick)
    const well = await recovered()
    const { culprit, proven } = well
      ? await bisected(suspects)
      : { culprit: suspects[0], proven: false }
    const { method, path } = sick.case.operation
    const how =
      statusOf(sick) === 0
        ? 'get no answer any more'
        : `are answered with ${statusOf(sick)} since then`
    if (culprit === undefined) {
      const from = pending.findIndex((one) => isSick(one.exchange, sick))
      pending.splice(from === -1 ? pending.length : from)
      commit(pending.length)
      options.found(sick, {
        check: 'poison',
        severity: 'error',
        message: `Reads that worked (${method} ${path}) ${how}, and nothing was sent in between that changes anything.`,
        cause: 'nobody',
      })
    } else {
      pending = pending.filter((one) => one.sent < culprit.sent || one === culprit)
      const since = pending.indexOf(culprit)
      const { exchange } = culprit
      commit(since + 1)
      pending = []
      setAside.add(culprit.case.operation.id)
      options.found(exchange, {
        check: 'poison',
        severity: 'error',
        message: `Reads that worked before (${method} ${path}) ${how}${proven ? ', each time again' : ''}: it is set aside, and what failed after it is not held against others.`,
        cause: 'poison',
      })
    }
    failures = 0
    if (well && (await recovered())) return
    const who =
      culprit === undefined
        ? ''
        : ` after ${culprit.case.operation.method} ${culprit.case.operation.path}`
    ending = `the target did not recover${who}`
  }

  /** The suspect after which the canaries fail again; the likeliest where none does. */
  async function bisected(
    suspects: readonly Pending[],
  ): Promise<{ readonly culprit: Pending | undefined; readonly proven: boolean }> {
    for (const suspect of suspects.slice(0, mostReplays)) {
      if (signal.aborted) break
      await direct(suspect.case)
      if ((await sickCanary()) !== undefined) return { culprit: suspect, proven: true }
    }
    return { culprit: suspects[0], proven: false }
  }

  async function recovered(): Promise<boolean> {
    await options.reset?.()
    for (let waited = 0; ; waited += 300) {
      if ((await sickCanary()) === undefined) return true
      if (waited >= patience || signal.aborted) return false
      await passed(300)
    }
  }

  function commit(count: number): void {
    for (const { exchange, observations } of pending.slice(0, count))
      for (const one of observations) options.found(exchange, one)
    pending = pending.slice(count)
  }
}

/** What is given for the run wins over what a collection says of the same name. */
function withCredentials(one: Case, credentials: HeaderList): Case {
  const names = new Set(credentials.map(([name]) => name.toLowerCase()))
  const own = (one.credentials ?? []).filter(([name]) => !names.has(name.toLowerCase()))
  return { ...one, credentials: own.length === 0 ? credentials : [...own, ...credentials] }
}

interface Pending extends Passed {
  readonly observations: Observation[]
}

/** Requests between two looks at the canaries. */
const stretch = 60
const mostReplays = 8

function isBusy(exchange: Exchange): boolean {
  return statusOf(exchange) === 429
}

async function passed(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** No more than so many requests in a second, evenly. */
function paced(rate: number | undefined): () => Promise<void> {
  if (rate === undefined) return () => Promise.resolve()
  let next = 0
  return async () => {
    const now = performance.now()
    const at = Math.max(now, next)
    next = at + 1000 / rate
    if (at > now) await passed(at - now)
  }
}
