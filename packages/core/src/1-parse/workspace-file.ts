import { auth } from './auth.ts'
import type { Site } from '../text/site.ts'
import type { ApiDeclaration, WorkspaceDeclaration } from './declarations.ts'
import { identifier } from './identifier.ts'
import { date } from './quantity.ts'
import {
  about,
  either,
  entries,
  list,
  listOrOne,
  mapped,
  named,
  oneOf,
  record,
  text,
  textLike,
  textOrNumber,
  unplaced,
  withFallback,
  wrong,
  type Shape,
} from './shape.ts'
import { collector } from './collector.ts'
import { states } from './state.ts'

export const defaultName = 'Workspace'

const stage = named(
  'stage',
  about('How far the API is.', oneOf('planned', 'mocked', 'beta', 'live', 'deprecated'), 'live'),
)
const path = textLike(
  '\\S',
  'must be the path of a contract file, such as `apis/store.openapi.yaml`',
)
const name = textLike('\\S', 'must be a name')
const address = textLike(
  '^[Hh][Tt][Tt][Pp][Ss]?://\\S+$',
  'must be an address such as `https://staging.store.example`',
)

type ApiWithoutId = Omit<ApiDeclaration, 'id'>
const bare = (contract: string, site: Site): ApiWithoutId => ({
  site,
  contract,
  environments: new Map(),
  stages: new Map(),
  documents: [],
})

const api: Shape<ApiWithoutId> = named(
  'api',
  about(
    'An API. A plain path is short for its contract.',
    either('must be the path of a contract, or a map with the key `contract`', {
      string: mapped(path, bare),
      object: mapped(
        record(
          'An API',
          {
            contract: about(
              'The contract: OpenAPI 2.0 to 3.2, or GraphQL.',
              path,
              'apis/store.openapi.yaml',
            ),
          },
          {
            owner: about('The team that owns the API.', name, 'orders'),
            environments: about(
              'Where the API runs, by name.',
              mapped(
                entries('environments and their addresses', identifier, address),
                (found) => new Map(found.map(({ key, value }) => [key, value])),
              ),
              { staging: 'https://staging.store.example' },
            ),
            stage,
            stages: about(
              'How far single operations are, where that differs.',
              mapped(
                entries('operations and their stages', text, stage),
                (found) => new Map(found.map(({ key, value }) => [key, value])),
              ),
              { createRefund: 'planned' },
            ),
            documents: about(
              'GraphQL: the operation documents that the UI really sends, as a glob or several.',
              listOrOne(textLike('\\S', 'must be a glob such as `app/**/*.graphql`')),
              'app/**/*.graphql',
            ),
          },
        ),
        (found) => ({ ...bare(found.contract, found.site), ...found }),
      ),
    }),
  ),
)

/** `throughline.yaml`: which APIs, who owns them, where they run, defaults. Paths stay as written. */
export const workspaceFile: Shape<WorkspaceDeclaration> = mapped(
  record(
    'The workspace',
    {
      throughline: about(
        'The version of this format.',
        withFallback(formatVersion(), () => 1),
        1,
      ),
    },
    {
      name: about('What people call the product.', text, 'Storefront'),
      apis: about(
        'The APIs, by the id that journeys name.',
        mapped(entries('APIs', identifier, api), (found) =>
          found.map(({ key, value, site }) => ({ ...value, id: key, site })),
        ),
      ),
      states,
      rules: about(
        'Severities: `error`, `warning`, `info`, `off`.',
        mapped(
          entries('rules and severities', text, oneOf('error', 'warning', 'info', 'off')),
          (found) => found.map(({ key, value, site }) => ({ rule: key, severity: value, site })),
        ),
        { 'unused-field': 'off', 'missing-state': 'error' },
      ),
      clients: about(
        'Released apps whose journeys, at that revision, still count.',
        list(
          record(
            'A client',
            {
              name: about('What people call it.', name, 'Phone app 3.x'),
              revision: about('The git revision it was released from.', textOrNumber, 'app-v3.4'),
            },
            { supportedUntil: about('When it counts no more.', date, '2027-06-30') },
          ),
        ),
      ),
      teams: about(
        'The teams that own APIs and journeys.',
        mapped(
          entries(
            'teams',
            identifier,
            record(
              'A team',
              {},
              {
                role: about(
                  'Which side of the contract it stands on.',
                  oneOf('ux', 'frontend', 'backend'),
                  'backend',
                ),
                handle: about(
                  'What the host of the code calls it, for CODEOWNERS.',
                  name,
                  '@shop/orders',
                ),
                members: about('Who is in it: e-mail addresses.', listOrOne(text), [
                  'orders-lead@example.com',
                ]),
              },
            ),
          ),
          (found) =>
            found.map(({ key, value, site }) => ({
              ...value,
              id: key,
              members: value.members ?? [],
              site,
            })),
        ),
      ),
      app: about(
        "The team's own UI while developing.",
        unplaced(
          record(
            'The app',
            {},
            {
              root: about('A folder that `throughline dev` serves.', text, 'app'),
              url: about('An address where it runs.', address, 'http://localhost:3000'),
            },
          ),
        ),
      ),
      auth: about('Who `test` and `monitor` are in each environment.', auth, {
        staging: { valid: { token: '${STAGING_TOKEN}' } },
      }),
      collector: about(
        'What people really do: who may send it, how long it stays, where else it goes.',
        collector,
      ),
    },
  ),
  (found) => ({
    ...found,
    name: found.name ?? defaultName,
    apis: found.apis ?? [],
    states: found.states ?? [],
    rules: found.rules ?? [],
    clients: found.clients ?? [],
    auth: found.auth ?? [],
    teams: found.teams ?? [],
  }),
)

function formatVersion(): Shape<1> {
  return {
    read: (site, report) =>
      site.value === 1
        ? 1
        : wrong(site, report, 'must be `1`, the only version of this format so far'),
    schema: () => ({ const: 1 }),
  }
}
