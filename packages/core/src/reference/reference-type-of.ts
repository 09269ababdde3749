import { nameOf, nodesOfKind } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { classesOf } from '../3-check/classes.ts'
import { operationAddress } from '../blueprint/studio-address.ts'
import { fieldsOf } from '../operation/fields-of.ts'
import type { Field } from '../schema/field.ts'
import { bodyField, fieldPaths } from '../schema/fields.ts'
import { normalised } from '../schema/dialect.ts'
import type { Site } from '../text/site.ts'
import { typeSite } from './contract-types.ts'
import type { ReferenceType } from './reference.ts'
import { schemaNode } from './schema-tree.ts'
import { usageOf } from './usage.ts'

/** A schema that a contract declares, by API and name (`store.Money`); `undefined` where there is none. */
export function referenceTypeOf(graph: Graph, id: string): ReferenceType | undefined {
  for (const { name: api, contract } of graph.apis) {
    if (contract === undefined || !id.startsWith(`${api}.`)) continue
    const name = id.slice(api.length + 1)
    const site = typeSite(contract, name)
    if (site === undefined) continue
    const context = { classes: classesOf(graph), users: new Map(), missing: new Set<string>() }
    return {
      id,
      api,
      name,
      file: site.document.file.path,
      root: schemaNode({ ...bodyField(site), name }, context, 2),
      answeredBy: answering(graph, api, name, site),
    }
  }
  return undefined
}

/** Operations that some step calls and in whose answers the type stands. */
function answering(
  graph: Graph,
  api: string,
  name: string,
  site: Site,
): ReferenceType['answeredBy'] {
  const found: ReferenceType['answeredBy'][number][] = []
  const schema = normalised(site).value
  for (const operation of nodesOfKind(graph, 'operation')) {
    if (operation.api !== api || usageOf(graph, nameOf(operation.id)).calls.length === 0) continue
    if (
      !answersWith(
        fieldsOf(operation),
        (field) => field.typeName === name || field.schema?.value === schema,
      )
    )
      continue
    const { method, path, title } = operation
    const id = nameOf(operation.id)
    found.push({
      id,
      method,
      path,
      url: operationAddress(id),
      ...(title !== undefined && { title }),
    })
    if (found.length === mostOperations) break
  }
  return found
}

const mostOperations = 50

function answersWith(root: Field, isIt: (field: Field) => boolean): boolean {
  if (isIt(root)) return true
  for (const field of fieldPaths(root, { depth: 6, most: 400 })) if (isIt(field)) return true
  return false
}
