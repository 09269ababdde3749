import type { Cell } from './beacon-text.ts'
import type { Configuration } from './configuration.ts'
import { isShown } from './is-shown.ts'
import { operationOf } from './operation-of.ts'
import { now, on, quietly } from './quietly.ts'
import { scrubbed } from './scrubbed.ts'
import { randomHex, senderTo } from './sender.ts'
import { stored, storeNothing } from './stored.ts'
import { watchCalls } from './watch-calls.ts'
import { watchClicks } from './watch-clicks.ts'
import { watchVitals } from './watch-vitals.ts'

/** What a page can say to the script: `window.throughline`. None of it ever throws. */
export interface Throughline {
  /** Whether the person agrees. With `data-consent` nothing at all happens before a yes; a no forgets all that is kept. */
  consent(agreed: boolean): void
  /** The variant of an experiment that this session has. */
  flag(name: string, value: string): void
  /** An error that a framework caught before the browser could report it. */
  error(error: unknown): void
}

/** What the script that records which fields are read (`sdk-reads.js`, exports `run`) is given. */
export interface ReadsHost {
  /** The operation of a request to an absolute address, `''` where no contract has it. */
  readonly operationOf: (method: string, url: string, body?: unknown) => readonly [string, string]
  /** Paths that were read and how often, one after the other; 0 for copied. */
  readonly read: (operation: string, fields: readonly (string | number)[]) => void
  /** Says what to do before a view ends. */
  readonly ending: (tell: () => void) => void
}

/** What the script that asks (`sdk-survey.js`, exports `run`) is given. */
export interface SurveyHost {
  readonly id: string
  readonly panel: unknown
  readonly stored: typeof stored
  /** What was answered; with neither, nobody was asked or nobody answered. */
  readonly answered: (value?: number, text?: string) => void
}

