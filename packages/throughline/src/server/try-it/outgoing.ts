import { addressOf } from '@throughline/core'
import type { Operation, RequestDraft, TryTarget } from '@throughline/core'

/** A request that may be sent: it goes to where its target is and nowhere else. */
export interface Outgoing {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Addresses of this machine and network are allowed only where somebody of the team named the host. */
  readonly trusted: boolean
}

/** The request to an operation at one target; `wrong` says what cannot be sent. */
export function outgoingOf(
  operation: Operation,
  target: TryTarget,
  draft: RequestDraft,
): Outgoing | { readonly wrong: string } {
  const method = operation.protocol === 'graphql' ? 'POST' : operation.method
  if (!/^[!#$%&'*+.^_`|~\w-]{1,40}$/.test(method) || /^(connect|trace|track)$/i.test(method))
    return { wrong: `${method.slice(0, 40)} cannot be sent from here` }
  const names =
    operation.protocol === 'graphql'
      ? []
      : [...operation.path.matchAll(/\{([^{}]{1,200})\}/g)].map((match) => match[1]!)
  const missing = names.filter(
    (name) => !Object.hasOwn(draft.pathParameters, name) || draft.pathParameters[name] === '',
  )
  if (missing.length > 0) return { wrong: `The path needs ${missing.join(' and ')}` }
  const address = addressOf(operation, draft, target.base)
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !staysAt(url, address, target.base))
    return { wrong: 'These values would lead to another address than the operation has' }
  const headers = headersOf(draft.headers)
  if ('wrong' in headers) return headers
  const body = method === 'GET' || method === 'HEAD' ? undefined : draft.body
  if (
    body !== undefined &&
    !Object.keys(headers.kept).some((name) => name.toLowerCase() === 'content-type')
  )
    headers.kept['content-type'] = 'application/json'
  return {
    method,
    url,
    headers: headers.kept,
    trusted: target.kind !== 'server',
    ...(body !== undefined && { body }),
  }
}

/** The same server, below its base, and no step of the path that leads upwards. */
function staysAt(url: URL, address: string, base: string): boolean {
  const home = new URL(base)
  if (url.origin !== home.origin || url.username !== '' || url.password !== '') return false
  const path = address.slice(base.length).split(/[?#]/, 1)[0]!
  if (path.split(/[/\\]/).some((part) => /^(\.|%2e){1,2}$/i.test(part))) return false
  return url.pathname.startsWith(home.pathname.replace(/\/+$/, ''))
}

/** Headers without what belongs to one connection or to the browser's own sessions. */
function headersOf(
  given: Readonly<Record<string, string>>,
): { readonly kept: Record<string, string> } | { readonly wrong: string } {
  const kept = new Map<string, string>()
  for (const [name, value] of Object.entries(given)) {
    if (!/^[!#$%&'*+.^_`|~\w-]{1,200}$/.test(name))
      return { wrong: `${JSON.stringify(name.slice(0, 100))} is no name of a header` }
    if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value))
      return { wrong: `The header ${name} has characters that no header can carry` }
    if (!isDropped(name)) kept.set(name, value)
  }
  return { kept: Object.fromEntries(kept) }
}

/** Headers of one connection (RFC 9110, 7.6.1), of cookies, and those that only the sender may set. */
export function isDropped(name: string): boolean {
  return /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|expect|cookie2?|set-cookie2?|origin|referer|accept-encoding|sec-.*)$/i.test(
    name,
  )
}
