import { queryOptions } from '@tanstack/react-query'
import type {
  ReferenceFields,
  ReferenceIndex,
  ReferenceOperation,
  ReferenceType,
  TryAnswer,
  TryRequest,
} from '@throughline/core'
import { ask } from '../../api.ts'

export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => ask<ReferenceIndex>('/api/operations', { signal }),
})

export function operationQuery(id: string) {
  return queryOptions({
    queryKey: ['operation', id],
    queryFn: ({ signal }) =>
      ask<ReferenceOperation>(`/api/operations/${encodeURIComponent(id)}`, { signal }),
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
    queryFn: ({ signal }) => ask<ReferenceFields>(fieldsAddress(source, path), { signal }),
  })
}

export function typeQuery(id: string) {
  return queryOptions({
    queryKey: ['type', id],
    queryFn: ({ signal }) => ask<ReferenceType>(`/api/types/${encodeURIComponent(id)}`, { signal }),
  })
}

/** Sends a request through the server, which follows the contract's own rules of where it may go. */
export async function tryIt(request: TryRequest): Promise<TryAnswer> {
  return ask<TryAnswer>('/api/try', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
}

function fieldsAddress(source: TreeSource, path: string): string {
  const query = new URLSearchParams({ path })
  if (source.kind === 'parameter') query.set('parameter', source.parameter)
  else {
    query.set('type', source.type)
    if (source.kind === 'request') query.set('request', '')
    else query.set('response', source.status)
  }
  return `/api/operations/${encodeURIComponent(source.operation)}/fields?${query.toString()}`
}
