import type { Discovered, StillMissing } from '@throughline/core'
import { many } from '../output/text.ts'

/** What was seen so far, in a line. */
export function progressOf({ apis, journeys }: Discovered): string {
  const steps = journeys.flatMap((one) => one.steps)
  const operations = apis.flatMap((one) => one.operations)
  const reads = new Set(
    steps.flatMap((one) =>
      one.calls.flatMap((call) =>
        call.needs.map((need) => `${one.screen} ${call.operation} ${need}`),
      ),
    ),
  )
  const silent = steps.filter((one) => one.calls.length === 0)
  return (
    `${many(steps.length, 'screen')}, ${many(operations.length, 'operation')}, ${many(reads.size, 'field')} read` +
    (steps.length === 0 ? '' : `. Last: ${steps.at(-1)!.title} (${steps.at(-1)!.screen})`) +
    (silent.length === 0
      ? ''
      : `. Without a call so far: ${silent.map((one) => one.screen).join(', ')}`)
  )
}

/** What nobody has shown yet, a line each; one line where nothing is known to be missing. */
export function missingLines({
  screens,
  operations,
  neverFailed,
}: StillMissing): readonly string[] {
  const lines = [
    ...listed('Linked to, and not opened', screens),
    ...listed('In the contract, and not called', operations),
    ...listed('Never seen to fail', neverFailed),
  ]
  return lines.length === 0 ? ['Nothing is known to be missing.'] : lines
}

function listed(what: string, all: readonly string[]): readonly string[] {
  if (all.length === 0) return []
  const more = all.length > 8 ? ` and ${all.length - 8} more` : ''
  return [`${what}: ${all.slice(0, 8).join(', ')}${more}`]
}
