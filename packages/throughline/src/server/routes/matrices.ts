import { closeMatchesOf, needsMatrixOf, statesMatrixOf } from '@throughline/core'
import type { Hono } from 'hono'
import type { LiveWorkspace } from '../live.ts'
import { problem } from '../problem.ts'
import type { Versioned } from './versioned.ts'

/** The needs and states of all steps, side by side. */
export function matrixRoutes(app: Hono, live: LiveWorkspace, versioned: Versioned): void {
  app.get('/api/needs', (context) =>
    versioned(context, 'needs', ({ graph, diagnostics }) => needsMatrixOf(graph, diagnostics)),
  )
  app.get('/api/states', (context) =>
    versioned(context, 'states', ({ graph, diagnostics }) => statesMatrixOf(graph, diagnostics)),
  )
  app.get('/api/needs/close-matches', (context) => {
    const { operation, path, step } = context.req.query()
    if (operation === undefined || path === undefined || path.length > longestPath)
      return problem(400, 'Ask with ?operation=store.getBasket&path=items[].name')
    return context.json(closeMatchesOf(live.current.graph, operation, path, step))
  })
}

const longestPath = 2000
