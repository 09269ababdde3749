import {
  dataMapOf,
  lineageMarkdown,
  lineageOf,
  lineageRows,
  lineageWithin,
  type DataRecord,
  type LineageFilter,
} from '@throughline/core'
import type { Hono } from 'hono'
import { problem } from '../problem.ts'
import type { Versioned } from './versioned.ts'

/** Where classified data goes, and the same as a record of processing. */
export function lineageRoutes(app: Hono, versioned: Versioned): void {
  app.get('/api/lineage', (context) => {
    const filter = filterOf(context.req.query())
    if (filter === undefined) return unknownFinding()
    return versioned(context, `lineage ${JSON.stringify(filter)}`, ({ graph }) =>
      dataMapOf(graph, filter),
    )
  })

  app.get('/api/lineage/record', (context) => {
    const filter = filterOf(context.req.query())
    if (filter === undefined) return unknownFinding()
    return versioned(context, `lineage record ${JSON.stringify(filter)}`, ({ graph }) => {
      const lineage = lineageWithin(lineageOf(graph), filter)
      return {
        rows: lineageRows(lineage),
        markdown: lineageMarkdown(lineage),
      } satisfies DataRecord
    })
  })
}

function unknownFinding(): Response {
  return problem(400, 'There is no such finding', '`finding` is unneeded or broken.')
}

/** `?class=personal&persona=Gift+buyer`; `undefined` where a value cannot be. */
function filterOf(query: Readonly<Record<string, string>>): LineageFilter | undefined {
  const { finding } = query
  if (finding !== undefined && finding !== 'unneeded' && finding !== 'broken') return undefined
  const filter: { -readonly [Key in keyof LineageFilter]: LineageFilter[Key] } = {}
  if (finding !== undefined) filter.finding = finding
  for (const key of ['class', 'persona', 'journey', 'owner', 'find'] as const) {
    const value = query[key]
    if (value !== undefined && value !== '') filter[key] = value.slice(0, longest)
  }
  return filter
}

const longest = 200
