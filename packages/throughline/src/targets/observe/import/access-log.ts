import { patternOf, placesOf, type EvidenceEvent } from '@throughline/core'
import {
  Losses,
  NotThisFormat,
  type EvidenceFormat,
  type ImportContext,
} from './evidence-format.ts'

/** A web server's log: common or combined (Apache, nginx; a time at the end of the line is read), or W3C extended (IIS, CloudFront). */
export const accessLog: EvidenceFormat = {
  name: 'log',
  summary: 'an access log: combined, common or W3C extended',
  isThis: (start) => isW3c(start) || [...lines(start)].some(({ text }) => combined.test(text)),
  read(text, context) {
    const losses = new Losses()
    const requests = isW3c(text) ? w3cRequests(text, losses) : combinedRequests(text, losses)
    const events = eventsOf(requests, context, losses)
    if (events.length === 0 && losses.list.length === 0)
      throw new NotThisFormat('it has no line of an access log')
    return { events, lost: losses.list }
  },
}

interface LoggedRequest {
  readonly line: number
  readonly time: number
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly status: number
  /** Who: address and browser. It is not kept. */
  readonly client: string
  readonly agent: string
  readonly bytes?: number
  readonly duration?: number
}

function* lines(text: string): Generator<{ readonly line: number; readonly text: string }> {
  let line = 0
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from)
    const until = end === -1 ? text.length : end
    line++
    const one = text.slice(from, Math.min(until, from + longestLine)).replace(/\r$/, '')
    if (one.trim() !== '') yield { line, text: one }
    from = until + 1
  }
}

/** Longer lines are cut, and then are no log lines. */
const longestLine = 20_000
const combined =
  /^(\S{1,100}) \S{1,200} (?:\S{1,200}) \[([^\]]{20,40})\] "([A-Z]{3,10}) ([^\s"]{1,8000})(?: HTTP\/[\d.]+)?" (\d{3}) (\d+|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?(.*)$/

