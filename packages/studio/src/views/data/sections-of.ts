import type { DataCaller, DataRow, DataScreen } from '../../client/studio-client.ts'

/** A part of the page: over-exposure, broken rules, or one class. */
export interface DataSection {
  /** `unneeded`, `broken`, `class:personal` */
  readonly key: string
  readonly kind: 'unneeded' | 'broken' | 'class'
  /** The class, where it is one. */
  readonly class?: string
  /** How many fields are in it. */
  readonly fields: number
  readonly threads: readonly Thread[]
}

/** Fields that go the same way: with the same operation to the same screens, for the same reason. */
export interface Thread {
  readonly key: string
  readonly rows: readonly [DataRow, ...DataRow[]]
  /** The screens that need them; of what no screen needs, the steps that get it all the same. */
  readonly stations: readonly (DataScreen | DataCaller)[]
  readonly needed: boolean
}

/** Rows by what is to be done about them: what nobody needs, what breaks a rule, then everything else by class. */
export function sectionsOf(rows: readonly DataRow[]): readonly DataSection[] {
  const byKind = Map.groupBy(rows, kindOf)
  const [unneeded = [], broken = [], rest = []] = (['unneeded', 'broken', 'class'] as const).map(
    (kind) => byKind.get(kind),
  )
  return [
    { key: 'unneeded', kind: 'unneeded' as const, rows: unneeded },
    { key: 'broken', kind: 'broken' as const, rows: broken },
    ...[...Map.groupBy(rest, (row) => row.class)].map(([name, own]) => ({
      key: `class:${name}`,
      kind: 'class' as const,
      class: name,
      rows: own,
    })),
  ].flatMap(({ rows: own, ...section }) =>
    own.length === 0 ? [] : [{ ...section, fields: own.length, threads: threadsOf(own) }],
  )
}

function kindOf({ unneeded, broken }: DataRow): DataSection['kind'] {
  return unneeded ? 'unneeded' : broken === undefined ? 'class' : 'broken'
}

function threadsOf(rows: readonly DataRow[]): readonly Thread[] {
  const threads = Map.groupBy(rows, ({ operation, place, direction, screens }) =>
    JSON.stringify([operation, place, direction, screens.map(({ step, why }) => [step, why])]),
  )
  return [...threads].flatMap(([key, [first, ...others]]) => {
    if (first === undefined) return []
    const needed = first.screens.length > 0
    return [
      { key, rows: [first, ...others], stations: needed ? first.screens : first.callers, needed },
    ]
  })
}
