import type { Browser, BrowserContextOptions, Page, Request, Route } from 'playwright-core'
import { watching } from '../browser/page-watch.ts'
import { requestsOf, settled, type Settled } from '../browser/settled.ts'
import { within } from '../browser/within.ts'
import type { AskedOperation, SeenRequest } from './asked-operation.ts'

/** A call as the mock is asked to answer it. */
export interface PlayedRequest {
  readonly method: string
  /** Path and query on the mock. */
  readonly url: string
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

/** What the mock answers, before it is acted out. */
export interface PlayedAnswer {
  readonly status: number
  /** Name, value, name, value. */
  readonly headers: readonly string[]
  readonly body: Uint8Array | undefined
  /** Milliseconds. */
  readonly delay?: number
  readonly fault?: 'timeout' | 'reset' | 'truncate'
}

export interface StageOptions {
  readonly asked: (request: SeenRequest) => AskedOperation | undefined
  /** Answers calls inside the browser; without it, the app talks to a mock by itself. */
  readonly answer?: (request: PlayedRequest) => PlayedAnswer | Promise<PlayedAnswer>
  /** Plays on the mock that the app talks to, for everybody. */
  readonly playForAll?: (scenario: string | undefined) => Promise<void>
  readonly storageState?: NonNullable<BrowserContextOptions['storageState']>
  readonly signal?: AbortSignal
}

/** One page of an app in a browser session of its own, whose calls are answered as somebody says and whose time can be moved on. */
export interface Stage {
  readonly page: Page
  /** Names of the calls that were made, with how often. */
  readonly calls: ReadonlyMap<string, number>
  readonly errors: readonly string[]
  readonly dialogs: readonly string[]
  /** What is played from the next call on. */
  play(scenario: string | undefined): Promise<void>
  /** An operation that answers 503 from the next call on, whatever is played. */
  breakCall(name: string): void
  /** Every answer from now on takes so long, counted from the `time` at which it was asked for. */
  late(milliseconds: (name: string) => number): void
  /** Milliseconds of a person's time, as far as whoever drives the page has let them pass. */
  time: number
  /** Calls that are held back until `release`. */
  readonly heldBack: number
  /** Gives the answers that are due at `time`, or all. */
  release(all?: 'all'): void
  settle(): Promise<Settled['end']>
  /** Moves the page's clock, then settles. */
  advance(milliseconds: number): Promise<Settled['end']>
  /** When the earliest late answer is due. */
  readonly due: number | undefined
  close(): Promise<void>
}

const mostCalls = 80

/** Opens an empty page. The page's clock stands still but for what `settle` and `advance` let pass. */
export async function openStage(browser: Browser, options: StageOptions): Promise<Stage> {
  const { asked, answer } = options
  const session = `proof-${Math.random().toString(36).slice(2, 12)}`
  const context = await browser.newContext({
    serviceWorkers: 'block',
    viewport: { width: 1024, height: 760 },
    reducedMotion: 'reduce',
    ignoreHTTPSErrors: true,
    acceptDownloads: false,
    ...(options.storageState !== undefined && { storageState: options.storageState }),
  })
  const start = Date.now()
  await context.addInitScript(watching)
  await context.clock.install({ time: start })
  await context.clock.pauseAt(start + 1)
  const page = await context.newPage()
  page.setDefaultTimeout(3_000)
  const requests = requestsOf(page)
  const calls = new Map<string, number>()
  const errors: string[] = []
  const dialogs: string[] = []
  const held: {
    readonly route: Route
    readonly give: () => Promise<void>
    readonly due: number
  }[] = []
  let scenario: string | undefined
  let broken: string | undefined
  let lateness: ((name: string) => number) | undefined
  let crashed = false
  page.on('pageerror', (error) => {
    if (errors.length < 20) errors.push(error.message.split('\n')[0]!.slice(0, 300))
  })
  page.on('dialog', (dialog) => {
    if (dialogs.length < 20) dialogs.push(dialog.message().slice(0, 300))
    void dialog.dismiss().catch(() => undefined)
  })
  page.on('crash', () => (crashed = true))
  page.on('popup', (other) => void other.close().catch(() => undefined))
  await context.route(
    (url) => /^https?:$/.test(url.protocol),
    (route) => answered(route).catch(() => undefined),
  )

  const settle = async (): Promise<Settled['end']> => {
    if (crashed) return 'frozen'
    const { end } = await settled(page, {
      isBusy: requests.isBusy,
      isEnded: () => crashed || options.signal?.aborted === true,
      clock: 'stopped',
    })
    return crashed ? 'frozen' : end
  }
  const stage: Stage = {
    page,
    calls,
    errors,
    dialogs,
    async play(name) {
      scenario = name
      await options.playForAll?.(name)
    },
    breakCall: (name) => (broken = name),
    late: (milliseconds) => (lateness = milliseconds),
    get heldBack() {
      return held.length
    },
    get due() {
      const times = held.map(({ due }) => due).filter(Number.isFinite)
      return times.length === 0 ? undefined : Math.min(...times)
    },
    time: 0,
    release(all) {
      // A mock that the app talks to answers when it likes: from now on that is waited for.
      if (answer === undefined) requests.held.clear()
      for (const one of held.filter(({ due }) => all === 'all' || due <= stage.time)) {
        held.splice(held.indexOf(one), 1)
        requests.held.delete(one.route.request())
        void one.give().catch(() => undefined)
      }
    },
    settle,
    async advance(milliseconds) {
      if (crashed) return 'frozen'
      const moved = await within(
        page.clock.runFor(Math.round(milliseconds)).then(
          () => true,
          () => true,
        ),
        6_000,
      )
      return moved === undefined ? 'frozen' : settle()
    },
    async close() {
      await within(
        context.close().catch(() => undefined),
        5_000,
      )
    },
  }
  return stage

  async function answered(route: Route): Promise<void> {
    const request = route.request()
    const type = request.resourceType()
    if (new URL(request.url()).pathname.startsWith('/_throughline/')) return route.abort()
    if (type !== 'fetch' && type !== 'xhr') return route.continue()
    const body = request.postData()
    const call = asked({ method: request.method(), url: request.url(), body })
    if (call === undefined || answer === undefined) {
      if (call !== undefined) {
        counted(call.name)
        // The mock that the app talks to keeps it open: nobody waits for that.
        if (['loading', 'timeout'].some((one) => scenario?.endsWith(`/${call.name}/${one}`)))
          requests.held.add(request)
      }
      return route.continue()
    }
    if (counted(call.name) > mostCalls) {
      requests.held.add(request)
      return
    }
    if (call.name === broken)
      return route.fulfill({
        status: 503,
        headers: { ...crossOrigin(request), 'content-type': 'application/problem+json' },
        body: '{"title":"Service Unavailable","status":503}',
      })
    const data = request.postDataBuffer()
    const found = await answer({
      method: request.method(),
      url: call.url,
      body: data === null ? undefined : new Uint8Array(data),
      headers: {
        ...request.headers(),
        'throughline-session': session,
        'throughline-scenario': scenario === undefined ? 'none' : encodeURIComponent(scenario),
      },
    })
    const late = lateness?.(call.name) ?? 0
    const give = (): Promise<void> => given(route, found)
    if (found.fault === 'timeout' || (found.delay ?? 0) >= 1_000 || late > 0) {
      const forEver = found.fault === 'timeout'
      requests.held.add(request)
      held.push({
        route,
        give: forEver ? async () => {} : give,
        due: late > 0 && !forEver ? stage.time + late : Infinity,
      })
      return
    }
    return give()
  }

  function counted(name: string): number {
    const count = (calls.get(name) ?? 0) + 1
    calls.set(name, count)
    return count
  }
}

async function given(route: Route, { status, headers, body, fault }: PlayedAnswer): Promise<void> {
  if (fault !== undefined) return route.abort('connectionreset')
  const all: Record<string, string> = {}
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index]!.toLowerCase()
    if (name === 'content-length' || name === 'set-cookie') continue
    all[name] =
      all[name] === undefined ? headers[index + 1]! : `${all[name]}, ${headers[index + 1]!}`
  }
  return route.fulfill({
    status,
    headers: { ...crossOrigin(route.request()), ...all },
    ...(body !== undefined && { body: Buffer.from(body) }),
  })
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
