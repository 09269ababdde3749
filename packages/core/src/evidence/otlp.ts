/** What OTLP says, whichever way it was written: resources repeated on each item, times in milliseconds. */
export type OtlpSignal = 'traces' | 'logs' | 'metrics'
export type OtlpValue = string | number | boolean
/** Lists and maps inside are JSON text. The last of equal keys counts. */
export type OtlpAttributes = Map<string, OtlpValue>

export interface OtlpSpan {
  readonly kind: 'span'
  readonly resource: OtlpAttributes
  attributes: OtlpAttributes
  /** Lower-case hexadecimal; `''` where there is none. */
  trace: string
  span: string
  parent: string
  name: string
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  role: number
  start: number
  end: number
  /** 2 is an error. */
  status: number
  message: string
  readonly events: OtlpSpanEvent[]
}
export interface OtlpSpanEvent {
  time: number
  name: string
  readonly attributes: OtlpAttributes
}
export interface OtlpLog {
  readonly kind: 'log'
  readonly resource: OtlpAttributes
  readonly attributes: OtlpAttributes
  time: number
  severity: number
  body: string
  trace: string
  span: string
  event: string
}
export interface OtlpPoint {
  readonly kind: 'point'
  readonly resource: OtlpAttributes
  readonly attributes: OtlpAttributes
  name: string
  time: number
  /** Of a histogram or a summary: the mean. */
  value: number
  count?: number
}
export type OtlpItem = OtlpSpan | OtlpLog | OtlpPoint

/** A body that is no OTLP: what is wrong, and where. */
export class MalformedOtlp extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MalformedOtlp'
  }
}

/** More than any exporter sends at once. */
export const MOST_ITEMS = 100_000
/** Lists and maps inside values go no deeper. */
export const MOST_DEPTH = 12
/** Attributes of one thing that are looked at. */
export const MOST_ATTRIBUTES = 128

export function spanOf(resource: OtlpAttributes): OtlpSpan {
  return {
    kind: 'span',
    resource,
    attributes: new Map(),
    trace: '',
    span: '',
    parent: '',
    name: '',
    role: 0,
    start: 0,
    end: 0,
    status: 0,
    message: '',
    events: [],
  }
}

export function logOf(resource: OtlpAttributes): OtlpLog {
  return {
    kind: 'log',
    resource,
    attributes: new Map(),
    time: 0,
    severity: 0,
    body: '',
    trace: '',
    span: '',
    event: '',
  }
}

export function pointOf(resource: OtlpAttributes, name: string): OtlpPoint {
  return { kind: 'point', resource, attributes: new Map(), name, time: 0, value: 0 }
}
