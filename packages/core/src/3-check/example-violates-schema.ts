import type { Example, Operation } from '../operation/operation.ts'
import { validatorOf } from '../schema/validate.ts'
import { sentence, type Violation } from '../schema/violation.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import type { ContractCheck } from './check-kind.ts'
import { contractExamples, partOf } from './contract-examples.ts'
import { operationName, operationsNamed } from './of-call.ts'

/**
 * TL4002: an example of a parameter, header, request or response that its own schema refuses. An example that several
 * operations share is tested once.
 */
export const exampleViolatesSchema: ContractCheck = function* (contract) {
  for (const { example, schema, direction, operations } of contractExamples(contract)) {
    const validate = validatorOf(schema)
    if (validate.test(example.value, { direction })) continue
    yield violated(operations, example, validate(example.value, { direction }))
  }
}

function violated(
  operations: readonly [Operation, ...Operation[]],
  example: Example,
  violations: readonly Violation[],
): Diagnostic {
  const [first] = violations
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : ''
  return diagnostic(
    'TL4002',
    originOf(partOf(example, first?.path ?? [])),
    {
      example: quoted(example.name),
      operation: operationsNamed(operations),
      problem: first === undefined ? 'it is refused' : sentence(first, 'it') + more,
    },
    {
      subject: operationName(operations[0]),
      ...(first !== undefined && {
        related: [{ origin: originOf(first.schema), message: 'the schema says so here' }],
      }),
    },
  )
}
