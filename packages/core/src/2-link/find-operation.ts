import type { GraphqlDocument } from '../operation/api.ts'
import type { Operation } from '../operation/operation.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'
import { suggestion } from '../text/suggestion.ts'
import type { ApiNode } from './graph.ts'
import { operationIndexOf, routeKey } from './operation-index.ts'

/** What a call reference means, in the short form that ids are made of. */
export interface FoundOperation {
  /** `store.getBasket`, `reviews.BasketReviews` for an operation document. */
  readonly name: string
  readonly operation: Operation | undefined
  readonly document?: GraphqlDocument
  /** The other top-level fields that the document asks for. */
  readonly others?: readonly Operation[]
  readonly diagnostic?: Diagnostic
}

/**
 * Follows a reference as people write it: `store.getBasket`, `store GET /basket` (the names of path
 * parameters don't matter), `reviews query BasketReviews` (an operation document, else a top-level field).
 * The API may be left out where the workspace has only one.
 */
export function findOperation(
  apis: readonly ApiNode[],
  reference: string,
  origin: Origin,
): FoundOperation {
  const written = reference.trim().replace(/\s+/g, ' ')
  const api = apiOf(apis, written)
  if (api === undefined)
    return { name: written, operation: undefined, ...unknown(apis, written, origin) }
  const rest = beginsWith(written, api.name) ? written.slice(api.name.length + 1) : written
  const contract = api.contract
  if (contract === undefined) return { name: written, operation: undefined }
  const index = operationIndexOf(contract)
  const documents = contract.graphql?.documents ?? []

  const words = /^(\S+) (.+)$/.exec(rest)
  const method = words?.[1] ?? ''
  const target = words?.[2] ?? rest
  const byName = index.byName.get(rest) ?? index.byName.get(target)
  const document = documents.find(
    (one) => one.name === target && (words === null || one.method === method.toLowerCase()),
  )
  if (document !== undefined && (words !== null || byName === undefined)) {
    const [operation, ...others] = document.fields
      .map((field) => fieldOperation(index.operations, document.method, field))
      .filter((one) => one !== undefined)
    return { name: `${api.name}.${document.name}`, operation, others, document }
  }
  const operation =
    words === null
      ? byName
      : (index.byName.get(rest) ??
        index.byRoute.get(routeKey(method, target)) ??
        fieldOperation(index.operations, method.toLowerCase(), target))
  if (operation !== undefined) return { name: `${operation.api}.${operation.name}`, operation }
  const broken =
    index.operations.length === 0 && contract.diagnostics.some((one) => one.severity === 'error')
  return {
    name: written,
    operation: undefined,
    ...(!broken && unknown(apis, written, origin)),
  }
}

/** The top-level field of a GraphQL schema, as an operation. */
export function fieldOperation(
  operations: readonly Operation[],
  method: string,
  field: string,
): Operation | undefined {
  return operations.find(
    (one) => one.protocol === 'graphql' && one.method === method && one.path === field,
  )
}

/** The longest API name that the reference begins with; the only API where none is named. */
function apiOf(apis: readonly ApiNode[], written: string): ApiNode | undefined {
  let best: ApiNode | undefined
  for (const api of apis) {
    if (beginsWith(written, api.name) && api.name.length > (best?.name.length ?? -1)) best = api
  }
  if (best !== undefined || apis.length !== 1 || apis[0] === undefined) return best
  return namesAnApi(written) && !knows(apis[0], written) ? undefined : apis[0]
}

function beginsWith(written: string, api: string): boolean {
  return written.startsWith(api) && /^[. ]/.test(written.slice(api.length))
}

function namesAnApi(written: string): boolean {
  return (
    /^[\w-]+\.\w/.test(written) ||
    /^[\w-]+ ([a-z]+ \/|(query|mutation|subscription) )/i.test(written)
  )
}

function knows(api: ApiNode, name: string): boolean {
  return api.contract !== undefined && operationIndexOf(api.contract).byName.has(name)
}

function unknown(
  apis: readonly ApiNode[],
  written: string,
  origin: Origin,
): { readonly diagnostic: Diagnostic } {
  const separator = /^[^\s.]+ /.test(written) ? ' ' : '.'
  const api = written.slice(0, written.indexOf(separator))
  const named = apis.some((one) => one.name === api)
  const elsewhere = exactlyNamed(apis, written)
  if (!named && namesAnApi(written) && elsewhere.length === 0) {
    const close = suggestion(
      api,
      apis.map((one) => one.name),
    )
    return {
      diagnostic: diagnostic(
        'TL2012',
        origin,
        { api: quoted(api), suggestion: close },
        { subject: written },
      ),
    }
  }
  const close =
    elsewhere.length > 0
      ? ` Did you mean ${elsewhere.map((one) => quoted(one)).join(' or ')}?`
      : suggestion(written, spellings(apis, written, separator))
  return {
    diagnostic: diagnostic(
      'TL2001',
      origin,
      { operation: quoted(written), suggestion: close },
      { subject: written },
    ),
  }
}

/** Operations of that very name in other APIs, for people who left the API out. */
function exactlyNamed(apis: readonly ApiNode[], written: string): readonly string[] {
  const bare = written.slice(written.indexOf('.') + 1)
  return apis
    .filter((api) => knows(api, written) || knows(api, bare))
    .map((api) => `${api.name}.${knows(api, written) ? written : bare}`)
    .filter((name) => name !== written)
    .slice(0, 2)
}

/** Every operation, spelled the way the reference is spelled. */
function* spellings(
  apis: readonly ApiNode[],
  written: string,
  separator: string,
): Generator<string> {
  for (const api of apis) {
    if (api.contract === undefined) continue
    const qualified = beginsWith(written, api.name) || apis.length > 1
    for (const operation of operationIndexOf(api.contract).operations) {
      const name = separator === ' ' ? `${operation.method} ${operation.path}` : operation.name
      yield qualified ? `${api.name}${separator}${name}` : name
    }
    for (const document of api.contract.graphql?.documents ?? []) {
      const name = separator === ' ' ? `${document.method} ${document.name}` : document.name
      yield qualified ? `${api.name}${separator}${name}` : name
    }
  }
}
