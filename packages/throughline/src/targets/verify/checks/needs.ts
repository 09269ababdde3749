import { findInAnswer, nodesOfKind, nodeOf, segmentsOf, type Segment } from '@throughline/core'
import type { CallNode, Graph, NeedNode, Operation } from '@throughline/core'
import type { Check } from '../check-kind.ts'
import { isFine, jsonOf } from '../exchange.ts'

/** `need-missing`: a field that a step needs, that the contract promises, and that is not there. */
export const needMissing: Check = function* (exchange, { graph, operation }) {
  if (!isFine(exchange) || exchange.case.verdict.kind !== 'valid') return
  const needs = needsOf(graph, operation)
  if (needs.length === 0) return
  const body = jsonOf(exchange)
  if (body === undefined) return
  for (const { path, segments } of needs) {
    if (!isMissing(body, segments)) continue
    yield {
      check: 'need-missing',
      severity: 'error',
      message: `\`${path}\`, which a screen needs, is not in the answer.`,
      cause: path,
      at: `body:${path}`,
      field: path,
    }
  }
}

interface PromisedNeed {
  readonly path: string
  readonly segments: readonly Segment[]
}

/** What may be absent by the contract is `check`'s to tell; only what is promised can be broken here. */
function needsOf(graph: Graph, operation: Operation): readonly PromisedNeed[] {
  let byOperation = remembered.get(graph)
  if (byOperation === undefined) {
    byOperation = new Map()
    for (const call of nodesOfKind(graph, 'call')) {
      const called = nodeOf(graph, 'operation', call.operation)
      if (called === undefined) continue
      const list = byOperation.get(called.id) ?? []
      list.push(...promised(graph, called, call))
      byOperation.set(called.id, list)
    }
    remembered.set(graph, byOperation)
  }
  return byOperation.get(operation.id) ?? []
}

const remembered = new WeakMap<Graph, Map<string, PromisedNeed[]>>()

function promised(graph: Graph, operation: Operation, call: CallNode): readonly PromisedNeed[] {
  return call.needs.flatMap((id) => {
    const need: NeedNode | undefined = nodeOf(graph, 'need', id)
    if (need === undefined || need.path.startsWith('header:') || need.absent !== undefined)
      return []
    const found = findInAnswer(operation, need.path)
    const segments = segmentsOf(need.path)
    if (segments === undefined || !('field' in found) || found.absence.length > 0) return []
    return [{ path: need.path, segments }]
  })
}

/** Whether it is missing anywhere: an empty list has nothing that could miss it. */
function isMissing(value: unknown, segments: readonly Segment[]): boolean {
  const [first, ...rest] = segments
  if (first === undefined) return value === undefined || value === null
  if (first.kind === 'items')
    return Array.isArray(value)
      ? value.slice(0, 50).some((one: unknown) => isMissing(one, rest))
      : value === undefined || value === null
  if (value === null || typeof value !== 'object') return true
  if (first.kind === 'values')
    return Object.values(value)
      .slice(0, 50)
      .some((one: unknown) => isMissing(one, rest))
  if (first.kind === 'item') return Array.isArray(value) && isMissing(value[0], rest)
  return !Object.hasOwn(value, first.name) || isMissing(Reflect.get(value, first.name), rest)
}
