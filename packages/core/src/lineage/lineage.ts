// Where classified data goes, as plain data: from the contracts over the operations to screens and the people before them.

/** A screen that shows or takes classified data. */
export interface LineageScreen {
  /** `checkout/basket` */
  readonly step: string
  readonly title: string
  /** The screen's route, where the step has one. */
  readonly screen?: string
  readonly journey: string
  readonly persona?: string
  /** The need that shows the field; none where the screen sends it. */
  readonly need?: `need:${string}`
  /** Why the screen needs it, as the need says. */
  readonly why?: string
  /** What the journey is for. */
  readonly goal?: string
  /** The team that owns the journey. */
  readonly owner?: string
}

/** One classified field of one operation. */
export interface LineageEntry {
  /** A class of the policy; where none takes it, what the contract calls it. */
  readonly class: string
  /** Whether the policy has the class, so that its rules hold. */
  readonly declared: boolean
  readonly rules: readonly string[]
  /** `public`, `internal`, `confidential`, `restricted`, where the contract says so. */
  readonly sensitivity?: string
  /** How the contract wants it hidden. */
  readonly masking?: string
  readonly api: string
  /** `store.getOrder` */
  readonly operation: string
  /** `POST /orders/find` */
  readonly request: string
  /** The team that answers for the operation. */
  readonly owner?: string
  readonly direction: 'sent' | 'returned'
  readonly place: 'url' | 'header' | 'request' | 'response'
  readonly path: string
  readonly screens: readonly LineageScreen[]
  /** The rule of the class that this place breaks. */
  readonly broken?: string
  /** What `check` says of it: `TL5002`. */
  readonly code?: string
  /** Returned by an operation that screens call, and none of them needs it. */
  readonly unneeded: boolean
}

/** What one class reaches. */
export interface LineageClass {
  readonly class: string
  readonly declared: boolean
  readonly rules: readonly string[]
  readonly fields: number
  readonly operations: number
  readonly screens: number
  readonly personas: readonly string[]
  readonly broken: number
  readonly unneeded: number
}

/** A record of processing: what is where, who sees it, why, under which rule. */
export interface Lineage {
  readonly name: string
  readonly classes: readonly LineageClass[]
  readonly entries: readonly LineageEntry[]
}
