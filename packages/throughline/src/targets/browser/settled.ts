import type { Page, Request } from 'playwright-core'
import { changes } from './page-watch.ts'
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
  { isBusy, isEnded = () => false, clock, most = 8_000 }: SettledOptions,
): Promise<Settled> {
  const until = performance.now() + most
  let before: unknown
  let still = 0
  for (;;) {
    if (isEnded()) return { end: 'ended', changes: before }
    if (performance.now() > until) return { end: 'restless', changes: before }
    const moved = clock === 'stopped' ? page.clock.runFor(tick) : pause(tick)
    const count = await within(
      moved.then(() => page.evaluate(changes)).catch(() => Symbol('another document')),
      longestAnswer,
    )
    if (count === undefined) return { end: 'frozen', changes: before }
    if (isBusy() || count !== before) {
      before = count
      still = 0
    } else if ((still += tick) >= quietFor) return { end: 'settled', changes: before }
    if (clock === 'stopped') await pause(8)
  }
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
  page.on('requestfailed', (request) => underWay.delete(request))
  page.on('requestfinished', (request) => underWay.delete(request))
  return { underWay, held, isBusy: () => [...underWay].some((request) => !held.has(request)) }
}

const unawaited: ReadonlySet<string> = new Set(['eventsource', 'websocket', 'media', 'ping'])
