import { edgesInto, nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { CallNode, Graph } from '../2-link/graph.ts'
import type { GraphqlDocument } from '../operation/api.ts'
import { fieldsOf, isHeader } from '../operation/fields-of.ts'
import { successResponse, type Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { estimatedFieldSize, estimatedSize } from '../schema/size.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import { size } from './amounts.ts'
import type { Check } from './check-kind.ts'
import { listed } from './listed.ts'
import { operationName } from './of-call.ts'
import { originOfResponse } from './response-origin.ts'

/**
 * TL3002: fields that an operation returns and no step needs, with the bytes they probably cost. Only for operations that
 * some step calls; for GraphQL, what an operation document asks for and no step needs.
 */
export const unusedField: Check = function* (graph) {
  for (const operation of nodesOfKind(graph, 'operation')) {
    const calls = edgesInto(graph, operation.id, 'calls')
      .map((edge) => nodeOf(graph, 'call', edge.from))
      .filter((call) => call !== undefined)
    if (calls.length === 0) continue
    if (operation.protocol === 'rest') yield* unusedIn(graph, operation, calls)
    else {
      for (const [document, same] of Map.groupBy(calls, (call) => call.document)) {
        if (document !== undefined) yield* unusedIn(graph, operation, same, document)
      }
    }
  }
}

function* unusedIn(
  graph: Graph,
  operation: Operation,
  calls: readonly CallNode[],
  document?: GraphqlDocument,
): Generator<Diagnostic> {
  const needs = neededPaths(graph, operation, calls)
  const returned = document === undefined ? undefined : selectedPaths(document, operation)
  const { unused, bytes, total } = measured(fieldsOf(operation), needs, returned)
  if (unused.length === 0) return
  const name = operationName(operation)
  yield diagnostic(
    'TL3002',
    document === undefined
      ? originOfResponse(operation, successResponse(operation))
      : originOf(document.site),
    {
      operation: quoted(
        document === undefined ? name : `${operation.api} ${document.method} ${document.name}`,
      ),
      count: unused.length === 1 ? 'a field' : `${unused.length} fields`,
      bytes: size(bytes),
      total: size(Math.max(bytes, total)),
      fields: listed(unused.map((path) => quoted(path))),
    },
    { subject: name },
  )
}

/** Paths of the operation's own fields that some call needs; any item of a list stands for all. */
function neededPaths(
  graph: Graph,
  operation: Operation,
  calls: readonly CallNode[],
): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const call of calls) {
    for (const id of call.needs) {
      const field = nodeOf(graph, 'field', nodeOf(graph, 'need', id)?.field)
      if (field?.operation === operation.id) paths.add(field.path.replace(/\[\d+\]/g, '[]'))
    }
  }
  return paths
}

/** What a document selects below one of its top-level fields, in the contract's words. */
function selectedPaths({ selected }: GraphqlDocument, operation: Operation): ReadonlySet<string> {
  return new Set(selected.filter((one) => one.operation === operation.path).map((one) => one.field))
}

interface Measured {
  /** Topmost unused fields: an object that nobody reads is named, its own fields are not. */
  readonly unused: readonly string[]
  readonly bytes: number
  readonly total: number
}

const mostVisited = 5000

/** Walks down as far as needs (and a document's selection) go; what no need leads to costs what it weighs in a typical answer. */
function measured(
  root: Field,
  needs: ReadonlySet<string>,
  returned: ReadonlySet<string> | undefined,
): Measured {
  const sample = estimatedSize(root.schema)
  const unused: string[] = []
  let bytes = 0
  let total = returned === undefined ? sample.bytes : 0
  let visited = 0
  const needsBelow = prefixesOf(needs)
  const returnsBelow = prefixesOf(returned ?? new Set())
  const visit = (field: Field): void => {
    if (isHeader(field) || visited++ > mostVisited) return
    const inParts = returnsBelow.has(field.path)
    if (returned !== undefined && !inParts && !returned.has(field.path)) return
    const below = needsBelow.has(field.path)
    const own = inParts || below ? 0 : estimatedFieldSize(field, sample)
    if (returned !== undefined) total += own
    if (below || (inParts && !needs.has(field.path))) field.children().forEach(visit)
    else if (!needs.has(field.path)) {
      bytes += own
      unused.push(field.path)
    }
  }
  if (!needs.has('')) root.children().forEach(visit)
  return { unused, bytes, total }
}

/** Every path that some other path goes through. */
function prefixesOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const prefixes = new Set<string>()
  for (const path of paths) {
    for (const match of path.matchAll(/[.[{]/g)) prefixes.add(path.slice(0, match.index))
  }
  return prefixes
}
