import { dayOf } from './evidence.ts'
import { many, separated, type DocsContext } from './context.ts'
import type { Inline, Text } from './page.ts'

/** When an operation was last proven by a test run, and how: for a fact of its page. */
export function provenText({ evidence }: DocsContext, operation: string): Text {
  const run = evidence.tested
  const tested = run?.operations.get(operation)
  const reached = evidence.reached.get(operation) ?? []
  if (run === undefined || tested === undefined)
    return reached.length === 0
      ? [{ kind: 'badge', tone: 'quiet', text: 'Not proven by a test run yet' }]
      : [
          { kind: 'badge', tone: 'ok', text: 'Reached before' },
          ` A test run has brought about ${reached.join(', ')}; when is not written down here.`,
        ]
  const when = ` ${dayOf(run.at)}, against ${run.target}: ${answered(tested.statuses)}.`
  const findings = tested.findings.length
  if (findings === 0) return [{ kind: 'badge', tone: 'ok', text: 'Proven' }, when]
  return [
    { kind: 'badge', tone: 'bad', text: `Breaks its contract: ${many(findings, 'finding')}` },
    when,
  ]
}

function answered(statuses: readonly string[]): string {
  return statuses.length === 0
    ? 'it answered nothing that the contract describes'
    : `it answered ${statuses.join(', ')}`
}

/** How much of several operations is proven, in one line; nothing where no test has run. */
export function provenShare({ evidence }: DocsContext, operations: readonly string[]): Text {
  const run = evidence.tested
  if (run === undefined) return []
  const tested = operations.filter(
    (one) => (run.operations.get(one)?.statuses.length ?? 0) > 0,
  ).length
  const broken = operations.filter((one) => (run.operations.get(one)?.findings.length ?? 0) > 0)
  const share: Inline = {
    kind: 'badge',
    tone: broken.length > 0 ? 'bad' : tested === operations.length ? 'ok' : 'warn',
    text: `${tested} of ${operations.length} operations proven`,
  }
  return separated([share, `by the test run of ${dayOf(run.at)}`])
}
