/** Whether the team's app can be shown in a frame of the studio. */
export interface Framing {
  /** The page that was asked. */
  readonly url: string
  readonly framing: 'allowed' | 'refused' | 'unreachable'
  /** Why not, in words. */
  readonly because?: string
}

/** How the app is asked: `fetch`, or what a test answers. */
export type FetchPage = (url: string, init: RequestInit) => Promise<Response>

/** How long an app may take to answer before it counts as away, milliseconds. */
const patience = 4000
const mostRedirects = 5

/**
 * Asks the app for a page and reads whether it lets `studio` (an origin) frame it: X-Frame-Options, and `frame-ancestors`
 * of Content-Security-Policy, which wins (CSP 3, section 6.4.2). A browser tells a page nothing about a frame that was
 * refused. Only the app's own origin is asked; a redirect that leaves it is not followed.
 */
export async function framingOf(
  url: string,
  studio: string,
  fetchPage: FetchPage = fetch,
): Promise<Framing> {
  let here = url
  for (let turn = 0; turn <= mostRedirects; turn++) {
    let response: Response
    try {
      response = await fetchPage(here, {
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
        headers: { accept: 'text/html', 'sec-fetch-dest': 'iframe' },
      })
    } catch {
      return {
        url,
        framing: 'unreachable',
        because: `Nothing answers at ${new URL(url).origin}. Is the app running?`,
      }
    }
    await response.body?.cancel()
    const location = response.headers.get('location')
    const next =
      response.status >= 300 && response.status < 400 && location !== null
        ? URL.parse(location, here)
        : null
    if (next === null) {
      const because = refusal(response.headers, studio)
      return because === undefined
        ? { url, framing: 'allowed' }
        : { url, framing: 'refused', because }
    }
    if (next.origin !== new URL(url).origin)
      return {
        url,
        framing: 'refused',
        because: `It leads to ${next.origin}, which the studio does not frame.`,
      }
    here = next.href
  }
  return { url, framing: 'refused', because: 'It leads from page to page without an end.' }
}

function refusal(headers: Headers, studio: string): string | undefined {
  const policies = (headers.get('content-security-policy') ?? '').split(',')
  const ancestors = policies.flatMap((policy) => {
    const directive = policy
      .split(';')
      .map((one) => one.trim().split(/\s+/))
      .find(([name]) => name?.toLowerCase() === 'frame-ancestors')
    return directive === undefined ? [] : [directive.slice(1)]
  })
  for (const sources of ancestors)
    if (!sources.some((source) => allows(source.toLowerCase(), new URL(studio))))
      return `It says \`frame-ancestors ${sources.join(' ')}\`, and the studio is ${studio}.`
  if (ancestors.length > 0) return undefined
  const option = headers.get('x-frame-options')?.trim()
  return option !== undefined && /^(deny|sameorigin)$/i.test(option)
    ? `It says \`X-Frame-Options: ${option}\`.`
    : undefined
}

/** Whether one source of `frame-ancestors` covers an origin. */
function allows(source: string, { protocol, hostname, port, origin }: URL): boolean {
  if (source === '*' || source === protocol || source.replace(/\/$/, '') === origin) return true
  const [, scheme, host = '', sourcePort] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^:/]+)(?::(\d+|\*))?\/?$/.exec(source) ?? []
  if (scheme !== undefined && `${scheme}:` !== protocol) return false
  if (sourcePort === undefined ? port !== '' : sourcePort !== '*' && sourcePort !== port)
    return false
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : host === hostname
}
