import { textIn } from '../../address.ts'

/** What the address of the traffic page says: `?show=problems&find=basket&call=1k`. */
export interface TrafficSearch {
  readonly as?: 'frontend' | 'backend'
  /** Calls that went wrong, or that no step makes. */
  readonly show?: 'problems' | 'unplanned'
  readonly find?: string
  /** What real visits did, instead of what is asked of the mock. */
  readonly from?: 'visits'
  /** A webhook that is to be sent: the panel is open on it. */
  readonly send?: string
  /** The open call. */
  readonly call?: string
}

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function trafficSearchOf(raw: Readonly<Record<string, unknown>>): TrafficSearch {
  const show = textIn(raw, 'show')
  const find = textIn(raw, 'find')
  const call = textIn(raw, 'call')
  const send = textIn(raw, 'send')
  return {
    ...((show === 'problems' || show === 'unplanned') && { show }),
    ...(textIn(raw, 'from') === 'visits' && { from: 'visits' }),
    ...(find !== undefined && { find }),
    ...(send !== undefined && { send }),
    ...(call !== undefined && { call }),
  }
}
