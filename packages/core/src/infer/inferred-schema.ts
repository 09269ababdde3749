type Schema = Readonly<Record<string, unknown>>

/**
 * A schema (JSON Schema 2020-12) that all of these values fit: what they have in common is required, and `$comment` says in how
 * many the rest was there. Texts are an `enum` where there are few of them, often enough, that look like codes; `name` is what
 * the field is called.
 */
export function inferredSchema(values: readonly unknown[], depth = 0, name = ''): Schema {
  if (values.length === 0 || depth > DEEPEST) return {}
  const objects = values.filter(isRecord)
  const lists = values.filter((one): one is readonly unknown[] => Array.isArray(one))
  const types = new Set(values.map(typeOf))
  if (types.has('number')) types.delete('integer')
  const all = [...types]
  const texts = values.filter((one): one is string => typeof one === 'string')
  const format = texts.length === 0 ? undefined : formatOf(texts)
  const words = format === undefined ? wordsOf(texts, name) : undefined
  const names = [...new Set(objects.flatMap((one) => Object.keys(one)))].slice(0, MOST_NAMES)
  if (isMap(objects, names))
    return {
      type: all.length === 1 ? all[0] : all,
      additionalProperties: inferredSchema(
        objects.flatMap((one) => Object.values(one).slice(0, MOST_ITEMS)),
        depth + 1,
      ),
    }
  const required = names.filter((name) => objects.every((one) => Object.hasOwn(one, name)))
  return {
    type: all.length === 1 ? all[0] : all,
    ...(format !== undefined && { format }),
    ...(words !== undefined && {
      enum: types.has('null') ? [...words, null] : words,
    }),
    ...(objects.length > 0 && {
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(
        names.map((key) => {
          const own = objects.flatMap((one) => (Object.hasOwn(one, key) ? [one[key]] : []))
          const counts = countsOf(own, objects.length)
          return [
            key,
            {
              ...inferredSchema(own, depth + 1, key),
              ...(counts !== '' && { $comment: counts }),
            },
          ]
        }),
      ),
    }),
    ...(lists.length > 0 && {
      items: inferredSchema(
        lists.flatMap((one) => one.slice(0, MOST_ITEMS)),
        depth + 1,
        name,
      ),
    }),
  }
}

const DEEPEST = 40
const MOST_NAMES = 500
const MOST_ITEMS = 200

const ID_KEY = /\d|^[\da-f]{8,}$|[^\w$-]/i

/** Whether keys are data: things of one shape under three or more names, or under names that look like ids. */
function isMap(
  objects: readonly Readonly<Record<string, unknown>>[],
  names: readonly string[],
): boolean {
  if (names.length < 3) return false
  const values = objects.flatMap((one) => Object.values(one))
  if (names.every((name) => ID_KEY.test(name))) return new Set(values.map(typeOf)).size === 1
  const shapes = new Set(
    values.map((one) => (isRecord(one) ? Object.keys(one).toSorted().join() : '')),
  )
  return shapes.size === 1 && !shapes.has('')
}

/** How often a field was there, and had a value, where it was not always. */
function countsOf(own: readonly unknown[], objects: number): string {
  const empty = own.filter((one) => one === null).length
  return [
    ...(own.length < objects ? [`in ${own.length} of ${objects}`] : []),
    ...(empty > 0 ? [`null in ${empty} of ${own.length}`] : []),
  ].join(', ')
}

/** `on-its-way`, `PAID`, `inStock`: what programs say to each other. */
const CODE = /^([A-Z][A-Z\d]*(_[A-Z\d]+)*|[a-z][a-z\d]*([-_.][a-z\d]+)*|[a-z]+([A-Z][a-z\d]+)+)$/
/** Fields whose words are a list that somebody wrote down. */
const CHOICE =
  /(status|state|type|kind|mode|method|role|level|category|unit|reason|phase|stage|severity|priority|channel|visibility|direction|frequency|size)(code|name)?s?$/i
/** Fields that say which one it is, and not of which kind; or take their words from a list of the whole world. */
const NAME =
  /(id|key|slug|name|title|label|text|sku|handle|code|url|path|file|picture|image|icon|currency|country|language|locale|city|region|tag|token|hash|version)s?$/i

/** The few words that a field has, where it can be told that there are no others. */
function wordsOf(texts: readonly string[], name: string): readonly string[] | undefined {
  const words = [...new Set(texts)]
  const isChoice = CHOICE.test(name)
  if (!isChoice && NAME.test(name)) return undefined
  const [least, most] = isChoice ? [6, 12] : [20, 5]
  const few = texts.length >= least && words.length > 1 && words.length <= most
  return few &&
    words.length * 2 <= texts.length &&
    words.every((one) => one.length <= 40 && CODE.test(one))
    ? words.toSorted()
    : undefined
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'object' ? 'object' : typeof value
}

const FORMATS: readonly (readonly [string, RegExp])[] = [
  ['date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['uuid', /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i],
  ['email', /^[^\s@[\]]+@[a-z\d-]+(\.[a-z\d-]+)+$/i],
  ['uri', /^https?:\/\/[^\s{}<>"\\^`|]+$/i],
]

function formatOf(texts: readonly string[]): string | undefined {
  return FORMATS.find(([, pattern]) => texts.every((one) => pattern.test(one)))?.[0]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
