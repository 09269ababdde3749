import type { TestFinding } from '../../client/studio-client.ts'
import type { TestsSearch } from './tests-address.ts'

/** Those that fit: new ones, those that hurt a step, those in which every word stands. */
export function shownFindings(
  findings: readonly TestFinding[],
  { show, find, step }: Pick<TestsSearch, 'show' | 'find' | 'step'>,
): readonly TestFinding[] {
  const wanted = (find ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return findings.filter((one) => {
    if (show === 'new' && one.since !== 'new') return false
    if (step !== undefined && !one.steps.some((hurt) => hurt.step === step)) return false
    const { operation, message, check, at = '', steps } = one
    const text = [
      operation.id,
      operation.method,
      operation.path,
      message,
      check,
      at,
      ...steps.flatMap((hurt) => [hurt.step, hurt.title]),
    ]
      .join(' ')
      .toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
