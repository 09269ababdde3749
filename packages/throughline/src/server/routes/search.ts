import { searchIndexOf } from '@throughline/core'
import type { Hono } from 'hono'
import { explanations } from '../explanations.ts'
import type { LiveWorkspace } from '../live.ts'
import type { Versioned } from './versioned.ts'

/** Everything that the palette finds. */
export function searchRoutes(app: Hono, live: LiveWorkspace, versioned: Versioned): void {
  app.get('/api/search-index', (context) =>
    versioned(context, 'search', ({ graph }) => searchIndexOf(graph, live.version, explanations())),
  )
}
