import type { Check } from './check-kind.ts'
import { connection } from './checks/connection.ts'
import { contract } from './checks/contract.ts'
import { invalidAccepted, validRejected } from './checks/judgement.ts'
import { serverError } from './checks/server-error.ts'

/** Everything that is asked of each exchange by itself. */
export const checks: readonly Check[] = [
  connection,
  serverError,
  contract,
  invalidAccepted,
  validRejected,
]
