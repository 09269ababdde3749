import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Page,
  Request,
  Route,
} from 'playwright-core'
import { callName } from './call-name.ts'
import type { HealthyAnswer, Outcome } from './fault.ts'
import type { ThroughMock } from './through-mock.ts'
import { watching } from '../browser/page-watch.ts'
import { advance, requestsOf, settled } from '../browser/settled.ts'
import { sightOf, type Sight } from '../browser/sight.ts'
import { within } from '../browser/within.ts'

/** What somebody sees, and when. */
export interface Seen extends Sight {
  /** Milliseconds of a person's time since the screen was asked for, as far as the audit moved the clock. */
  readonly after: number
}

/** A call that the page made, with its answer on a good day. */
export interface RecordedCall {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly answer: HealthyAnswer & { readonly headers: Readonly<Record<string, string>> }
}

export type Recorded = ReadonlyMap<string, RecordedCall>

export interface VisitOptions {
  /** A Playwright storage state: the sign-in. */
  readonly storageState?: NonNullable<BrowserContextOptions['storageState']>
  /** The name of the call that goes wrong, and how. */
  readonly fault?: { readonly call: string; readonly outcome: Outcome }
  /** What was answered on a good day: given again to every call that does not go wrong. Without it, calls go to the backend. */
  readonly recorded?: Recorded
  /** Milliseconds of a person's time after which whatever is still loading counts as endless. */
  readonly budget: number
  /** Whether what is seen is the end of it, so that nobody has to wait for the budget. */
  readonly isFinal?: (sight: Seen) => boolean
  readonly screenshot?: boolean
  /** The mock that faults come from, instead of the browser. */
  readonly through?: ThroughMock
  readonly signal?: AbortSignal
}

export interface Visited {
  /** `undefined` where the page froze or crashed. */
  readonly sight: Seen | undefined
  /** What was seen while a slow answer was awaited. */
  readonly waiting?: Seen
  readonly end: 'settled' | 'restless' | 'frozen' | 'crashed' | 'unreachable' | 'unanswered'
  /** Names of the calls made, with how often. */
  readonly calls: ReadonlyMap<string, number>
  readonly recorded: Recorded
  /** Milliseconds of a person's time that were waited in all. */
  readonly waited: number
  readonly errors: readonly string[]
  readonly dialogs: readonly string[]
  /** The other site that the page wanted to go to. */
  readonly left?: string
  /** How often the document was loaded. */
  readonly loads: number
  readonly picture?: Buffer
  readonly problem?: string
}

const mostRepeats = 60
const mostLoads = 8
const largestBody = 2_000_000

/**
 * Opens a screen in a context of its own, lets one call go wrong, and looks when nothing moves any more. No fault reaches a backend:
 * answers are made up in the browser, and so are those of the other calls once they are recorded. Never rejects for what a page does.
 */
