import { operationIndexOf } from '../2-link/operation-index.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import type { ContractCheck } from './check-kind.ts'
import { listed } from './listed.ts'
import { operationName } from './of-call.ts'
import { answersProblems } from './problem-types.ts'
import { originOfResponse } from './response-origin.ts'

/** TL4003: errors that are not application/problem+json (RFC 9457). One line per operation. */
export const errorWithoutProblemJson: ContractCheck = function* (contract) {
  if (contract.protocol !== 'rest') return
  for (const operation of operationIndexOf(contract).operations) {
    if (operation.method === 'HEAD') continue
    const errors = operation.responses().filter((one) => /^([45]|default$)/.test(one.status))
    const plain = errors.filter((one) => !answersProblems(one))
    const [first] = plain
    if (first === undefined) continue
    yield diagnostic(
      'TL4003',
      originOfResponse(operation, first),
      {
        operation: quoted(operationName(operation)),
        status: listed(plain.map((one) => one.status)),
      },
      { subject: operationName(operation) },
    )
  }
}
