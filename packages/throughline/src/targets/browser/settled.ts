import type { Page, Request } from 'playwright-core'
import { changes, moveClock, stillness } from './page-watch.ts'
import { pause, within } from './within.ts'

/** How a page came to rest: it did, it never does, it no longer answers, or somebody ended it. */
export interface Settled {
  readonly end: 'settled' | 'restless' | 'frozen' | 'ended'
  /** Differs from an earlier one where the document has changed in between. */
  readonly changes: unknown
}

export interface SettledOptions {
  /** Whether requests are under way that are worth waiting for. */
  readonly isBusy: () => boolean
  /** Whether nobody needs to wait any longer. */
  readonly isEnded?: () => boolean
  /** The page's clock: `stopped` (`page.clock.pauseAt`) is moved on by each look; `running` is real. */
  readonly clock: 'stopped' | 'running'
  /** How many calls are kept open on purpose; where it is given, calls that only the page knows of are awaited too. */
  readonly held?: () => number
  /** Real milliseconds that a stopped clock stands at most for requests under way (2,000): a stream never ends. */
  readonly stand?: number
  /** Real milliseconds that it may take (8,000). */
  readonly most?: number
}

/** Still for so long is settled, in milliseconds of the page's clock, which moves on by `tick` at each look. */
const quietFor = 150
const tick = 30
/** Real milliseconds that a page may take to answer at all. */
export const longestAnswer = 6_000

/**
 * Waits until no request is under way and the document has been still for 150 ms, instead of sleeping. The page needs `watching` as
 * its init script. Never rejects.
 */
export async function settled(
  page: Page,
  { isBusy, isEnded = () => false, clock, held, stand = 2_000, most = 8_000 }: SettledOptions,
): Promise<Settled> {
  const until = performance.now() + most
  const look = stillness(clock === 'stopped', tick, quietFor, 3 * quietFor)
  const standing = stillness(false, 5, 5, 5)
  let last: unknown
  let tickAgain = performance.now() + stand
  for (;;) {
    if (isEnded()) return { end: 'ended', changes: last }
    if (performance.now() > until) return { end: 'restless', changes: last }
    // A stopped clock stands while requests are under way: a busy machine must not use up anybody's time limit.
    if (clock === 'stopped' && isBusy() && performance.now() < tickAgain) {
      await pause(5)
      continue
    }
    // A call that the page has just made may not have been heard of yet.
    if (clock === 'stopped' && held !== undefined && performance.now() < tickAgain) {
      const now = await within(
        inFrames(page, standing).catch(() => null),
        longestAnswer,
      )
      if (now === undefined) return { end: 'frozen', changes: last }
      if (now !== null && now.asking > held()) {
        await pause(5)
        continue
      }
    }
    tickAgain = performance.now() + stand
    const wasBusy = isBusy()
    const found = await within(
      inFrames(page, look).catch(() => 'replaced' as const),
      longestAnswer,
    )
    if (found === undefined) return { end: 'frozen', changes: last }
    if (found === 'replaced') {
      await pause(10)
      continue
    }
    // A Playwright whose clock has no such inside moves it on itself.
    if (found === null) {
      await within(
        clock === 'stopped' ? page.clock.runFor(tick).catch(() => undefined) : pause(tick),
        longestAnswer,
      )
      const count = await within(
        page.evaluate(changes).catch(() => Symbol('another document')),
        longestAnswer,
      )
      if (count === undefined) return { end: 'frozen', changes: last }
      if (!isBusy() && !wasBusy && count === last) return { end: 'settled', changes: count }
      last = count
      continue
    }
    last = found.changes
    const isAsking = held !== undefined && found.asking > held()
    if (!wasBusy && !isBusy() && !isAsking && found.still >= quietFor)
      return { end: 'settled', changes: last }
  }
}

/** Moves a stopped clock on, as if somebody waited. `false` where the page does not answer within 6 s. */
export async function advance(page: Page, wait: number): Promise<boolean> {
  const moved = await within(
    inFrames<boolean>(page, moveClock(wait))
      .then((found) => found || page.clock.runFor(wait).then(() => true))
      .catch(() => true),
    longestAnswer,
  )
  return moved !== undefined
}

/** Asks the page and the first of its frames, whose clocks are their own; the page's answer counts. */
async function inFrames<Found = { still: number; changes: number; asking: number } | null>(
  page: Page,
  script: string,
): Promise<Found> {
  const main = page.mainFrame()
  const others = page
    .frames()
    .filter((frame) => frame !== main)
    .slice(0, 5)
  const [found] = await Promise.all([
    main.evaluate<Found>(script),
    ...others.map((frame) => frame.evaluate(script).catch(() => null)),
  ])
  return found
}

/** Follows a page's requests; streams, media and beacons are none that anybody waits for. */
export function requestsOf(page: Page): {
  readonly underWay: ReadonlySet<Request>
  /** Kept open on purpose: no reason to wait. */
  readonly held: Set<Request>
  readonly isBusy: () => boolean
} {
  const underWay = new Set<Request>()
  const held = new Set<Request>()
  page.on('request', (request) => {
    if (!unawaited.has(request.resourceType())) underWay.add(request)
  })
  const over = (request: Request): void => {
    underWay.delete(request)
    held.delete(request)
  }
  page.on('requestfailed', over)
  page.on('requestfinished', over)
  return { underWay, held, isBusy: () => [...underWay].some((request) => !held.has(request)) }
}

const unawaited: ReadonlySet<string> = new Set(['eventsource', 'websocket', 'media', 'ping'])
