import type { StepColumn } from '@throughline/core'
import { localName } from '../../address.ts'

/** What a step is called in its journey's file; `null` after the last. */
export function idOf(step: StepColumn | undefined): string | null {
  return step === undefined ? null : localName(step.name)
}

/** What the steps of a journey are called in its file. */
export function idsOf(steps: readonly StepColumn[]): readonly string[] {
  return steps.map(({ name }) => localName(name))
}
