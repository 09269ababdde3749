import { workflowCommand } from '../github.ts'
import { operationOf, placeOf, type VerifyShown } from './shown.ts'

/** Findings as GitHub's workflow commands: annotations at the operation in its contract. */
export function verifyGithub({ graph, report, pathOf }: VerifyShown): string {
  return report.findings
    .map((one) => {
      const operation = operationOf(graph, one)
      const place = operation && placeOf(operation)
      const hurts = one.steps.length === 0 ? '' : ` Hurts ${one.steps.join(', ')}.`
      return workflowCommand(
        commandOf[one.severity],
        `${one.operation.method} ${one.operation.path}: ${one.message}${hurts}\n${one.reproduce.curl}`,
        {
          ...(place && {
            file: pathOf(place.file),
            line: place.range.start.line,
            col: place.range.start.column,
          }),
          title: `test ${one.check}`,
        },
      )
    })
    .join('')
}

const commandOf = { error: 'error', warning: 'warning', info: 'notice' } as const
