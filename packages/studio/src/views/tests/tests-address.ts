import { textIn } from '../../address.ts'

/** What the address of the tests page says: `?target=staging&phases=examples,journeys&run=20261122T081500123Z&show=new&find=basket`. */
export interface TestsSearch {
  readonly as?: 'frontend' | 'backend'
  /** The environment that is chosen to be asked. */
  readonly target?: string
  /** Phases, with commas; all where it is not there. */
  readonly phases?: string
  /** Also what changes data. */
  readonly writes?: 'yes'
  /** The run that is open; the newest where it is not there. */
  readonly run?: string
  readonly part?: 'coverage'
  readonly show?: 'new' | 'gone'
  readonly find?: string
  /** Only what hurts this step. */
  readonly step?: string
  /** The open finding, or the open journey of the coverage. */
  readonly open?: string
}

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function testsSearchOf(raw: Readonly<Record<string, unknown>>): TestsSearch {
  const show = textIn(raw, 'show')
  const texts = Object.fromEntries(
    (['target', 'phases', 'run', 'find', 'step', 'open'] as const).flatMap((key) => {
      const value = textIn(raw, key)
      return value === undefined ? [] : [[key, value] as const]
    }),
  )
  return {
    ...texts,
    ...(textIn(raw, 'writes') === 'yes' && { writes: 'yes' as const }),
    ...(textIn(raw, 'part') === 'coverage' && { part: 'coverage' as const }),
    ...((show === 'new' || show === 'gone') && { show }),
  }
}