/** Begins to watch the page, unless the person's browser asks not to be tracked. `script` is the tag that loaded this. */
export function start(
  { routes, apis, states, trace, surveys, delays, shares }: Configuration,
  { src, dataset: tag }: HTMLScriptElement,
): void {
  const collector = src.replace(/[^/]*$/, '')
  const { globalPrivacyControl, doNotTrack, connection } = navigator as Navigator & {
    readonly globalPrivacyControl?: boolean
    readonly connection?: { readonly effectiveType?: string }
  }
  const flags: Record<string, string> = {}
  const views = new Map<number, readonly Cell[]>()
  let off = globalPrivacyControl || doNotTrack === '1'
  let send: ReturnType<typeof senderTo> | undefined
  let session = ''
  let view = 0
  let step = ''
  let path = ''
  let entered = 0
  /** How the last call of each operation ended on this view: its status, an outcome, or `w` while it waits. */
  let answers: Record<string, string> = {}
  let shown: Record<string, number> = {}
  let errors = 0
  let left = false
  let looking = 0
  let asking = false
  let tellReads: (() => void) | undefined

  /** The same number from 0 to 1 for a session each time. */
  const chance = (name: string): number => {
    let hash = 1
    for (const one of session + name) {
      hash = Math.imul(hash ^ one.charCodeAt(0), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return (hash >>> 0) / 2 ** 32
  }
  const put = (kind: string, at: number, place: number, ...cells: Cell[]): void => {
    if (!off) send?.([kind, Date.now() - now() + at, place, ...cells])
  }
  const add = (kind: string, ...cells: Cell[]): void => put(kind, now(), view, ...cells)
  const remember = (): void => {
    if (send && !off)
      stored('session', [session, Date.now(), view, step, ...Object.values(flags)].join('\n'))
  }
  const flag = (name: string, value: string | number): void => {
    const text = `${name}=${value}`.slice(0, 99)
    if (flags[name] === text || Object.keys(flags).length > 19) return
    flags[name] = text
    add('f', text)
    remember()
  }
  const error = (thrown: unknown): void => {
    // A page that throws at every frame has said so.
    if (errors++ > 9) return
    const { name, message = thrown } = (thrown ?? {}) as Partial<Error>
    add('e', scrubbed(name ?? 'Error'), scrubbed(message))
    due('error')
  }

  /** Asks, once in a while, what somebody thinks of what just happened. */
  const due = (what: string, where = step, took = 0, operation = '', place = view): void => {
    const found = surveys.find(
      ([id, on, at, over, share]) =>
        on === what && (!at || at === where) && took >= over && chance(id) < share,
    )
    if (!found || asking || off) return
    const [id, , , , , panel] = found
    asking = true
    load('survey', {
      id,
      panel,
      stored,
      answered(value, text) {
        asking = false
        if (value ?? text)
          put('q', now(), place, id, value, text && scrubbed(text, 1e3), what, operation)
      },
    })
  }
  /** Another script from the collector: its `run` is given what it needs. */
  const load = (name: string, host: SurveyHost | ReadsHost): void =>
    void import(`${collector}sdk-${name}.js`).then(({ run }) => run(host)).catch(() => {})

  const watch = (): void => {
    if (off || send) return
    // One visit: until the tab is closed, or nothing happened for half an hour.
    const before = stored('session').split('\n')
    if (+before[1]! > Date.now() - 18e5) {
      session = before[0]!
      view = +before[2]!
      step = before[3]!
      for (const one of before.slice(4)) flags[one.split('=')[0]!] = one
    } else session = randomHex(12)
    if (chance('') >= +(tag['sample'] ?? shares[0])) return
    send = senderTo(`${collector}v1/beacon?key=${tag['key'] ?? ''}`, delays, (rows) => [
      session,
      matchMedia('(pointer:fine)').matches
        ? 'desktop'
        : Math.min(screen.width, screen.height) < 600
          ? 'phone'
          : 'tablet',
      connection?.effectiveType,
      tag['environment'],
      tag['release'],
      Object.values(flags),
      [...views].flatMap(([id, place]) =>
        rows.some((row) => row[2] === id) ? [[id, ...place]] : [],
      ),
    ])

    const vitals = watchVitals()
    const measure = (): void => {
      tellReads?.()
      vitals((name, value) => add('w', name, value))
    }
    const followed = watchClicks((name, target) => add('k', name, target))

    /** Where the page is now, if that is somewhere else. */
    const arrive = (): void => {
      const { pathname, hash } = location
      const here = /^#!?(\/[^?]*)/.exec(hash)?.[1] ?? pathname
      if (here === path) return
      followed()
      if (path) measure()
      const previous = step
      const [, route, ...steps] = routes.find(([one]) => RegExp(one).test(here)) ?? ['', '*']
      // A screen may belong to several journeys: people go on with the one they are in.
      const journey = previous.split('/')[0]
      step = steps.find((one) => one.split('/')[0] === journey) ?? steps[0] ?? ''
      entered = path ? now() : 0
      path = here
      views.set(++view, [route, step, previous])
      views.delete(view - 50)
      answers = {}
      shown = {}
      errors = 0
      put('v', entered, view)
      remember()
      look()
      // An answer belongs to the step that it is about.
      if (previous && previous !== step) due('step', previous, 0, '', view - 1)
    }

    /** Looks for what people are shown: not at each change of the page, only some time after something happened. */
    const look = (): void => {
      if (chance('states') < shares[1])
        looking ||= setTimeout(() => {
          looking = 0
          for (const [condition, operation, ends, css, text] of states[step] ?? states['*'] ?? [])
            quietly(() => {
              const last = operation ? [answers[operation]] : Object.values(answers)
              if (
                !shown[condition] &&
                last.some((one) => one && RegExp(`^(${ends})$`).test(one)) &&
                isShown(css, text)
              ) {
                shown[condition] = 1
                add('s', condition, operation)
              }
            })
        }, 150)
    }

    const closeCalls = watchCalls(
      (method, url, body, start = now()) => {
        const target = new URL(url, document.baseURI)
        target.hash = ''
        const { href } = target
        if (off || !href.startsWith('http') || href.startsWith(`${collector}v1/`)) return undefined
        followed()
        arrive()
        const [operation, name] = operationOf(apis, method, target, body)
        answers[operation || name] = 'w'
        look()
        return { operation, name, method, href, view, start }
      },
      (call, outcome) => {
        const {
          operation,
          name,
          method,
          status,
          view: place,
          start,
          end,
          entry,
          trace,
          span,
        } = call
        const { requestStart = 0, responseStart = 0, startTime = 0, responseEnd } = entry ?? {}
        const whole = (status && responseEnd) || end || now()
        const server = Math.max(0, ...(entry?.serverTiming ?? []).map((one) => one.duration))
        const beside = startTime + responseStart - requestStart
        const cells: Cell[] =
          entry && responseStart
            ? [
                responseStart - start,
                whole - beside + (server && Math.max(0, responseStart - requestStart - server)),
                entry.encodedBodySize,
                entry.transferSize ? 0 : 1,
              ]
            : [status && end && end - start, null, null, null]
        put(
          'c',
          start,
          place,
          operation,
          method,
          status,
          outcome,
          whole - start,
          ...cells,
          trace,
          span,
          name,
        )
        if (place !== view) return
        answers[operation || name] = status ? `${status}` : outcome
        look()
        if (/[et]/.test(outcome)) due('error', step, 0, operation)
        if (outcome === 'o') due('slow', step, whole - start, operation)
      },
      (call, parent) => {
        const { origin } = new URL(call.href)
        if (parent) [, call.trace = '', call.span = ''] = parent.split('-')
        else if (
          call.operation &&
          [location.origin, ...trace, ...(tag['trace'] ?? '').split(' ')].includes(origin)
        ) {
          call.trace = randomHex(16)
          call.span = randomHex(8)
          return [
            ['traceparent', `00-${call.trace}-${call.span}-01`],
            ['baggage', `session.id=${session}`],
          ]
        }
        return []
      },
      ({ operation }) => {
        const [, doses, share] = delays.find(([one]) => one === operation) ?? []
        const dose = doses?.[(chance(operation) / share!) | 0]
        if (dose !== undefined) flag(`speed.${operation}`, dose)
        return dose
      },
    )

    const leave = (name: string): void => {
      if (left) return
      left = true
      measure()
      closeCalls()
      add('l', name, now() - entered)
      remember()
      if (!off) send?.(null)
    }
    for (const name of ['pushState', 'replaceState'] as const) {
      const real = history[name]
      // A page that froze it is looked at when it calls something, or somebody goes back.
      quietly(() => {
        history[name] = function (...all) {
          real.apply(this, all)
          quietly(arrive)
        }
      })
    }
    on('popstate', arrive)
    on('hashchange', arrive)
    on('error', (event) => {
      // Without a message it is a picture that didn't load.
      if (event.message) error(event.error ?? event.message)
    })
    on('unhandledrejection', ({ reason }) => error(reason))
    on('visibilitychange' as 'pageshow', () => {
      if (document.hidden) leave('hidden')
      left = document.hidden
    })
    on('pagehide', () => leave('page'))
    on('pageshow', ({ persisted }) => {
      left = false
      if (persisted) path = ''
      arrive()
    })
    arrive()

    // What the page tells Google: the names of its events, nothing else.
    const noted = (entry: unknown): void => {
      const { event, 0: command, 1: name } = entry as Record<string, string>
      const found = command === 'event' ? name : event
      if (/^(?!gtm\.)\w{1,40}$/.test(found!)) add('g', found)
    }
    const host = window as unknown as { dataLayer?: unknown[] }
    const layer = (host.dataLayer ??= [])
    const { push } = layer
    layer.push = (...entries) => {
      entries.forEach((entry) => quietly(() => noted(entry)))
      return push.apply(layer, entries)
    }
    layer.forEach((entry) => quietly(() => noted(entry)))

    if (chance('reads') < +(tag['reads'] ?? shares[2]))
      load('reads', {
        operationOf: (method, url, body) => operationOf(apis, method, new URL(url), body),
        read: (operation, fields) => add('r', operation, fields),
        ending(tell) {
          tellReads = tell
        },
      })
  }

  if (tag['storage'] === 'none') storeNothing()
  const host = window as unknown as { throughline: Throughline }
  host.throughline = {
    consent: (agreed) =>
      quietly(() => {
        if (agreed) return watch()
        off = true
        send?.()
        for (const name of ['queue', 'session', 'asked']) stored(name, '')
      }),
    flag: (name, value) => quietly(() => flag(name, value)),
    error: (thrown) => quietly(() => error(thrown)),
  }
  if (tag['consent'] === undefined) watch()
}
