import type { Admitted, OtlpSignal } from '@throughline/core'

/** What an exporter hears when its items were taken (OTLP, "Full Success" and "Partial Success"), in the form it asked in. */
export function received(type: string, signal: OtlpSignal, { rejected, why }: Admitted): Response {
  if (type !== 'application/x-protobuf')
    return Response.json(
      rejected === 0
        ? {}
        : { partialSuccess: { [rejectedName[signal]]: String(rejected), errorMessage: why } },
    )
  // ExportTraceServiceResponse: 1 partial_success { 1 rejected_spans: int64, 2 error_message: string }
  const body =
    rejected === 0
      ? new Uint8Array()
      : field(1, Buffer.concat([Buffer.from([8]), varint(rejected), field(2, Buffer.from(why))]))
  return new Response(body, { headers: { 'content-type': 'application/x-protobuf' } })
}

/** A refusal as google.rpc.Status, which the specification wants in the form of the request. */
export function failure(
  type: string,
  status: number,
  message: string,
  retryAfter?: number,
): Response {
  const headers = {
    'cache-control': 'no-store',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  }
  if (type !== 'application/x-protobuf')
    return Response.json({ code: codeOf(status), message }, { status, headers })
  const body = Buffer.concat([Buffer.from([8, codeOf(status)]), field(2, Buffer.from(message))])
  return new Response(body, {
    status,
    headers: { ...headers, 'content-type': 'application/x-protobuf' },
  })
}

const rejectedName = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
} as const

/** The numbers of google.rpc.Code. */
function codeOf(status: number): number {
  switch (status) {
    case 401:
      return 16
    case 403:
      return 7
    case 404:
      return 5
    case 413:
    case 429:
      return 8
    case 503:
      return 14
    default:
      return 3
  }
}

function field(number: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Buffer.concat([Buffer.from([number * 8 + 2]), varint(bytes.length), bytes])
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128)
  bytes.push(rest)
  return Buffer.from(bytes)
}
