import { decompressed } from '../../decompressed.ts'
import type { MockRequest } from './mock-request.ts'

/** Bytes: what a body may be once it is no longer compressed. */
const MOST = 20_000_000

/**
 * A request as its sender meant it, without the `Content-Encoding` of its body (RFC 9110, 8.4). A body that cannot be read so
 * stays as it came, and is refused as any other that the contract does not describe.
 */
export function uncompressed(request: MockRequest): MockRequest {
  const { body, header, headers } = request
  const coding = header('content-encoding')
  if (body === undefined || coding === undefined) return request
  const plain = decompressed(Buffer.from(body.buffer, body.byteOffset, body.length), coding, MOST)
  if (plain === undefined) return request
  return {
    ...request,
    header: (name) => (name === 'content-encoding' ? undefined : header(name)),
    ...(headers !== undefined && { headers: { ...headers, 'content-encoding': undefined } }),
    body: plain,
    compressed: body,
  }
}
