import { fieldsOf, findField, nodeOf, nodesOfKind } from '@throughline/core'
import type { Discovered, Graph, Operation } from '@throughline/core'

/** One way in which the running app and the workspace differ. */
export interface Difference {
  readonly kind:
    | 'unknown-operation'
    | 'unknown-screen'
    | 'call-not-in-journey'
    | 'new-need'
    | 'unread-need'
    | 'undescribed-field'
  /** `checkout/basket`, where it is about a step. */
  readonly step?: string
  readonly operation?: string
  readonly path?: string
  readonly sentence: string
}

/**
 * What the app does and the workspace does not say, and needs that nobody read where the screen was seen. Operations and
 * screens are compared by path, whatever their parameters are called.
 */
export function differences(found: Discovered, graph: Graph): readonly Difference[] {
  const all: Difference[] = []
  const operations = [...nodesOfKind(graph, 'operation')]
  const known = new Map<string, Operation>()
  for (const api of found.apis)
    for (const one of api.operations) {
      const alike = operations.filter((other) => other.method === one.method)
      const operation =
        alike.find((other) => shape(other.path) === shape(one.path)) ??
        alike.find((other) => endsAlike(one.path, other.path))
      if (operation !== undefined) known.set(`${api.name}.${one.name}`, operation)
      else
        all.push({
          kind: 'unknown-operation',
          operation: `${one.method} ${one.path}`,
          sentence: `The app calls ${one.method} ${one.path} of ${api.server}, and no contract has it.`,
        })
    }
  const undescribed = new Set<string>()
  const steps = [...nodesOfKind(graph, 'step')]
  for (const seen of found.journeys.flatMap((one) => one.steps)) {
    const own = steps.filter((one) => shape(one.screen ?? '') === shape(seen.screen))
    if (own.length === 0) {
      // A workspace of contracts alone has no screens to miss.
      if (steps.length > 0)
        all.push({
          kind: 'unknown-screen',
          sentence: `The app has the screen ${seen.screen} (${seen.title}), and no step shows it.`,
        })
      continue
    }
    for (const call of seen.calls) {
      const operation = known.get(call.operation)
      if (operation === undefined) continue
      const declared = own.flatMap((step) =>
        step.calls
          .flatMap((id) => nodeOf(graph, 'call', id) ?? [])
          .filter((one) => one.operation === operation.id)
          .map((one) => ({ step, one })),
      )
      const [first] = declared
      const name = `${operation.api}.${operation.name}`
      if (first === undefined) {
        all.push({
          kind: 'call-not-in-journey',
          step: own[0]!.name,
          operation: name,
          sentence: `${own[0]!.name} calls ${name}, and the journey does not say so.`,
        })
        continue
      }
      for (const { path, use } of call.fields)
        if (
          use !== 'asked for in vain' &&
          !path.startsWith('header:') &&
          !undescribed.has(`${name} ${path}`) &&
          isMissing(operation, path)
        ) {
          undescribed.add(`${name} ${path}`)
          all.push({
            kind: 'undescribed-field',
            step: first.step.name,
            operation: name,
            path,
            sentence: `Answers of ${name} have \`${path}\`, and the contract does not say so; ${first.step.name} calls it.`,
          })
        }
      const needs = new Set(
        declared.flatMap(({ one }) =>
          one.needs.flatMap((id) => nodeOf(graph, 'need', id)?.path ?? []),
        ),
      )
      const step = first.step.name
      // A recording, or a page made on the server, says nothing about what was read.
      const readsSeen = call.fields.some((one) => one.use !== 'never touched')
      for (const path of call.needs)
        if (!needs.has(path))
          all.push({
            kind: 'new-need',
            step,
            operation: name,
            path,
            sentence: `${step} reads \`${path}\` of ${name}, and does not say that it needs it.`,
          })
      const touched = new Set(
        call.fields.filter((one) => one.use !== 'never touched').map((one) => one.path),
      )
      for (const path of needs)
        if (readsSeen && call.fields.some((one) => one.path === path) && !touched.has(path))
          all.push({
            kind: 'unread-need',
            step,
            operation: name,
            path,
            sentence: `${step} says that it needs \`${path}\` of ${name}, and did not read it in ${seen.visits} ${seen.visits === 1 ? 'visit' : 'visits'}.`,
          })
    }
  }
  return all
}

/** Whether the contract describes the answer, and this field of it is not there. */
function isMissing(operation: Operation, path: string): boolean {
  const fields = fieldsOf(operation)
  return fields.children().length > 0 && 'missing' in findField(fields, path)
}

/** Whether a path that was seen may be that of the contract: the part of the server's address before it may differ. */
function endsAlike(seen: string, declared: string): boolean {
  const [a, b] = [shape(seen), shape(declared)]
  return (a !== '' && b.endsWith(a)) || (b !== '' && a.endsWith(b))
}

function shape(path: string): string {
  return path.replace(/\{[^}]+\}|:\w+/g, '*').replace(/\/$/, '')
}
