import type { Diagnostic } from '../text/diagnostic.ts'
import type { Document, Site } from '../text/site.ts'
import type { Operation } from './operation.ts'

/** One parsed contract in the internal form. The same object stands for the same files, so what is computed from it can be remembered. */
export interface Contract {
  readonly kind: 'contract'
  readonly api: string
  /** `openapi 3.1.0`, `swagger 2.0`, `graphql`. */
  readonly version: string
  readonly title?: string
  readonly protocol: 'rest' | 'graphql'
  readonly root: Document
  readonly operations: readonly Operation[]
  /** Base paths of `servers` (3.x) or `basePath` (2.0), without a trailing slash; `''` for the root. */
  readonly basePaths: readonly string[]
  /** Absolute server URLs with variables replaced by their defaults. */
  readonly servers: readonly string[]
  /** Problems met while parsing, syntax first. The contract is served and compared as far as it goes. */
  readonly diagnostics: readonly Diagnostic[]
  /** Every file that the contract consists of, as far as references have been followed. */
  readonly files: () => readonly string[]
  /** The document against the specification's own JSON Schema: slow, so only when asked. */
  readonly validity: () => readonly Diagnostic[]
  /** GraphQL only. */
  readonly graphql?: GraphqlContract
  /** Where a person would look for the contract's own description. */
  readonly site: Site
}

export interface GraphqlContract {
  /** The SDL as text: a mock builds an executable schema from it. */
  readonly sdl: () => string
  /** Operation documents that the UI really sends, by operation name. */
  readonly documents: readonly GraphqlDocument[]
}

export interface GraphqlDocument {
  /** The operation's name in the document: `BasketReviews`. */
  readonly name: string
  readonly method: 'query' | 'mutation' | 'subscription'
  readonly file: string
  readonly text: string
  /** Top-level fields it asks for, in order: the operations it calls. */
  readonly fields: readonly string[]
  /**
   * Every response field it selects, under its top-level field: `[].rating`, `author.name`. Where it asks for several
   * top-level fields, each path begins with its own: `basketReviews[].rating`. Aliases are the names that count.
   */
  readonly selects: readonly string[]
  /** Where each of `selects` leads in the contract: the top-level field, and the path under it without aliases. */
  readonly selected: readonly SelectedField[]
  /** Every argument that it sends, whatever the value. */
  readonly sends: readonly SentArgument[]
  readonly site: Site
}

/** One response field of an operation document. */
export interface SelectedField {
  /** As in `selects`: `stars`. */
  readonly path: string
  /** The top-level field as the contract names it: `basketReviews`. */
  readonly operation: string
  /** `[].rating` */
  readonly field: string
}

/** One argument that an operation document sends. */
export interface SentArgument {
  /** The top-level field as the contract names it: `basketReviews`. */
  readonly operation: string
  /** The field that takes it, under the top-level field and without aliases: `[].author`; '' for the top-level field itself. */
  readonly field: string
  readonly name: string
}
