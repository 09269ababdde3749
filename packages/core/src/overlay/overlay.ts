import type { Path } from '../text/origin.ts'

/** An OpenAPI Overlay (1.0 or 1.1) as plain data. */
export interface Overlay {
  readonly overlay: string
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  /** The contract it is for, as a reference from where the overlay stands. */
  readonly extends?: string
  readonly actions: readonly OverlayAction[]
}

export interface OverlayAction {
  /** A JSONPath (RFC 9535) of what is changed. */
  readonly target: string
  readonly description?: string
  readonly update?: unknown
  /** A JSONPath of the one value that is merged into the target. */
  readonly copy?: string
  readonly remove?: boolean
}

/** One change at one place. An overlay comes down to a list of them, done one after another. */
export type OverlayStep =
  | { readonly kind: 'set'; readonly path: Path; readonly value: unknown }
  | { readonly kind: 'append'; readonly path: Path; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: Path }
