import type { OwnerSource } from '../2-link/owner-source.ts'

// What a reader looks up about an API: plain data, ready to be sent and drawn. Light where contracts are big: a list of
// operations walks no schema, and a schema is opened as far as somebody asks.

/** `GET /api/operations`. */
export interface ReferenceIndex {
  readonly apis: readonly ReferenceApi[]
}

export interface ReferenceApi {
  readonly name: string
  readonly title?: string
  /** `openapi 3.1.0`, `swagger 2.0`, `graphql`; `unreadable` where the contract could not be read. */
  readonly version: string
  readonly protocol: 'rest' | 'graphql'
  readonly file: string
  readonly owner?: string
  readonly description?: string
  readonly operations: number
  /** Operations by their first tag, in the contract's order of tags; GraphQL: Queries, Mutations, Subscriptions. */
  readonly groups: readonly {
    readonly name: string
    readonly description?: string
    readonly operations: readonly ReferenceEntry[]
  }[]
  /** Names of the schemas that the contract declares, at most 2,000. */
  readonly types: readonly string[]
}

export interface ReferenceEntry {
  /** `store.getBasket`; `store.GET /basket` where the contract gives no operationId. */
  readonly id: string
  readonly method: string
  readonly path: string
  readonly title?: string
  readonly deprecated: boolean
  /** Only where it is not `live`. */
  readonly stage?: string
  /** How many steps call it. */
  readonly callers: number
  /** How many needs of its callers the contract lacks. */
  readonly missing: number
  readonly url: string
}

/** `GET /api/operations/{id}`. */
export interface ReferenceOperation {
  readonly id: string
  readonly api: string
  readonly name: string
  readonly protocol: 'rest' | 'graphql'
  readonly method: string
  readonly path: string
  readonly title?: string
  /** Markdown, as the contract has it. */
  readonly description?: string
  readonly tags: readonly string[]
  readonly deprecated: boolean
  readonly sunset?: string
  readonly stage: string
  readonly owner?: string
  /** Where the owner is written. */
  readonly ownerFrom?: OwnerSource
  readonly file: string
  readonly url: string
  readonly parameters: readonly ReferenceParameter[]
  readonly request?: ReferenceRequest
  /** In the contract's order. */
  readonly responses: readonly ReferenceResponse[]
  /** Which response screens are built from: the one that `usedBy` is about. */
  readonly success?: string
  /** Error answers in words: what the problem documents in examples and schemas say. */
  readonly errors: readonly ReferenceError[]
  /** Alternatives, one of which must hold; none: no security. */
  readonly security: readonly (readonly ReferenceSecurity[])[]
  readonly callers: readonly ReferenceCaller[]
  /** How many needs of its callers the contract lacks: they stand in the tree of the success response. */
  readonly missing: number
  readonly samples: readonly CodeSample[]
  /** What a first request may look like, from examples and schemas. */
  readonly draft: RequestDraft
  /** Where it can be tried. */
  readonly targets: readonly TryTarget[]
}

export interface ReferenceParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring' | 'argument'
  readonly required: boolean
  readonly deprecated: boolean
  readonly description?: string
  /** Its value, two levels open; deeper by `GET /api/operations/{id}/fields?parameter=<in>:<name>&path=`. */
  readonly field: SchemaNode
  readonly examples: readonly ReferenceExample[]
  /** How a list or object is written: `form`, `deepObject`; absent for plain values. */
  readonly style?: string
  /** Steps that send it. */
  readonly sentBy: readonly UsedBy[]
}

export interface ReferenceRequest {
  readonly required: boolean
  readonly description?: string
  readonly content: readonly ReferenceContent[]
}

export interface ReferenceResponse {
  /** `200`, `4XX`, `default` */
  readonly status: string
  readonly description?: string
  readonly headers: readonly ReferenceParameter[]
  readonly content: readonly ReferenceContent[]
  /** Steps that say what people see when it answers so. */
  readonly designedBy: readonly UsedBy[]
}

export interface ReferenceContent {
  /** `application/json` */
  readonly type: string
  /** The body: its children are two levels open. Absent where the contract describes none. */
  readonly root?: SchemaNode
  /** All that the contract names, valid or not; a generated one where it names none. */
  readonly examples: readonly ReferenceExample[]
}

