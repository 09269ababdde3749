import { operationIndexOf } from '../2-link/operation-index.ts'
import { fieldsOf } from '../operation/fields-of.ts'
import { successResponse, type Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child } from '../text/site.ts'
import type { ContractCheck } from './check-kind.ts'
import { operationName } from './of-call.ts'
import { originOfResponse } from './response-origin.ts'

/**
 * TL4004: reading gives a list that can grow without end. A list is an answer that is an array, or an envelope around
 * one (`/orders` answering `{ orders: [...] }` or `{ items: [...], total }`); an object that happens to hold an
 * array is none.
 */
export const unboundedList: ContractCheck = function* (contract) {
  for (const operation of operationIndexOf(contract).operations) {
    if (!['GET', 'QUERY', 'query'].includes(operation.method) || isLimited(operation)) continue
    const list = listIn(operation)
    if (list === undefined || child(list.schema ?? operation.site, 'maxItems') !== undefined)
      continue
    yield diagnostic(
      'TL4004',
      originOfResponse(
        operation,
        operation.protocol === 'graphql' ? undefined : successResponse(operation),
      ),
      {
        operation: quoted(operationName(operation)),
        field: list.path === '' ? 'the whole answer' : quoted(list.path),
      },
      { subject: operationName(operation) },
    )
  }
}

/** Words that parameters which limit a list have in their names. */
const limits =
  /^(\$?top|\$?skip|first|last|limit|page|pages|per|size|cursor|offset|after|before|since|take|max|count|start|token|next|range|rows|amount)$/

/** Whether a parameter can ask for a part of the list. */
export function isLimited(operation: Operation): boolean {
  return operation
    .parameters()
    .some(
      ({ name, in: place }) =>
        place !== 'path' && place !== 'cookie' && words(name).some((word) => limits.test(word)),
    )
}

function words(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d$]+/)
}

const envelopes = new Set([
  'items',
  'data',
  'results',
  'result',
  'records',
  'values',
  'value',
  'entries',
  'list',
  'nodes',
  'edges',
  'content',
  'rows',
  'elements',
  'hits',
])
const counts =
  /^(total|count|size|next|cursor|hasmore|hasnext|totalcount|totalitems|page|pages|paging|pagination|pageinfo|links|_links|meta)$/

function listIn(operation: Operation): Field | undefined {
  const root = fieldsOf(operation)
  if (isArray(root)) return root
  if (operation.protocol === 'graphql') return undefined
  const children = root.children()
  const segment = operation.path.split('/').findLast((one) => one !== '') ?? ''
  const plural = /(s|list|search)$/i.test(segment)
  const counted = children.some((one) =>
    counts.test(one.name.replaceAll(/[^a-z]/gi, '').toLowerCase()),
  )
  return children.find(
    (one) =>
      isArray(one) && (one.name === segment || (envelopes.has(one.name) && (plural || counted))),
  )
}

function isArray({ types }: Field): boolean {
  return types.length === 1 && types[0] === 'array'
}
