import { diagnostic, quoted } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'
import type { StateDeclaration } from './declarations.ts'
import { about, either, entries, mapped, named, record, text, type Shape } from './shape.ts'

/** The conditions with a name; a status (`404`), a class (`5xx`) and `problem: <type>` are conditions as well. */
const namedConditions = ['loading', 'empty', 'partial', 'timeout', 'offline', 'invalid'] as const

const pattern = `^(${namedConditions.join('|')}|[1-5]\\d\\d|[1-5][xX][xX]|problem: ?\\S.*)$`
const expression = new RegExp(pattern)

const condition: Shape<string> = {
  read(site, report) {
    const written = String(site.value)
    if (expression.test(written)) return normalised(written)
    const hint = suggestion(written, [...namedConditions, '4xx', '5xx'])
    const kinds =
      ' A state is `loading`, `empty`, `partial`, `timeout`, `offline`, `invalid`, a status such as `404`, `4xx`, `5xx`, or `"problem: <type>"`.'
    report(
      diagnostic('TL2013', originOf(site), { state: quoted(written), suggestion: hint || kinds }),
    )
    return undefined
  },
  schema: () => ({ pattern }),
}

/** A condition as a value: YAML reads a status as a number. */
const sameAs: Shape<string> = {
  read: (site, report) =>
    typeof site.value === 'number' && Number.isInteger(site.value)
      ? String(site.value)
      : text.read(site, report),
  schema: () => ({ type: ['string', 'integer'] }),
}

const designed = record(
  'A state',
  {},
  {
    show: about('What people see, in a few words.', text, 'A retry banner above the page'),
    test: about(
      'A Playwright selector that finds it, so that a browser can prove it.',
      text,
      'role=alert',
    ),
    recover: about('What people can do next.', text, 'retry', 'choose another card'),
    design: about(
      'Where its design is found.',
      text,
      'https://storybook.example/?path=/story/basket--empty',
    ),
    same: about('The condition whose state is shown here too.', sameAs, 'timeout', '5xx', 422),
  },
)

/** What people see when a call goes another way than hoped, by condition. A plain sentence is short for `show`. */
export const states: Shape<readonly StateDeclaration[]> = named(
  'states',
  about(
    'What people see when it goes another way: `loading`, `empty`, `partial`, `timeout`, `offline`, `invalid`, a status (`404`), a class (`5xx`), or `"problem: <type>"`.',
    mapped(
      entries(
        'conditions, such as `timeout: { show: A retry banner }`',
        condition,
        either(
          'must say what people see: a sentence, or a map of `show`, `test`, `recover` and `same`',
          {
            string: about(
              'What people see.',
              mapped(text, (show) => ({ show })),
            ),
            object: designed,
          },
        ),
      ),
      (found) =>
        found.map(({ key, value, site }) => {
          const same =
            'same' in value && value.same !== undefined ? { same: normalised(value.same) } : {}
          return { ...value, ...same, condition: key, site }
        }),
    ),
    {
      loading: 'Skeleton rows',
      timeout: { show: 'A retry banner', test: 'role=alert', recover: 'retry' },
      '5xx': { same: 'timeout' },
    },
  ),
)

/** `4XX` and `problem:out-of-stock` as everybody else says them: `4xx`, `problem: out-of-stock`. */
function normalised(written: string): string {
  return written.startsWith('problem:')
    ? `problem: ${written.slice(8).trim()}`
    : written.toLowerCase()
}
