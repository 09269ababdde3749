import type { Site } from '../text/site.ts'
import type { Stage } from '../1-parse/declarations.ts'

export type OperationId = `op:${string}`

/**
 * One thing an API can be asked: `method + path` (REST) or `query/mutation/subscription + field` (GraphQL).
 * Everything below is the one internal form, whatever version the contract was written in (OpenAPI 3.2 words).
 * Parts are computed on first use and remembered; schemas stay sites, nothing is copied or dereferenced.
 */
export interface Operation {
  readonly kind: 'operation'
  readonly id: OperationId
  readonly api: string
  /** `getBasket`: the operationId, else `GET /basket`; GraphQL: the field's name. With the api before it, it reads `store.getBasket`. */
  readonly name: string
  readonly protocol: 'rest' | 'graphql'
  /** GET, POST, QUERY, any additionalOperations method; GraphQL: `query`, `mutation`, `subscription`. */
  readonly method: string
  /** `/orders/{id}`; GraphQL: the field's name. */
  readonly path: string
  readonly title?: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly deprecated: boolean
  /** RFC 3339 date from `x-sunset`, where the contract has one. */
  readonly sunset?: string
  readonly stage: Stage
  readonly owner?: string
  readonly site: Site
  readonly parameters: () => readonly Parameter[]
  readonly requestBody: () => RequestBody | undefined
  /** In the contract's order. Empty where the contract says nothing. */
  readonly responses: () => readonly ResponseDeclaration[]
  /** Alternatives (one must hold); each is the list of schemes that must all hold. Empty: no security. */
  readonly security: () => readonly (readonly SecurityRequirement[])[]
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring' | 'argument'
  readonly required: boolean
  readonly deprecated: boolean
  readonly description?: string
  readonly schema: Site | undefined
  /** RFC 6570 family: form, simple, spaceDelimited, pipeDelimited, deepObject, matrix, label, cookie; Swagger 2's tsv is `tabDelimited`. */
  readonly style: string
  readonly explode: boolean
  readonly allowReserved: boolean
  /** Set when the parameter is serialised by a media type instead of a style. */
  readonly content?: MediaType
  readonly examples: readonly Example[]
  readonly site: Site
}

export interface RequestBody {
  readonly required: boolean
  readonly content: readonly MediaType[]
  readonly site: Site
}

export interface ResponseDeclaration {
  /** `200`, `4XX` (upper case), `default`. */
  readonly status: string
  readonly description?: string
  readonly headers: readonly Parameter[]
  readonly content: readonly MediaType[]
  readonly site: Site
}

export interface MediaType {
  /** `application/json`; parameters kept as written. */
  readonly type: string
  readonly schema: Site | undefined
  /** OpenAPI 3.2: one item of a sequential media type (SSE, JSON lines). */
  readonly itemSchema?: Site
  readonly examples: readonly Example[]
  /** OpenAPI's encoding object by property name, as written. */
  readonly encoding?: Site
  readonly site: Site
}

export interface Example {
  /** Its key in `examples`, or `example` for a single one. */
  readonly name: string
  readonly summary?: string
  /** The value as data. `undefined` with `external` set where it stands in another file. */
  readonly value: unknown
  readonly external?: string
  readonly site: Site
}

export interface SecurityRequirement {
  readonly scheme: string
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS' | 'unknown'
  /** apiKey: where; http: `bearer`, `basic`... */
  readonly in?: 'query' | 'header' | 'cookie'
  readonly name?: string
  readonly httpScheme?: string
  readonly scopes: readonly string[]
}

/** The response that a screen is built from: 200, else the lowest 2xx, else 2XX, else default, else none. */
export function successResponse(operation: Operation): ResponseDeclaration | undefined {
  let known = successes.get(operation)
  if (known === undefined) successes.set(operation, (known = { response: foundSuccess(operation) }))
  return known.response
}

const successes = new WeakMap<Operation, { readonly response: ResponseDeclaration | undefined }>()

function foundSuccess(operation: Operation): ResponseDeclaration | undefined {
  const responses = operation.responses()
  const exact = responses
    .filter((one) => /^2\d\d$/.test(one.status))
    .sort((a, b) => a.status.localeCompare(b.status, 'en'))
  return (
    exact.find((one) => one.status === '200') ??
    exact[0] ??
    responses.find((one) => one.status === '2XX') ??
    responses.find((one) => one.status === 'default')
  )
}

/** The media type that screens read: JSON or a +json type first, else the first one. */
export function mainContent(content: readonly MediaType[]): MediaType | undefined {
  return content.find((one) => isJsonType(one.type)) ?? content[0]
}

export function isJsonType(type: string): boolean {
  return type === 'application/json' || /^[^;]*[/+]json\s*(;|$)/i.test(type)
}
