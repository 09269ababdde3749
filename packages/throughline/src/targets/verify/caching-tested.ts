import type { SeenCaching } from '@throughline/core'
import type { KeptRun } from './kept-run.ts'
import { runsIn } from './run-files.ts'

/** A test of a real backend, and what its answers said about how long they may be kept, by operation (`store.getBasket`). */
export interface CachingTested {
  readonly run: Pick<KeptRun, 'id' | 'target' | 'started'>
  readonly caching: ReadonlyMap<string, SeenCaching>
}

/** What the newest test of a real backend heard: what the mock answers is only what the contract says. `undefined` where none was kept. */
export function cachingTested(root: string): CachingTested | undefined {
  const run = runsIn(root).find((one) => one.target !== 'mock' && one.caching !== undefined)
  return run && { run, caching: new Map(Object.entries(run.caching ?? {})) }
}
