import type { ReadRow } from './answers.ts'
import type { OperationReads } from './evidence-report.ts'

/** What samples say of an operation's answers: the fields that were read, and those copied as a whole, of which nobody knows. */
export function fieldsRead(rows: readonly ReadRow[]): Omit<OperationReads, 'operation'> {
  const read = new Map<string, number>()
  const copied = new Set<string>()
  let all = 0
  for (const { fields, views } of rows) {
    all += views
    let value: unknown
    try {
      value = JSON.parse(fields)
    } catch {
      continue
    }
    if (value === null || typeof value !== 'object') continue
    for (const [path, count] of Object.entries(value))
      if (Number(count) > 0) read.set(path, (read.get(path) ?? 0) + views)
      else copied.add(path)
  }
  return {
    views: all,
    fields: [...read]
      .map(([path, views]) => ({ path, views }))
      .toSorted((a, b) => b.views - a.views || (a.path < b.path ? -1 : 1)),
    copied: [...copied].toSorted(),
  }
}
