import { nodeOf } from '../2-link/ask.ts'
import type { CallNode, Graph } from '../2-link/graph.ts'
import { fieldsOf, findInAnswer } from '../operation/fields-of.ts'
import type { Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { child } from '../text/site.ts'

/** The lists and maps (`items`, `''` for the body itself) that a call's needs go through and that may be empty. */
export function listsThatCanBeEmpty(graph: Graph, call: CallNode): readonly string[] {
  const lists = new Set<string>()
  for (const id of call.needs) {
    const need = nodeOf(graph, 'need', id)
    const read = nodeOf(graph, 'field', need?.field)
    const operation = nodeOf(graph, 'operation', read?.operation)
    if (read === undefined || operation === undefined) continue
    // Only the outermost list makes a screen empty, and only one of things: without its labels, a product is still shown.
    const [, list = '', below = ''] = /^(.*?)(?:\[\]|\{\})(.*)$/.exec(read.path) ?? []
    const isMain = list === '' ? read.path !== '' && /^[[{]/.test(read.path) : below !== ''
    if (isMain && canBeEmpty(operation, list)) lists.add(list)
  }
  return [...lists]
}

/** Whether an answer has any list, near its root, that may be empty. */
export function hasListThatCanBeEmpty(operation: Operation): boolean {
  const root = fieldsOf(operation)
  const search = (field: Field, depth: number): boolean =>
    (field.types.length === 0 && field.schema !== undefined) ||
    (isList(field) && allowsNone(field)) ||
    (depth < 4 && field.children().some((one) => search(one, depth + 1)))
  return search(root, 0)
}

function canBeEmpty(operation: Operation, path: string): boolean {
  if (path === '') return allowsNone(fieldsOf(operation))
  const found = findInAnswer(operation, path)
  return !('field' in found) || allowsNone(found.field)
}

function isList(field: Field): boolean {
  return field.types.includes('array') || field.children().some((one) => one.name === '{}')
}

function allowsNone({ schema }: Field): boolean {
  const least = schema && (child(schema, 'minItems') ?? child(schema, 'minProperties'))?.value
  return typeof least !== 'number' || least < 1
}
