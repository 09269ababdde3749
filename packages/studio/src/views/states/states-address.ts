import { textIn } from '../../address.ts'

/** What the address of the states matrix says: `?show=undecided&journey=checkout&step=checkout/basket&condition=timeout`. */
export interface StatesSearch {
  readonly as?: 'frontend' | 'backend'
  readonly show?: 'undecided'
  /** The team's app stands beside the page. */
  readonly frame?: 'app'
  /** Only the steps of this journey. */
  readonly journey?: string
  /** The selected cell: `checkout/basket` */
  readonly step?: string
  /** A column, `timeout`, or one of the ways that share a column: `404`. */
  readonly condition?: string
}

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function statesSearchOf(raw: Readonly<Record<string, unknown>>): StatesSearch {
  const journey = textIn(raw, 'journey')
  const step = textIn(raw, 'step')
  const condition = textIn(raw, 'condition')
  return {
    ...(textIn(raw, 'show') === 'undecided' && { show: 'undecided' as const }),
    ...(textIn(raw, 'frame') === 'app' && { frame: 'app' as const }),
    ...(journey !== undefined && { journey }),
    ...(step !== undefined && condition !== undefined && { step, condition }),
  }
}
