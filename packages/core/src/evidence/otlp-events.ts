import type { EvidenceEvent, EvidenceOutcome } from './event.ts'
import type { OtlpAttributes, OtlpItem, OtlpLog, OtlpPoint, OtlpSpan, OtlpValue } from './otlp.ts'
import type { Places } from './places.ts'
import { patternOf, scrubbed, statementOf } from './scrubbed.ts'

export interface OtlpContext {
  readonly places: Places
  /** Attributes whose values are never kept, by name, and the operation that they are said about. */
  readonly masked: (name: string, operation?: string) => boolean
}

/**
 * What OTLP says, as evidence: requests become calls of the contract's operations, pages become steps, exceptions become errors,
 * vitals that Faro and others measure become vitals. Attributes follow OpenTelemetry's semantic conventions, new names and old.
 */
export function eventsOfOtlp(
  items: readonly OtlpItem[],
  context: OtlpContext,
): readonly EvidenceEvent[] {
  const events: EvidenceEvent[] = []
  const shared = new Map<OtlpAttributes, Partial<EvidenceEvent>>()
  for (const item of items) {
    let common = shared.get(item.resource)
    if (common === undefined) shared.set(item.resource, (common = commonOf(item.resource)))
    if (item.kind === 'span') spanEvents(events, item, common, context)
    else if (item.kind === 'log') events.push(logEvent(item, common, context))
    else events.push(pointEvent(item, common, context))
  }
  return events
}

type Common = Partial<EvidenceEvent>

function commonOf(resource: OtlpAttributes): Common {
  const isPage = text(resource, 'telemetry.sdk.language') === 'webjs'
  return defined({
    source: 'otlp' as const,
    service: isPage ? 'browser' : text(resource, 'service.name')?.slice(0, 100),
    release: text(resource, 'service.version')?.slice(0, 100),
    environment: (
      text(resource, 'deployment.environment.name') ?? text(resource, 'deployment.environment')
    )?.slice(0, 100),
    device: deviceOf(resource),
    session: text(resource, 'session.id')?.slice(0, 100),
  })
}

function spanEvents(
  events: EvidenceEvent[],
  item: OtlpSpan,
  common: Common,
  context: OtlpContext,
): void {
  const { attributes } = item
  const method = text(attributes, 'http.request.method') ?? text(attributes, 'http.method')
  const statement = text(attributes, 'db.query.text') ?? text(attributes, 'db.statement')
  const status =
    number(attributes, 'http.response.status_code') ?? number(attributes, 'http.status_code')
  const document = text(attributes, 'graphql.operation.name')
  const url = urlOf(attributes)
  const operation =
    (document === undefined ? undefined : context.places.operationOfDocument(document)) ??
    (method === undefined ? undefined : operationOf(method, url, attributes, context))
  const isCall = method !== undefined || document !== undefined
  const base: EvidenceEvent = {
    ...common,
    ...placeOf(attributes, isCall ? undefined : url, context),
    ...ids(item),
    kind: isCall ? 'call' : 'span',
    time: item.start,
    duration: Math.max(0, item.end - item.start),
    name: statement === undefined ? nameOf(item.name) : statementOf(statement),
    outcome: outcomeOf(item, status),
    ...defined({
      parent: item.parent === '' ? undefined : item.parent,
      operation,
      method: method?.slice(0, 20).toUpperCase(),
      status,
      bytes:
        number(attributes, 'http.response.body.size') ??
        number(attributes, 'http.response_content_length'),
    }),
    ...kept(attributes, context, operation, item.role === 0 ? undefined : roles[item.role]),
  }
  events.push(base)
  for (const { name, time, attributes: said } of item.events) {
    if (name !== 'exception') continue
    events.push({
      ...common,
      ...placeOf(attributes, undefined, context),
      ...ids(item),
      kind: 'error',
      time,
      ...defined({ operation }),
      name: text(said, 'exception.type')?.slice(0, 200) ?? 'Error',
      text: scrubbed(text(said, 'exception.message') ?? ''),
    })
  }
}

/** By the address; where a gateway has put something before it that no contract knows, by the route that the service itself says. */
function operationOf(
  method: string,
  url: string | undefined,
  attributes: OtlpAttributes,
  { places }: OtlpContext,
): string | undefined {
  const route = text(attributes, 'http.route')
  return (
    (url === undefined ? undefined : places.operationOf(method, url)) ??
    (route === undefined ? undefined : places.operationOf(method, route))
  )
}

const roles = [undefined, 'internal', 'server', 'client', 'producer', 'consumer']

function logEvent(item: OtlpLog, common: Common, context: OtlpContext): EvidenceEvent {
  const { attributes } = item
  const base = {
    ...common,
    ...placeOf(attributes, text(attributes, 'url.full'), context),
    ...ids(item),
    time: item.time,
  }
  const exception = text(attributes, 'exception.type')
  if (exception !== undefined)
    return {
      ...base,
      kind: 'error',
      name: exception.slice(0, 200),
      text: scrubbed(text(attributes, 'exception.message') ?? item.body),
    }
  const measured = text(attributes, 'measurement.name')
  const value = number(attributes, 'measurement.value')
  if (measured !== undefined && value !== undefined) {
    const vital = vitals.has(measured.toLowerCase())
    return {
      ...base,
      kind: vital ? 'vital' : 'metric',
      name: vital ? measured.toUpperCase() : measured.slice(0, 100),
      value,
    }
  }
  const name = item.event === '' ? text(attributes, 'event.name') : item.event
  return {
    ...base,
    kind: 'log',
    ...defined({ name: name?.slice(0, 200) }),
    text: scrubbed(item.body),
    ...(item.severity >= 17 && { outcome: 'error' as const }),
    ...(item.severity > 0 && { value: item.severity }),
    ...kept(attributes, context),
  }
}

