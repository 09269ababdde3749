import type { RequestDraft } from './reference.ts'

/** The body of `POST /api/try`. */
export interface TryRequest extends Partial<RequestDraft> {
  /** `store.getBasket` */
  readonly operation: string
  /** `mock`, the name of an environment, or the address of a server as `targets` of the operation say it. */
  readonly target: string
}

/** What came back, whatever its status. That nothing came back is a problem (502, 504), that it may not be sent too (403). */
export interface TryAnswer {
  /** Where it was sent. */
  readonly method: string
  readonly url: string
  readonly status: number
  readonly statusText: string
  /** In their order; cookies and what is only between two machines left out. */
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** The body as text; for anything but text, `''` with `binary` set. */
  readonly body: string
  readonly binary: boolean
  /** Of the body, as far as it was read. */
  readonly bytes: number
  /** The body was longer than 2 MB and is cut. */
  readonly cut: boolean
  readonly ms: number
  /** Which response of the contract it is: `200`, `4XX`, `default`; absent where the contract has none for it. */
  readonly described?: string
  /** Whether it keeps the contract; absent where that cannot be told (a cut body, a type that is not JSON). */
  readonly matches?: boolean
  readonly violations: readonly TryViolation[]
}

export interface TryViolation {
  /** `items[0].price`; `''` for the whole answer. */
  readonly path: string
  /** The whole of it as one sentence. */
  readonly message: string
}
