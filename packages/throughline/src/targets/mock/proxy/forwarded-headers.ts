import { endToEnd } from './hop-by-hop.ts'

/** What is known of the client's side of a request that is passed on. */
export interface Client {
  /** As they came: name, value, name, value. */
  readonly headers: readonly string[]
  /** Its address. */
  readonly remote?: string | undefined
  readonly encrypted: boolean
  /** Where the mock serves the API, as the client sees it: `/store`, or `''`. */
  readonly prefix: string
}

/** Names this process in `Via`, so that a backend that leads back here is noticed. */
export const PSEUDONYM = `throughline-${Math.random().toString(36).slice(2, 10)}`

/**
 * The headers for a backend: hop-by-hop ones and the mock's own left out, `Host` that of the backend, `Via` (RFC 9110,
 * 7.6.3), `Forwarded` (RFC 7239) and the `X-Forwarded-` headers added to those that came. `length` is the body's, where it is held.
 */
export function forwardedHeaders(
  { headers, remote, encrypted, prefix }: Client,
  host: string,
  length: number | undefined,
): string[] {
  const came = endToEnd(headers)
  const of = (name: string): string | undefined => {
    const values: string[] = []
    for (let index = 0; index < came.length; index += 2)
      if (came[index]!.toLowerCase() === name) values.push(came[index + 1]!)
    return values.length === 0 ? undefined : values.join(', ')
  }
  const own = of('host') ?? 'localhost'
  const proto = encrypted ? 'https' : 'http'
  const sent: string[] = ['Host', host]
  for (let index = 0; index < came.length; index += 2) {
    const name = came[index]!
    const value = came[index + 1]!
    const lower = name.toLowerCase()
    if (REPLACED.has(lower) || lower.startsWith('throughline-')) continue
    if (length !== undefined && lower === 'content-length') continue
    if (lower === 'cookie') {
      const cookies = withoutOwn(value)
      if (cookies !== '') sent.push(name, cookies)
    } else sent.push(name, value)
  }
  if (length !== undefined) sent.push('Content-Length', String(length))
  const node = nodeName(remote)
  const forwarded = `for=${node};host=${quotedValue(own)};proto=${proto}`
  sent.push('Via', joined(of('via'), `1.1 ${PSEUDONYM}`))
  sent.push('Forwarded', joined(of('forwarded'), forwarded))
  sent.push('X-Forwarded-For', joined(of('x-forwarded-for'), remote ?? 'unknown'))
  sent.push('X-Forwarded-Host', of('x-forwarded-host') ?? own)
  sent.push('X-Forwarded-Proto', of('x-forwarded-proto') ?? proto)
  if (prefix !== '') sent.push('X-Forwarded-Prefix', of('x-forwarded-prefix') ?? prefix)
  return sent
}

const REPLACED: ReadonlySet<string> = new Set([
  'host',
  'expect',
  'via',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-prefix',
])

function joined(before: string | undefined, added: string): string {
  return before === undefined || before.trim() === '' ? added : `${before}, ${added}`
}

/** RFC 7239, 6: an IPv6 address stands in brackets and quotes. */
function nodeName(remote: string | undefined): string {
  if (remote === undefined) return 'unknown'
  return remote.includes(':') ? `"[${remote.replace(/[^\w.:%]/g, '')}]"` : remote
}

function quotedValue(text: string): string {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** The mock's own cookies are nobody else's business. */
function withoutOwn(cookies: string): string {
  return cookies
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('throughline-'))
    .join('; ')
}