const vitals = new Set(['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'fid'])

function pointEvent(item: OtlpPoint, common: Common, context: OtlpContext): EvidenceEvent {
  const { attributes } = item
  const method = text(attributes, 'http.request.method')
  const route = text(attributes, 'http.route')
  const operation =
    method === undefined || route === undefined
      ? undefined
      : context.places.operationOf(method, route)
  const more = kept(attributes, context).attributes
  return {
    ...common,
    kind: 'metric',
    time: item.time,
    name: item.name.slice(0, 200),
    value: item.value,
    ...defined({ operation, method, status: number(attributes, 'http.response.status_code') }),
    ...((more !== undefined || item.count !== undefined) && {
      attributes: { ...more, ...(item.count !== undefined && { count: item.count }) },
    }),
  }
}

/** The page and the person's visit, where the telemetry says them. */
function placeOf(
  attributes: OtlpAttributes,
  url: string | undefined,
  { places }: OtlpContext,
): Common {
  const page = url ?? text(attributes, 'url.full') ?? text(attributes, 'page.url')
  const isPage = attributes.has('session.id') || attributes.has('view.name')
  const screen = isPage && page !== undefined ? places.screenOf(page) : undefined
  return defined({
    session: text(attributes, 'session.id')?.slice(0, 100),
    view: (text(attributes, 'view.id') ?? text(attributes, 'page.id'))?.slice(0, 100),
    step: screen?.step,
    route: screen?.route ?? (isPage && page !== undefined ? patternOf(page) : undefined),
    country: text(attributes, 'geo.country.iso_code')?.slice(0, 2).toUpperCase(),
  })
}

function ids({ trace, span }: { readonly trace: string; readonly span: string }): Common {
  return { ...(trace !== '' && { trace }), ...(span !== '' && { span }) }
}

function urlOf(attributes: OtlpAttributes): string | undefined {
  const full = text(attributes, 'url.full') ?? text(attributes, 'http.url')
  if (full !== undefined) return full
  const path = text(attributes, 'url.path') ?? text(attributes, 'http.target')
  if (path === undefined) return undefined
  const query = text(attributes, 'url.query')
  return query === undefined || path.includes('?') ? path : `${path}?${query}`
}

function outcomeOf(item: OtlpSpan, status: number | undefined): EvidenceOutcome {
  const error = text(item.attributes, 'error.type')
  if (error !== undefined && /time.?out/i.test(error)) return 'timeout'
  if (error !== undefined && /abort|cancel/i.test(error)) return 'aborted'
  return item.status === 2 || (status !== undefined && status >= 400) ? 'error' : 'ok'
}

/** Values in names make millions of them: `GET /orders/123` is `GET /orders/:id`. */
function nameOf(name: string): string {
  const short = name.slice(0, 300)
  return short.includes('/') && /\d/.test(short)
    ? short.replace(/\/\S*/, (path) => patternOf(path))
    : short.slice(0, 200)
}

function deviceOf(resource: OtlpAttributes): 'phone' | 'tablet' | 'desktop' | undefined {
  const mobile = resource.get('browser.mobile')
  if (mobile === true || mobile === 'true') return 'phone'
  const agent = text(resource, 'user_agent.original')
  if (agent === undefined) return mobile === undefined ? undefined : 'desktop'
  if (/ipad|tablet|android(?!.*mobile)/i.test(agent)) return 'tablet'
  return /mobi|iphone/i.test(agent) ? 'phone' : 'desktop'
}

/** Attributes that columns hold already, or that may hold anything: not kept beside them. */
const elsewhere =
  /^(?:http\.|url\.|db\.(?:query\.text|statement|query\.parameter)|exception\.|session\.|view\.|page\.|measurement\.|faro\.|event\.|graphql\.document|user|client\.|net\.|network\.peer|thread\.|code\.|telemetry\.)/
const MOST_KEPT = 24

function kept(
  attributes: OtlpAttributes,
  { masked }: OtlpContext,
  operation?: string,
  role?: string,
): { readonly attributes?: Record<string, OtlpValue> } {
  const found: [string, OtlpValue][] = role === undefined ? [] : [['span.kind', role]]
  for (const [key, value] of attributes) {
    if (found.length >= MOST_KEPT) break
    if (elsewhere.test(key) || masked(key, operation)) continue
    found.push([key.slice(0, 100), typeof value === 'string' ? scrubbed(value, 200) : value])
  }
  return found.length === 0 ? {} : { attributes: Object.fromEntries(found) }
}

function text(attributes: OtlpAttributes, key: string): string | undefined {
  const value = attributes.get(key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function number(attributes: OtlpAttributes, key: string): number | undefined {
  const value = attributes.get(key)
  const found = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

type Defined<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> }

function defined<T extends object>(values: T): Defined<T> {
  const found = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(found) as Defined<T> // only what was there
}
