import { createHash, timingSafeEqual } from 'node:crypto'
import {
  Admission,
  decodedBeacon,
  eventsOfOtlp,
  MalformedOtlp,
  longestBeacon,
  maskOf,
  otlpFromJson,
  otlpFromProtobuf,
  patternOf,
  placesOf,
  scrubbed,
  type Admitted,
  type EvidenceEvent,
  type Graph,
  type OtlpSignal,
  type SpeedExperiment,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { decompressed } from '../../decompressed.ts'
import { failure, received } from './otlp-answer.ts'
import { heldUpInVain } from './speed-experiments.ts'
import { StoreBusy, type EvidenceStore } from './store/evidence-store.ts'

export interface CollectorOptions {
  /** Opened when the first evidence comes. */
  readonly store: () => Promise<EvidenceStore>
  readonly graph: () => Graph
  /** Who may send. None: whoever is on this machine. */
  readonly keys?: () => readonly IngestKey[]
  /** The speed experiments that run now: pages that are held up by another are told to stop. */
  readonly experiments?: () => Promise<readonly SpeedExperiment[]>
  /** What is served as `/sdk.js`. */
  readonly script?: () => string | undefined | Promise<string>
  /** Hears everything that was kept, to send it on. Resolves when that is as safe as in the store. */
  readonly forward?: (batch: string, events: readonly EvidenceEvent[]) => Promise<void>
  readonly now?: () => number
}

/** A key that stands in pages for all to see: with it one can only send, and from these origins. */
interface IngestKey {
  readonly key: string
  /** `https://shop.example`; none: any origin, and servers. */
  readonly origins: readonly string[]
}

export interface Collector {
  /** Whether an address is one of the collector's. */
  readonly answers: (pathname: string) => boolean
  readonly fetch: (request: Request) => Promise<Response>
}

const signals: ReadonlyMap<string, OtlpSignal> = new Map([
  ['/v1/traces', 'traces'],
  ['/v1/logs', 'logs'],
  ['/v1/metrics', 'metrics'],
])
/** Bytes of a body as it comes, and once it is decompressed. */
const MOST_BYTES = 8_000_000
const MOST_PLAIN = 32_000_000

/**
 * Takes evidence over HTTP: OTLP (`/v1/traces`, `/v1/logs`, `/v1/metrics`, protobuf or JSON; OTLP specification 1.x) and the page SDK's
 * beacons (`/v1/beacon`). Answers once it is safe: OTLP with 200, a beacon with 204, or with 205 where the page must hold nothing up any more;
 * 429 or 503 with `Retry-After` when it can't be kept now.
 */
export function collector(options: CollectorOptions): Collector {
  const { now = Date.now, keys = () => [] } = options
  const admission = new Admission()

  async function keep(batch: string, events: readonly EvidenceEvent[]): Promise<Admitted> {
    const admitted = admission.admit(events, now())
    if (admitted.events.length > 0) {
      const store = await options.store()
      await store.append(batch, admitted.events)
      await options.forward?.(batch, admitted.events)
    }
    return admitted
  }

  async function otlp(request: Request, signal: OtlpSignal): Promise<Response> {
    const type = mediaType(request)
    if (type !== 'application/x-protobuf' && type !== 'application/json')
      return failure(
        type,
        415,
        `OTLP comes as application/x-protobuf or application/json, not as ${type || 'nothing'}.`,
      )
    const body = await bodyOf(request)
    if (!(body instanceof Uint8Array)) return failure(type, body.status, body.message)
    const items =
      type === 'application/json'
        ? otlpFromJson(signal, jsonOf(body))
        : otlpFromProtobuf(signal, body)
    const graph = options.graph()
    const events = eventsOfOtlp(items, { places: placesOf(graph), masked: maskOf(graph) })
    const batch = `${signal}:${createHash('sha256').update(body).digest('base64url').slice(0, 24)}`
    return received(type, signal, await keep(batch, events))
  }

  async function beacon(request: Request): Promise<Response> {
    const body = await bodyOf(request, longestBeacon * 4)
    if (!(body instanceof Uint8Array)) return failure('', body.status, body.message)
    const found = decodedBeacon(Buffer.from(body).toString('utf8'), now())
    if ('problem' in found) return failure('', 400, found.problem)
    await keep(`beacon:${found.batch}`, found.events.map(cleaned))
    const stop = await heldUpInVain(found.events[0]?.flags ?? [], options.experiments)
    // A 205 has no content (RFC 9110, 15.3.6): without saying so Node would send an empty body in chunks.
    return stop
      ? new Response(null, { status: 205, headers: { 'content-length': '0' } })
      : new Response(null, { status: 204 })
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const { pathname } = url
    const signal = signals.get(pathname)
    if (pathname === '/sdk.js') {
      const script = await options.script?.()
      return script === undefined
        ? failure('', 404, 'The script for pages is not built here.')
        : new Response(script, {
            headers: {
              'content-type': 'text/javascript; charset=utf-8',
              // It says which speed experiments run: one that was ended must not go on for long.
              'cache-control': 'public, max-age=60',
              'cross-origin-resource-policy': 'cross-origin',
            },
          })
    }
    if (request.method !== 'POST') {
      const refused = failure('', 405, 'Evidence is sent with POST.')
      refused.headers.set('allow', 'POST, OPTIONS')
      return refused
    }
    const refused = refusal(request, keys(), keyOf(request, url))
    if (refused !== undefined) return refused
    return signal === undefined ? beacon(request) : otlp(request, signal)
  }

  return {
    answers: (pathname) =>
      signals.has(pathname) || pathname === '/v1/beacon' || pathname === '/sdk.js',
    async fetch(request) {
      const origin = request.headers.get('origin')
      const open = origin === null || allowsOrigin(origin, keys())
      if (request.method === 'OPTIONS') return preflight(request, open)
      let response: Response
      try {
        response = await answer(request)
      } catch (error) {
        response = failed(mediaType(request), error)
      }
      if (origin !== null && open) {
        response.headers.set('access-control-allow-origin', origin)
        response.headers.set('access-control-expose-headers', 'retry-after')
        response.headers.append('vary', 'origin')
      }
      return response
    },
  }
}

/** A page says what it likes: its words are scrubbed here again, and an address that is no pattern becomes one. */
function cleaned(event: EvidenceEvent): EvidenceEvent {
  const { kind, text, route, name } = event
  return {
    ...event,
    ...(text !== undefined && { text: scrubbed(text, 1000) }),
    ...(route !== undefined && hasValues.test(route) && { route: patternOf(route) }),
    ...(kind === 'call' && name !== undefined && hasValues.test(name) && { name: patternOf(name) }),
  }
}

const hasValues = /[?#@%]/

function failed(type: string, error: unknown): Response {
  if (error instanceof StoreBusy)
    return failure(type, error.reason === 'slow' ? 429 : 503, error.message, error.retryAfter)
  if (error instanceof CannotRun) return failure(type, 503, error.message, 60)
  if (error instanceof MalformedOtlp || error instanceof SyntaxError)
    return failure(type, 400, error.message)
  throw error
}

function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
}

interface Unreadable {
  readonly status: number
  readonly message: string
}

async function bodyOf(request: Request, most = MOST_BYTES): Promise<Uint8Array | Unreadable> {
  const tooLong = {
    status: 413,
    message: `A body may have ${most / 1e6} MB as sent. Send smaller batches.`,
  }
  if (Number(request.headers.get('content-length') ?? 0) > most) return tooLong
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > most) return tooLong
    chunks.push(chunk)
  }
  const encoding = request.headers.get('content-encoding') ?? undefined
  if (encoding !== undefined && !/^(identity|x?-?gzip|deflate|zstd|br)?$/i.test(encoding.trim()))
    return {
      status: 415,
      message: `Bodies may be compressed with gzip, deflate or zstd, not with ${encoding.slice(0, 40)}.`,
    }
  const plain = decompressed(Buffer.concat(chunks), encoding, MOST_PLAIN)
  return (
    plain ?? {
      status: 413,
      message: `The body is no ${encoding}, or longer than ${MOST_PLAIN / 1e6} MB once it is decompressed.`,
    }
  )
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as unknown
  } catch (error) {
    throw new MalformedOtlp(
      `This is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`,
    )
  }
}

