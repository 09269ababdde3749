import type { Severity } from '@throughline/core'

/** One way in which the running backend does not keep what the workspace promises; one cause, however often it was met. */
export interface Finding {
  /** From check, operation and what is wrong, never from a message: the same in each run, for baselines and waivers. */
  readonly fingerprint: string
  /** `response-schema`, `not-a-server-error`, `invalid-accepted` ... */
  readonly check: CheckName
  readonly severity: Severity
  readonly operation: { readonly id: string; readonly method: string; readonly path: string }
  readonly message: string
  /** Where in the answer: `body:items[].price`, `header:Allow`, `status`. */
  readonly at?: string
  /** Steps whose screens it hurts, by name: those that need the field where one is meant, else all that call the operation. */
  readonly steps: readonly string[]
  /** How often it was met. */
  readonly count: number
  /** The smallest case that shows it. */
  readonly reproduce: Reproduce
}

interface Reproduce {
  /** One line for a shell, secrets as variables. */
  readonly curl: string
  readonly seed: number
  /** The id of the case: `throughline test --case ID` sends it alone. */
  readonly case: string
  /** What came back, cut to a readable length. */
  readonly answer?: { readonly status: number; readonly body?: string }
}

export const checkNames = [
  'not-a-server-error',
  'status-documented',
  'content-type',
  'response-headers',
  'response-schema',
  'invalid-accepted',
  'valid-rejected',
  'unsupported-method',
  'missing-required-header',
  'authentication-ignored',
  'authentication-broken',
  'other-user-sees',
  'use-after-delete',
  'available-after-create',
  'pagination',
  'caching',
  'error-body',
  'leak',
  'classified-data',
  'need-missing',
  'budget',
  'cors',
  'idempotency',
  'conditional-request',
  'poison',
  'connection',
  'graphql',
  'drift',
] as const

export type CheckName = (typeof checkNames)[number]
