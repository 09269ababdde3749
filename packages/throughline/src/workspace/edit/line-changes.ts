import type { LineChange } from '@throughline/core'

/** More lines than this that differ are shown as one change: nobody reads them one by one. */
const mostCompared = 2_000
const mostSteps = 4_000_000

/** Which lines of a text were taken away, and which came in their stead (Myers, "An O(ND) Difference Algorithm", 1986). */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)]
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let end = 0
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end))
    end++
  const removed = old.slice(start, old.length - end)
  const added = now.slice(start, now.length - end)
  if (removed.length === 0 && added.length === 0) return []
  const changes: LineChange[] = []
  let here = { old: 0, now: 0 }
  for (const [from, to] of [...kept(removed, added), [removed.length, added.length] as const]) {
    if (from > here.old || to > here.now)
      changes.push({
        line: start + here.old + 1,
        removed: removed.slice(here.old, from),
        added: added.slice(here.now, to),
      })
    here = { old: from + 1, now: to + 1 }
  }
  return changes
}

/** Whether two sets of changes to the same text touch the same or neighbouring lines. */
export function overlap(a: readonly LineChange[], b: readonly LineChange[]): boolean {
  return a.some((one) =>
    b.some(
      (other) =>
        one.line <= other.line + other.removed.length &&
        other.line <= one.line + one.removed.length,
    ),
  )
}

/** Pairs of lines that stay, in order. */
function kept(
  old: readonly string[],
  now: readonly string[],
): readonly (readonly [number, number])[] {
  if (old.length > mostCompared || now.length > mostCompared) return []
  const width = old.length + now.length
  const trace: Int32Array[] = []
  const furthest = new Int32Array(2 * width + 3)
  let steps = 0
  for (let distance = 0; distance <= width; distance++) {
    trace.push(furthest.slice())
    if ((steps += width) > mostSteps) return []
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const at = diagonal + width + 1
      const down =
        diagonal === -distance || (diagonal !== distance && furthest[at - 1]! < furthest[at + 1]!)
      let x = down ? furthest[at + 1]! : furthest[at - 1]! + 1
      let y = x - diagonal
      while (x < old.length && y < now.length && old[x] === now[y]) {
        x++
        y++
      }
      furthest[at] = x
      if (x >= old.length && y >= now.length)
        return walkedBack(trace, old.length, now.length, width)
    }
  }
  return []
}

function walkedBack(
  trace: readonly Int32Array[],
  oldLength: number,
  nowLength: number,
  width: number,
): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  let x = oldLength
  let y = nowLength
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const furthest = trace[distance]!
    const diagonal = x - y
    const at = diagonal + width + 1
    const down =
      diagonal === -distance || (diagonal !== distance && furthest[at - 1]! < furthest[at + 1]!)
    const previous = down ? diagonal + 1 : diagonal - 1
    const fromX = distance === 0 ? 0 : furthest[previous + width + 1]!
    const fromY = distance === 0 ? 0 : fromX - previous
    while (x > fromX && y > fromY && x > 0 && y > 0) pairs.push([--x, --y])
    x = fromX
    y = fromY
  }
  return pairs.toReversed()
}
