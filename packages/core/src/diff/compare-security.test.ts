import { expect, test } from 'vitest'
import { graphOf } from '../../test/graph-of.ts'
import { diffGraphs } from './diff-graphs.ts'

type Json = Readonly<Record<string, unknown>>

const paths = { '/orders': { get: { responses: {} }, post: { responses: {} } } }
const info = { title: 'Store', version: '1' }
const read = { read: 'Read orders' }
const both = { read: 'Read orders', write: 'Place orders' }

/** A shop behind a login with these flows. */
function shop(flows: Json, openapi = '3.2.0'): Json {
  const login = { type: 'oauth2', flows }
  const security = [{ login: [] }]
  return { openapi, info, security, paths, components: { securitySchemes: { login } } }
}

/** The same in Swagger 2.0, which has one flow beside the type. */
function swagger(flow: Json): Json {
  const login = { type: 'oauth2', ...flow }
  return { swagger: '2.0', info, security: [{ login: [] }], paths, securityDefinitions: { login } }
}

function messagesOf(before: Json, after: Json): readonly string[] {
  const { changes } = diffGraphs(
    graphOf({ 'old.json': JSON.stringify(before) }),
    graphOf({ 'new.json': JSON.stringify(after) }),
  )
  for (const { code, reach } of changes)
    if (code !== 'specification-changed') expect(reach.counts.operations).toBe(2)
  return changes.map(({ code, message }) => `${code}: ${message}`).toSorted()
}

const code = { authorizationUrl: '/authorize', tokenUrl: '/token', scopes: read }
const device = { deviceAuthorizationUrl: '/device', tokenUrl: '/token', scopes: read }
const machine = { tokenUrl: '/token', scopes: both }
const login = 'of the security scheme `login`'

const table: Readonly<Record<string, readonly [Json, Json, readonly string[]]>> = {
  'a flow for devices that comes': [
    shop({ authorizationCode: code }),
    shop({ authorizationCode: code, deviceAuthorization: device }),
    ['security-flow-added: The security scheme `login` has the flow `deviceAuthorization`.'],
  ],
  'a flow that goes': [
    shop({ authorizationCode: code, clientCredentials: machine }, '3.0.3'),
    shop({ authorizationCode: code }, '3.0.3'),
    [
      'security-flow-removed: The security scheme `login` no longer has the flow `clientCredentials`.',
    ],
  ],
  'the same new address in two flows, each for itself': [
    shop({ authorizationCode: code, clientCredentials: machine }, '3.1.0'),
    shop(
      {
        authorizationCode: { ...code, tokenUrl: '/tokens' },
        clientCredentials: { ...machine, tokenUrl: '/tokens' },
      },
      '3.1.0',
    ),
    [
      `security-address-changed: \`authorizationCode.tokenUrl\` ${login} is \`/tokens\` now, \`/token\` before.`,
      `security-address-changed: \`clientCredentials.tokenUrl\` ${login} is \`/tokens\` now, \`/token\` before.`,
    ],
  ],
  'each address of one flow': [
    shop({ authorizationCode: { ...code, refreshUrl: '/again' } }),
    shop({ authorizationCode: { ...code, authorizationUrl: '/login' } }),
    [
      `security-address-changed: \`authorizationCode.authorizationUrl\` ${login} is \`/login\` now, \`/authorize\` before.`,
      `security-address-changed: \`authorizationCode.refreshUrl\` ${login} is nothing now, \`/again\` before.`,
    ],
  ],
  'the address that devices ask': [
    shop({ deviceAuthorization: device }),
    shop({ deviceAuthorization: { ...device, deviceAuthorizationUrl: '/devices' } }),
    [
      `security-address-changed: \`deviceAuthorization.deviceAuthorizationUrl\` ${login} is \`/devices\` now, \`/device\` before.`,
    ],
  ],
  'a scope that two flows lose, each for itself': [
    shop({ authorizationCode: { ...code, scopes: both }, clientCredentials: machine }),
    shop({ authorizationCode: code, clientCredentials: { ...machine, scopes: read } }),
    [
      `security-flow-scope-removed: The flow \`authorizationCode\` ${login} no longer gives the scope \`write\`.`,
      `security-flow-scope-removed: The flow \`clientCredentials\` ${login} no longer gives the scope \`write\`.`,
    ],
  ],
  'a scope that moves from one flow to the other': [
    shop({ authorizationCode: code, clientCredentials: machine }),
    shop({
      authorizationCode: { ...code, scopes: both },
      clientCredentials: { ...machine, scopes: read },
    }),
    [
      `security-flow-scope-added: The flow \`authorizationCode\` ${login} gives the scope \`write\`.`,
      `security-flow-scope-removed: The flow \`clientCredentials\` ${login} no longer gives the scope \`write\`.`,
    ],
  ],
  'the one flow of Swagger 2.0 that becomes another': [
    swagger({ flow: 'accessCode', ...code }),
    swagger({ flow: 'application', tokenUrl: '/token', scopes: read }),
    [
      'security-flow-added: The security scheme `login` has the flow `clientCredentials`.',
      'security-flow-removed: The security scheme `login` no longer has the flow `authorizationCode`.',
    ],
  ],
  'a scope of the one flow of Swagger 2.0': [
    swagger({ flow: 'application', ...machine }),
    swagger({ flow: 'application', ...machine, scopes: read }),
    [
      `security-flow-scope-removed: The flow \`clientCredentials\` ${login} no longer gives the scope \`write\`.`,
    ],
  ],
  'only another specification where Swagger 2.0 becomes OpenAPI 3.2': [
    swagger({ flow: 'accessCode', ...code }),
    shop({ authorizationCode: code }),
    [
      'specification-changed: The contract is written in `openapi 3.2.0` now, `swagger 2.0` before.',
    ],
  ],
}

test.each(Object.entries(table))('tells %s', (_, [before, after, told]) => {
  expect(messagesOf(before, after)).toEqual(told)
  const opposite = (line: string): string => {
    const name = line.split(':')[0]!
    if (name.endsWith('-added')) return name.replace(/-added$/, '-removed')
    return name.replace(/-removed$/, '-added')
  }
  expect(messagesOf(after, before).map((line) => line.split(':')[0])).toEqual(
    told.map(opposite).toSorted(),
  )
  expect(messagesOf(before, before)).toEqual([])
})
