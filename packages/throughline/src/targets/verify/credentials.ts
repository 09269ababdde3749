import { exec } from 'node:child_process'
import { CannotRun } from '../../cannot-run.ts'
import type { HeaderList } from './identities.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** `"X-Tenant: corner-market"` as a header. */
export function headerOf(line: string, option: string): readonly [string, string] {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(0, colon)).trim()
  const value = line.slice(colon + 1).trim()
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\r\n\0]/.test(value))
    throw new CannotRun('TL9003', `\`${option}\` is a name and a value: "X-Tenant: corner-market".`)
  return [name, value]
}

/** What a command prints: whole header lines, or a bare token, which goes into `Authorization: Bearer`. */
export async function fromCommand(
  command: string,
  cwd: string,
  of = '`--auth-command`',
): Promise<HeaderList> {
  const printed = await new Promise<string>((resolve, reject) => {
    exec(command, { cwd, timeout: 30_000, maxBuffer: 1_000_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trim())
      else {
        const why = stderr.trim().split('\n').at(-1) ?? ''
        const message = `The command of ${of} failed${why === '' ? '' : `: ${why.slice(0, 200)}`}.`
        reject(new CannotRun('TL9004', message))
      }
    })
  })
  if (printed === '') throw new CannotRun('TL9004', `The command of ${of} printed nothing.`)
  const lines = printed.split('\n').map((one) => one.trim())
  if (lines.every((one) => /^[\w-]+:\s/.test(one)))
    return lines.map((one) => headerOf(one, of.replaceAll('`', '')))
  return [['Authorization', `Bearer ${lines[0]!}`]]
}

/**
 * OAuth 2.0 client credentials (RFC 6749, 4.4) where the environment has THROUGHLINE_OAUTH_TOKEN_URL, THROUGHLINE_OAUTH_CLIENT_ID and
 * THROUGHLINE_OAUTH_CLIENT_SECRET, with THROUGHLINE_OAUTH_SCOPE if that is needed. Secrets never stand in a command line.
 */
export async function fromOAuth(env: Environment, ask: typeof fetch = fetch): Promise<HeaderList> {
  const url = env['THROUGHLINE_OAUTH_TOKEN_URL']
  if (url === undefined || url === '') return []
  const id = env['THROUGHLINE_OAUTH_CLIENT_ID'] ?? ''
  const secret = env['THROUGHLINE_OAUTH_CLIENT_SECRET'] ?? ''
  const scope = env['THROUGHLINE_OAUTH_SCOPE'] ?? ''
  return clientCredentials({ url, id, secret, scope, of: 'THROUGHLINE_OAUTH_TOKEN_URL' }, ask)
}

/** Gets a token with OAuth 2.0 client credentials. `of` names in messages who asked. Throws `CannotRun` (TL9004) where none comes. */
export async function clientCredentials(
  {
    url,
    id,
    secret,
    scope,
    of,
  }: {
    readonly url: string
    readonly id: string
    readonly secret: string
    readonly scope: string
    readonly of: string
  },
  ask: typeof fetch = fetch,
): Promise<HeaderList> {
  const failed = (why: string): CannotRun =>
    new CannotRun('TL9004', `No token came from ${of}: ${why}.`)
  if (!URL.canParse(url)) throw failed('it is no address')
  const form = new URLSearchParams({ grant_type: 'client_credentials' })
  if (scope !== '') form.set('scope', scope)
  let answer: Response
  let token: unknown
  try {
    answer = await ask(url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        // RFC 6749, 2.3.1: both are form-encoded before they are joined.
        authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
      },
      body: form,
      signal: AbortSignal.timeout(30_000),
    })
    const body: unknown = await answer.json()
    token =
      body !== null && typeof body === 'object' ? Reflect.get(body, 'access_token') : undefined
  } catch {
    throw failed('it does not answer with JSON')
  }
  if (!answer.ok || typeof token !== 'string' || token === '')
    throw failed(`it answered ${answer.status}${answer.ok ? ' without an access_token' : ''}`)
  return [['Authorization', `Bearer ${token}`]]
}
