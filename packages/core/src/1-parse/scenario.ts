import { child, isObject } from '../text/site.ts'
import type { ScenarioDeclaration, ScenarioRule } from './declarations.ts'
import { idFromFile, identifier } from './identifier.ts'
import { locale } from './locale.ts'
import { byteRate, duration } from './quantity.ts'
import {
  about,
  anything,
  either,
  entries,
  list,
  mapped,
  named,
  oneOf,
  record,
  text,
  textLike,
  textOrNumber,
  unplaced,
  wholeNumber,
  withFallback,
  wrong,
  type Shape,
} from './shape.ts'

const values: Shape<Readonly<Record<string, unknown>>> = {
  read: (site, report) =>
    isObject(site.value) ? site.value : wrong(site, report, 'must be a map of names and values'),
  schema: () => ({ type: 'object' }),
}

/** `2`, `2-4`, `3+`: which calls of the session. */
const calls: Shape<number | { readonly from: number; readonly to?: number }> = {
  read(site, report) {
    if (typeof site.value !== 'string') return wholeNumber(1).read(site, report)
    const found = /^([1-9]\d{0,8})(?:-([1-9]\d{0,8})|(\+))$/.exec(site.value)
    const from = Number(found?.[1])
    const to = found?.[2] === undefined ? undefined : Number(found[2])
    if (found === null || (to !== undefined && to < from))
      return wrong(site, report, 'must be a number, or a range such as `2-4` or `3+`')
    return { from, ...(to !== undefined && { to }) }
  },
  schema: () => ({
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', pattern: '^[1-9]\\d{0,8}(-[1-9]\\d{0,8}|\\+)$' },
    ],
  }),
}

const expression: Shape<string> = {
  read(site, report) {
    const pattern = text.read(site, report)
    if (pattern === undefined) return undefined
    if (pattern.length > 500) return wrong(site, report, 'must be shorter than 500 characters')
    try {
      new RegExp(pattern, 'u').test('')
      return pattern
    } catch {
      return wrong(site, report, 'must be a regular expression such as `^card-`')
    }
  },
  schema: () => ({ type: 'string', maxLength: 500 }),
}

const place = textLike(
  '^(body|query|header|path|cookie|session)($|[.\\[{])',
  'must be a place in the request, such as `body.lines[].sku`, `query.page`, `header.Accept-Language`, `path.id`, `cookie.cart` or `session`',
)

const parts = {
  body: about('The request body has at least this.', anything, { method: 'card' }),
  query: about('Query parameters by name.', values, { page: 2 }),
  header: about('Headers by name.', values, { 'Accept-Language': 'de' }),
  path: about('Path parameters by name.', values, { id: 'A-1001' }),
  session: about(
    'Only this session: the header `Throughline-Session`, or the cookie of a play link.',
    textOrNumber,
    'maya',
  ),
  matches: about(
    'Places in the request, and a regular expression that some value there fits.',
    mapped(entries('places and regular expressions', place, expression), (found) =>
      Object.fromEntries(found.map(({ key, value }) => [key, value])),
    ),
    { 'body.lines[].sku': '^GIFT-', 'query.q': 'tea|coffee' },
  ),
}

const condition = mapped(
  unplaced(
    record(
      'A condition',
      {},
      {
        ...parts,
        not: about(
          'Only requests that are not like this, in all of it.',
          mapped(unplaced(record('A condition', {}, parts)), ({ body, ...rest }) => ({
            ...rest,
            ...(body && { body: body.value }),
          })),
          { header: { 'Idempotency-Key': 'k-1' } },
          { matches: { 'body.email': '.' } },
        ),
        call: about(
          'Only these calls of the session, counted from 1: one, or a range.',
          calls,
          2,
          '2-4',
          '3+',
        ),
        share: about(
          'Of the calls that fit, so many, spread evenly.',
          mapped(
            textLike('^(100|\\d{1,2})(\\.\\d+)?%$', 'must be a share such as `30%`'),
            (written) => Number.parseFloat(written) / 100,
          ),
          '30%',
        ),
      },
    ),
  ),
  ({ body, ...rest }) => ({ ...rest, ...(body && { body: body.value }) }),
)

const answer = mapped(
  unplaced(
    record(
      'An answer',
      {},
      {
        status: about('The HTTP status.', wholeNumber(100, 599), 402),
        example: about(
          "The name of one of the contract's examples.",
          textLike('\\S', 'must name an example of the contract'),
          'declined',
        ),
        body: about('The body itself.', anything),
        file: about(
          'A file that holds the body, relative to the workspace.',
          text,
          'scenarios/declined.json',
        ),
        template: about(
          'A body with places to be filled in from the request (Handlebars).',
          text,
          '{ "id": "{{ path.id }}", "note": "{{ body.note }}" }',
        ),
        headers: about(
          'Response headers.',
          mapped(entries('headers', text, textOrNumber), (found) =>
            Object.fromEntries(found.map(({ key, value }) => [key, value])),
          ),
          { 'Retry-After': '30' },
        ),
      },
    ),
  ),
  ({ body, ...rest }) => ({ ...rest, ...(body && { body: body.value }) }),
)

