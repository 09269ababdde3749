import { textIn } from '../../address.ts'

/** What the address of a comparison says: `/compare?left=checkout&right=track-order&show=different`. */
export interface CompareSearch {
  readonly as?: 'frontend' | 'backend'
  readonly left?: string
  readonly right?: string
  /** Only steps that both have, or only what is not the same. */
  readonly show?: 'paired' | 'different'
}

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function compareSearchOf(raw: Readonly<Record<string, unknown>>): CompareSearch {
  const left = textIn(raw, 'left')
  const right = textIn(raw, 'right')
  const show = textIn(raw, 'show')
  return {
    ...(left !== undefined && { left }),
    ...(right !== undefined && { right }),
    ...((show === 'paired' || show === 'different') && { show }),
  }
}
