import { child } from '../text/site.ts'
import { callBudget, stepBudget } from './budget.ts'
import type {
  CallDeclaration,
  JourneyDeclaration,
  NeedDeclaration,
  StepDeclaration,
} from './declarations.ts'
import { idFromFile, identifier } from './identifier.ts'
import { inlinePersona } from './persona.ts'
import { date, duration } from './quantity.ts'
import {
  about,
  either,
  list,
  listOrOne,
  mapped,
  named,
  numberBetween,
  record,
  text,
  textLike,
  textOrNumber,
  unplaced,
  withFallback,
  type Shape,
} from './shape.ts'
import { states } from './state.ts'
import { via } from './via.ts'

const name = textLike('\\S', 'must be a name')
const fieldPath = textLike('\\S', 'must be a field path such as `items[].price.amount`')
const operation = textLike(
  '\\S',
  'must name an operation: `store.getBasket`, `store GET /basket` or `reviews query BasketReviews`',
)

const need: Shape<NeedDeclaration> = named(
  'need',
  about(
    'A field that the screen shows or decides on.',
    either(
      'must be a field path such as `items[].price.amount`, or a map of `path`, `why`, `absent` and `label`',
      {
        string: mapped(fieldPath, (path, site) => ({ path, pathSite: site, site })),
        object: mapped(
          record(
            'A need',
            {
              path: about(
                'Where the field stands in a successful answer: `[]` for the items of a list, `{}` for the values of a map, `header:Link` for a header.',
                fieldPath,
                'items[].price.amount',
              ),
            },
            {
              why: about(
                'Why the screen needs it.',
                text,
                'The delivery date stops people leaving',
              ),
              absent: about(
                'What the screen shows when the field is null or missing.',
                text,
                'Show "we\'ll e-mail you the date"',
              ),
              label: about(
                'What people call it; otherwise made from the path.',
                text,
                'Delivery date',
              ),
            },
          ),
          (found) => ({ ...found, pathSite: child(found.site, 'path') ?? found.site }),
        ),
      },
    ),
    'items[].name',
    {
      path: 'eta',
      why: 'The delivery date stops people leaving',
      absent: 'Show "we\'ll e-mail you the date"',
    },
  ),
)

const call: Shape<CallDeclaration> = named(
  'call',
  about(
    'An operation that the step calls. A plain name is short for one without anything else.',
    either(
      'must name an operation, such as `store.getBasket`, or be a map with the key `operation`',
      {
        string: mapped(operation, (written, site) => ({
          operation: written.trim(),
          operationSite: site,
          after: [],
          needs: [],
          sends: [],
          states: [],
          via: [],
          site,
        })),
        object: mapped(
          record(
            'A call',
            {
              operation: about(
                'Which operation: API and operationId, or API, method and path, or API, `query` and the name of a GraphQL document or field.',
                operation,
                'store.getBasket',
                'store GET /basket',
                'reviews query BasketReviews',
              ),
            },
            {
              after: about(
                'The calls of this step that must answer first. Without it, calls run at once.',
                listOrOne(
                  mapped(operation, (written, site) => ({ operation: written.trim(), site })),
                ),
                'store.listPaymentMethods',
              ),
              needs: about(
                'Fields of a successful answer that the screen shows or decides on.',
                list(need),
                ['items[].name'],
              ),
              sends: about(
                'Request fields that the screen can fill in.',
                list(mapped(fieldPath, (path, site) => ({ path, site }))),
                ['method', 'amount'],
              ),
              budget: callBudget,
              maxAge: about('How old its answer may be on this screen.', duration, '5s'),
              states,
              via: about(
                'What somebody does on the screen so that this is called; calls without it are made by arriving.',
                via,
                [{ click: 'role=button[name="Into the basket"]' }],
              ),
            },
          ),
          ({ site, ...found }) => ({
            ...found,
            site,
            operation: found.operation.trim(),
            operationSite: child(site, 'operation') ?? site,
            after: found.after ?? [],
            needs: found.needs ?? [],
            sends: found.sends ?? [],
            states: found.states ?? [],
            via: found.via ?? [],
          }),
        ),
      },
    ),
  ),
)

const step: Shape<StepDeclaration> = named(
  'step',
  mapped(
    record(
      'A step',
      { step: about('The id of the step, unique in its journey.', identifier, 'basket') },
      {
        title: about('What people do here, in their words.', text, 'Review the basket'),
        screen: about(
          'Route pattern of the screen, as the UI writes it.',
          text,
          '/basket',
          '/orders/:id',
        ),
        image: about(
          'A picture of the screen; otherwise a wireframe is drawn.',
          text,
          'designs/basket.png',
        ),
        design: about('Where the design is found.', text, 'https://www.figma.com/file/...'),
        feeling: about(
          'How people feel here, and how we know.',
          unplaced(
            record(
              'A feeling',
              { score: about('From -5 (awful) to 5 (delightful).', numberBetween(-5, 5), -1) },
              {
                quote: about('What somebody said.', text, 'When does it come?'),
                from: about('Where we have it from.', textOrNumber, '14 interviews'),
              },
            ),
          ),
        ),
        budget: stepBudget,
        calls: about('What the screen asks of the APIs.', list(call)),
        states,
        via: about(
          'What somebody does on the screen before its calls matter, or where a screen with names in its route is.',
          via,
          [{ goto: '/orders/CM-2041' }],
        ),
        next: about(
          'The steps that can follow. Without it, the next one in the file; `[]` ends the journey.',
          listOrOne(mapped(name, (written, site) => ({ step: written, site }))),
          ['delivery'],
        ),
      },
    ),
    ({ step: id, ...found }) => ({
      ...found,
      id,
      calls: found.calls ?? [],
      states: found.states ?? [],
      via: found.via ?? [],
    }),
  ),
)

/** `*.journey.yaml`: what people do, and what each step needs from the APIs. */
export const journeyFile: Shape<JourneyDeclaration> = mapped(
  record(
    'A journey',
    {
      journey: about('The id of the journey.', withFallback(identifier, idFromFile), 'checkout'),
      steps: about(
        'The steps, in the order people take them.',
        withFallback(list(step), () => []),
      ),
    },
    {
      title: about('What people do, in their words.', text, 'Buy what is in the basket'),
      persona: about(
        'Who walks it: the id of a persona, or one described here.',
        either('must be the id of a persona, or a map of `name`, `goal`, `context` and `devices`', {
          string: name,
          object: inlinePersona,
        }),
        'returning-customer',
      ),
      owner: about('The team that owns the journey.', name, 'checkout'),
      goal: about(
        'What it is for, and how one can tell that it is reached.',
        text,
        'Pay within two minutes, on a phone, on a train',
      ),
      pains: about('What hurts people today.', list(text), [
        'Shoppers leave when the delivery date comes late',
      ]),
      supportedUntil: about('Until when released apps walk this journey.', date, '2027-06-30'),
    },
  ),
  ({ journey, ...found }) => ({ ...found, id: journey, pains: found.pains ?? [] }),
)
