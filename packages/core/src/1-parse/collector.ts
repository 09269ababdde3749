import { alertChannels, channelsOf } from './alert-channels.ts'
import type { CollectorDeclaration } from './declarations.ts'
import {
  about,
  entries,
  list,
  listOrOne,
  mapped,
  numberBetween,
  record,
  text,
  textLike,
  unplaced,
  wholeNumber,
  type Shape,
} from './shape.ts'

const days = wholeNumber(1, 36_500)
const origin = textLike(
  '^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]+$',
  'must be an origin such as `https://shop.example`, without a path',
)
const endpoint = textLike(
  '^[Hh][Tt][Tt][Pp][Ss]?://\\S+$',
  'must be the address of an OTLP endpoint such as `https://otlp.nr-data.net`',
)
const server = textLike(
  '^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s]+(/[\\w.-]*)?$',
  'must be the address of a ClickHouse server over HTTP, with the database if it is not `throughline`: `http://clickhouse.shop.example:8123/evidence`',
)

/** `collector` of `throughline.yaml`. */
export const collector: Shape<CollectorDeclaration> = mapped(
  record(
    'The collector',
    {},
    {
      keys: about(
        'Keys with which pages and services may send; they can be seen by all and open nothing else. Without any, only this machine may send.',
        list(
          mapped(
            record(
              'A key',
              {
                key: about(
                  'The key.',
                  textLike('^[\\w-]{8,100}$', 'must be 8 to 100 letters, digits, `-` and `_`'),
                  'shop-web-7f3a',
                ),
              },
              {
                origins: about(
                  'Pages of these origins may use it; without any, all.',
                  listOrOne(origin),
                  ['https://shop.example'],
                ),
              },
            ),
            ({ key, origins }) => ({ key, origins: origins ?? [] }),
          ),
        ),
      ),
      forward: about(
        'Other backends that get everything too, as OTLP over HTTP.',
        list(
          mapped(
            record(
              'A backend',
              {
                url: about(
                  'Its OTLP endpoint; `/v1/traces` and so on is added.',
                  endpoint,
                  'https://otlp.eu01.nr-data.net',
                ),
              },
              {
                headers: about(
                  'Headers of each request; `${NAME}` is an environment variable.',
                  mapped(entries('headers', text, text), (found) =>
                    found.map(({ key, value }): readonly [string, string] => [key, value]),
                  ),
                  { 'api-key': '${NEW_RELIC_KEY}' },
                ),
              },
            ),
            ({ url, headers }) => ({ url, headers: headers ?? [] }),
          ),
        ),
      ),
      alerts: about(
        'Who is told of budgets that burn and of calls that fail, once, and of the end.',
        unplaced(
          record(
            'Alerts',
            {},
            {
              ...alertChannels,
              errors: about(
                "Per cent of an operation's calls that may fail.",
                numberBetween(0.01, 50),
                1,
              ),
            },
          ),
        ),
      ),
      store: about(
        'Where it is kept, if not in DuckDB on this machine.',
        mapped(
          record(
            'The store',
            {
              clickhouse: about(
                'Servers of ClickHouse, 18.16 or newer; the first that answers is asked. `${NAME}` is an environment variable.',
                listOrOne(server),
                ['http://throughline:${CLICKHOUSE_PASSWORD}@clickhouse.shop.example:8123'],
              ),
            },
            {
              cluster: about(
                'The cluster (`remote_servers` of their configuration) over whose shards and replicas the tables lie.',
                textLike('^[\\w.-]{1,100}$', 'must be the name of a cluster'),
                'shop',
              ),
            },
          ),
          ({ clickhouse, cluster }) => ({
            clickhouse,
            ...(cluster !== undefined && { cluster }),
          }),
        ),
      ),
      hotDays: about('Days that stay in the database; older ones become Parquet files.', days, 3),
      keepDays: about('Days after which what happened is forgotten.', days, 90),
      rollupDays: about('Days for which the sums by hour stay.', days, 400),
    },
  ),
  ({ alerts, ...found }) => ({
    ...found,
    keys: found.keys ?? [],
    forward: found.forward ?? [],
    ...(alerts !== undefined && {
      alerts: { ...channelsOf(alerts), errors: alerts.errors ?? 1 },
    }),
  }),
)
