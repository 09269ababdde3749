import type { CredentialDeclaration, Graph } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { clientCredentials, fromCommand } from './credentials.ts'
import type { Send } from './exchange.ts'
import type { HeaderList, Identities } from './identities.ts'
import { fromLogin } from './login.ts'

export interface DoorOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where commands run: the folder of the workspace. */
  readonly cwd: string
  /** Sends to the environment: for signing in. */
  readonly send: Send
  readonly fetch?: typeof fetch
  /** Whom somebody has let in already: nothing is read of them. */
  readonly known?: readonly ('valid' | 'second')[]
}

/**
 * Who `auth` of `throughline.yaml` says requests to an environment are sent as; nobody where it says nothing. Secrets come from
 * environment variables. Throws `CannotRun` (TL9003, TL9004) where one is missing or the door stays shut.
 */
export async function environmentIdentities(
  graph: Graph,
  environment: string,
  options: DoorOptions,
): Promise<Partial<Identities>> {
  const found = graph.declarations.workspace.auth.find((one) => one.environment === environment)
  const who = async (name: 'valid' | 'second'): Promise<HeaderList | undefined> => {
    const credential = options.known?.includes(name) === true ? undefined : found?.[name]
    return credential && headersFor(graph, credential, `auth.${environment}.${name}`, options)
  }
  const valid = await who('valid')
  const second = await who('second')
  return { ...(valid !== undefined && { valid }), ...(second !== undefined && { second }) }
}

async function headersFor(
  graph: Graph,
  { token, headers, command, oauth, login, send: fields = [] }: CredentialDeclaration,
  of: string,
  { env, cwd, send, fetch: ask = fetch }: DoorOptions,
): Promise<HeaderList> {
  const filled = (text: string): string =>
    text.replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
      const value = env[name]
      if (value === undefined || value === '')
        throw new CannotRun('TL9003', `\`${of}\` needs the environment variable ${name}.`)
      if (/[\r\n\0]/.test(value))
        throw new CannotRun('TL9003', `The environment variable ${name} has a line break in it.`)
      return value
    })
  if (token !== undefined) return [['Authorization', `Bearer ${filled(token)}`]]
  if (headers !== undefined) return headers.map(([name, value]) => [name, filled(value)])
  if (command !== undefined) return fromCommand(command, cwd, `\`${of}\``)
  if (oauth !== undefined)
    return clientCredentials(
      {
        url: filled(oauth.url),
        id: filled(oauth.client),
        secret: filled(oauth.secret),
        scope: filled(oauth.scope ?? ''),
        of: `\`${of}\``,
      },
      ask,
    )
  if (login === undefined) return []
  return fromLogin(graph, login, {
    send,
    body:
      fields.length === 0
        ? undefined
        : Object.fromEntries(fields.map(([name, value]) => [name, filled(value)])),
    of,
    from: `${of}.send`,
  })
}
