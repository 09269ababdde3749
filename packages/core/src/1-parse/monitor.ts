import { child } from '../text/site.ts'
import { alertChannels, channelsOf } from './alert-channels.ts'
import type { MonitorDeclaration } from './declarations.ts'
import { idFromFile, identifier } from './identifier.ts'
import { duration } from './quantity.ts'
import {
  about,
  entries,
  listOrOne,
  mapped,
  record,
  text,
  textLike,
  unplaced,
  wholeNumber,
  withFallback,
  type Shape,
} from './shape.ts'

const operation = textLike('\\S', 'must name an operation, such as `store.createPayment`')
const fields = record(
  'A monitor',
  {
    monitor: about('The id of the monitor.', withFallback(identifier, idFromFile), 'checkout'),
    environment: about(
      'Where: an environment of throughline.yaml, or an address.',
      textLike('\\S', 'must name an environment, such as `staging`'),
      'staging',
      'https://staging.store.example',
    ),
  },
  {
    title: about('What it watches, in a few words.', text, 'Can people buy?'),
    journeys: about(
      'Which journeys, or single steps of them; all where nothing is said.',
      listOrOne(textLike('\\S', 'must name a journey or a step, such as `checkout/basket`')),
      ['checkout', 'track-order/order'],
    ),
    every: about('How often.', duration, '5m'),
    after: about(
      'How many runs in a row must go wrong before somebody is told.',
      wholeNumber(1, 100),
      2,
    ),
    within: about('How long one answer may take at all.', duration, '10s'),
    allow: about(
      'Operations that write and may be called all the same; others are only read.',
      listOrOne(operation),
      ['store.createPayment'],
    ),
    headers: about(
      'Headers of each request; `${NAME}` is an environment variable.',
      mapped(entries('headers', text, text), (found) =>
        found.map(({ key, value }): readonly [string, string] => [key, value]),
      ),
      { Authorization: 'Bearer ${STAGING_TOKEN}' },
    ),
    alerts: about(
      'Who is told of an incident, once, and of its end.',
      unplaced(record('Alerts', {}, alertChannels)),
    ),
  },
)

/** `*.monitor.yaml`: journeys that are tried on a schedule. */
export const monitorFile: Shape<MonitorDeclaration> = mapped(
  fields,
  ({ monitor, journeys, every, after, within, allow, headers, alerts: told, site, ...found }) => ({
    ...found,
    site,
    environmentSite: child(site, 'environment') ?? site,
    id: monitor,
    journeys: journeys ?? [],
    every: Math.max(every ?? 300_000, 1000),
    after: after ?? 1,
    within: within ?? 10_000,
    allow: allow ?? [],
    headers: headers ?? [],
    alerts: channelsOf(told),
  }),
)