function* combinedRequests(text: string, losses: Losses): Generator<LoggedRequest> {
  for (const { line, text: one } of lines(text)) {
    const [
      ,
      address = '',
      moment = '',
      method = '',
      url = '',
      status = '',
      bytes = '',
      ,
      agent = '',
      rest = '',
    ] = combined.exec(one) ?? []
    const time = momentOf(moment)
    if (time === undefined) {
      losses.add('lines that are no line of this log', line)
      continue
    }
    // nginx `rt=0.123` or `0.123` in seconds; Apache's %D is whole microseconds.
    const took = /(?:^|\s)(?:rt=|request_time=)?"?(\d+\.\d+)"?(?=\s|$)/.exec(rest)?.[1]
    const micro = took === undefined ? /^\s(\d{1,12})$/.exec(rest)?.[1] : undefined
    yield {
      line,
      time,
      method,
      url,
      status: Number(status),
      client: `${address} ${agent}`,
      agent,
      ...(bytes !== '-' && { bytes: Number(bytes) }),
      ...(took !== undefined && { duration: Number(took) * 1000 }),
      ...(micro !== undefined && { duration: Number(micro) / 1000 }),
    }
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `10/Oct/2026:13:55:36 -0700` */
function momentOf(text: string): number | undefined {
  const [, day, month = '', year, clock, zone] =
    /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/.exec(text) ?? []
  const at = months.indexOf(month)
  if (at === -1 || zone === undefined) return undefined
  const found = Date.parse(
    `${year}-${String(at + 1).padStart(2, '0')}-${day}T${clock}${zone.slice(0, 3)}:${zone.slice(3)}`,
  )
  return Number.isFinite(found) ? found : undefined
}

function isW3c(text: string): boolean {
  return /^#(?:Version|Software|Date|Fields):/m.test(text.slice(0, 5000))
}

function* w3cRequests(text: string, losses: Losses): Generator<LoggedRequest> {
  let fields: readonly string[] = []
  for (const { line, text: one } of lines(text)) {
    if (one.startsWith('#')) {
      if (one.startsWith('#Fields:')) fields = one.slice(8).trim().split(/\s+/)
      continue
    }
    const cells = one.includes('\t') ? one.split('\t') : one.split(' ')
    const cell = (...names: readonly string[]): string => {
      for (const name of names) {
        const at = fields.indexOf(name)
        const value = at === -1 ? undefined : cells[at]
        if (value !== undefined && value !== '-') return value
      }
      return ''
    }
    const time = Date.parse(`${cell('date')}T${cell('time')}Z`)
    const status = Number(cell('sc-status'))
    const method = cell('cs-method').toUpperCase()
    if (
      cells.length < fields.length ||
      !Number.isFinite(time) ||
      !/^[A-Z]{3,10}$/.test(method) ||
      !(status >= 100 && status < 1000)
    ) {
      losses.add('lines that are no line of this log', line)
      continue
    }
    const query = cell('cs-uri-query')
    const took = cell('time-taken')
    const agent = decoded(cell('cs(User-Agent)'))
    const bytes = Number(cell('sc-bytes') || NaN)
    yield {
      line,
      time,
      method,
      url: `${cell('cs-uri-stem', 'cs-uri')}${query === '' ? '' : `?${query}`}`,
      status,
      client: `${cell('c-ip')} ${agent}`,
      agent,
      ...(Number.isFinite(bytes) && { bytes }),
      // Whole numbers are IIS's milliseconds, fractions the seconds of everybody else.
      ...(/^\d+(\.\d+)?$/.test(took) && {
        duration: Number(took) * (took.includes('.') ? 1000 : 1),
      }),
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

interface Visit {
  session: string
  last: number
  views: number
  step?: string
}

const halfAnHour = 1_800_000
const robot = /bot\b|crawl|spider|slurp|preview|monitor|curl\/|python-|headless/i

/** Requests of the contracts' operations become calls as the server answered them, those of the journeys' screens become views. */
function eventsOf(
  requests: Iterable<LoggedRequest>,
  { graph, opaque }: ImportContext,
  losses: Losses,
): readonly EvidenceEvent[] {
  const places = placesOf(graph)
  const bases = graph.apis
    .flatMap(({ contract }) => contract?.basePaths ?? [])
    .filter((one) => one !== '' && one !== '/')
  const visits = new Map<string, Visit>()
  const events: EvidenceEvent[] = []
  for (const { line, time, method, url, status, client, agent, bytes, duration } of requests) {
    const screen = method === 'GET' && status < 400 ? places.screenOf(url) : undefined
    const found = places.operationOf(method, url)
    // `/basket` beside `/api/basket` is the page.
    const isPage =
      screen !== undefined && bases.length > 0 && !bases.some((base) => url.startsWith(base))
    const operation = isPage ? undefined : found
    if (operation === undefined && screen === undefined) {
      losses.add('requests of no operation and no screen', line)
      continue
    }
    if (robot.test(agent)) {
      losses.add('requests of robots', line)
      continue
    }
    let visit = visits.get(client)
    if (visit === undefined || time - visit.last > halfAnHour)
      visits.set(client, (visit = { session: opaque(`${client} ${time}`), last: time, views: 0 }))
    visit.last = Math.max(visit.last, time)
    const common = {
      time,
      source: 'log' as const,
      session: visit.session,
      ...(agent !== '' && { device: deviceOf(agent) }),
      status,
      ...(bytes !== undefined && { bytes }),
      ...(duration !== undefined && { duration }),
    }
    if (operation !== undefined)
      events.push({
        ...common,
        kind: 'call',
        operation,
        method,
        name: `${method} ${patternOf(url)}`,
        outcome: status >= 400 ? 'error' : 'ok',
      })
    else if (screen !== undefined) {
      visit.views++
      events.push({
        ...common,
        kind: 'view',
        view: String(visit.views),
        step: screen.step,
        route: screen.route,
        ...(visit.step !== undefined && { previousStep: visit.step }),
      })
      visit.step = screen.step
    }
  }
  return events
}

function deviceOf(agent: string): 'phone' | 'tablet' | 'desktop' {
  if (/ipad|tablet|android(?!.*mobile)/i.test(agent)) return 'tablet'
  return /mobi|iphone/i.test(agent) ? 'phone' : 'desktop'
}
