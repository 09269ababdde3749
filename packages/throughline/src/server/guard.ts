import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { problem } from './problem.ts'

/** The cookie that carries the token; one per port, so that two studios on one machine don't sign each other out. */
const tokenCookie = (port: number): string => `throughline-studio-${port}`

/**
 * Keeps other web pages and other machines out of a server on loopback: the Host must be a loopback name (against
 * DNS rebinding), a foreign Origin is refused, and everything under `/api` wants the token of this start.
 */
export function guard(options: {
  readonly token: string
  readonly port: () => number
}): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? ''
    if (!isLoopback(host)) {
      return problem(
        421,
        'This address is not served here',
        'Open the studio as localhost or 127.0.0.1.',
      )
    }
    const origin = context.req.header('origin')
    if (origin !== undefined && origin !== `http://${host}`) {
      return problem(
        403,
        'Another page asked',
        `Requests from ${origin.slice(0, 100)} are refused.`,
      )
    }
    const url = new URL(context.req.url)
    const given = url.searchParams.get('token')
    if (given !== null && context.req.method === 'GET' && !url.pathname.startsWith('/api')) {
      if (!sameToken(given, options.token))
        return problem(
          401,
          'The token is of another start',
          'Open the address that `throughline dev` printed last.',
        )
      url.searchParams.delete('token')
      return new Response(null, {
        status: 303,
        headers: {
          location: url.pathname + url.search,
          'set-cookie': `${tokenCookie(options.port())}=${options.token}; Path=/; HttpOnly; SameSite=Strict`,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        },
      })
    }
    if (
      url.pathname.startsWith('/api') &&
      !hasToken(context.req.header('cookie'), context.req.header('authorization'), options)
    ) {
      return problem(
        401,
        'The studio does not know this browser',
        'Open the address that `throughline dev` printed: it carries the token of this start.',
      )
    }
    await next()
    return undefined
  }
}

function hasToken(
  cookie: string | undefined,
  authorization: string | undefined,
  options: { token: string; port: () => number },
): boolean {
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  if (bearer !== undefined) return sameToken(bearer, options.token)
  const name = tokenCookie(options.port())
  const kept = (cookie ?? '').split(/;\s*/).find((pair) => pair.startsWith(`${name}=`))
  return kept !== undefined && sameToken(kept.slice(name.length + 1), options.token)
}

function sameToken(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host)
}
