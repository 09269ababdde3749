import { endToEnd } from './hop-by-hop.ts'

/** How the client sees what the backend calls itself. */
export interface Seen {
  /** Where the backend is: what paths are added to. */
  readonly base: URL
  /** Where the client found the mock: `http://localhost:4401`. */
  readonly origin: string
  /** Where the mock serves the API: `/store`, or `''`. */
  readonly prefix: string
  /** The mock answers for CORS itself. */
  readonly ownCors: boolean
}

/**
 * A backend's headers for the client: hop-by-hop ones left out; `Location`, `Content-Location` and `Link` that lead to the
 * backend lead to the mock; cookies belong to the mock's host; nothing that would bind a browser to the backend's TLS.
 */
export function returnedHeaders(raw: readonly string[], seen: Seen): string[] {
  const came = endToEnd(raw)
  const returned: string[] = []
  for (let index = 0; index < came.length; index += 2) {
    const name = came[index]!
    const value = came[index + 1]!
    const lower = name.toLowerCase()
    if (LEFT_OUT.has(lower) || lower.startsWith('throughline-')) continue
    if (seen.ownCors && lower.startsWith('access-control-')) continue
    if (lower === 'set-cookie') returned.push(name, cookieHere(value, seen))
    else if (lower === 'location' || lower === 'content-location')
      returned.push(name, addressHere(value, seen))
    else if (lower === 'link')
      returned.push(
        name,
        value.replace(/<([^<>]*)>/g, (_, one: string) => `<${addressHere(one, seen)}>`),
      )
    else returned.push(name, value)
  }
  return returned
}

/** What a browser would remember about this host name though it is about the backend's. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'strict-transport-security',
  'public-key-pins',
  'alt-svc',
  'expect-ct',
])

/** An address that a backend gave, as the client can reach it: through the mock where it lies below the backend's base, else where it is. */
function addressHere(address: string, { base, origin, prefix }: Seen): string {
  if (!URL.canParse(address, base.href)) return address
  const absolute = /^([a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(address)
  // `orders/7` and `?page=2` mean the same from both sides.
  if (!absolute && !address.startsWith('/')) return address
  const url = new URL(address, base.href)
  if (url.host !== base.host || !/^https?:$/.test(url.protocol)) return address
  const home = base.pathname.replace(/\/+$/, '')
  const inside = url.pathname === home || url.pathname.startsWith(`${home}/`)
  if (!inside) return url.href
  const here = `${prefix}${url.pathname.slice(home.length) || '/'}${url.search}${url.hash}`
  return absolute ? `${origin}${here}` : here
}

/**
 * `Set-Cookie` of a backend for the mock's host: without `Domain`, with `Path` where the mock has the API. Over plain HTTP
 * also without what needs TLS, except for names that a browser would refuse then (`__Host-`, `__Secure-`).
 */
function cookieHere(cookie: string, { base, origin, prefix }: Seen): string {
  const [pair = '', ...attributes] = cookie.split(';')
  const plain = origin.startsWith('http:') && !/^\s*__(host|secure)-/i.test(pair)
  const home = base.pathname.replace(/\/+$/, '')
  const kept = attributes.flatMap((one) => {
    const [name = '', ...rest] = one.split('=')
    const value = rest.join('=').trim()
    switch (name.trim().toLowerCase()) {
      case 'domain':
        return []
      case 'secure':
      case 'partitioned':
        return plain ? [] : [one]
      case 'samesite':
        return plain && value.toLowerCase() === 'none' ? [' SameSite=Lax'] : [one]
      case 'path': {
        if (value === home || value.startsWith(`${home}/`))
          return [` Path=${`${prefix}${value.slice(home.length)}` || '/'}`]
        return [' Path=/']
      }
      default:
        return [one]
    }
  })
  return [pair, ...kept].join(';')
}
