import { freshnessMapOf } from '@throughline/core'
import type { Hono } from 'hono'
import { cachingTested } from '../../targets/verify/caching-tested.ts'
import type { Versioned } from './versioned.ts'

/** How old what is shown may be, beside what the newest test of a real backend heard. `root` is where runs are kept. */
export function freshnessRoutes(app: Hono, versioned: Versioned, root: string): void {
  app.get('/api/freshness', (context) => {
    const tested = cachingTested(root)
    return versioned(
      context,
      'freshness',
      ({ graph }) => ({
        ...freshnessMapOf(graph, tested?.caching),
        ...(tested && {
          tested: { id: tested.run.id, target: tested.run.target, started: tested.run.started },
        }),
      }),
      tested?.run.id,
    )
  })
}
