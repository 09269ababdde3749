import type { Send } from '../src/targets/verify/exchange.ts'

/** Sends cases to a function in this process: a mock, or a backend that a test writes down. No port is opened. */
export function senderOf(
  handle: (request: Request) => Response | Promise<Response>,
  base = 'http://store.test',
): Send {
  return async (one) => {
    const { method, path, query, headers, body } = one.request
    const url = `${base}${path}${query === '' ? '' : `?${query}`}`
    const response = isUnsayable(method)
      ? new Response(null, { status: 405, headers: { Allow: 'GET' } })
      : await handle(
          new Request(url, {
            method,
            headers: headers.map(([name, value]) => [name, value] as [string, string]),
            ...(body !== undefined &&
              method !== 'GET' &&
              method !== 'HEAD' && { body: body.slice() }),
          }),
        )
    const bytes = new Uint8Array(await response.arrayBuffer())
    return {
      case: one,
      url,
      sent: headers,
      at: 0,
      ms: 1,
      outcome: {
        kind: 'answered',
        status: response.status,
        headers: new Map(response.headers),
        body: bytes,
        bytes: bytes.length,
        cut: false,
      },
    }
  }
}

/** The web's `Request` refuses these; servers on the web do as well. */
function isUnsayable(method: string): boolean {
  return /^(TRACE|TRACK|CONNECT)$/i.test(method)
}