export async function visit(
  browser: Browser,
  url: string,
  options: VisitOptions,
): Promise<Visited> {
  const { fault, recorded, budget, through, isFinal = () => false } = options
  const appOrigin = new URL(url).origin
  const context = await browser.newContext({
    serviceWorkers: 'block',
    viewport: { width: 1024, height: 700 },
    ignoreHTTPSErrors: true,
    acceptDownloads: false,
    reducedMotion: 'reduce',
    ...(options.storageState !== undefined && { storageState: options.storageState }),
  })
  let made = new Map<string, number>()
  let found = new Map<string, RecordedCall>()
  let requests: ReturnType<typeof requestsOf> | undefined
  const waitingRoutes: Route[] = []
  const errors: string[] = []
  const dialogs: string[] = []
  const readings: Promise<void>[] = []
  let loads = 0
  let left: string | undefined
  let end: Visited['end'] = 'settled'
  let stopped = false
  let passed = 0
  let moved: unknown
  let released = false
  let mark: number | undefined
  const isWaiting = fault?.outcome.kind === 'hang' || fault?.outcome.kind === 'slow'

  try {
    await context.addInitScript(watching)
    // The page's time stands still but for what the audit lets pass: a busy machine changes no verdict.
    const start = Date.now()
    await context.clock.install({ time: start })
    await context.clock.pauseAt(start + 1)
    await context.route(() => true, answerRoute)
    const page = await context.newPage()
    requests = requestsOf(page)
    follow(page)
    mark = await through?.mark()
    if (fault !== undefined) await through?.impose(fault.call, fault.outcome)
    const opened = await page
      .goto(url, { waitUntil: 'commit', timeout: through !== undefined ? budget : 15_000 })
      .then(() => undefined)
      .catch((error: unknown) => firstLine(error))
    if (opened !== undefined) {
      passed = budget
      await readMock()
      return result(undefined, /Timeout/.test(opened) ? 'unanswered' : 'unreachable', opened)
    }
    await settle(page)
    let waiting: Seen | undefined
    if (fault?.outcome.kind === 'slow' && requests.held.size > 0) {
      await waitOn(page, fault.outcome.wait)
      waiting = await look(page)
      released = true
      if (through !== undefined) requests.held.clear()
      for (const route of waitingRoutes.splice(0)) {
        requests?.held.delete(route.request())
        await giveHealthy(route).catch(() => undefined)
      }
      await settle(page)
    }
    let sight = await look(page)
    if (fault !== undefined)
      for (const share of [0.1, 0.2, 0.3, 0.4]) {
        if (sight === undefined || isFinal(sight) || ended()) break
        const before = moved
        await waitOn(page, budget * share)
        if (moved !== before || end !== 'settled') sight = await look(page)
      }
    const picture =
      options.screenshot === true && sight !== undefined
        ? await page
            .screenshot({ type: 'jpeg', quality: 35, timeout: 3_000, animations: 'disabled' })
            .catch(() => undefined)
        : undefined
    await Promise.all(readings)
    await readMock()
    return {
      ...result(sight),
      ...(waiting !== undefined && { waiting }),
      ...(picture !== undefined && { picture }),
    }
  } catch (error) {
    // The browser itself went away, or the page took its context with it.
    return result(undefined, end === 'settled' ? 'crashed' : end, firstLine(error))
  } finally {
    stopped = true
    if (fault !== undefined) await through?.end().catch(() => undefined)
    await within(closing(context), 5_000)
  }

  function result(sight: Seen | undefined, how = end, problem?: string): Visited {
    return {
      sight,
      end: sight === undefined && how === 'settled' ? 'frozen' : how,
      calls: made,
      recorded: found,
      waited: passed,
      errors,
      dialogs,
      loads,
      ...(left !== undefined && { left }),
      ...(problem !== undefined && { problem }),
    }
  }

  /** What the mock was asked, by the browser or by the app's server. */
  async function readMock(): Promise<void> {
    if (through === undefined || mark === undefined) return
    const { recorded: asked, calls } = await through.since(mark, appOrigin)
    made = new Map(calls)
    if (fault === undefined) found = new Map(asked)
  }

  function ended(): boolean {
    return (
      end !== 'settled' ||
      left !== undefined ||
      loads > mostLoads ||
      options.signal?.aborted === true ||
      (fault !== undefined && (made.get(fault.call) ?? 0) >= mostRepeats)
    )
  }

  function follow(page: Page): void {
    page.on('pageerror', (error) => {
      if (errors.length < 20) errors.push(error.message.split('\n')[0]!.slice(0, 300))
    })
    page.on('dialog', (dialog) => {
      if (dialogs.length < 20) dialogs.push(dialog.message().slice(0, 300))
      void dialog.dismiss().catch(() => undefined)
    })
    page.on('crash', () => (end = 'crashed'))
    page.on('popup', (other) => void other.close().catch(() => undefined))
    page.on('request', (request) => {
      if (!isCall(request)) return
      // The mock keeps it open: nothing is to be waited for but the clock.
      if (through !== undefined && isWaiting)
        setTimeout(() => released || requests?.held.add(request), 600).unref()
      const name = nameOf(request)
      made.set(name, (made.get(name) ?? 0) + 1)
    })
    page.on('requestfinished', (request) => {
      if (recorded === undefined && through === undefined && isCall(request))
        readings.push(record(request))
    })
  }

  async function record(request: Request): Promise<void> {
    try {
      const response = await request.response()
      if (response === null || found.size >= 300) return
      const body = await response.body().catch(() => Buffer.alloc(0))
      if (body.length > largestBody) return
      const headers = await response.allHeaders()
      found.set(keyOf(request), {
        name: nameOf(request),
        method: request.method(),
        url: request.url(),
        answer: {
          status: response.status(),
          type: headers['content-type'] ?? '',
          body: body.toString('utf8'),
          headers,
        },
      })
    } catch {
      // A call whose answer is gone is not recorded; it goes to the backend again.
    }
  }

  async function answerRoute(route: Route): Promise<void> {
    const request = route.request()
    try {
      if (request.isNavigationRequest() && request.frame().parentFrame() === null) {
        const { origin } = new URL(request.url())
        loads += 1
        if (loads > 1 && origin !== appOrigin) left = request.url()
        if (loads > mostLoads || left !== undefined || stopped) return await route.abort()
        return await route.continue()
      }
      if (!isCall(request) || through !== undefined) return await route.continue()
      if (fault !== undefined && nameOf(request) === fault.call) return await fail(route, fault)
      if (recorded === undefined) return await route.continue()
      return await giveHealthy(route)
    } catch {
      // The page has gone while its request was under way.
    }
  }

  async function fail(route: Route, { call, outcome }: NonNullable<typeof fault>): Promise<void> {
    const request = route.request()
    if ((made.get(call) ?? 0) > mostRepeats) {
      requests?.held.add(request)
      return
    }
    switch (outcome.kind) {
      case 'reset':
        return route.abort('connectionreset')
      case 'hang':
        requests?.held.add(request)
        return
      case 'slow':
        if (released) return giveHealthy(route)
        requests?.held.add(request)
        waitingRoutes.push(route)
        return
      case 'answer':
        return route.fulfill({
          status: outcome.status,
          headers: {
            ...(outcome.status < 400
              ? healthyHeaders(request, recorded?.get(keyOf(request)))
              : crossOrigin(request)),
            'content-type': outcome.type || 'application/json',
          },
          body: outcome.body,
        })
    }
  }

  async function giveHealthy(route: Route): Promise<void> {
    const request = route.request()
    const known = recorded?.get(keyOf(request))
    if (known !== undefined)
      return route.fulfill({
        status: known.answer.status,
        headers: healthyHeaders(request, known),
        body: known.answer.body,
      })
    // A page that meets a fault may report it or write: the backend is not to hear of a fault that never was.
    if (!/^(GET|HEAD|OPTIONS)$/.test(request.method()))
      return route.fulfill({ status: 204, headers: crossOrigin(request) })
    return route.continue()
  }

  async function settle(page: Page): Promise<void> {
    const { end: how, changes } = await settled(page, {
      isBusy: requests!.isBusy,
      isEnded: ended,
      clock: 'stopped',
      held: () => requests!.held.size,
      ...(released && through !== undefined && { stand: 6_000 }),
      // Only the good day asks a real backend, which may take its time.
      most: fault === undefined ? 20_000 : 8_000,
    })
    moved = changes
    if (how === 'frozen' && end !== 'crashed') end = 'frozen'
    if (how === 'restless' && fault === undefined) end = 'restless'
  }

  /** Moves the page's clock, as if somebody waited; what its timers start is awaited in turn. */
  async function waitOn(page: Page, wait: number): Promise<void> {
    const answered = await advance(page, Math.round(wait))
    passed += wait
    if (!answered) end = end === 'crashed' ? 'crashed' : 'frozen'
    else await settle(page)
  }

  async function look(page: Page): Promise<Seen | undefined> {
    if (end === 'crashed' || end === 'frozen') return undefined
    const sight = await sightOf(page)
    if (sight === undefined) end = 'frozen'
    return sight && { ...sight, after: passed }
  }

  function nameOf(request: Request): string {
    return callName(sentOf(request), appOrigin)
  }
}

