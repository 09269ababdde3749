import { queryOptions } from '@tanstack/react-query'
import type { ReferenceOperation, SchemaNode } from '@throughline/core'
import { studio } from '../../api.ts'

/** What an operation takes that a screen can fill in. */
export interface RequestField {
  readonly path: string
  readonly type: string
  readonly required: boolean
}

/** Parameters and fields of the body, in the contract's order. */
export function requestFieldsQuery(operation: string) {
  return queryOptions({
    queryKey: ['operation', operation],
    queryFn: ({ signal }) => studio.getOperation({ id: operation }, { signal }),
    select: requestFieldsOf,
  })
}

/** Headers and cookies are not what a person fills in. */
export function requestFieldsOf({
  parameters,
  request,
}: Pick<ReferenceOperation, 'parameters' | 'request'>): readonly RequestField[] {
  const named = parameters
    .filter(({ in: where }) => where !== 'header' && where !== 'cookie')
    .map(({ name, required, field }) => ({ path: name, type: field.type, required }))
  const root = request?.content.find((content) => content.root !== undefined)?.root
  const body = root === undefined ? [] : [...leavesOf(root, true)]
  const known = new Set(named.map(({ path }) => path))
  return [...named, ...body.filter(({ path }) => !known.has(path))]
}

function* leavesOf(node: SchemaNode, required: boolean): Generator<RequestField> {
  for (const child of node.children ?? []) {
    const isNeeded = required && child.required
    if (child.readOnly) continue
    if (child.children === undefined || child.children.length === 0)
      yield { path: child.path, type: child.type, required: isNeeded }
    else yield* leavesOf(child, isNeeded)
  }
}
