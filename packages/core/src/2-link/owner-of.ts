import { findInAnswer } from '../operation/fields-of.ts'
import type { Operation } from '../operation/operation.ts'
import { longer, segmentsOf } from '../schema/field-path.ts'
import type { Field } from '../schema/field.ts'
import { isObject } from '../text/site.ts'
import { nodeOf } from './ask.ts'
import type { Graph, NodeId } from './graph.ts'

/**
 * The team that answers for a thing. A field: the `x-owner` of its schema or of what it stands in, else its operation's. An operation: its
 * own, else its API's. A step, call, need or state: its journey's. `undefined` where nobody does, or it is nobody's (a persona).
 */
export function ownerOf(graph: Graph, id: NodeId): string | undefined {
  const node = graph.nodes.get(id)
  switch (node?.kind) {
    case 'api':
    case 'journey':
      return node.owner
    case 'operation':
      return node.owner ?? nodeOf(graph, 'api', `api:${node.api}`)?.owner
    case 'field': {
      const operation = nodeOf(graph, 'operation', node.operation)
      return operation && ownerOfField(graph, operation, node.path)
    }
    case 'step':
      return ownerOf(graph, node.journey)
    case 'call':
      return ownerOf(graph, node.step)
    case 'need':
      return ownerOf(graph, node.call)
    case 'state':
      return ownerOf(graph, node.on)
    default:
      return undefined
  }
}

/** The team that answers for a field of an operation's success answer, told by its path from the body's root. */
export function ownerOfField(graph: Graph, operation: Operation, path: string): string | undefined {
  for (const whole of wholesOf(path)) {
    const found = findInAnswer(operation, whole)
    const said = 'field' in found ? saidOn(found.field) : undefined
    if (said !== undefined) return said
  }
  return ownerOf(graph, operation.id)
}

/** The path itself, then what it stands in, up to the whole answer. */
function wholesOf(path: string): readonly string[] {
  const segments = /^header:/i.test(path) ? undefined : segmentsOf(path)
  if (segments === undefined) return [path]
  const wholes = ['']
  for (const segment of segments.slice(0, deepest)) wholes.push(longer(wholes.at(-1)!, segment))
  return wholes.toReversed()
}

const deepest = 30

/** `x-owner` where the field is used, then where its schema is described. */
function saidOn({ written, schema }: Field): string | undefined {
  for (const site of [written, schema]) {
    const value = site?.value
    if (!isObject(value) || !Object.hasOwn(value, 'x-owner')) continue
    const owner = value['x-owner']
    if (typeof owner === 'string' && owner.trim() !== '') return owner.trim()
  }
  return undefined
}
