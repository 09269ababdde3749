import { STATUS_CODES } from 'node:http'
import type { RedactedHeader as Header } from '@throughline/core'
import type { Recorded } from './recorded.ts'

/** One entry of a HAR 1.2 file, as JSON. */
export function harEntry(call: Recorded): string {
  const type = valueOf(call.responseHeaders, 'content-type')
  const [, search = ''] = /\?([^#]*)/.exec(call.url) ?? []
  return JSON.stringify({
    startedDateTime: call.started,
    time: call.ms,
    request: {
      method: call.method,
      url: call.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: call.requestHeaders,
      queryString: [...new URLSearchParams(search)].map(([name, value]) => ({ name, value })),
      ...(call.requestBody !== undefined && {
        postData: {
          mimeType: valueOf(call.requestHeaders, 'content-type'),
          text: call.requestBody,
        },
      }),
      headersSize: -1,
      bodySize: call.sent,
    },
    response: {
      status: call.status,
      statusText: STATUS_CODES[call.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: call.responseHeaders,
      content: {
        size: call.responseBody === undefined ? 0 : Buffer.byteLength(call.responseBody),
        mimeType: type === '' ? 'x-unknown' : type,
        ...(call.responseBody !== undefined && { text: call.responseBody }),
      },
      redirectURL: valueOf(call.responseHeaders, 'location'),
      headersSize: -1,
      bodySize: call.received,
    },
    cache: {},
    timings: { send: 0, wait: call.ms, receive: 0 },
    comment: call.notes.join('; '),
    _answeredBy: call.answeredBy,
  })
}

/** A whole HAR 1.2 file of entries that are JSON already. */
export function harFile(entries: readonly string[], version: string): string {
  const head = JSON.stringify({ version: '1.2', creator: { name: CREATOR, version } })
  return `{"log":${head.slice(0, -1)},"entries":[\n${entries.join(',\n')}\n]}}\n`
}

/** The entries of a HAR file that Throughline wrote, as JSON; `undefined` for any other text. */
export function ownEntries(text: string): readonly string[] | undefined {
  try {
    const { log } = JSON.parse(text) as {
      log?: { creator?: { name?: unknown }; entries?: unknown }
    }
    if (log?.creator?.name !== CREATOR || !Array.isArray(log.entries)) return undefined
    return log.entries.map((one) => JSON.stringify(one))
  } catch {
    return undefined
  }
}

const CREATOR = 'Throughline'

function valueOf(headers: readonly Header[], wanted: string): string {
  return headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? ''
}
