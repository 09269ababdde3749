import type { Change, DiffOptions, Impact, PromiseTo } from './change.ts'
import type { Rule } from './rules.ts'

/** What a team promises where it says nothing: running clients and screens go on working. */
export const usualPromises: readonly PromiseTo[] = ['WIRE', 'UX']

/** Contract class crossed with use: how grave a change is, and who said so. */
export function levelOf(
  rule: Rule,
  impact: readonly Impact[],
  isKnown: boolean,
  { promises = usualPromises, strict = false }: DiffOptions,
): Pick<Change, 'level' | 'decidedBy'> {
  if (!promises.includes(rule.promise)) return { level: 'info', decidedBy: 'contract' }
  const breaks = impact.some((one) => one.severity === 'breaks')
  const touches = impact.some((one) => one.severity !== 'helps')
  switch (rule.class) {
    case 'safe':
      return touches
        ? { level: 'warning', decidedBy: 'journeys' }
        : { level: 'info', decidedBy: 'contract' }
    case 'breaking':
      if (strict || !isKnown) return { level: 'breaking', decidedBy: 'contract' }
      // Generated code is no journey: only the team can know who uses it.
      if (rule.promise === 'SDK') return { level: 'breaking', decidedBy: 'contract' }
      return breaks
        ? { level: 'breaking', decidedBy: 'contract' }
        : { level: 'warning', decidedBy: 'journeys' }
    case 'depends':
      if (!isKnown || rule.promise === 'SDK') return { level: 'warning', decidedBy: 'contract' }
      if (breaks) return { level: 'breaking', decidedBy: 'journeys' }
      if (touches) return { level: 'warning', decidedBy: 'journeys' }
      return strict
        ? { level: 'warning', decidedBy: 'contract' }
        : { level: 'info', decidedBy: 'journeys' }
  }
}
