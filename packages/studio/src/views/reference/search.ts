import { textIn } from '../../address.ts'

/** What the address of the reference says: `/reference/store.getBasket?part=404&field=code`. */
export interface ReferenceSearch {
  /** Which part of the operation `field` is of: `request`, a status (`404`), a parameter (`query:postcode`). Absent: the success answer. */
  readonly part?: string
  /** `items[].price.amount` */
  readonly field?: string
  /** A schema instead of an operation: `store.Money`. */
  readonly type?: string
  /** What the list is filtered by. */
  readonly find?: string
}

/** Reads an address that anybody may have typed. */
export function referenceSearchOf(raw: Readonly<Record<string, unknown>>): ReferenceSearch {
  const found: Record<string, string> = {}
  for (const key of ['part', 'field', 'type', 'find']) {
    const value = textIn(raw, key)
    if (value !== undefined) found[key] = value
  }
  return found
}