function keyOf(request: Request, url: URL): string | undefined {
  return (
    request.headers.get('throughline-key') ??
    /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ??
    url.searchParams.get('key') ??
    undefined
  )
}

/** Why a sender is turned away, if it is. */
function refusal(
  request: Request,
  keys: readonly IngestKey[],
  given: string | undefined,
): Response | undefined {
  const type = mediaType(request)
  const origin = request.headers.get('origin')
  if (keys.length === 0) {
    // Only this machine listens then; a foreign page's Host or Origin betrays it.
    const host = request.headers.get('host') ?? new URL(request.url).host
    if (!LOOPBACK.test(host)) return failure(type, 421, 'Send evidence to localhost.')
    return origin === null || allowsOrigin(origin, keys)
      ? undefined
      : failure(
          type,
          403,
          'Without ingest keys only pages on this machine may send. Add one under `collector.keys` of throughline.yaml.',
        )
  }
  const key = given === undefined ? undefined : keys.find((one) => sameText(one.key, given))
  if (key === undefined)
    return failure(
      type,
      401,
      'An ingest key is needed: the header Throughline-Key, or data-key of the script.',
    )
  return origin === null || key.origins.length === 0 || key.origins.includes(origin)
    ? undefined
    : failure(type, 403, 'This key is not for pages of this origin.')
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

function allowsOrigin(origin: string, keys: readonly IngestKey[]): boolean {
  if (keys.length === 0) return LOOPBACK.test(origin.replace(/^https?:\/\//i, ''))
  return keys.some(({ origins }) => origins.length === 0 || origins.includes(origin))
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function preflight(request: Request, open: boolean): Response {
  if (!open) return new Response(null, { status: 403 })
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': request.headers.get('origin') ?? '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers':
        'content-type, content-encoding, throughline-key, authorization',
      'access-control-max-age': '7200',
      vary: 'origin',
    },
  })
}
