/** What was seen of one field. */
export interface ReadCounts {
  readonly read: number
  readonly copied: number
  readonly missed: number
}

/** A call with its answer. Bodies are values of JSON, cleared of what is personal before they come here. */
export interface ObservedCall {
  readonly kind: 'call'
  /** Milliseconds since anything. */
  readonly at: number
  readonly ms: number
  readonly method: string
  /** Absolute, with its query. */
  readonly url: string
  readonly status: number
  /** Media type of the answer. */
  readonly type: string
  readonly sent?: unknown
  readonly sentType?: string
  readonly body?: unknown
  /** Bytes of the answer's body. */
  readonly size?: number
  readonly headers?: readonly string[]
  readonly auth?: string
  /** Whether a person did something just before: pressed, typed, chose. */
  readonly acted?: boolean
  /** How many calls this one stands for, where it is more than itself. */
  readonly times?: number
  /** How long some of those took, in milliseconds. */
  readonly also?: readonly number[]
  /** Parts of its address that are ids, with their names, where no answer that is kept says so. */
  readonly ids?: Readonly<Record<string, string>>
  /** Path of the screen that asked; the one before it in the list unless said. */
  readonly on?: string
  /** What waiting looked like, as a selector: `[aria-busy=true]`. */
  readonly waited?: string
  /** What people were told where it failed, and the selector of it. */
  readonly told?: { readonly text: string; readonly test: string }
}

/** One thing that was seen of a running app, in the order of time. */
export type Observation =
  | {
      readonly kind: 'screen'
      readonly at: number
      /** Path of the page, with the route in its hash where there is one: `/basket`, `/#/basket`. */
      readonly path: string
      /** A page that was loaded, or a move inside of the app. */
      readonly via: 'load' | 'move'
      /** How many visits this one stands for, where it is more than itself. */
      readonly times?: number
      /** People did not come here from the screen before it in the list. */
      readonly apart?: boolean
    }
  | { readonly kind: 'named'; readonly title: string; readonly heading: string }
  | ObservedCall
  | {
      readonly kind: 'reads'
      /** `GET http://localhost:4401/store/basket`; for GraphQL `POST http://…/graphql Basket`. */
      readonly name: string
      readonly fields: Readonly<Record<string, ReadCounts>>
    }
  /** A new walk begins; what it is called, where somebody says so. */
  | { readonly kind: 'journey'; readonly title: string; readonly times?: number }
  /** The last screen was a mistake: it and its calls do not count. */
  | { readonly kind: 'undo' }
  /** Where the links of a page lead, in the same app: paths. */
  | { readonly kind: 'links'; readonly paths: readonly string[] }
  /** Somebody has changed what comes of it. */
  | { readonly kind: 'edit'; readonly edit: DiscoveryEdit }

/**
 * What somebody says about a result before it is written. A journey is named by the walk that it began with (`''` for the one
 * that nobody began), a step by its screen: both stay what they are while more is seen.
 */
export type DiscoveryEdit =
  | {
      readonly kind: 'name-step'
      readonly walk: string
      readonly screen: string
      readonly title: string
    }
  | { readonly kind: 'name-journey'; readonly walk: string; readonly title: string }
  /** A screen that belongs to no journey, or does again. */
  | {
      readonly kind: 'leave-out'
      readonly walk: string
      readonly screen: string
      readonly out: boolean
    }
  /** Two journeys are one. */
  | { readonly kind: 'merge'; readonly walk: string; readonly into: string }
  /** A field that the screen needs whatever was seen, or does not need. */
  | {
      readonly kind: 'need'
      readonly walk: string
      readonly screen: string
      readonly operation: string
      readonly path: string
      readonly needed: boolean
    }
