import type { EvidenceEvent, EvidenceOutcome } from './event.ts'

/** What a page sent in one go. */
export interface Beacon {
  /** The id of this delivery: a page that heard no answer sends the same again. */
  readonly batch: string
  readonly events: readonly EvidenceEvent[]
  /** Rows that could not be read and were left out. */
  readonly rejected: number
}

/** Why a text is no beacon, as a sentence for whoever sent it. */
export interface NoBeacon {
  readonly problem: string
}

/** No page sends more than this at once: characters of one beacon. */
export const longestBeacon = 262_144

/**
 * Reads what the page SDK sends to `POST /v1/beacon` (text/plain): JSON without keys, so that it is short.
 * `[1, batch, at, session, device, connection, environment, release, flags, views, rows]`, where `at` is the time of the page's
 * clock in milliseconds, a view is `[view, route, step, previousStep]` and a row begins with its kind, milliseconds since `at`
 * and its view. It comes from anybody: whatever is too long, too much or of the wrong kind is cut off or left out. `receivedAt`
 * is our clock in milliseconds: a page whose clock is ahead of it is put right.
 */
export function decodedBeacon(text: string, receivedAt: number): Beacon | NoBeacon {
  if (text.length > longestBeacon)
    return { problem: `A beacon has at most ${longestBeacon} characters; this one has more.` }
  let sent: unknown
  try {
    sent = JSON.parse(text)
  } catch {
    return { problem: 'The body is not JSON. It must be what sdk.js sends.' }
  }
  if (!isList(sent) || sent[0] !== 1)
    return { problem: 'The body must be a list that begins with 1, the version of its form.' }
  const [, batch, at, session, device, connection, environment, release, flags, views, rows] = sent
  if (typeof batch !== 'string' || !/^[\w-]{8,64}$/.test(batch))
    return { problem: 'The second item must be the id of the batch: 8 to 64 letters and digits.' }
  if (typeof at !== 'number' || !Number.isFinite(at) || at <= 0)
    return { problem: 'The third item must be a time in milliseconds since 1970.' }
  if (typeof session !== 'string' || !/^[\w-]{8,64}$/.test(session))
    return { problem: 'The fourth item must be the session: 8 to 64 letters and digits.' }
  if (!isList(views) || !isList(rows) || rows.length > mostRows)
    return { problem: `The last two items must be lists: views, and at most ${mostRows} rows.` }

  // A clock may be wrong by years: what is said to have happened after we heard of it happened just now.
  const latest = rows.reduce<number>((most, row) => Math.max(most, offsetOf(row) ?? 0), 0)
  const start = Math.min(at, receivedAt - latest)
  const seen = viewsOf(views)
  const common = {
    source: 'sdk',
    session,
    ...(isDevice(device) && { device }),
    ...defined('connection', word(connection, 10)),
    ...defined('environment', word(environment, 100)),
    ...defined('release', word(release, 100)),
    ...(isList(flags) &&
      flags.length > 0 && { flags: flags.slice(0, mostFlags).flatMap((flag) => flagOf(flag)) }),
  } as const
  const events = rows.flatMap((row): readonly EvidenceEvent[] => {
    const offset = offsetOf(row)
    if (!isList(row) || offset === undefined) return []
    const event = eventOf(row)
    if (event === undefined) return []
    const view = number(row[2])
    const place = view === undefined ? undefined : seen.get(view)
    return [
      {
        ...common,
        ...(view !== undefined && { view: String(view) }),
        ...place,
        ...event,
        time: start + offset,
      },
    ]
  })
  return { batch, events, rejected: rows.length - events.length }
}

const mostRows = 1000
const mostViews = 100
const mostFlags = 20
const mostFields = 500

type List = readonly unknown[]

