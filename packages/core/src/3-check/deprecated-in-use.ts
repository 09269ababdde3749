import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { findInAnswer, findInRequest } from '../operation/fields-of.ts'
import type { FoundField } from '../schema/field.ts'
import type { MissingField } from '../schema/fields.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'
import type { Check } from './check-kind.ts'
import { linkedCalls, operationName, type LinkedCall } from './of-call.ts'

/** TL3008: a step that uses a deprecated operation, needs a deprecated field, or sends one. */
export const deprecatedInUse: Check = function* (graph) {
  for (const linked of linkedCalls(graph)) {
    const { step, operation } = linked
    for (const { subject, origin } of deprecatedParts(graph, linked)) {
      const sunset = operation.sunset === undefined ? '' : ` and goes away on ${operation.sunset}`
      yield diagnostic(
        'TL3008',
        origin,
        { step: step.name, subject, sunset },
        { subject: step.name },
      )
    }
  }
}

function* deprecatedParts(
  graph: Graph,
  { call, operation }: LinkedCall,
): Generator<{ readonly subject: string; readonly origin: Origin }> {
  const name = quoted(operationName(operation))
  if (operation.deprecated || operation.stage === 'deprecated') {
    yield { subject: name, origin: call.origin }
    return
  }
  for (const id of call.needs) {
    const need = nodeOf(graph, 'need', id)
    const read = nodeOf(graph, 'field', need?.field)
    if (need === undefined || read === undefined) continue
    const owner = nodeOf(graph, 'operation', read.operation) ?? operation
    const field = deprecatedOnTheWay(read.path, (part) => findInAnswer(owner, part))
    if (field !== undefined) yield { subject: `${quoted(field)} of ${name}`, origin: need.origin }
  }
  const parameters = new Map(operation.parameters().map((one) => [one.name, one]))
  for (const { path, origin } of call.sends) {
    const field =
      parameters.get(path)?.deprecated === true
        ? path
        : deprecatedOnTheWay(path, (part) => findInRequest(operation, part))
    if (field !== undefined) yield { subject: `${quoted(field)} of ${name}`, origin }
  }
}

/** The first deprecated field on the way to a path. */
function deprecatedOnTheWay(
  path: string,
  find: (part: string) => FoundField | MissingField,
): string | undefined {
  for (const end of [...path.matchAll(/(?=[.[{])|$/g)].map((match) => match.index)) {
    const part = path.slice(0, end)
    if (part === '') continue
    const found = find(part)
    if (!('field' in found)) return undefined
    if (found.field.deprecated) return part
  }
  return undefined
}
