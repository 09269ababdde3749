import { nodesOfKind, placesOf, scrubbed, type EvidenceEvent, type Graph } from '@throughline/core'
import { Losses, NotThisFormat, type EvidenceFormat } from './evidence-format.ts'

/** Google Analytics 4 as BigQuery exports it (`events_YYYYMMDD`), as JSON: a row on each line, or one list. */
export const ga4Export: EvidenceFormat = {
  name: 'ga4',
  summary: 'Google Analytics 4, exported from BigQuery as JSON',
  isThis: (start) => /"event_timestamp"/.test(start) && /"event_name"/.test(start),
  read(text, { graph, opaque }) {
    const losses = new Losses()
    const places = placesOf(graph)
    const stepOf = recommendedSteps(graph)
    const visits = new Map<string, { views: number; step?: string; place?: string }>()
    const events: EvidenceEvent[] = []
    let rows = 0
    for (const { value, line } of rowsOf(text, losses)) {
      rows++
      const name = textOf(value, 'event_name')
      const time = Number(part(value, 'event_timestamp')) / 1000
      if (name === '' || !Number.isFinite(time) || time <= 0) {
        losses.add('rows without a name or a time', line)
        continue
      }
      const parameters = parametersOf(part(value, 'event_params'))
      const person = textOf(value, 'user_pseudo_id')
      const session = parameters.get('ga_session_id')
      if (person === '' || session === undefined) {
        losses.add('rows without a session (no consent, or from a server)', line)
        continue
      }
      const id = opaque(`${person} ${session}`)
      let visit = visits.get(id)
      if (visit === undefined) visits.set(id, (visit = { views: 0 }))
      const location = String(
        parameters.get('page_location') ?? parameters.get('firebase_screen') ?? '',
      )
      const screen = location === '' ? undefined : places.screenOf(location)
      const step = screen?.step ?? stepOf(name)
      const common = {
        time,
        source: 'ga4' as const,
        session: id,
        ...about(value),
      }
      // A shop that says only `begin_checkout` has been at that step all the same.
      const isView = name === 'page_view' || name === 'screen_view'
      if (step !== undefined && (isView || (location === '' && step !== visit.step))) {
        visit.views++
        events.push({
          ...common,
          kind: 'view',
          view: String(visit.views),
          step,
          ...(screen !== undefined && { route: screen.route }),
          ...(visit.step !== undefined && { previousStep: visit.step }),
        })
        visit.step = step
      } else if (isView) losses.add('views of pages that no journey has', line)
      if (isView) continue
      if (automatic.has(name)) {
        losses.add(
          `events that Google makes by itself (${[...automatic].slice(0, 3).join(', ')}, ...)`,
          line,
        )
        continue
      }
      const at = {
        ...common,
        ...(step !== undefined && { step }),
        ...(visit.views > 0 && { view: String(visit.views) }),
      }
      if (name === 'exception' || name === 'app_exception')
        events.push({
          ...at,
          kind: 'error',
          name: 'exception',
          text: scrubbed(String(parameters.get('description') ?? ''), 200),
        })
      else if (/^\w{1,40}$/.test(name)) events.push({ ...at, kind: 'log', name })
      else losses.add('events whose name is no name', line)
    }
    if (rows === 0) throw new NotThisFormat('it has no row of a BigQuery export')
    return { events, lost: losses.list }
  },
}

const automatic = new Set([
  'user_engagement',
  'session_start',
  'first_visit',
  'scroll',
  'first_open',
  'app_remove',
  'os_update',
])

/** Google's recommended events, and words of the steps that they stand for. */
const recommended: Readonly<Record<string, RegExp>> = {
  view_item_list: /catalog|shel|list|search/,
  view_item: /product|item|detail/,
  view_cart: /basket|cart|bag/,
  add_shipping_info: /deliver|shipp/,
  add_payment_info: /pay/,
  begin_checkout: /checkout|deliver|address/,
  purchase: /done|thank|confirm|complete|success/,
  sign_up: /sign-?up|regist/,
  login: /sign-?in|log-?in/,
  search: /search/,
}

/** The step that a recommended event stands for, where exactly one could be meant. */
function recommendedSteps(graph: Graph): (event: string) => string | undefined {
  const names = [...nodesOfKind(graph, 'step')].map(({ name }) => name)
  return (event) => {
    if (!Object.hasOwn(recommended, event)) return undefined
    const fitting = names.filter((name) =>
      recommended[event]!.test(name.slice(name.indexOf('/') + 1)),
    )
    return fitting.length === 1 ? fitting[0] : undefined
  }
}

function* rowsOf(
  text: string,
  losses: Losses,
): Generator<{ readonly value: unknown; readonly line?: number }> {
  if (text.trimStart().startsWith('[')) {
    let all: unknown
    try {
      all = JSON.parse(text)
    } catch {
      throw new NotThisFormat('it is no JSON')
    }
    if (Array.isArray(all)) for (const value of all) yield { value }
    return
  }
  let line = 0
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from)
    const until = end === -1 ? text.length : end
    line++
    const one = text.slice(from, until).trim()
    from = until + 1
    if (one === '') continue
    let value: unknown
    try {
      value = JSON.parse(one)
    } catch {
      losses.add('lines that are no JSON', line)
      continue
    }
    yield { value, line }
  }
}

function parametersOf(list: unknown): ReadonlyMap<string, string | number> {
  const found = new Map<string, string | number>()
  if (!Array.isArray(list)) return found
  for (const one of list.slice(0, 200)) {
    const key = textOf(one, 'key')
    const value = part(one, 'value')
    for (const kind of ['string_value', 'int_value', 'float_value', 'double_value']) {
      const said = part(value, kind)
      if (typeof said !== 'string' && typeof said !== 'number') continue
      found.set(key, typeof said === 'string' ? said.slice(0, 2000) : said)
      break
    }
  }
  return found
}

function about(row: unknown): Partial<EvidenceEvent> {
  const category = textOf(part(row, 'device'), 'category')
  const device = ({ mobile: 'phone', tablet: 'tablet', desktop: 'desktop' } as const)[
    category as 'mobile'
  ]
  const country = countries().get(textOf(part(row, 'geo'), 'country').toLowerCase())
  const release = textOf(part(row, 'app_info'), 'version').slice(0, 100)
  return {
    ...(device !== undefined && { device }),
    ...(country !== undefined && { country }),
    ...(release !== '' && { release }),
  }
}

let known: ReadonlyMap<string, string> | undefined

/** `germany` to `DE`: the export writes names. */
function countries(): ReadonlyMap<string, string> {
  if (known !== undefined) return known
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
  known = new Map(
    letters.flatMap((a) =>
      letters.flatMap((b): [string, string][] => {
        const name = names.of(a + b)
        return name === undefined ? [] : [[name.toLowerCase(), a + b]]
      }),
    ),
  )
  return known
}

function part(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

function textOf(value: unknown, name: string): string {
  const found = part(value, name)
  return typeof found === 'string' ? found : ''
}
