import { textIn } from '../../address.ts'

/** What the address of the reference says: `/reference/store.getBasket?part=404&field=code`. */
export interface ReferenceSearch {
  /** Which part of the operation `field` is of: `request`, a status (`404`), a parameter (`query:postcode`). Absent: the success answer. */
  readonly part?: string
  /** `items[].price.amount` */
  readonly field?: string
  /** A schema instead of an operation: `store.Money`. */
  readonly type?: string
  /** What happened to the operation is shown. */
  readonly history?: 'open'
  /** What the list is filtered by. */
  readonly find?: string
}

/** Reads an address that anybody may have typed. */
export function referenceSearchOf(raw: Readonly<Record<string, unknown>>): ReferenceSearch {
  const found: { -readonly [Key in keyof ReferenceSearch]: ReferenceSearch[Key] } = {}
  for (const key of ['part', 'field', 'type', 'find'] as const) {
    const value = textIn(raw, key)
    if (value !== undefined) found[key] = value
  }
  if (textIn(raw, 'history') === 'open') found.history = 'open'
  return found
}