const fixed = mapped(duration, (ms) => ({ fixed: ms }))
const fixedMap = unplaced(
  record(
    'A fixed latency',
    { fixed: about('Every answer takes this long.', duration, '400ms') },
    {},
  ),
)
const percentiles = unplaced(
  record(
    'A latency',
    {
      p50: about('Half of all answers are faster.', duration, '400ms'),
      p95: about('Nineteen of twenty answers are faster.', duration, '2s'),
    },
    {},
  ),
)

const latency = either(
  'must be a duration such as `400ms`, `observed`, `{ fixed: 400ms }` or `{ p50: 400ms, p95: 2s }`',
  {
    string: {
      read: (site, report) =>
        site.value === 'observed' ? ('observed' as const) : fixed.read(site, report),
      schema: (definitions) => ({ anyOf: [{ const: 'observed' }, fixed.schema(definitions)] }),
    } satisfies Shape<'observed' | { readonly fixed: number }>,
    object: {
      read: (site, report) => (child(site, 'fixed') ? fixedMap : percentiles).read(site, report),
      schema: (definitions) => ({
        anyOf: [fixedMap.schema(definitions), percentiles.schema(definitions)],
      }),
    } satisfies Shape<{ readonly fixed: number } | { readonly p50: number; readonly p95: number }>,
  },
)

const rule: Shape<ScenarioRule> = named(
  'rule',
  mapped(
    record(
      'A rule',
      {
        operation: about(
          'Which operation answers differently.',
          textLike('\\S', 'must name an operation, such as `store.createPayment`'),
          'store.createPayment',
        ),
      },
      {
        when: about('Only for requests like this.', condition),
        respond: about('What it answers.', answer),
        latency: about(
          'How long it takes: a duration, a distribution, or what was observed.',
          latency,
          { p50: '400ms', p95: '2s' },
          '400ms',
          'observed',
        ),
        fault: about(
          'What goes wrong on the way.',
          textLike(
            '^(none|timeout|reset|truncate|malformed|dribble|drop:\\S.*|null:\\S.*|flaky:(100|\\d{1,2})(\\.\\d+)?%)$',
            'must be `none`, `timeout`, `reset`, `truncate`, `malformed`, `dribble`, `drop:<field>`, `null:<field>` or `flaky:20%`',
          ),
          'timeout',
          'drop:eta',
          'drop:eta, items[].price',
          'flaky:20%',
        ),
        bandwidth: about('How fast the body comes.', byteRate, '50kB/s'),
        rateLimit: about(
          'More calls of a session than this in this time are answered with 429.',
          unplaced(
            record(
              'A rate limit',
              {
                requests: about('How many calls are fine.', wholeNumber(1), 5),
                per: about('In which time.', duration, '10s'),
              },
              {},
            ),
          ),
          { requests: 5, per: '10s' },
        ),
        stale: about(
          'Answers come from a cache that is this old: what was written since is not in them.',
          duration,
          '1h',
        ),
        stream: about(
          'How a stream of events or lines comes, and how it ends.',
          unplaced(
            record(
              'A stream',
              {},
              {
                every: about('Time between two items.', duration, '500ms'),
                items: about('How many items come.', wholeNumber(0, 100_000), 5),
                after: about(
                  'What happens after them: it ends, it goes on, it says nothing more, or the line is cut.',
                  oneOf('end', 'continue', 'silence', 'reset'),
                  'reset',
                ),
              },
            ),
          ),
          { every: '500ms', items: 5, after: 'reset' },
        ),
        times: about(
          'How often it holds; then the next rule, or the contract, answers.',
          wholeNumber(1),
          1,
        ),
      },
    ),
    ({ operation, fault, ...found }) => ({
      ...found,
      operation: operation.trim(),
      operationSite: child(found.site, 'operation') ?? found.site,
      ...(fault !== undefined && fault !== 'none' && { fault }),
    }),
  ),
)

/** `*.scenario.yaml`: a named situation to play. */
export const scenarioFile: Shape<ScenarioDeclaration> = mapped(
  record(
    'A scenario',
    {
      scenario: about(
        'The id of the scenario.',
        withFallback(identifier, idFromFile),
        'declined-card',
      ),
    },
    {
      title: about('What happens, in a few words.', text, 'The bank declines the card'),
      dataset: about(
        'Data the mock is seeded with: `typical`, `minimal`, `empty`, `one`, `many`, `extreme`, or a file.',
        text,
        'many',
      ),
      locale: about(
        'Whose names, addresses and phone numbers made-up data has.',
        locale,
        'de',
        'pt-BR',
      ),
      rules: about('What is different from a good day, first match first.', list(rule)),
    },
  ),
  ({ scenario, ...found }) => ({ ...found, id: scenario, rules: found.rules ?? [] }),
)