function closing(context: BrowserContext): Promise<void> {
  return context.close().catch(() => undefined)
}

/** Whether a request asks an API: neither a file of the app, nor the mock's own business. */
function isCall(request: Request): boolean {
  const type = request.resourceType()
  if ((type !== 'fetch' && type !== 'xhr') || !/^https?:/.test(request.url())) return false
  const { pathname } = new URL(request.url())
  if (pathname.startsWith('/_throughline/')) return false
  return !(
    request.method() === 'GET' && /\.(graphqls?|gql|svg|md|css|m?js|wasm|map)$/.test(pathname)
  )
}

function sentOf(request: Request) {
  return { method: request.method(), url: request.url(), body: request.postData() }
}

function keyOf(request: Request): string {
  const { method, url, body } = sentOf(request)
  return `${method} ${url} ${body ?? ''}`
}

function crossOrigin(request: Request): Readonly<Record<string, string>> {
  const { origin } = request.headers()
  return origin === undefined
    ? {}
    : {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': '*',
      }
}

/** The headers of the good day, as far as they hold for a body that is sent as it is. */
function healthyHeaders(
  request: Request,
  known: RecordedCall | undefined,
): Readonly<Record<string, string>> {
  const kept = Object.entries(known?.answer.headers ?? {}).filter(
    ([name]) => name !== 'content-encoding' && name !== 'content-length' && name !== 'set-cookie',
  )
  return { ...crossOrigin(request), ...Object.fromEntries(kept) }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!
}