/** What a row says beside its time and its view; `undefined` for one that is wrong or of a kind that is not known here. */
function eventOf(row: List): Omit<EvidenceEvent, 'time'> | undefined {
  const [kind, , , a, b, c, d, e, f, g, h, i, j, k, l] = row
  switch (kind) {
    case 'v':
      return { kind: 'view' }
    case 'c':
      return {
        kind: 'call',
        service: 'browser',
        ...defined('operation', word(a)),
        ...defined('method', method(b)),
        ...defined('status', status(c)),
        ...defined('outcome', outcomeOf(d)),
        ...defined('duration', amount(e)),
        ...defined('ttfb', amount(f)),
        ...defined('network', amount(g)),
        ...defined('bytes', amount(h)),
        ...(i === 1 || i === 0 ? { cached: i === 1 } : {}),
        ...defined('trace', hex(j, 32)),
        ...defined('span', hex(k, 16)),
        ...defined('name', word(l)),
      }
    case 'w':
      return typeof a === 'string' && vitals.has(a) && amount(b) !== undefined
        ? { kind: 'vital', name: a, ...defined('value', amount(b)) }
        : undefined
    case 'e':
      return {
        kind: 'error',
        name: word(a, 100) ?? 'Error',
        ...defined('text', word(b, 300)),
      }
    case 'k':
      return a === 'rage' || a === 'dead'
        ? {
            kind: 'click',
            name: a,
            ...defined('text', word(b, 100)),
            ...defined('value', amount(c)),
          }
        : undefined
    case 'l':
      return {
        kind: 'leave',
        ...defined('name', word(a, 20)),
        ...defined('duration', amount(b)),
        ...defined('value', amount(c)),
      }
    case 's': {
      const state = word(a, 100)
      return state === undefined
        ? undefined
        : { kind: 'state', state, ...defined('operation', word(b)) }
    }
    case 'r': {
      const operation = word(a)
      const fields = fieldsOf(b)
      return operation === undefined || fields === undefined
        ? undefined
        : { kind: 'read', operation, fields }
    }
    case 'q': {
      const name = word(a, 100)
      return name === undefined
        ? undefined
        : {
            kind: 'survey',
            name,
            ...defined('value', number(b)),
            ...defined('text', word(c, 1000)),
            ...defined('state', word(d, 100)),
            ...defined('operation', word(e)),
          }
    }
    case 'f': {
      const [flag] = flagOf(a)
      return flag === undefined ? undefined : { kind: 'flag', name: flag }
    }
    case 'g': {
      const name = word(a, 40)
      return name === undefined ? undefined : { kind: 'log', source: 'ga4', name }
    }
    default:
      return undefined
  }
}

const vitals = new Set(['LCP', 'INP', 'CLS', 'FCP', 'TTFB'])

const outcomes: Readonly<Record<string, EvidenceOutcome>> = {
  o: 'ok',
  e: 'error',
  a: 'aborted',
  p: 'pending',
  t: 'timeout',
}

function outcomeOf(value: unknown): EvidenceOutcome | undefined {
  return typeof value === 'string' && Object.hasOwn(outcomes, value) ? outcomes[value] : undefined
}

type Place = Pick<EvidenceEvent, 'route' | 'step' | 'previousStep'>

function viewsOf(views: List): ReadonlyMap<number, Place> {
  const seen = new Map<number, Place>()
  for (const view of views.slice(0, mostViews)) {
    if (!isList(view)) continue
    const id = number(view[0])
    if (id === undefined) continue
    seen.set(id, {
      ...defined('route', word(view[1])),
      ...defined('step', word(view[2])),
      ...defined('previousStep', word(view[3])),
    })
  }
  return seen
}

/** `[path, times, path, times, …]` */
function fieldsOf(value: unknown): Readonly<Record<string, number>> | undefined {
  if (!isList(value) || value.length > mostFields * 2) return undefined
  const pairs: [string, number][] = []
  for (let index = 0; index + 1 < value.length; index += 2) {
    const path = word(value[index], 300)
    const times = amount(value[index + 1])
    if (path !== undefined && path !== '' && times !== undefined)
      pairs.push([path, Math.round(times)])
  }
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
}

function flagOf(value: unknown): readonly string[] {
  const flag = word(value, 100)
  return flag !== undefined && /^[^=]+=/.test(flag) ? [flag] : []
}

function isDevice(value: unknown): value is 'phone' | 'tablet' | 'desktop' {
  return value === 'phone' || value === 'tablet' || value === 'desktop'
}

function isList(value: unknown): value is List {
  return Array.isArray(value)
}

/** Milliseconds from the start of the beacon: a page may be open for days. */
function offsetOf(row: unknown): number | undefined {
  const offset = isList(row) ? row[1] : undefined
  return typeof offset === 'number' && offset >= 0 && offset < 604_800_000 ? offset : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value < 1e12 ? value : undefined
}

function status(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value < 600
    ? value
    : undefined
}

function method(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Z-]{1,20}$/.test(value) ? value : undefined
}

function hex(value: unknown, length: number): string | undefined {
  return typeof value === 'string' && value.length === length && /^[0-9a-f]+$/.test(value)
    ? value
    : undefined
}

/** Text without control characters, cut where it is too long. */
function word(value: unknown, longest = 200): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  return value.slice(0, longest).replace(/\p{Cc}+/gu, ' ')
}

function defined<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: Value })
}
