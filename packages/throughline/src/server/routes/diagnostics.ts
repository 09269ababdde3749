import { diagnosticListOf, type DiagnosticFilter } from '@throughline/core'
import type { Hono } from 'hono'
import { explanationOf, explanations } from '../explanations.ts'
import { problem } from '../problem.ts'
import type { Versioned } from './versioned.ts'

/** What is wrong, whose mend it is, and what it means. */
export function diagnosticRoutes(app: Hono, versioned: Versioned): void {
  app.get('/api/diagnostics', (context) => {
    const filter = filterOf(context.req.query())
    if (filter === undefined)
      return problem(
        400,
        'There is no such kind of problem',
        '`side` is ux, backend or both; `severity` is error, warning or info.',
      )
    return versioned(context, `diagnostics ${JSON.stringify(filter)}`, ({ graph, diagnostics }) =>
      diagnosticListOf(
        graph,
        diagnostics,
        new Map(explanations().map(({ code, title }) => [code, title])),
        filter,
      ),
    )
  })

  app.get('/api/explanations/:code', (context) => {
    const code = context.req.param('code')
    const explanation = explanationOf(code)
    if (explanation === undefined)
      return problem(404, `There is no diagnostic ${code.slice(0, 100)}`, 'Codes look like TL2003.')
    return context.json(explanation)
  })
}

/** `?side=backend&severity=error&find=eta`; `undefined` where a value cannot be. */
function filterOf(query: Readonly<Record<string, string>>): DiagnosticFilter | undefined {
  const { side, severity, code, owner, find } = query
  if (side !== undefined && side !== 'ux' && side !== 'backend' && side !== 'both') return undefined
  if (
    severity !== undefined &&
    severity !== 'error' &&
    severity !== 'warning' &&
    severity !== 'info'
  )
    return undefined
  return {
    ...(side !== undefined && { side }),
    ...(severity !== undefined && { severity }),
    ...(code !== undefined && { code }),
    ...(owner !== undefined && { owner }),
    ...(find !== undefined && { find: find.slice(0, 200) }),
  }
}