/** A field of a schema. Children that are not open yet: `hasChildren` without `children`. */
export interface SchemaNode {
  /** `items[].price.amount`; `''` is the body itself. */
  readonly path: string
  /** `amount`; `[]` for the items of a list, `{}` for the values of a map. */
  readonly name: string
  /** As people call it: `Money[]`, `date-time`, `string`, `any`; without `null`. Empty for a missing field. */
  readonly type: string
  /** Its JSON type: `object[]`, `string`, `string | integer`, `any`. */
  readonly base: string
  readonly typeName?: string
  readonly required: boolean
  readonly nullable: boolean
  readonly deprecated: boolean
  readonly readOnly: boolean
  readonly writeOnly: boolean
  readonly description?: string
  readonly format?: string
  /** Allowed values as JSON texts, at most 50; `enumMore` says how many are left out. */
  readonly enum?: readonly string[]
  readonly enumMore?: number
  /** `at most 140 characters`, `1 to 5`, `no item twice`. */
  readonly constraints: readonly string[]
  /** As JSON text. */
  readonly default?: string
  /** Data class, where the policy or contract gives one. */
  readonly class?: string
  /** Shapes that it can have by turns (`oneOf`, `anyOf`): their names. */
  readonly variants?: readonly string[]
  /** Steps that need (or, in a request, send) exactly this field. */
  readonly usedBy: readonly UsedBy[]
  /** How many steps need something inside it. */
  readonly usedInside: number
  /** A need that the contract lacks, shown where it would be. */
  readonly missing: boolean
  readonly hasChildren: boolean
  readonly children?: readonly SchemaNode[]
  /** How many children are left out of `children` (more than 200). */
  readonly childrenMore?: number
}

export interface UsedBy {
  /** `checkout/basket` */
  readonly step: string
  readonly title: string
  readonly journey: string
  readonly line: 1 | 2 | 3 | 4
  /** Of the need: `covered`, `optional`, `planned-for`, `missing`. Absent where it is no need. */
  readonly status?: 'covered' | 'optional' | 'planned-for' | 'missing'
  readonly label?: string
  readonly why?: string
  readonly url: string
}

export interface ReferenceExample {
  readonly name: string
  readonly summary?: string
  /** Pretty-printed JSON, or the text of another format; cut at 20,000 characters. */
  readonly text: string
  readonly cut: boolean
  /** Made from the schema, because the contract gives none. */
  readonly generated: boolean
  /** Ways in which it breaks its own schema; none when it is valid. */
  readonly problems: readonly string[]
}

export interface ReferenceError {
  readonly status: string
  readonly description?: string
  /** `Unavailable`, and titles of RFC 9457 problems in the examples: `The card was declined`. */
  readonly titles: readonly string[]
  /** Types of RFC 9457 problems. */
  readonly types: readonly string[]
  /** Whether it answers application/problem+json. */
  readonly problem: boolean
}

export interface ReferenceSecurity {
  readonly scheme: string
  readonly scopes: readonly string[]
  /** `a bearer token in the header Authorization` */
  readonly words: string
}

export interface ReferenceCaller extends UsedBy {
  /** The call as the journey says it. */
  readonly call: string
  readonly needs: number
  readonly missing: number
  /** Milliseconds at p75, where it promises some. */
  readonly budget?: number
}

export interface CodeSample {
  readonly kind: 'curl' | 'fetch' | 'graphql'
  /** `curl`, `TypeScript`, `GraphQL` */
  readonly label: string
  /** For a highlighter: `bash`, `typescript`, `graphql`. */
  readonly language: string
  readonly text: string
}

/** The same fields as the body of `POST /api/try`. */
export interface RequestDraft {
  readonly pathParameters: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | readonly string[]>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface TryTarget {
  /** What `POST /api/try` takes as `target`: `mock`, `staging`, or the address of a server. */
  readonly target: string
  readonly label: string
  readonly kind: 'mock' | 'environment' | 'server'
  /** What the operation's path is added to. GraphQL: where the query is sent. */
  readonly base: string
}

/** `GET /api/operations/{id}/fields`: one field with its children, two levels open. */
export interface ReferenceFields {
  readonly id: string
  readonly field: SchemaNode
}

/** `GET /api/types/{api}.{name}`: a schema that the contract declares. */
export interface ReferenceType {
  /** `store.Money` */
  readonly id: string
  readonly api: string
  readonly name: string
  readonly file: string
  readonly root: SchemaNode
  /** Operations that some step calls and that answer with it. */
  readonly answeredBy: readonly {
    readonly id: string
    readonly method: string
    readonly path: string
    readonly title?: string
    readonly url: string
  }[]
}
