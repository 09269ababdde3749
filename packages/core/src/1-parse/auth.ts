import type { Site } from '../text/site.ts'
import type { AuthDeclaration, CredentialDeclaration } from './declarations.ts'
import { identifier } from './identifier.ts'
import {
  about,
  entries,
  mapped,
  record,
  text,
  textLike,
  textOrNumber,
  unplaced,
  wrong,
  type Report,
  type Shape,
} from './shape.ts'

const variable = '\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}'
const isVariable = new RegExp(`^${variable}$`)
const secret = textLike(
  `^${variable}$`,
  'must be an environment variable such as `${STAGING_TOKEN}`: a secret does not belong into git',
)
const withVariable = textLike(
  variable,
  'must take its secret from an environment variable, such as `${STAGING_KEY}`: it does not belong into git',
)
const addressOrVariable = textLike(
  `^([Hh][Tt][Tt][Pp][Ss]?://[^\\s@]+|${variable})$`,
  'must be an address such as `https://id.store.example/token`, without a password in it, or an environment variable',
)

const isSecretKey = /pass|secret|token|pin$|otp|cvc|key/i

const ways = ['token', 'headers', 'command', 'oauth', 'login'] as const

/** How somebody is let in: exactly one way. */
const credential: Shape<CredentialDeclaration> = mapped(
  record(
    'Credentials',
    {},
    {
      token: about('A bearer token, in an environment variable.', secret, '${STAGING_TOKEN}'),
      headers: about(
        'Headers that let in, each with its secret in an environment variable.',
        mapped(entries('headers', text, withVariable), (found) =>
          found.map(({ key, value }): readonly [string, string] => [key, value]),
        ),
        { 'X-Api-Key': '${STAGING_KEY}' },
      ),
      command: about(
        'A command that prints a token, or header lines.',
        textLike('\\S', 'must be a command'),
        'scripts/staging-token.sh',
      ),
      oauth: about(
        'OAuth 2.0 client credentials.',
        unplaced(
          record(
            'OAuth 2.0',
            {
              url: about(
                'Where a token is given.',
                addressOrVariable,
                'https://id.store.example/token',
              ),
              client: about('The id of the client.', text, 'throughline', '${CLIENT_ID}'),
              secret: about('Its secret, in an environment variable.', secret, '${CLIENT_SECRET}'),
            },
            { scope: about('What is asked for.', text, 'orders:read') },
          ),
        ),
      ),
      login: about(
        'Signs in: a step with its calls, or an operation. Cookies and tokens of the answers let in.',
        textLike('\\S', 'must name a step or an operation'),
        'account/sign-in',
        'store.createSession',
      ),
      send: about(
        'What signing in sends. Passwords are environment variables.',
        mapped(entries('fields that are sent', text, textOrNumber), (found, _, report) =>
          found.flatMap(({ key, value, site }): (readonly [string, string])[] =>
            isSecretKey.test(key) && !isVariable.test(value)
              ? (literal(site, report), [])
              : [[key, value]],
          ),
        ),
        { email: 'tester@store.example', password: '${STAGING_PASSWORD}' },
      ),
    },
  ),
  (found, site, report) => {
    const said = ways.filter((way) => found[way] !== undefined)
    if (said.length > 1)
      return wrong(site, report, `must say one way to be let in, not ${said.join(' and ')}`)
    const isWritten = ways.some((way) => Object.hasOwn(Object(site.value), way))
    if (said.length === 0)
      return isWritten
        ? undefined
        : wrong(site, report, `must say how somebody is let in: one of ${ways.join(', ')}`)
    return found
  },
)

function literal(site: Site, report: Report): void {
  wrong(
    site,
    report,
    'must be an environment variable such as `${STAGING_PASSWORD}`: a secret does not belong into git',
  )
}

/** `auth` in `throughline.yaml`: who `test` and `monitor` are in each environment. */
export const auth: Shape<readonly AuthDeclaration[]> = mapped(
  entries(
    'environments and their credentials',
    identifier,
    record(
      'The credentials of an environment',
      {},
      {
        valid: about('Who requests are sent as.', credential, { token: '${STAGING_TOKEN}' }),
        second: about('Somebody else, who must not see what the first one owns.', credential, {
          token: '${STAGING_TOKEN_2}',
        }),
      },
    ),
  ),
  (found) => found.map(({ key, value, site }) => ({ ...value, site, environment: key })),
)
