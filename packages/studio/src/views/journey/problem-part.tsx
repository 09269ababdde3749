import type { FramedDiagnostic, StepColumn } from '@throughline/core'
import { PanelTitle } from '../../ui/panel.tsx'
import { strings } from '../../strings.ts'
import { ProblemDetail } from './problem-detail.tsx'

/** A problem, with all that is known about it. */
export function ProblemPart({
  problem,
  step,
}: {
  readonly problem: FramedDiagnostic
  readonly step: StepColumn | undefined
}) {
  return (
    <>
      <PanelTitle>
        {ruleWords(problem.rule)} {step && <span>{strings.inspector.on(step.title)}</span>}
      </PanelTitle>
      <ProblemDetail problem={problem} />
    </>
  )
}

/** `need-not-in-contract` -> `Need not in contract`. */
function ruleWords(rule: string): string {
  const spaced = rule.replaceAll('-', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
