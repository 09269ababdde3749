/**
 * ` Did you mean ...?`, or nothing when no known name is close. Starts with a space so that it can end a message.
 * Distance is Damerau-Levenshtein (optimal string alignment), case ignored, at most a third of the name.
 */
export function suggestion(name: string, known: Iterable<string>): string {
  const close = closest(name, known)
  return close.length === 0
    ? ''
    : ` Did you mean ${close.map((one) => '`' + one + '`').join(' or ')}?`
}

/** The known names most like `name`, best first. */
export function closest(name: string, known: Iterable<string>, most = 2): readonly string[] {
  const wanted = name.toLowerCase()
  const limit = Math.max(1, Math.floor(name.length / 3))
  const found: { name: string; distance: number }[] = []
  for (const candidate of known) {
    if (
      Math.abs(candidate.length - name.length) > limit &&
      !candidate.toLowerCase().includes(wanted)
    )
      continue
    const distance = distanceOf(wanted, candidate.toLowerCase())
    const contained = wanted.length > 3 && candidate.toLowerCase().includes(wanted)
    if (distance <= limit || contained)
      found.push({ name: candidate, distance: contained ? Math.min(distance, limit) : distance })
  }
  return found
    .toSorted((a, b) => a.distance - b.distance || a.name.localeCompare(b.name, 'en'))
    .slice(0, most)
    .map((one) => one.name)
}

/** How many letters must be added, left out, changed or swapped to make one of the other (Damerau, restricted). */
export function distanceOf(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}
