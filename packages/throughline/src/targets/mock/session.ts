import { hashOf } from './chance.ts'
/** The scenario of one browser: set by a play link, gone with the browser. */
export const SCENARIO_COOKIE = 'throughline-scenario'
/** Tells testers apart, so that their sequences of answers don't mix. */
export const SESSION_COOKIE = 'throughline-session'

/** The value of a cookie, percent-decoded; `undefined` where it is not there or empty. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (header === undefined || !header.includes(name)) return undefined
  for (const one of header.split(';')) {
    const equals = one.indexOf('=')
    if (equals === -1 || one.slice(0, equals).trim() !== name) continue
    const raw = one.slice(equals + 1).trim()
    if (raw === '') return undefined
    try {
      return decodeURIComponent(raw)
    } catch {
      return raw
    }
  }
  return undefined
}

/** Every cookie of a request, at most 100. */
export function cookiesIn(header: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const one of (header ?? '').split(';', 100)) {
    const name = one.slice(0, Math.max(0, one.indexOf('='))).trim()
    const value = name === '' ? undefined : cookieOf(one, name)
    if (value !== undefined) found.set(name, value)
  }
  return found
}

/** `Set-Cookie` for this browser; `undefined` forgets it. */
export function setCookie(name: string, value: string | undefined): string {
  const text = value === undefined ? '; Max-Age=0' : ''
  return `${name}=${encodeURIComponent(value ?? '')}; Path=/; SameSite=Lax${text}`
}

/** Whose world a request is about: its header, else the browser's cookie; `''` for the one that everybody shares. */
export function sessionOf({
  header,
}: {
  readonly header: (name: string) => string | undefined
}): string {
  const named = header('throughline-session') ?? cookieOf(header('cookie'), SESSION_COOKIE)
  return named === undefined ? '' : shortSession(named)
}

/** The name that a session is kept under: long ones are cut, and stay apart from others that begin alike. */
export function shortSession(name: string): string {
  return name.length <= 200 ? name : `${name.slice(0, 180)}~${hashOf(name).toString(36)}`
}
