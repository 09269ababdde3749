import { Readable } from 'node:stream'
import type { Answer, Pace } from './answer.ts'
import { paced } from './pace.ts'
import { isBodiless } from './response.ts'
import type { Mock } from './mock.ts'

/**
 * Acts an answer out as `fetch` would see it: a timeout settles only when the request is aborted, a reset rejects,
 * a truncated body breaks off while it is read.
 */
export async function fetched(mock: Mock, request: Request): Promise<Response> {
  const { pathname, search, host } = new URL(request.url)
  const hasBody = request.body !== null
  const body = hasBody ? new Uint8Array(await request.arrayBuffer()) : undefined
  const answer = await mock.answer({
    method: request.method,
    url: pathname + search,
    header: (name) => request.headers.get(name) ?? (name === 'host' ? host : undefined),
    body,
    headers: Object.fromEntries(request.headers),
    ...(mock.passes !== undefined && {
      wire: {
        headers: [...request.headers].flat(),
        encrypted: request.url.startsWith('https:'),
        onGone: (act: () => void) => request.signal.addEventListener('abort', act, { once: true }),
      },
    }),
  })
  if (answer.delay !== undefined) await delay(answer.delay, request)
  if (answer.fault === 'timeout') await delay(undefined, request)
  if (answer.fault === 'reset') throw new TypeError('fetch failed: the mock cut the connection')
  const headers = new Headers()
  for (let index = 0; index < answer.headers.length; index += 2)
    headers.append(answer.headers[index]!, answer.headers[index + 1]!)
  if (answer.stream === undefined && answer.flow === undefined && answer.body !== undefined)
    headers.set('Content-Length', String(answer.body.length))
  const isEmpty = request.method === 'HEAD' || isBodiless(answer.status)
  return new Response(isEmpty ? null : streamOf(answer, request.signal), {
    status: answer.status,
    headers,
  })
}

/** Requests that wait. A request's own signal hears the caller's only while the request is not collected as garbage. */
const waiting = new Set<Request>()

/** For ever where no time is given. */
async function delay(milliseconds: number | undefined, request: Request): Promise<void> {
  waiting.add(request)
  try {
    await passed(milliseconds, request.signal)
  } finally {
    waiting.delete(request)
  }
}

function passed(milliseconds: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal))
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(reasonOf(signal))
      },
      { once: true },
    )
  })
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new DOMException('The request was aborted', 'AbortError')
}

function streamOf(
  { body, stream, flow, fault, pace }: Answer,
  signal: AbortSignal,
): BodyInit | null {
  if (stream !== undefined) return endless(stream, signal)
  if (flow !== undefined) return Readable.toWeb(flow) as ReadableStream<Uint8Array>
  if (body === undefined) return null
  if (pace !== undefined) return slowly(body, pace, fault === 'truncate')
  if (fault !== 'truncate') return new Uint8Array(body)
  let sent = false
  return new ReadableStream({
    pull(controller) {
      if (sent) return controller.error(new TypeError('terminated: the mock cut the connection'))
      controller.enqueue(body.subarray(0, Math.floor(body.length / 2)))
      sent = true
    },
  })
}

function slowly(body: Uint8Array, pace: Pace, cut: boolean): ReadableStream<Uint8Array> {
  let stop = (): void => {}
  return new ReadableStream({
    start(controller) {
      const sent = cut ? body.subarray(0, Math.floor(body.length / 2)) : body
      stop = paced(sent, pace, (piece, last) => {
        controller.enqueue(piece)
        if (!last) return
        if (cut) controller.error(new TypeError('terminated: the mock cut the connection'))
        else controller.close()
      })
    },
    cancel: () => stop(),
  })
}

function endless(
  stream: NonNullable<Answer['stream']>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = (): void => {}
  return new ReadableStream({
    start(controller) {
      stop = stream(
        (chunk) => controller.enqueue(encoder.encode(chunk)),
        (cut) => {
          if (cut) controller.error(new TypeError('terminated: the mock cut the connection'))
          else controller.close()
        },
      )
      signal.addEventListener(
        'abort',
        () => {
          stop()
          controller.error(reasonOf(signal))
        },
        { once: true },
      )
    },
    cancel: () => stop(),
  })
}
