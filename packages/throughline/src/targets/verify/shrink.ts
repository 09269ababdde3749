import type { Case } from './case.ts'
import { remade } from './phases/fuzz.ts'

/**
 * The simplest case of the same kind that still shows it, found by fewer and smaller choices; at most so many are tried. Simpler is
 * a shorter record, then smaller numbers in it.
 */
export async function shrunk(
  one: Case,
  shows: (candidate: Case) => Promise<boolean>,
  tries: number,
): Promise<Case> {
  let best = one
  const budget = { left: tries }
  const seen = new Set<string>()
  const attempt = async (record: readonly number[]): Promise<boolean> => {
    const key = record.join(',')
    if (budget.left <= 0 || seen.has(key)) return false
    seen.add(key)
    const candidate = remade(best, record)
    // Another kind of verdict would show another thing.
    if (candidate === undefined || candidate.verdict.kind !== best.verdict.kind) return false
    if (lengthOf(candidate) > lengthOf(best)) return false
    budget.left--
    if (!(await shows(candidate))) return false
    best = candidate
    return true
  }
  for (let better = true; better && budget.left > 0;) {
    better = false
    // Whole stretches first: half of the record, then quarters.
    for (
      let size = Math.ceil(recordOf(best).length / 2);
      size >= 1 && budget.left > 0;
      size = Math.floor(size / 2)
    ) {
      for (let at = 0; at < recordOf(best).length && budget.left > 0;) {
        const record = recordOf(best)
        if (await attempt([...record.slice(0, at), ...record.slice(at + size)])) better = true
        else if (
          record.slice(at, at + size).some((value) => value !== 0) &&
          (await attempt(
            record.map((value, index) => (index >= at && index < at + size ? 0 : value)),
          ))
        )
          better = true
        else at += size
      }
    }
    for (let at = 0; at < recordOf(best).length && budget.left > 0; at++) {
      const value = recordOf(best)[at]!
      if (value < 2) continue
      const having = (next: number): readonly number[] =>
        recordOf(best).map((before, index) => (index === at ? next : before))
      if ((await attempt(having(Math.floor(value / 2)))) || (await attempt(having(value - 1))))
        better = true
    }
  }
  return best
}

function lengthOf({ request: { path, query, body } }: Case): number {
  return path.length + query.length + (body?.length ?? 0)
}

function recordOf(one: Case): readonly number[] {
  return one.made?.record ?? []
}
