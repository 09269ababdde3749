/**
 * One thing that happened, as evidence keeps it: one row of the one table, `events`. Ids are the graph's
 * (`checkout/basket`, `store.getBasket`), never URLs. What isn't known is left out.
 */
export interface EvidenceEvent {
  readonly kind: EvidenceKind
  /** When it began: milliseconds since 1970 (UTC), fractions allowed. */
  readonly time: number
  /** Milliseconds. */
  readonly duration?: number
  readonly source?: EvidenceSource
  /** `production`, `staging`: OpenTelemetry's `deployment.environment.name`. */
  readonly environment?: string
  /** The version of the app or service that said it. */
  readonly release?: string

  /** One visit of one person: an opaque text that says nothing about them. */
  readonly session?: string
  /** The page view within the session. */
  readonly view?: string
  /** `journey/step`, found from the route by the journeys' screens. */
  readonly step?: string
  /** The step of the same session before this one. */
  readonly previousStep?: string
  /** A pattern, `/orders/:id`, never an address with values. */
  readonly route?: string
  readonly persona?: string
  readonly device?: 'phone' | 'tablet' | 'desktop'
  /** ISO 3166-1, two letters. */
  readonly country?: string
  /** The browser's effective connection type: `slow-2g`, `2g`, `3g`, `4g`. */
  readonly connection?: string
  /** Experiments and releases within a release: `new-basket=on`. */
  readonly flags?: readonly string[]

  /** W3C trace context: 32, 16 and 16 lower-case hexadecimal digits. */
  readonly trace?: string
  readonly span?: string
  readonly parent?: string
  /** `api.operationId`, found from method and URL by the contract's router. */
  readonly operation?: string
  /** The service that did it; `browser` where the page did. */
  readonly service?: string
  /** Span: its name. Vital: `LCP`, `INP`, `CLS`. Error: its class. Database: the statement, literals removed. */
  readonly name?: string
  readonly method?: string
  /** HTTP. */
  readonly status?: number
  readonly outcome?: EvidenceOutcome
  /** Length of the answer's body as transferred. */
  readonly bytes?: number
  /** The answer came from a cache. */
  readonly cached?: boolean
  /** Until the first byte of the answer, milliseconds. */
  readonly ttfb?: number
  /** The part of the duration that the person's network took, not the server: milliseconds. */
  readonly network?: number

  /** Vital: its value (milliseconds; CLS without a unit). Survey: the answer on its scale. Metric: the value. Click: how many. */
  readonly value?: number
  /** Survey text, error or log message: scrubbed. */
  readonly text?: string
  /** The condition that was shown: `404`, `5xx`, `timeout`, `empty`, as under a journey's `states`. */
  readonly state?: string
  /** Of kind `read`: field paths of the operation's answer and how often each was read. 0: copied as a whole, so nobody knows. */
  readonly fields?: Readonly<Record<string, number>>
  /** What else was said about it: small, and bounded by the collector. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
}

/**
 * `view`: a step was entered. `call`: a request, as the page or a service made it or answered it. `span`: any other piece of work
 * (a database query, a render). `vital`, `error`, `click` (rage or dead), `leave`: the page was left. `state`: a condition was shown.
 * `read`: fields of an answer that were read. `survey`, `log`, `metric`. `flag`: a variant was assigned.
 */
export type EvidenceKind = (typeof evidenceKinds)[number]
export type EvidenceSource = (typeof evidenceSources)[number]
/** `pending`: not answered when the page was left. `aborted`: the page gave up. */
export type EvidenceOutcome = 'ok' | 'error' | 'aborted' | 'pending' | 'timeout'

export const evidenceKinds = [
  'view',
  'call',
  'span',
  'vital',
  'error',
  'click',
  'leave',
  'state',
  'read',
  'survey',
  'log',
  'metric',
  'flag',
] as const
export const evidenceSources = ['sdk', 'otlp', 'har', 'log', 'ga4', 'csv', 'mock'] as const
