import { child, isObject } from '../text/site.ts'
import type { ScenarioDeclaration, ScenarioRule } from './declarations.ts'
import { idFromFile, identifier } from './identifier.ts'
import { duration } from './quantity.ts'
import {
  about,
  anything,
  either,
  entries,
  list,
  mapped,
  named,
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

const condition = mapped(
  unplaced(
    record(
      'A condition',
      {},
      {
        body: about('The request body has at least this.', anything, { method: 'card' }),
        query: about('Query parameters by name.', values, { page: 2 }),
        header: about('Headers by name.', values, { 'Accept-Language': 'de' }),
        path: about('Path parameters by name.', values, { id: 'A-1001' }),
        call: about('Only the n-th call of the session, counted from 1.', wholeNumber(1), 2),
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
        template: about('A body with places to be filled in.', text, '{ "id": "{{ path.id }}" }'),
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
            '^(none|timeout|reset|truncate|malformed|drop:\\S.*|null:\\S.*|flaky:(100|\\d{1,2})(\\.\\d+)?%)$',
            'must be `none`, `timeout`, `reset`, `truncate`, `malformed`, `drop:<field>`, `null:<field>` or `flaky:20%`',
          ),
          'timeout',
          'drop:eta',
          'flaky:20%',
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
      rules: about('What is different from a good day, first match first.', list(rule)),
    },
  ),
  ({ scenario, ...found }) => ({ ...found, id: scenario, rules: found.rules ?? [] }),
)
