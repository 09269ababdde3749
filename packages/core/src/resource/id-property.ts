import type { Field } from '../schema/field.ts'
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
