import { isObject, type Site } from '../text/site.ts'
import { closest } from '../text/suggestion.ts'
import type { PolicyDeclaration } from './declarations.ts'
import { identifier } from './identifier.ts'
import { duration } from './quantity.ts'
import {
  about,
  entries,
  list,
  listOrOne,
  mapped,
  oneOf,
  record,
  text,
  textLike,
  unplaced,
  wrong,
  type Shape,
} from './shape.ts'

/** The sentences about a class of data that Throughline can hold people to. */
const classRules = ['never in logs', 'never in a URL', 'never in a response'] as const

const match = textLike(
  '\\S',
  'must be a pattern such as `**.email` or the name of an operation such as `store.getPrices`',
)

const known = classRules.map((rule) => '`' + rule + '`').join(', ')
const anyCase = classRules
  .map((rule) =>
    rule
      .replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)
      .replace(/ /g, '\\s+'),
  )
  .join('|')

/** One or several sentences, with commas between them. */
const sentences: Shape<readonly string[]> = {
  read(site, report) {
    if (typeof site.value !== 'string') return wrong(site, report, `must be a sentence: ${known}`)
    const found: string[] = []
    for (const written of site.value.split(',').map((one) => one.trim().replace(/\s+/g, ' '))) {
      const rule = classRules.find((one) => one.toLowerCase() === written.toLowerCase())
      if (rule !== undefined) found.push(rule)
      else {
        const [close] = closest(written, classRules, 1)
        wrong(
          site,
          report,
          `says ${JSON.stringify(written.slice(0, 80))}, which Throughline cannot enforce. It can: ${known}`,
          undefined,
          close && site.value.replace(written, close),
        )
      }
    }
    return found
  },
  schema: () => ({ type: 'string', pattern: `^\\s*(${anyCase})(\\s*,\\s*(${anyCase}))*\\s*$` }),
}

const schemaValue: Shape<Site> = {
  read: (site, report) =>
    typeof site.value === 'boolean' || isObject(site.value)
      ? site
      : wrong(site, report, 'must be a JSON Schema, such as `{ type: string }`'),
  schema: () => ({ type: ['object', 'boolean'] }),
}

/** `policy.yaml`: what the organisation demands of every API. */
export const policyFile: Shape<PolicyDeclaration> = mapped(
  record(
    'A policy',
    {},
    {
      classes: about(
        'Classes of data and what may not happen to them.',
        mapped(
          entries(
            'classes of data',
            identifier,
            record(
              'A class',
              {},
              {
                contains: about('Names of fields that look like this class.', listOrOne(text), [
                  'email',
                  'name',
                ]),
                rule: about(
                  `What holds for the class: ${known}.`,
                  mapped(listOrOne(sentences), (all) => all.flat()),
                  'never in logs, never in a URL',
                ),
                audience: about(
                  'Who may see such fields in a contract that is handed out with `throughline export openapi --audience`.',
                  oneOf('public', 'partner', 'internal'),
                ),
              },
            ),
          ),
          (found) =>
            found.map(({ key, value, site }) => ({
              id: key,
              contains: value.contains ?? [],
              rules: value.rule ?? [],
              ...(value.audience !== undefined && { audience: value.audience }),
              site,
            })),
        ),
      ),
      fields: about(
        'Which fields belong to which class, over every operation of every API.',
        list(
          record(
            'A classified field',
            {
              match: about('Fields, by path. `**` stands for any beginning.', match, '**.email'),
              class: about('One of the classes.', identifier, 'personal'),
            },
            {},
          ),
        ),
      ),
      validation: about(
        'What values must look like, wherever they stand.',
        list(
          record(
            'A validation',
            {
              match: about('Fields, by path.', match, '**.currency'),
              schema: about('A JSON Schema.', schemaValue, {
                type: 'string',
                pattern: '^[A-Z]{3}$',
              }),
            },
            {},
          ),
        ),
      ),
      freshness: about(
        'How old an answer may be.',
        list(
          record(
            'A freshness',
            {
              match: about('An operation, or a pattern over them.', match, 'store.getPrices'),
              maxAge: about('The age.', duration, '60s'),
            },
            {},
          ),
        ),
      ),
      errors: about(
        'What errors look like.',
        unplaced(
          record(
            'The errors',
            { format: about('The media type of errors.', oneOf('problem+json'), 'problem+json') },
            {},
          ),
        ),
      ),
      rulesets: about(
        "The team's existing lint rules, which go on working.",
        listOrOne(
          mapped(textLike('\\S', 'must be the path of a lint ruleset'), (path, site) => ({
            path,
            site,
          })),
        ),
        ['.redocly.yaml'],
      ),
    },
  ),
  (found) => ({
    ...found,
    classes: found.classes ?? [],
    fields: found.fields ?? [],
    validation: found.validation ?? [],
    freshness: found.freshness ?? [],
    rulesets: found.rulesets ?? [],
  }),
)
