import type { NeedStatus, StepColumn } from '@throughline/core'
import { words } from './words.ts'

interface Count {
  readonly kind: 'missing' | 'unplanned' | 'undecided' | 'over' | 'fine'
  readonly words: string
  readonly level?: 'bad' | 'warn'
  readonly glyph?: NeedStatus
}

/** What is open on a step, in a few words; one that says so when nothing is. */
export function countsOf(step: StepColumn): readonly Count[] {
  const missing = step.needs.filter(({ status }) => status === 'missing').length
  const unplanned = step.needs.filter(({ status }) => status === 'optional').length
  const undecided = step.states.filter(({ status }) => status === 'missing').length
  const over = step.budget.overBy ?? 0
  const found: Count[] = []
  if (missing > 0)
    found.push({ kind: 'missing', words: words.missing(missing), level: 'bad', glyph: 'missing' })
  else if (unplanned > 0)
    found.push({
      kind: 'unplanned',
      words: words.unplanned(unplanned),
      level: 'warn',
      glyph: 'optional',
    })
  if (undecided > 0)
    found.push({ kind: 'undecided', words: words.undecided(undecided), level: 'bad' })
  if (over > 0) found.push({ kind: 'over', words: words.over(over), level: 'bad' })
  if (found.length > 0) return found
  return [{ kind: 'fine', words: step.calls.length === 0 ? words.noCalls : words.fine }]
}
