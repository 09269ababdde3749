import type { Origin, Range, Span } from '../text/origin.ts'
import type { Change } from './change.ts'

/** A change with lines and columns instead of places. */
export type LocatedChange = Omit<Change, 'origin'> & {
  readonly origin: { readonly before?: Span; readonly after?: Span }
}

/** Finds every position with one pass per file, keeping the order of the changes. */
export function locatedChanges(changes: readonly Change[]): readonly LocatedChange[] {
  const origins = changes.flatMap(({ origin }) =>
    [origin.before, origin.after].filter((one) => one !== undefined),
  )
  const spans = new Map<Origin, Span>()
  for (const [source, group] of Map.groupBy(origins, (origin) => origin.source)) {
    const ranges: readonly Range[] = source.locate(group.map((origin) => origin.place))
    group.forEach((origin, index) =>
      spans.set(origin, { file: source.file.path, range: ranges[index]! }),
    )
  }
  return changes.map((change) => {
    const { before, after } = change.origin
    return {
      ...change,
      origin: {
        ...(before !== undefined && { before: spans.get(before)! }),
        ...(after !== undefined && { after: spans.get(after)! }),
      },
    }
  })
}
