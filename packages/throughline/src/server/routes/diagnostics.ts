import { diagnosticListOf } from '@throughline/core'
import type { Hono } from 'hono'
import { explanationOf, explanations } from '../explanations.ts'
import { problem } from '../problem.ts'
import type { Versioned } from './versioned.ts'

/** What is wrong, whose mend it is, and what it means. */
export function diagnosticRoutes(app: Hono, versioned: Versioned): void {
  app.get('/api/diagnostics', (context) =>
    versioned(context, 'diagnostics', ({ graph, diagnostics }) =>
      diagnosticListOf(
        graph,
        diagnostics,
        new Map(explanations().map(({ code, title }) => [code, title])),
      ),
    ),
  )

  app.get('/api/explanations/:code', (context) => {
    const code = context.req.param('code')
    const explanation = explanationOf(code)
    if (explanation === undefined)
      return problem(404, `There is no diagnostic ${code.slice(0, 100)}`, 'Codes look like TL2003.')
    return context.json(explanation)
  })
}
