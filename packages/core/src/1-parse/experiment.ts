import { child } from '../text/site.ts'
import type { ExperimentDeclaration } from './declarations.ts'
import { idFromFile, identifier } from './identifier.ts'
import { date } from './quantity.ts'
import {
  about,
  mapped,
  numberBetween,
  record,
  text,
  textLike,
  unplaced,
  wholeNumber,
  withFallback,
  type Shape,
} from './shape.ts'

const points = textLike(
  '^(100|\\d{1,2}(\\.\\d{1,3})?) ?%$',
  'must be a share such as `3 %`: points of a hundred visits',
)

const delay = mapped(
  textLike(
    '^([1-9]\\d{0,3} ?ms|(10|[1-9](\\.\\d{1,3})?) ?s)$',
    'must be a delay of at most 10 seconds, such as `400ms`',
  ),
  (written) => Number.parseFloat(written) * (written.endsWith('ms') ? 1 : 1000),
)

const guardrail = unplaced(
  record(
    'A guardrail',
    {},
    {
      'drop-off': about('It ends when so many more of the held up leave.', points, '5 %'),
      errors: about('It ends when so many more of the held up meet an error.', points, '2 %'),
      least: about('Visits on either side before it is looked at.', wholeNumber(20, 100_000), 100),
    },
  ),
)

/** `*.experiment.yaml`: an operation that is answered later for some visits, drawn by lot, to learn what waiting costs. */
export const experimentFile: Shape<ExperimentDeclaration> = mapped(
  record(
    'An experiment',
    {
      experiment: about(
        'The id of the experiment.',
        withFallback(identifier, idFromFile),
        'slow-basket',
      ),
      operation: about(
        'Which operation pages hold back.',
        textLike('\\S', 'must name an operation, such as `store.getBasket`'),
        'store.getBasket',
      ),
      delay: about(
        'The longest extra delay: visits get a quarter, a half, three quarters or all of it.',
        delay,
        '400ms',
      ),
      from: about('The day it begins (UTC), or a moment.', date, '2026-11-01'),
      until: about('Its last day (UTC), or the moment it ends.', date, '2026-11-30'),
    },
    {
      title: about(
        'What it is to find out, in a few words.',
        text,
        'Does a slow basket lose people?',
      ),
      step: about(
        'The step where leaving is counted; else the first that calls the operation.',
        textLike(
          '^[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9_-]*$',
          'must be a step such as `checkout/basket`',
        ),
        'checkout/basket',
      ),
      share: about(
        'Of visits that are held up, in per cent; as many others are noted to compare with.',
        numberBetween(0.01, 50),
        1,
      ),
      guardrail: about('What ends it early.', guardrail, { 'drop-off': '5 %', errors: '2 %' }),
    },
  ),
  ({ experiment, share, guardrail: stated, from, until, ...found }, site) => ({
    ...found,
    id: experiment,
    operationSite: child(site, 'operation') ?? site,
    stepSite: child(site, 'step') ?? site,
    untilSite: child(site, 'until') ?? site,
    share: (share ?? 1) / 100,
    from: Date.parse(from),
    until: Date.parse(until) + (isDay(until) ? day : 0),
    guardrail: {
      dropOff: shareOf(stated?.['drop-off'] ?? '5 %'),
      errors: shareOf(stated?.errors ?? '2 %'),
      least: stated?.least ?? 100,
    },
  }),
)

const day = 86_400_000

function isDay(written: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(written)
}

function shareOf(written: string): number {
  return Number.parseFloat(written) / 100
}
