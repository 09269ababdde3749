import { queryOptions } from '@tanstack/react-query'
import type { TryAnswer, TryRequest } from '@throughline/core'
import { studio } from '../../api.ts'

export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => studio.listOperations({ signal }),
})

export function operationQuery(id: string) {
  return queryOptions({
    queryKey: ['operation', id],
    queryFn: ({ signal }) => studio.getOperation({ id }, { signal }),
  })
}

/** Where a tree of fields comes from: a part of an operation can be opened further, a tree that came whole cannot. */
export type TreeSource =
  | { readonly kind: 'request'; readonly operation: string; readonly type: string }
  | {
      readonly kind: 'response'
      readonly operation: string
      readonly status: string
      readonly type: string
    }
  | { readonly kind: 'parameter'; readonly operation: string; readonly parameter: string }

/** A field with its children, two levels open. */
export function fieldsQuery(source: TreeSource, path: string) {
  return queryOptions({
    queryKey: ['fields', source, path],
    queryFn: ({ signal }) => studio.getFields({ path, ...placeOf(source) }, { signal }),
  })
}

export function typeQuery(id: string) {
  return queryOptions({
    queryKey: ['type', id],
    queryFn: ({ signal }) => studio.getType({ id }, { signal }),
  })
}

/** Sends a request through the server, which follows the contract's own rules of where it may go. */
export async function tryIt(request: TryRequest): Promise<TryAnswer> {
  return studio.tryOperation(request)
}

function placeOf(source: TreeSource) {
  const { operation: id } = source
  switch (source.kind) {
    case 'parameter':
      return { id, parameter: source.parameter }
    case 'request':
      return { id, request: '', type: source.type }
    case 'response':
      return { id, response: source.status, type: source.type }
  }
}
