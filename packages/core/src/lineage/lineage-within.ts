import type { Lineage, LineageEntry, LineageScreen } from './lineage.ts'

/** Which part of a lineage somebody wants; all of it where nothing is said. */
export interface LineageFilter {
  readonly class?: string
  /** As the screens name them: `Returning customer`. */
  readonly persona?: string
  /** `checkout` */
  readonly journey?: string
  /** A team that answers for the operation or for the journey. */
  readonly owner?: string
  /** `unneeded`: returned, and no screen needs it. `broken`: where the class must not be. */
  readonly finding?: 'unneeded' | 'broken'
  /** Letters of the field or of the operation, in any case. */
  readonly find?: string
}

/** The part of a lineage that fits a filter. Who asks for a person or a journey sees only their screens. */
export function lineageWithin(whole: Lineage, filter: LineageFilter): Lineage {
  const entries = whole.entries.flatMap((entry) => within(entry, filter))
  const left = new Set(entries.map((one) => one.class))
  return {
    ...whole,
    classes: whole.classes.filter(
      (one) =>
        left.has(one.class) ||
        (one.class === filter.class && Object.keys(filter).length === 1) ||
        Object.keys(filter).length === 0,
    ),
    entries,
  }
}

function within(entry: LineageEntry, filter: LineageFilter): readonly LineageEntry[] {
  const { persona, journey, owner, finding, find = '' } = filter
  if (filter.class !== undefined && entry.class !== filter.class) return []
  if (finding === 'unneeded' && !entry.unneeded) return []
  if (finding === 'broken' && entry.broken === undefined) return []
  const letters = find.trim().toLowerCase()
  if (!`${entry.path} ${entry.operation} ${entry.request}`.toLowerCase().includes(letters))
    return []
  let { screens } = entry
  if (persona !== undefined || journey !== undefined) {
    screens = screens.filter(
      (one) =>
        (persona === undefined || one.persona === persona) &&
        (journey === undefined || journeyName(one) === journey),
    )
    if (screens.length === 0) return []
  }
  if (owner !== undefined && entry.owner !== owner) {
    screens = screens.filter((one) => one.owner === owner)
    if (screens.length === 0) return []
  }
  return [screens.length === entry.screens.length ? entry : { ...entry, screens }]
}

/** `checkout/basket` -> `checkout` */
function journeyName({ step }: LineageScreen): string {
  return step.slice(0, step.lastIndexOf('/'))
}
