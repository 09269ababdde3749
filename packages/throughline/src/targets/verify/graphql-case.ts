import type { Operation } from '@throughline/core'
import type { Case, Verdict } from './case.ts'

/** A query as a case of the field it asks for. */
export function graphqlCase(
  { path, origin }: GraphqlPlace,
  operation: Operation,
  name: string,
  sent: { readonly query: string; readonly variables: object },
  mutation?: string,
): Case {
  const verdict: Verdict =
    mutation === undefined ? { kind: 'valid' } : { kind: 'invalid', mutation, violations: [] }
  return {
    id: `${operation.api}.${operation.name}/graphql/${name}`,
    operation,
    phase: 'graphql',
    said: { parameters: new Map() },
    request: {
      method: 'POST',
      path,
      query: '',
      headers: [
        ['content-type', 'application/json'],
        ['accept', 'application/graphql-response+json, application/json'],
      ],
      body: new TextEncoder().encode(JSON.stringify(sent)),
      pathParameters: new Map(),
    },
    verdict,
    identity: 'valid',
    ...(origin !== undefined && { origin }),
  }
}

/** Below the target (a path), or elsewhere (with an origin). */
export interface GraphqlPlace {
  readonly path: string
  readonly origin?: string
}
