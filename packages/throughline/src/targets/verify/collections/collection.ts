/** A collection of requests that somebody keeps, as it is written: `{{variables}}` are not filled in yet. */
export interface Collection {
  readonly name: string
  /** In the order in which they are sent. */
  readonly requests: readonly CollectionRequest[]
  readonly variables: Values
}

/** By name. */
export type Values = ReadonlyMap<string, string>

export interface CollectionRequest {
  /** With its folders: `Checkout / Pay`. */
  readonly name: string
  readonly method: string
  /** The whole address: `{{baseUrl}}/orders/:id?page=1`. */
  readonly url: string
  /** What stands for `:id` in the address. */
  readonly path: Values
  readonly headers: readonly Pair[]
  readonly body?: CollectionBody
  /** Its own, or that of the nearest folder that has one. */
  readonly auth?: CollectionAuth
  /** Those of its folders and its own. */
  readonly variables: Values
  /** What it runs before and after it, with that of its folders. */
  readonly scripts: readonly {
    readonly when: 'before' | 'after'
    readonly text: string
  }[]
}

export interface Pair {
  readonly name: string
  readonly value: string
}

export type CollectionBody =
  | { readonly mode: 'raw'; readonly text: string; readonly type?: string }
  | { readonly mode: 'urlencoded'; readonly fields: readonly Pair[] }
  | {
      readonly mode: 'formdata'
      readonly fields: readonly (Pair & { readonly type?: string; readonly file?: string })[]
    }
  | { readonly mode: 'file'; readonly file: string }
  | { readonly mode: 'graphql'; readonly query: string; readonly variables: string }

export interface CollectionAuth {
  /** `bearer`, `basic`, `apikey`, `oauth2`; others cannot be made here. */
  readonly type: string
  readonly settings: Values
}
