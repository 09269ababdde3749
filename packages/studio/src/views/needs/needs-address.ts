import { textIn } from '../../address.ts'

/** What the address of the needs matrix says: `?show=gaps&q=price&operation=store.getBasket&field=items[].name&step=checkout/basket`. */
export interface NeedsSearch {
  readonly as?: 'frontend' | 'backend'
  readonly show?: 'gaps' | 'unused'
  /** Only the fields of this operation. */
  readonly only?: string
  /** Only fields in which these letters stand. */
  readonly q?: string
  /** Journeys whose steps are shown one by one, with commas between, when there are too many columns for all. */
  readonly open?: string
  /** The selected field, of this operation. Without `field`: the same as `only`. */
  readonly operation?: string
  readonly field?: string
  /** With `field`: the selected cell, `checkout/basket`. */
  readonly step?: string
}

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function needsSearchOf(raw: Readonly<Record<string, unknown>>): NeedsSearch {
  const show = textIn(raw, 'show')
  const operation = textIn(raw, 'operation')
  const field = textIn(raw, 'field')
  const step = textIn(raw, 'step')
  const only = textIn(raw, 'only') ?? (field === undefined ? operation : undefined)
  const q = textIn(raw, 'q')
  const open = textIn(raw, 'open')
  return {
    ...((show === 'gaps' || show === 'unused') && { show }),
    ...(only !== undefined && { only }),
    ...(q !== undefined && { q }),
    ...(open !== undefined && { open }),
    ...(operation !== undefined && field !== undefined && { operation, field }),
    ...(operation !== undefined && field !== undefined && step !== undefined && { step }),
  }
}
