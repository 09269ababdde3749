import type { Operation } from '../operation/operation.ts'
import { fieldsOf } from '../operation/fields-of.ts'
import { fieldPaths } from '../schema/fields.ts'
import { isObject } from '../text/site.ts'

/** A schema for a field that nobody has described yet. */
export interface GuessedSchema {
  readonly schema: Readonly<Record<string, unknown>>
  /** `elsewhere`: another answer has a field of that name; `name`: by its name; `nothing`: text, until somebody knows better. */
  readonly from: 'elsewhere' | 'name' | 'nothing'
  /** The field it is taken from: `store.getOrder eta`. */
  readonly like?: string
}

/** How many operations are searched for a field of the same name. */
const mostSearched = 300

/** The schema that a field of this name probably has: as another answer of the API describes it, else by its name. */
export function guessedSchema(
  name: string,
  operations: readonly Operation[],
  file: string,
): GuessedSchema {
  for (const operation of operations.slice(0, mostSearched)) {
    for (const field of fieldPaths(fieldsOf(operation), { depth: 5, most: 300 })) {
      if (field.name !== name || field.written?.document.file.path !== file) continue
      const { value } = field.written
      if (isObject(value) && JSON.stringify(value).length <= longestCopied)
        return {
          schema: value,
          from: 'elsewhere',
          like: `${operation.api}.${operation.name} ${field.path}`,
        }
    }
  }
  const [, schema] = byName.find(([pattern]) => pattern.test(name)) ?? []
  return schema === undefined
    ? { schema: { type: 'string' }, from: 'nothing' }
    : { schema, from: 'name' }
}

/** A schema that is longer than this belongs to its own place. */
const longestCopied = 500

const byName: readonly (readonly [RegExp, Readonly<Record<string, unknown>>])[] = [
  [
    /(?:^|[a-z_])(?:Date|Day)$|_(?:date|day)$|^(?:date|day|birthday)$/,
    { type: 'string', format: 'date' },
  ],
  [
    /[a-z]At$|_at$|[Tt]ime(?:stamp)?$|^(?:eta|etd|since|until|expires|arrival|departure)$/,
    { type: 'string', format: 'date-time' },
  ],
  [
    /^(?:is|has|can|may|was|should)[A-Z_]|^(?:enabled|disabled|active|available|visible|verified|default|paid)$/,
    { type: 'boolean' },
  ],
  [
    /(?:^|[a-z_])(?:[Cc]ount|[Qq]uantity|[Ss]tock|[Aa]ge|[Pp]osition|[Pp]ages?|[Ss]ize)$/,
    { type: 'integer', minimum: 0 },
  ],
  [
    /(?:^|[a-z_])(?:[Pp]rice|[Aa]mount|[Tt]otal|[Ss]um|[Cc]osts?|[Tt]ax|[Dd]iscount|[Bb]alance|[Rr]ating|[Ss]core|[Ww]eight|[Pp]ercent(?:age)?|[Rr]ate|lat(?:itude)?|lng|lon(?:gitude)?)$/,
    { type: 'number' },
  ],
  [/(?:^|[a-z_])[Cc]urrency$/, { type: 'string', pattern: '^[A-Z]{3}$' }],
  [/(?:^|[a-z_])[Ee]-?mail$/, { type: 'string', format: 'email' }],
  [
    /(?:^|[a-z_])(?:[Uu]r[li]|URL|[Hh]ref|[Ll]ink|[Ii]mage|[Pp]hoto|[Aa]vatar|[Ll]ogo|[Pp]icture|[Ww]ebsite)$/,
    { type: 'string', format: 'uri' },
  ],
  [
    /(?:^|[a-z_])(?:[Ii]d|ID|[Nn]ame|[Tt]itle|[Ll]abel|[Dd]escription|[Tt]ext|[Mm]essage|[Nn]otes?|[Ss]tatus|[Cc]ode|[Cc]ity|[Cc]ountry|[Pp]hone|[Ss]treet|[Ss]lug|[Kk]ind|[Tt]ype)$/,
    { type: 'string' },
  ],
]
