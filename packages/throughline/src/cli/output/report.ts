import type { Code, Diagnostic, LocatedDiagnostic, Severity } from '@throughline/core'

/** What was checked and what was found: the input of every output format. */
export interface Report {
  readonly diagnostics: readonly LocatedDiagnostic[]
  readonly summary: Summary
}

/** `check --json`: `summary` (FORMATS, section 5). */
export interface Summary {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly operations: number
  readonly journeys: number
  readonly steps: number
}

/** One rule of which not every finding is shown: how many there are, and one to look at. */
export interface RuleCount<Finding> {
  readonly code: Code
  readonly rule: string
  readonly severity: Severity
  readonly count: number
  readonly example: Finding
}

/** What a person sees first of a list of findings. */
export interface Selection<Finding> {
  readonly shown: readonly Finding[]
  readonly rest: readonly RuleCount<Finding>[]
}

type Finding = Pick<Diagnostic, 'code' | 'rule' | 'severity'>

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }
/** More findings of one rule than this are counted after the first few. */
const fewOfARule = 8
const firstOfARule = 3
const mostAtOnce = 40

/**
 * Which findings are worth a frame on a first look: errors, then warnings about files and use; of a rule with many
 * findings only the first few. Contract style, advice (infos) and the rest are counted per rule, with one example each.
 */
export function selectionOf<F extends Finding>(findings: readonly F[], all: boolean): Selection<F> {
  const sorted = findings.toSorted((a, b) => order[a.severity] - order[b.severity])
  if (all) return { shown: sorted, rest: [] }
  const perRule = Map.groupBy(sorted, (one) => `${one.code} ${one.severity}`)
  const shown = new Set<F>()
  for (const group of perRule.values()) {
    if (!deserveFrames(group[0]!)) continue
    const room = mostAtOnce - shown.size
    const some = group.length > fewOfARule ? firstOfARule : group.length
    for (const one of group.slice(0, Math.max(0, Math.min(some, room)))) shown.add(one)
  }
  const rest: RuleCount<F>[] = []
  for (const group of perRule.values()) {
    const hidden = group.filter((one) => !shown.has(one))
    const [example] = hidden
    if (example !== undefined) {
      rest.push({
        code: example.code,
        rule: example.rule,
        severity: example.severity,
        count: hidden.length,
        example,
      })
    }
  }
  return {
    shown: sorted.filter((one) => shown.has(one)),
    rest: rest.toSorted(
      (a, b) =>
        order[a.severity] - order[b.severity] ||
        b.count - a.count ||
        a.code.localeCompare(b.code, 'en'),
    ),
  }
}

/** Errors, and warnings about files, links, use and policy. A contract's own style is counted. */
function deserveFrames({ code, severity }: Finding): boolean {
  return severity === 'error' || (severity === 'warning' && !code.startsWith('TL4'))
}
