import { validatorOf } from '@throughline/core'
import type { Field } from '@throughline/core'
import { hashOf } from '../chance.ts'
import { generatedValue } from '../generated.ts'
import { plain, singular } from './list-shape.ts'

/** Which property of a thing says who it is: the one called as the path's parameter, `id`, `orderId`, `uuid`, `number`… */
export function idPropertyOf(
  item: Field,
  parameter: string | undefined,
  collection: string,
): string | undefined {
  const names = item
    .children()
    .filter((one) => !one.types.includes('object') && !one.types.includes('array'))
    .map((one) => one.name)
  const byPlain = (wanted: string): string | undefined => names.find((one) => plain(one) === wanted)
  const own = plain(singular(collection))
  const asked = parameter === undefined ? undefined : plain(parameter)
  return (
    (asked === undefined ? undefined : byPlain(asked)) ??
    (asked === undefined || asked.endsWith('id') ? byPlain('id') : undefined) ??
    (asked === undefined
      ? undefined
      : names.find((one) => plain(one).length > 3 && asked.endsWith(plain(one)))) ??
    byPlain('id') ??
    byPlain(`${own}id`) ??
    ['uuid', 'guid', 'key', 'code', 'slug', 'sku', 'number', 'handle', 'login', 'username']
      .map(byPlain)
      .find((one) => one !== undefined)
  )
}

/** The id of a thing as URLs write it; `undefined` where it has none. */
export function idOf(value: unknown, property: string | undefined): string | undefined {
  if (property === undefined || value === null || typeof value !== 'object') return undefined
  const id: unknown = Object.hasOwn(value, property) ? Reflect.get(value, property) : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

/** An id that nobody has yet, like those that are there: `CM-2042` after `CM-2041`. The same calls give the same id. */
export function freshId(
  field: Field | undefined,
  taken: ReadonlySet<string> | ReadonlyMap<string, unknown>,
  collection: string,
  seed: string,
): string | number {
  const ids = [...taken.keys()]
  const isWhole = field !== undefined && /^(integer|number)$/.test(field.types[0] ?? '')
  if (isWhole) {
    const numbers = ids.map(Number).filter(Number.isSafeInteger)
    return numbers.length === 0 ? 1001 : Math.max(...numbers) + 1
  }
  const schema = field?.schema
  const counted = nextNumbered(ids)
  if (counted !== undefined && (schema === undefined || validatorOf(schema).test(counted)))
    return counted
  for (let attempt = 0; attempt < 50; attempt++) {
    const made =
      schema === undefined
        ? undefined
        : generatedValue(schema, `${seed} id ${ids.length} ${attempt}`, {
            name: 'id',
            of: singular(collection),
            examples: false,
          })
    if (typeof made === 'string' && made !== '' && !taken.has(made)) return made
  }
  return `${singular(collection)}-${hashOf(seed, ids.length).toString(36)}`
}

/** All ids end in a number behind the same letters. */
function nextNumbered(ids: readonly string[]): string | undefined {
  let prefix: string | undefined
  let highest = -1
  let width = 0
  for (const id of ids) {
    const parts = /^(|.*[^\dA-Fa-f])(\d{1,12})$/.exec(id)
    if (parts === null || (prefix !== undefined && parts[1] !== prefix)) return undefined
    prefix = parts[1]!
    highest = Math.max(highest, Number(parts[2]))
    width = Math.max(width, parts[2]!.length)
  }
  return prefix === undefined ? undefined : prefix + String(highest + 1).padStart(width, '0')
}
