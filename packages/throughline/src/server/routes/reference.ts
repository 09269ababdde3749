import {
  referenceFieldsOf,
  referenceIndexOf,
  referenceOperationOf,
  referenceTypeOf,
} from '@throughline/core'
import type { FieldPlace } from '@throughline/core'
import type { Context, Hono } from 'hono'
import type { LiveWorkspace } from '../live.ts'
import { problem } from '../problem.ts'
import type { Versioned } from './versioned.ts'

/** Operations, their fields and the types of the contracts. */
export function referenceRoutes(
  app: Hono,
  live: LiveWorkspace,
  versioned: Versioned,
  mockUrl: string,
): void {
  app.get('/api/operations', (context) =>
    versioned(context, 'operations', ({ graph }) => referenceIndexOf(graph)),
  )

  app.get('/api/operations/:id', (context) => {
    const id = context.req.param('id')
    if (!live.current.graph.nodes.has(`op:${id}`)) return unknownOperation(id)
    return versioned(context, `operation ${id}`, ({ graph }) =>
      referenceOperationOf(graph, id, { mockUrl }),
    )
  })

  app.get('/api/operations/:id/fields', (context) => {
    const id = context.req.param('id')
    const path = context.req.query('path') ?? ''
    const place = placeOf(context)
    if (!live.current.graph.nodes.has(`op:${id}`)) return unknownOperation(id)
    const fields = referenceFieldsOf(live.current.graph, id, place, path)
    if (fields === undefined)
      return problem(
        404,
        `${id.slice(0, 100)} has no field ${path.slice(0, 200)} there`,
        'The contract may have changed: load the operation again.',
      )
    return context.json(fields)
  })

  app.get('/api/types/:id', (context) => {
    const id = context.req.param('id')
    const type = referenceTypeOf(live.current.graph, id)
    if (type === undefined)
      return problem(
        404,
        `No contract declares the type ${id.slice(0, 100)}`,
        'Types are named with their API: store.Money.',
      )
    return context.json(type)
  })
}

function unknownOperation(id: string): Response {
  return problem(
    404,
    `No contract has the operation ${id.slice(0, 100)}`,
    'It may have been renamed: the list of operations shows the names.',
  )
}

/** `?response=200`, `?request`, `?parameter=query:page`; `&type=application/json` where there are several bodies. */
function placeOf({ req }: Context): FieldPlace {
  const parameter = req.query('parameter')
  if (parameter !== undefined) return { kind: 'parameter', parameter }
  const type = req.query('type')
  const media = type === undefined ? {} : { type }
  if (req.query('request') !== undefined) return { kind: 'request', ...media }
  const status = req.query('response')
  return { kind: 'response', ...(status !== undefined && status !== '' && { status }), ...media }
}
