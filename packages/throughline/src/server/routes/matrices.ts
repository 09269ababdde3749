import { needsMatrixOf, statesMatrixOf } from '@throughline/core'
import type { Hono } from 'hono'
import type { Versioned } from './versioned.ts'

/** The needs and states of all steps, side by side. */
export function matrixRoutes(app: Hono, versioned: Versioned): void {
  app.get('/api/needs', (context) =>
    versioned(context, 'needs', ({ graph, diagnostics }) => needsMatrixOf(graph, diagnostics)),
  )
  app.get('/api/states', (context) =>
    versioned(context, 'states', ({ graph, diagnostics }) => statesMatrixOf(graph, diagnostics)),
  )
}
